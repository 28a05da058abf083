import { DisputeCase } from '../../models/cases.ts';
import { selectRows } from '../../models/dialect.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { findRow } from '../../models/rows.ts';
import { Instalment, Settlement } from '../../models/settlements.ts';
import { allTownIds } from '../directory/areas.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';
import type { JobContext } from '../shared/job.ts';
import { FOLLOWED_UP, followUpDue, isToBeOpened, OLDEST_DAYS } from './follow-up.rules.ts';

/** A closing that a follow-up asks about: not of a ledger, not archived, and not asked about yet. */
const WITHOUT_FOLLOW_UP = `c.townId = :townId AND c.outcome IN (:outcomes) AND c.closedOn IS NOT NULL
  AND c.ledgerBatchId IS NULL AND c.archivedOn IS NULL AND c.followUpOn IS NULL AND NOT EXISTS (
    SELECT 1 FROM follow_ups f WHERE f.caseId = c.id AND f.closedOn = c.closedOn AND f.state <> 'dropped')`;

const CANDIDATES = `
  SELECT c.id FROM cases c WHERE ${WITHOUT_FOLLOW_UP} AND c.closedOn BETWEEN :from AND :to
  UNION
  SELECT c.id FROM instalments i JOIN cases c ON c.id = i.caseId
  WHERE ${WITHOUT_FOLLOW_UP} AND i.dueOn BETWEEN :from AND :to`;

/** The sweep: opens the call of every case that was closed, or whose last instalment was due, long enough ago (DOMAIN §5). */
export async function openFollowUps({ day, inTurn }: JobContext): Promise<{ opened: number }> {
  let opened = 0;
  for (const townId of await allTownIds()) {
    const { followUpDays } = await settingsOf(townId, day);
    for (const id of await candidates(townId, addDays(day, -followUpDays)))
      if (await inTurn(() => openIfDue(id, day, followUpDays))) opened++;
  }
  return { opened };
}

/** The cases that were closed, or had an instalment due, in the days up to this one whose calls are not forgotten. */
async function candidates(townId: string, to: CalendarDay): Promise<string[]> {
  const from = addDays(to, -OLDEST_DAYS);
  const rows = await selectRows<{ id: string }>(CANDIDATES, { townId, outcomes: FOLLOWED_UP, from, to });
  return rows.map(({ id }) => id);
}

async function openIfDue(caseId: string, day: CalendarDay, days: number): Promise<boolean> {
  const disputeCase = await DisputeCase.findByPk(caseId);
  const { closedOn, outcome, archivedOn } = disputeCase!;
  if (closedOn === null || archivedOn !== null || !outcome || !FOLLOWED_UP.includes(outcome)) return false;
  const dueOn = followUpDue(closedOn, await lastInstalmentOn(caseId), days);
  return isToBeOpened(dueOn, day) && addFollowUp(disputeCase!, dueOn);
}

async function lastInstalmentOn(caseId: string): Promise<CalendarDay | null> {
  const settlement = await findRow(Settlement, { openKey: caseId });
  if (!settlement) return null;
  return Instalment.max('dueOn', { where: { settlementId: settlement.id } });
}

/** Opens the call of a case, once; false when one is open already. */
async function addFollowUp(disputeCase: DisputeCase, dueOn: CalendarDay): Promise<boolean> {
  const { id: caseId, version, townId, closedOn } = disputeCase;
  const [taken] = await DisputeCase.update(
    { followUpOn: dueOn },
    { where: { id: caseId, version, followUpOn: null } },
  );
  if (taken === 0) return false;
  const round = (await FollowUp.count({ where: { caseId } })) + 1;
  await FollowUp.create({ caseId, townId, round, closedOn: closedOn!, dueOn });
  return true;
}

/** No call is made any more about a case that was opened again or declared void. */
export async function dropFollowUp({ id: caseId }: DisputeCase): Promise<void> {
  await FollowUp.update({ state: 'dropped' }, { where: { caseId, state: 'due' } });
  await DisputeCase.update({ followUpOn: null }, { where: { id: caseId } });
}
