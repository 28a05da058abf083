import { Op } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { holdRow, inTx } from '../../models/dialect.ts';
import { User } from '../../models/accounts.ts';
import { Responsibility } from '../../models/one-duty.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import { Conflict, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { chosenPlace } from './areas.queries.ts';
import type { DutyKind } from './directory.rules.ts';
import { earliestEnd, keysOf, overlap } from './duty.rules.ts';
import { enterpriseMeant } from './enterprises.queries.ts';
import { findResponsibility, officersFor } from './responsibilities.queries.ts';

/** What a form says of a new duty: for the enterprise that is named, else for all of the village. */
export interface ResponsibilityValues {
  officerId: string;
  enterprise: string | null;
  villageId: string | null;
  kind: DutyKind;
  isLead: boolean;
  fromDay: CalendarDay;
}

/** What somebody answers for, and where it lies. */
interface DutyObject {
  townId: string;
  enterpriseId: string | null;
  villageId: string | null;
  areaId: string;
}

/**
 * Names an officer for an enterprise or a village; gives the duty's id.
 * @throws Unacceptable for an officer without the role there, one who answers already, or a second lead
 */
export async function createResponsibility(reader: Reader, values: ResponsibilityValues): Promise<string> {
  return inTx(async () => {
    const { officerId, kind, isLead, fromDay } = values;
    const { areaId, ...object } = await objectOf(reader, values);
    await checkOfficer(reader, officerId, areaId);
    await holdRow(object.enterpriseId ? 'enterprises' : 'areas', object.enterpriseId ?? object.villageId!);
    const wish = { ...object, officerId, kind, isLead, fromDay, toDay: null };
    await checkFree(wish);
    const id = newId();
    await Responsibility.create({ id, ...wish, ...keysOf(wish), namedById: reader.userId, namedAt: now() });
    await recordAudit(reader.userId, {
      action: 'nameOfficer',
      objectType: 'responsibility',
      objectId: id,
      detail: { ...object, officerId, kind, isLead, fromDay },
    });
    return id;
  });
}

async function objectOf(reader: Reader, values: ResponsibilityValues): Promise<DutyObject> {
  const { enterprise, villageId: chosen } = values;
  if (enterprise) {
    const { id, townId, villageId } = await enterpriseMeant(reader, 'responsibilities.edit', enterprise);
    return { townId, enterpriseId: id, villageId: null, areaId: villageId ?? townId };
  }
  const place = await chosenPlace(reader, 'responsibilities.edit', chosen ?? '', 'villageId');
  if (!place.villageId) throw new Unacceptable('errors.notInList', {}, 'villageId');
  return { ...place, enterpriseId: null, areaId: place.villageId };
}

async function checkOfficer(reader: Reader, officerId: string, areaId: string): Promise<void> {
  const officer = (await officersFor(reader, 'responsibilities.edit')).find(({ id }) => id === officerId);
  if (!officer) throw new Unacceptable('errors.notInList', {}, 'officerId');
  const area = await Area.findByPk(areaId);
  if (!officer.paths.some((path) => area!.path.startsWith(path)))
    throw new Unacceptable('duties.errors.officerElsewhere', {}, 'officerId');
}

type Wish = Pick<
  Responsibility,
  'enterpriseId' | 'villageId' | 'officerId' | 'kind' | 'isLead' | 'fromDay'
> & { toDay: CalendarDay | null };

/** Nobody answers twice as the same for the same, and one leads. */
async function checkFree(wish: Wish): Promise<void> {
  const { enterpriseId, villageId, fromDay } = wish;
  const others = await Responsibility.findAll({
    where: { enterpriseId, villageId, toDay: { [Op.or]: [null, { [Op.gte]: fromDay }] } },
    include: [{ model: User, as: 'officer', attributes: ['displayName'] }],
  });
  const sameDays = others.filter((other) => overlap(other, wish));
  const twice = sameDays.find(({ officerId, kind }) => officerId === wish.officerId && kind === wish.kind);
  if (twice) throw new Unacceptable('duties.errors.twice', { from: twice.fromDay }, 'officerId');
  const lead = wish.isLead && sameDays.find(({ isLead }) => isLead);
  if (lead)
    throw new Unacceptable(
      'duties.errors.leadTaken',
      { officer: lead.officer!.displayName, from: lead.fromDay },
      'isLead',
    );
}

/**
 * Ends a duty with its last day; the day before its first takes it back, as if it had never been.
 * @throws Unacceptable for an earlier day, Conflict when its end was set meanwhile
 */
export async function endResponsibility(
  reader: Reader,
  id: string,
  { toDay }: { toDay: CalendarDay },
): Promise<void> {
  await inTx(async () => {
    const duty = await findResponsibility(reader, id, 'responsibilities.edit');
    const earliest = earliestEnd(duty);
    if (toDay < earliest) throw new Unacceptable('errors.dayBefore', { day: earliest }, 'toDay');
    const end = { toDay, openKey: null, leadKey: null, endedById: reader.userId };
    const [ended] = await Responsibility.update(end, { where: { id, toDay: null } });
    if (ended === 0) throw new Conflict('duties.errors.ended');
    await recordAudit(reader.userId, {
      action: 'endOfficer',
      objectType: 'responsibility',
      objectId: id,
      detail: { officerId: duty.officerId, toDay },
    });
  });
}
