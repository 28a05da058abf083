import { Op } from 'sequelize';
import { CaseEvent, type DisputeCase } from '../../models/cases.ts';
import { changeRows, holdRow } from '../../models/dialect.ts';
import { Person } from '../../models/directory.ts';
import { CoMediator, MediationSession } from '../../models/mediation.ts';
import { findRows } from '../../models/rows.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase, recordCaseEvent } from '../cases/case-action.service.ts';
import { CASE_CLOSED } from '../cases/case.rules.ts';
import { dayOf, wallClock } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import { Conflict, NotFound, Unacceptable } from '../shared/errors.ts';
import { joinedLater } from './co-mediators.rules.ts';

export interface NewSession {
  startsAt: Date;
  endsAt: Date;
  /** Another place than the room that has the case. */
  place: string | null;
  attendees: string;
  /** What was said; a session that is over cannot be entered without. */
  minutes: string | null;
  /** Somebody was present before they were named a co-mediator, and that was read. */
  presentBefore?: boolean;
}

/**
 * Plans a session with the parties, or enters one that was held.
 * @throws Unacceptable when it is over and has no minutes, lies before the case, names a co-mediator who joined later as present
 * without that having been read, or the room or the mediator is taken
 */
export function planSession(reader: Reader, caseId: string, wish: NewSession): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'planSession', null, async (disputeCase) => {
    const held = wish.endsAt <= now();
    if (held && !wish.minutes) throw new Unacceptable('mediation.errors.minutesWanted', {}, 'minutes');
    if (!held && wish.minutes) throw new Unacceptable('mediation.errors.notOver', {}, 'minutes');
    if (dayOf(wish.startsAt) < disputeCase.receivedOn)
      throw new Unacceptable('errors.dayBefore', { day: disputeCase.receivedOn }, 'on');
    const confirmed = await checkAttendees(caseId, wish);
    const roomId = wish.place === null ? disputeCase.roomId : null;
    await checkFree(reader.userId, roomId, wish);
    const { startsAt, endsAt, place, attendees, minutes } = wish;
    await MediationSession.create({
      ...{ caseId, mediatorId: reader.userId, plannedById: reader.userId, roomId },
      ...{ startsAt, endsAt, place, attendees, minutes },
      state: held ? 'held' : 'planned',
    });
    return { detail: { startsAt: wallClock(startsAt), held, ...confirmed } };
  });
}

/**
 * The form offers who mediates along today; on the day of the session they may not have done so yet. Gives, for the event,
 * of whom it was confirmed that they were present all the same.
 */
async function checkAttendees(
  caseId: string,
  { attendees, startsAt, presentBefore }: Pick<NewSession, 'attendees' | 'startsAt' | 'presentBefore'>,
): Promise<{ presentBefore?: string }> {
  const named = await CoMediator.findAll({
    where: { caseId },
    include: [{ model: Person, as: 'person' }],
    order: [['since', 'ASC']],
  });
  const day = dayOf(startsAt);
  const all = named.map(({ person, since }) => ({ name: person!.name, since }));
  const later = joinedLater(attendees, day, all);
  const [first] = later;
  if (!first) return {};
  if (presentBefore) return { presentBefore: [...new Set(later.map(({ name }) => name))].join('、') };
  const values = { name: first.name, since: first.since, day };
  throw new Unacceptable('mediation.errors.joinedLater', values, 'attendees');
}

/** Nobody is in two places at once, and no room holds two sessions; of the other session only its time is said. */
async function checkFree(
  mediatorId: string,
  roomId: string | null,
  { startsAt, endsAt }: Pick<NewSession, 'startsAt' | 'endsAt'>,
): Promise<void> {
  await holdRow('users', mediatorId);
  if (roomId) await holdRow('rooms', roomId);
  const clash = await MediationSession.findOne({
    where: {
      state: { [Op.ne]: 'cancelled' },
      startsAt: { [Op.lt]: endsAt },
      endsAt: { [Op.gt]: startsAt },
      [Op.or]: [{ mediatorId }, ...(roomId ? [{ roomId }] : [])],
    },
    order: [['startsAt', 'ASC']],
  });
  if (!clash) return;
  const values = { from: wallClock(clash.startsAt), to: wallClock(clash.endsAt).slice(-5) };
  const whose = clash.mediatorId === mediatorId ? 'mediatorTaken' : 'roomTaken';
  throw new Unacceptable(`mediation.errors.${whose}`, values, 'from');
}

/**
 * Writes down what was said at a planned session.
 * @throws NotFound, Unacceptable before it has begun, or when it names a co-mediator who joined later as present
 */
export function recordSession(
  reader: Reader,
  caseId: string,
  sessionId: string,
  wish: { attendees: string; minutes: string; presentBefore?: boolean },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'recordSession', null, async () => {
    const session = await plannedSession(caseId, sessionId);
    if (session.startsAt > now()) throw new Unacceptable('mediation.errors.notOver', {}, 'minutes');
    const { startsAt } = session;
    const confirmed = await checkAttendees(caseId, { ...wish, startsAt });
    const { attendees, minutes } = wish;
    await moveOn(session, { attendees, minutes, state: 'held' });
    await carryToParted(session, { attendees, minutes });
    return { detail: { startsAt: wallClock(startsAt), ...confirmed } };
  });
}

/** Whoever was split off after the session was planned was expected there, so their own file has its minutes, too. */
async function carryToParted(
  session: MediationSession,
  held: Pick<MediationSession, 'attendees' | 'minutes'>,
): Promise<void> {
  const { caseId, createdAt } = session;
  const partings = await CaseEvent.findAll({
    where: { caseId, action: 'splitOff', at: { [Op.gte]: createdAt } },
    order: [['at', 'ASC']],
  });
  await MediationSession.bulkCreate(
    partings
      .map(({ detail }) => detail['splitTo'])
      .filter((to) => typeof to === 'string')
      .map((to) => ({
        ...{ ...session.get(), ...held, id: newId(), caseId: to, state: 'held' as const },
        fromCaseId: session.fromCaseId ?? caseId,
      })),
  );
}

/** Calls a planned session off; it stays in the list. @throws NotFound */
export function cancelSession(
  reader: Reader,
  caseId: string,
  sessionId: string,
  wish: { reason: string },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'cancelSession', null, async () => {
    const session = await plannedSession(caseId, sessionId);
    await moveOn(session, { state: 'cancelled' });
    return { detail: { startsAt: wallClock(session.startsAt), reason: wish.reason } };
  });
}

/** Follows a case to another mediator: what is planned is theirs now, so that nobody plans into it. */
export async function moveSessions({ id: caseId, mediatorId }: DisputeCase): Promise<void> {
  if (!mediatorId) return;
  await changeRows(
    `UPDATE mediation_sessions SET mediatorId = :mediatorId
     WHERE caseId = :caseId AND state = 'planned' AND mediatorId <> :mediatorId`,
    { caseId, mediatorId },
  );
}

/** Calls off what is still to come of a case that ended. */
export async function callOffSessions(
  disputeCase: DisputeCase,
  { actorId }: Pick<CaseEvent, 'actorId'>,
): Promise<void> {
  const { id: caseId, state } = disputeCase;
  if (state !== 'closed') return;
  const where = { caseId, state: 'planned', startsAt: { [Op.gt]: now() } };
  for (const session of await findRows(MediationSession, where, { order: [['startsAt', 'ASC']] })) {
    await moveOn(session, { state: 'cancelled' });
    const detail = { startsAt: wallClock(session.startsAt), reason: CASE_CLOSED };
    await recordCaseEvent(disputeCase, 'cancelSession', actorId, state, detail);
  }
}

async function plannedSession(caseId: string, id: string): Promise<MediationSession> {
  const session = await MediationSession.findOne({ where: { id, caseId } });
  if (!session) throw new NotFound();
  return session;
}

async function moveOn(
  { id, version }: MediationSession,
  values: Partial<Pick<MediationSession, 'state' | 'attendees' | 'minutes'>>,
): Promise<void> {
  const [moved] = await MediationSession.update(
    { ...values, version: version + 1 },
    { where: { id, version, state: 'planned' } },
  );
  if (moved === 0) throw new Conflict('mediation.errors.sessionOver');
}
