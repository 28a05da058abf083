import { Claimant, type DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { Contact } from '../../models/mediation.ts';
import { countRows, insertRows } from '../../models/rows.ts';
import { addSearchTokens } from '../../models/search-tokens.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase } from '../cases/case-action.service.ts';
import { findCase } from '../cases/case.queries.ts';
import { nextCaseNumber } from '../cases/case-number.service.ts';
import type { HandBackReason } from '../cases/case.rules.ts';
import { acceptanceSecondDeadline, statutoryDeadline } from '../deadlines/clocks.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { addDays, dayOf, type CalendarDay } from '../shared/calendar-day.ts';
import { now, today } from '../shared/clock.ts';
import { Unacceptable } from '../shared/errors.ts';
import { checkDanger, dangerWordsIn } from './danger-words.rules.ts';
import { isFarAway } from './mediation.rules.ts';
import type { ContactChannel, ContactParty, Mood, Reached, Risk } from './mediation.rules.ts';

/** The assigned mediator takes the case over, and sees the personal data from then on. */
export function takeOver(reader: Reader, caseId: string, version: number): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'takeOver', version, () => ({ set: { takenOverAt: now() } }));
}

/** The mediator hands the case back to the dispatcher for one of the fixed reasons. */
export function handBack(
  reader: Reader,
  caseId: string,
  version: number,
  wish: { reason: HandBackReason; note: string | null },
) {
  return actOnCase(reader, caseId, 'handBack', version, () => ({
    set: { mediatorId: null, roomId: null, takenOverAt: null, routedAt: null },
    detail: { ...wish },
  }));
}

export interface NewContact {
  at: Date;
  channel: ContactChannel;
  party: ContactParty;
  /** The worker of several whom it is about; null for all. */
  claimantId?: string | null;
  reached: Reached;
  note: string | null;
  mood: Mood | null;
  risk: Risk | null;
  /** The note speaks of danger, and was read again: there is none. */
  noDanger?: boolean;
}

/**
 * Logs a contact; the first one in which the mediator who has the case reached somebody stops the clock of the first
 * contact. @throws Unacceptable for a note that speaks of danger, of which nothing is said
 */
export function logContact(
  reader: Reader,
  caseId: string,
  { noDanger = false, ...wish }: NewContact,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'recordContact', null, async (disputeCase) => {
    if (wish.at > now()) throw new Unacceptable('mediation.errors.future', {}, 'on');
    if (dayOf(wish.at) < disputeCase.receivedOn) {
      throw new Unacceptable('errors.dayBefore', { day: disputeCase.receivedOn }, 'on');
    }
    checkDanger({ ...wish, noDanger }, await settingsOf(disputeCase.townId));
    await checkWorker(caseId, wish);
    await insertRows(Contact, [{ caseId, byId: reader.userId, ...wish }]);
    // Before they had the case nobody could make its first contact for them.
    const hadIt = dayOf(wish.at) >= dayOf(disputeCase.takenOverAt!);
    const first = wish.reached === 'yes' && hadIt && !disputeCase.firstContactAt;
    const { channel, party, reached } = wish;
    const risk = wish.risk === 'none' ? null : wish.risk;
    const madeOn = dayOf(wish.at) < today() ? dayOf(wish.at) : null;
    return {
      set: first ? { firstContactAt: wish.at } : {},
      detail: { channel, party, reached, risk, ...(madeOn ? { madeOn } : {}) },
    };
  });
}

async function checkWorker(caseId: string, { claimantId }: Pick<NewContact, 'claimantId'>): Promise<void> {
  if (claimantId && (await countRows(Claimant, { id: claimantId, caseId })) === 0)
    throw new Unacceptable('errors.notInList', {}, 'claimantId');
}

/** Whether what was typed of a talk speaks of danger, in the town's words. */
export async function speaksOfDanger({ townId }: DisputeCase, note: unknown): Promise<boolean> {
  return typeof note === 'string' && dangerWordsIn(note, await settingsOf(townId)) !== '';
}

/** The days on which the parties agreed to mediation. */
export interface Consents {
  workerConsentOn: CalendarDay | null;
  respondentConsentOn: CalendarDay | null;
}

/**
 * Records a party's consent. The worker's is day 0 of the statutory 15 days (劳动争议调解仲裁法 14), which never restart:
 * a day that stands is not changed.
 */
export function recordConsents(
  reader: Reader,
  caseId: string,
  version: number,
  wish: Consents,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'recordConsent', version, (disputeCase) => {
    const workerConsentOn = disputeCase.workerConsentOn ?? wish.workerConsentOn;
    const respondentConsentOn = disputeCase.respondentConsentOn ?? wish.respondentConsentOn;
    const missing = (['workerConsentOn', 'respondentConsentOn'] as const).find(
      (party) => !disputeCase[party],
    );
    if (missing && !wish.workerConsentOn && !wish.respondentConsentOn) {
      throw new Unacceptable('mediation.errors.oneWanted', {}, missing);
    }
    checkConsentDay('workerConsentOn', wish.workerConsentOn, disputeCase);
    checkConsentDay('respondentConsentOn', wish.respondentConsentOn, disputeCase);
    const statutoryDueOn = workerConsentOn && statutoryDeadline(workerConsentOn, 'workerConsent').dueOn;
    return {
      set: { workerConsentOn, respondentConsentOn, statutoryDueOn },
      detail: { workerConsentOn, respondentConsentOn },
    };
  });
}

function checkConsentDay(field: string, on: CalendarDay | null, { receivedOn }: DisputeCase): void {
  if (on === null) return;
  if (on > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, field);
  if (on < receivedOn) throw new Unacceptable('errors.dayBefore', { day: receivedOn }, field);
}

/**
 * Accepts the case (受理): in scope, both parties agree. Consents that the form brings along are recorded first. The
 * case gets its number.
 */
export async function acceptCase(
  reader: Reader,
  caseId: string,
  version: number,
  wish: Consents,
): Promise<DisputeCase> {
  return inTx(async () => {
    const disputeCase = await findCase(reader, caseId);
    const { workerConsentOn, respondentConsentOn } = disputeCase;
    for (const field of ['workerConsentOn', 'respondentConsentOn'] as const) {
      if (!disputeCase[field] && !wish[field])
        throw new Unacceptable('mediation.errors.bothWanted', {}, field);
    }
    const complete = workerConsentOn !== null && respondentConsentOn !== null;
    const ready = complete ? version : (await recordConsents(reader, caseId, version, wish)).version;
    return actOnCase(reader, caseId, 'accept', ready, async (accepted) => {
      const acceptedOn = today();
      // A case that was opened again keeps the number it had.
      const number = accepted.number ?? (await nextCaseNumber(accepted, acceptedOn));
      const searchTokens = addSearchTokens(accepted.searchTokens, number);
      return { set: { acceptedOn, number, searchTokens }, detail: { number } };
    });
  });
}

/** A new end of the mediation, signed by both parties. */
export interface Extension {
  extendedTo: CalendarDay;
  workerSignedOn: CalendarDay;
  respondentSignedOn: CalendarDay;
  /** The new end is far away, and was read again. */
  farAway?: boolean;
}

/** As far as an extension may go beyond the day that it moves: longer is a slip of the pen. */
const LONGEST_EXTENSION_DAYS = 180;

/**
 * Extends the mediation, to which both parties agreed before its days were over (企业劳动争议协商调解规定 29). The worker's
 * right to arbitrate after the 15 days stays.
 * @throws Unacceptable for a signature after the end, or a new end that is none
 */
export function extendMediation(
  reader: Reader,
  caseId: string,
  version: number,
  { farAway = false, ...wish }: Extension,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'extend', version, (disputeCase) => {
    const { acceptedOn, statutoryDueOn, receivedOn } = disputeCase;
    const end = disputeCase.extendedTo ?? statutoryDueOn ?? acceptanceSecondDeadline(acceptedOn!).dueOn;
    for (const field of ['workerSignedOn', 'respondentSignedOn'] as const) {
      if (wish[field] > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, field);
      if (wish[field] > end) throw new Unacceptable('mediation.errors.signedAfterEnd', { day: end }, field);
      if (wish[field] < receivedOn) throw new Unacceptable('errors.dayBefore', { day: receivedOn }, field);
    }
    const last = addDays(end, LONGEST_EXTENSION_DAYS);
    if (wish.extendedTo <= end)
      throw new Unacceptable('mediation.errors.notLater', { day: end }, 'extendedTo');
    if (wish.extendedTo > last) throw new Unacceptable('errors.dayAfter', { day: last }, 'extendedTo');
    if (isFarAway(wish.extendedTo, today()) && !farAway)
      throw new Unacceptable('mediation.errors.farAway', { day: wish.extendedTo }, 'extendedTo');
    return { set: { extendedTo: wish.extendedTo, failureDraftedOn: null }, detail: { ...wish } };
  });
}
