import { inTx } from '../../models/dialect.ts';
import { LeaderVisit } from '../../models/one-duty.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { Conflict, NotFound, Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { chosenPlace } from './areas.queries.ts';
import { changesOf, kept, unsaid } from './changes.rules.ts';
import { enterpriseMeant } from './enterprises.queries.ts';
import { findVisit } from './visits.queries.ts';

/** What a form says of a leader's visit; `areaId` is where it was, unless an enterprise is named. */
export interface VisitValues {
  visitedOn: CalendarDay;
  leaders: string;
  place: string;
  areaId: string;
  enterprise: string | null;
  issue: string;
  answer: string | null;
}

/** Writes a leader's visit down; gives its id. @throws Unacceptable for a place or an enterprise out of reach */
export async function recordVisit(
  reader: Reader,
  { areaId, enterprise: named, ...values }: VisitValues,
): Promise<string> {
  return inTx(async () => {
    const id = newId();
    const where = await whereHeld(reader, areaId, named);
    await LeaderVisit.create({ id, ...where, ...values, recordedById: reader.userId });
    await recordAudit(reader.userId, {
      action: 'recordVisit',
      objectType: 'visit',
      objectId: id,
      detail: { ...where, visitedOn: values.visitedOn },
    });
    return id;
  });
}

async function whereHeld(reader: Reader, areaId: string, named: string | null) {
  const place = await chosenPlace(reader, 'visits.record', areaId);
  const enterprise = named ? await enterpriseMeant(reader, 'visits.record', named) : null;
  const { townId, villageId } = enterprise ?? place;
  return { townId, villageId, enterpriseId: enterprise?.id ?? null };
}

/** Whether a form left the enterprise, else the place, as it stands: it may have been closed or merged since. */
function staysPut(visit: LeaderVisit, areaId: string, named: string | null): boolean {
  if (named) return named === visit.enterprise?.name;
  return visit.enterpriseId === null && areaId === (visit.villageId ?? visit.townId);
}

/**
 * Puts right what was written down of a visit, which stays in its town; a text whose hidden numbers stand as they were
 * shown keeps them. @throws NotFound, Stale, Unacceptable for a place or an enterprise out of reach, or for another one
 * once a case was opened from the visit
 */
export async function editVisit(
  reader: Reader,
  visitId: string,
  { version, areaId, enterprise: named, ...values }: VisitValues & { version: number },
): Promise<void> {
  await inTx(async () => {
    const visit = await findVisit(reader, visitId, 'visits.record');
    const where = staysPut(visit, areaId, named)
      ? { townId: visit.townId, villageId: visit.villageId, enterpriseId: visit.enterpriseId }
      : await whereHeld(reader, areaId, named);
    const moved = where.villageId !== visit.villageId || where.enterpriseId !== visit.enterpriseId;
    if (moved && visit.caseId)
      throw new Unacceptable('duties.errors.visitHasCase', {}, named ? 'enterprise' : 'areaId');
    if (where.townId !== visit.townId) throw new Unacceptable('errors.notInList', {}, 'areaId');
    const issue = kept(values.issue, visit.issue);
    const answer = kept(values.answer, visit.answer);
    const after = { ...values, ...where, issue, answer };
    const [changed] = await LeaderVisit.update(
      { ...after, version: version + 1 },
      { where: { id: visitId, version, ...(moved ? { caseId: null } : {}) } },
    );
    if (changed === 0) throw new Stale();
    await recordAudit(reader.userId, {
      ...{ action: 'editVisit', objectType: 'visit', objectId: visitId },
      detail: changesOf(visit.get(), after, { issue: unsaid, answer: unsaid }),
    });
  });
}

/**
 * Keeps which case was opened from a visit of the same town, in the transaction that registers it.
 * @throws NotFound for a visit out of reach, Conflict when a case was opened from it already
 */
export async function linkVisit(
  reader: Reader,
  visitId: string,
  { id: caseId, townId }: { id: string; townId: string },
): Promise<void> {
  await inTx(async () => {
    const visit = await findVisit(reader, visitId);
    if (visit.townId !== townId) throw new NotFound();
    const [linked] = await LeaderVisit.update({ caseId }, { where: { id: visitId, caseId: null } });
    if (linked === 0) throw new Conflict('duties.errors.caseOpened');
    await recordAudit(reader.userId, {
      action: 'linkVisit',
      objectType: 'visit',
      objectId: visitId,
      detail: { caseId },
    });
  });
}
