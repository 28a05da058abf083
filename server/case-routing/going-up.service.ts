import { Op, type WhereOptions } from 'sequelize';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { MediationSession } from '../../models/mediation.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actAsSystem, actOnCase, type CaseChange } from '../cases/case-action.service.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { allTownIds } from '../directory/areas.queries.ts';
import type { Level } from '../directory/directory.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { dayOf, type CalendarDay } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import { isDanger } from '../mediation/mediation.rules.ts';
import type { JobContext } from '../shared/job.ts';
import { goingUpOn, levelAbove, type GoingUpReason } from './going-up.rules.ts';
import { receiverAbove } from './receivers.queries.ts';

/** A party asks for the next level, or the mediator or dispatcher wants it there (DOMAIN §5). */
export function askToGoUp(
  reader: Reader,
  caseId: string,
  version: number,
  wish: { explanation: string },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'goUp', version, (disputeCase) =>
    moveUp(disputeCase, levelAbove(disputeCase.level)!, 'asked', wish.explanation),
  );
}

/** The sweep: every open case below the town that a rule sends up on this day goes up. */
export async function goUpWhereDue({ day, inTurn }: JobContext): Promise<{ goneUp: number }> {
  let goneUp = 0;
  for (const townId of await allTownIds()) {
    const waiting = await DisputeCase.findAll({
      where: { townId, state: ['awaitingAcceptance', 'inMediation'], level: ['enterprise', 'village'] },
      attributes: ['id'],
      raw: true,
    });
    for (const { id } of waiting) if (await inTurn(() => goUpIfDue(id, day))) goneUp++;
  }
  return { goneUp };
}

async function goUpIfDue(caseId: string, day: CalendarDay): Promise<boolean> {
  let due: Awaited<ReturnType<typeof dueOf>> = null;
  const gone = await actAsSystem(
    caseId,
    'goUp',
    async (disputeCase) => (due = await dueOf(disputeCase, day)) !== null,
    (disputeCase) => moveUp(disputeCase, due!.to, due!.reason),
  );
  return gone !== null;
}

async function dueOf(disputeCase: DisputeCase, day: CalendarDay) {
  const { id: caseId, townId, level, routedAt, firstContactAt, workerConsentOn } = disputeCase;
  const facts = {
    level,
    routedOn: routedAt && dayOf(routedAt),
    contacted: firstContactAt !== null,
    workerConsentOn,
    met: level === 'enterprise' && (await wasMet(caseId)),
  };
  return goingUpOn(day, facts, await settingsOf(townId), await currentCalendar());
}

/** Whether a meeting was held: in the case, in one that was merged into it, or where it was split off, before that. */
async function wasMet(caseId: string): Promise<boolean> {
  const [merged, split] = await Promise.all([
    DisputeCase.findAll({ where: { mergedIntoId: caseId }, attributes: ['id'], raw: true }),
    CaseEvent.findOne({
      where: { caseId, action: 'splitOff' },
      order: [
        ['at', 'ASC'],
        ['id', 'ASC'],
      ],
    }),
  ]);
  const from = split?.detail['splitFrom'];
  const where: WhereOptions<MediationSession>[] = [{ caseId: [caseId, ...merged.map(({ id }) => id)] }];
  if (split && typeof from === 'string') where.push({ caseId: from, startsAt: { [Op.lte]: split.at } });
  return (await MediationSession.count({ where: { state: 'held', [Op.or]: where } })) > 0;
}

type ToldEvent = Pick<CaseEvent, 'detail'>;

/** Danger to life goes to the town in the same moment (DOMAIN §5, routing 1; 人民调解法 25). */
export async function goUpInDanger({ id }: DisputeCase, { detail }: ToldEvent): Promise<void> {
  if (isDanger(detail['risk'])) await goUpToTown(id, 'danger');
}

/** So does a case that became collective below the town (DOMAIN §5, routing 2). */
export async function goUpAsGroup({ id }: DisputeCase, { detail }: ToldEvent): Promise<void> {
  if (detail['collective'] === true) await goUpToTown(id, 'group');
}

async function goUpToTown(caseId: string, reason: GoingUpReason): Promise<void> {
  await actAsSystem(
    caseId,
    'goUp',
    () => true,
    (disputeCase) => moveUp(disputeCase, 'town', reason),
  );
}

/** Gives a case to whoever receives it above; the statutory clock goes on, the receiver has days for a first contact, and in danger makes one anew the same day. */
async function moveUp(
  disputeCase: DisputeCase,
  to: Level,
  reason: GoingUpReason,
  explanation: string | null = null,
): Promise<CaseChange> {
  const { level, roomId, mediatorId, receiver } = await receiverAbove(disputeCase, to);
  const contacted = reason === 'danger' ? { firstContactAt: null } : {};
  return {
    set: { level, roomId, mediatorId, takenOverAt: null, routedAt: now(), ...contacted },
    detail: { goingUp: reason, from: disputeCase.level, level, receiver, explanation },
  };
}
