import { Op } from 'sequelize';
import { inTx, isUniqueViolation, LostRace, selectRows } from '../../models/dialect.ts';
import { insertRows } from '../../models/rows.ts';
import { RoundExemption, WageCheck } from '../../models/wage-checks.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import type { Calendar } from '../deadlines/working-days.rules.ts';
import { allTownIds } from '../directory/areas.queries.ts';
import type { WarningLevel } from '../directory/directory.rules.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, NotFound, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import type { JobContext } from '../shared/job.ts';
import { addMonths, isLeftOut, monthOf, OLDEST_ROUND_MONTHS, payDayIn, type Month } from './rounds.rules.ts';
import { listKeyOf, type LeftOutReason } from './wage-checks.rules.ts';
import { findCheck } from './wage-checks.queries.ts';
import { refreshCheck } from './wage-checks.service.ts';

/** How many checks one transaction opens. */
const BATCH = 2000;

/** An active enterprise without a check of the month, with what its last check knew. */
interface Candidate {
  id: string;
  villageId: string | null;
  position: number | null;
  warningLevel: WarningLevel | null;
  payDay: number | null;
}

const CANDIDATES = `
  SELECT e.id, e.villageId, a.position, e.warningLevel, p.payDay
  FROM enterprises e
  LEFT JOIN areas a ON a.id = e.villageId
  LEFT JOIN wage_checks p ON p.enterpriseId = e.id AND p.month = :before
  WHERE e.townId = :townId AND e.active = 1
    AND NOT EXISTS (SELECT 1 FROM wage_checks c WHERE c.enterpriseId = e.id AND c.month = :month)
  ORDER BY e.id LIMIT 2000`;

/** The sweep: opens the round of the day's month, one check per active enterprise; what is opened stays as it is. */
export async function openRound({ day, inTurn }: JobContext): Promise<{ checksOpened: number }> {
  let checksOpened = 0;
  for (const townId of await allTownIds()) checksOpened += await openMonth(townId, monthOf(day), inTurn);
  return { checksOpened };
}

/**
 * Opens the round of a month by hand, also of a past one; gives how many checks are new.
 * @throws NotFound for a town out of reach, Unacceptable for a month that is to come or too long ago
 */
export async function openRoundByHand(
  reader: Reader,
  { townId, month }: { townId: string; month: Month },
): Promise<number> {
  if (!may(reader, 'wageChecks.open', { townId })) throw new NotFound();
  const present = monthOf(today());
  if (month > present) throw new Unacceptable('wage-checks.errors.monthToCome', {}, 'month');
  if (month < addMonths(present, -OLDEST_ROUND_MONTHS))
    throw new Unacceptable('wage-checks.errors.monthTooOld', { months: OLDEST_ROUND_MONTHS }, 'month');
  return inTx(async () => {
    const opened = await openMonth(townId, month, inTx);
    const detail = { month, opened };
    await recordAudit(reader.userId, { action: 'openRound', objectType: 'area', objectId: townId, detail });
    return opened;
  });
}

async function openMonth(townId: string, month: Month, inTurn: JobContext['inTurn']): Promise<number> {
  const calendar = await currentCalendar();
  for (let opened = 0; ;) {
    const batch = await inTurn(() => openBatch(townId, month, calendar));
    opened += batch;
    if (batch < BATCH) return opened;
  }
}

async function openBatch(townId: string, month: Month, calendar: Calendar): Promise<number> {
  const before = addMonths(month, -1);
  const candidates = await selectRows<Candidate>(CANDIDATES, { townId, month, before });
  const exemptions = await exemptionsIn(townId, month);
  const rows = candidates.map(({ id: enterpriseId, villageId, position, warningLevel, payDay }) => {
    const leftOutReason = exemptions.get(enterpriseId) ?? null;
    const state = leftOutReason ? ('leftOut' as const) : ('open' as const);
    return {
      ...{ id: newId(), townId, villageId, enterpriseId, month, state, leftOutReason, payDay },
      listKey: listKeyOf(position, state, warningLevel),
      payDueOn: payDay === null ? null : payDayIn(month, payDay, calendar),
    };
  });
  try {
    await insertRows(WageCheck, rows);
  } catch (error) {
    // Somebody else opens the same round: begin again with what is left.
    throw isUniqueViolation(error) ? new LostRace() : error;
  }
  return rows.length;
}

async function exemptionsIn(townId: string, month: Month): Promise<Map<string, LeftOutReason>> {
  const where = {
    townId,
    fromMonth: { [Op.lte]: month },
    toMonth: { [Op.or]: [null, { [Op.gt]: month }] },
  };
  const exemptions = await RoundExemption.findAll({ where, raw: true });
  return new Map(
    exemptions
      .filter((exemption) => isLeftOut(exemption, month))
      .map(({ enterpriseId, reason }) => [enterpriseId, reason]),
  );
}

/** Leaves an enterprise out of the rounds from a check's month on. @throws Conflict when it is left out already, or checked */
export async function leaveOut(
  reader: Reader,
  checkId: string,
  { reason, explanation }: { reason: LeftOutReason; explanation: string | null },
): Promise<void> {
  await inTx(async () => {
    const check = await findCheck(reader, checkId, 'wageChecks.leaveOut');
    if (check.leftOutReason !== null) throw new Conflict('wage-checks.errors.leftOutAlready');
    if (check.checkedOn !== null) throw new Conflict('wage-checks.errors.checkedAlready');
    const { townId, enterpriseId, month } = check;
    try {
      await RoundExemption.create({
        ...{ townId, enterpriseId, reason, explanation, fromMonth: month },
        ...{ openKey: enterpriseId, byId: reader.userId },
      });
    } catch (error) {
      throw isUniqueViolation(error) ? new Conflict('wage-checks.errors.leftOutAlready') : error;
    }
    await setLeftOut(enterpriseId, month, reason);
    await audit(reader, 'leaveOutOfRound', check, { reason });
  });
}

/** Takes an enterprise into the rounds again from a check's month on. @throws Conflict when it is not left out */
export async function takeBack(reader: Reader, checkId: string): Promise<void> {
  await inTx(async () => {
    const check = await findCheck(reader, checkId, 'wageChecks.leaveOut');
    const { enterpriseId, month } = check;
    const [ended] = await RoundExemption.update(
      { toMonth: month, openKey: null, endedById: reader.userId, endedAt: now() },
      { where: { openKey: enterpriseId, fromMonth: { [Op.lte]: month } } },
    );
    if (ended === 0) throw new Conflict('wage-checks.errors.notLeftOut');
    await setLeftOut(enterpriseId, month, null);
    await audit(reader, 'takeBackIntoRound', check, {});
  });
}

/** Of the checks from a month on; one that an officer has made stays made. */
async function setLeftOut(enterpriseId: string, month: Month, reason: LeftOutReason | null): Promise<void> {
  const where = { enterpriseId, month: { [Op.gte]: month }, ...(reason ? { checkedOn: null } : {}) };
  const checks = await WageCheck.findAll({ where, attributes: ['id'], raw: true });
  await WageCheck.update({ leftOutReason: reason }, { where });
  for (const { id } of checks) await refreshCheck(id);
}

/** When and by whom an enterprise was left out of the rounds, the newest first. */
export async function exemptionsOf(enterpriseId: string): Promise<RoundExemption[]> {
  return RoundExemption.findAll({
    where: { enterpriseId },
    include: ['by', 'endedBy'],
    order: [['at', 'DESC']],
  });
}

async function audit(
  reader: Reader,
  action: string,
  { id, month }: WageCheck,
  detail: object,
): Promise<void> {
  await recordAudit(reader.userId, {
    ...{ action, objectType: 'wageCheck', objectId: id },
    detail: { month, ...detail },
  });
}
