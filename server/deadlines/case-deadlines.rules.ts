import type { CalendarDay } from '../shared/calendar-day.ts';
import {
  acceptanceDeadline,
  acceptanceSecondDeadline,
  dispatchDeadline,
  extendedDeadline,
  redoDeadline,
  firstContactDeadline,
  statutoryDeadline,
  type ClockSettings,
  type Deadline,
} from './clocks.rules.ts';
import type { Calendar } from './working-days.rules.ts';

/** The clocks that can run on a case. */
export const DUE_KINDS = [
  'dispatch',
  'firstContact',
  'acceptance',
  'statutory',
  'secondDate',
  'extension',
  'instalment',
  'redo',
] as const;
export type DueKind = (typeof DUE_KINDS)[number];

/** Stored as the due day of a case on which no clock runs. */
export const NEVER: CalendarDay = '9999-12-31';

/** What the clocks of a case look at. */
export interface ClockedCase {
  state: 'awaitingRouting' | 'awaitingAcceptance' | 'inMediation' | 'awaitingSignature' | 'closed';
  receivedOn: CalendarDay;
  routedOn: CalendarDay | null;
  /** The first routing of all; going up, handing back or handing over do not move it. */
  firstRoutedOn: CalendarDay | null;
  contacted: boolean;
  /** Somebody may come to harm. */
  danger: boolean;
  workerConsentOn: CalendarDay | null;
  /** What the worker's day 0 is: an application, or the recorded consent to a ticket's mediation. */
  began: 'application' | 'workerConsent';
  acceptedOn: CalendarDay | null;
  /** The end that both parties agreed to instead of the 15 days. */
  extendedTo: CalendarDay | null;
  /** The day on which a closed case was opened again; what is dispatched from then on is late from then on. */
  reopenedOn: CalendarDay | null;
  /** The day on which the case was given back to be done again (重办), until that is answered. */
  redoOn: CalendarDay | null;
  /** The day on which the next unpaid instalment is due. */
  nextInstalmentOn: CalendarDay | null;
}

export interface RunningClock extends Deadline {
  kind: DueKind;
}

/** Every clock that runs on a case now, the earliest first (DOMAIN §5). */
export function runningClocks(
  disputeCase: ClockedCase,
  settings: ClockSettings,
  calendar: Calendar,
): RunningClock[] {
  return clocksOf(disputeCase, settings, calendar).sort((a, b) =>
    a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0,
  );
}

/** The deadline that a list shows and sorts by. */
export function nextDue(
  disputeCase: ClockedCase,
  settings: ClockSettings,
  calendar: Calendar,
): { dueOn: CalendarDay; dueKind: DueKind | null } {
  const [first] = runningClocks(disputeCase, settings, calendar);
  return first ? { dueOn: first.dueOn, dueKind: first.kind } : { dueOn: NEVER, dueKind: null };
}

function clocksOf(disputeCase: ClockedCase, settings: ClockSettings, calendar: Calendar): RunningClock[] {
  const { state, receivedOn, routedOn, firstRoutedOn, contacted, danger, workerConsentOn, began } =
    disputeCase;
  const statutory: RunningClock[] = workerConsentOn
    ? [{ kind: 'statutory', ...statutoryDeadline(workerConsentOn, began) }]
    : [];
  // Whoever accepted without having reached anybody still owes the first contact.
  const firstContact: RunningClock[] =
    contacted || !routedOn
      ? []
      : [{ kind: 'firstContact', ...firstContactDeadline(routedOn, settings, calendar, danger) }];
  switch (state) {
    case 'awaitingRouting':
      return [{ kind: 'dispatch', ...dispatchOf(disputeCase, settings, calendar) }, ...statutory];
    case 'awaitingAcceptance': {
      const acceptance: RunningClock = workerConsentOn
        ? { kind: 'acceptance', ...acceptanceDeadline(workerConsentOn, began, settings, calendar) }
        : {
            kind: 'acceptance',
            ...acceptanceDeadline(firstRoutedOn ?? receivedOn, 'firstRouting', settings, calendar),
          };
      return [...firstContact, acceptance, ...statutory];
    }
    case 'inMediation':
    case 'awaitingSignature':
      return [...firstContact, ...endOfMediation(disputeCase, statutory)];
    case 'closed':
      return afterClosing(disputeCase, settings, calendar);
  }
}

function dispatchOf(
  { receivedOn, reopenedOn }: ClockedCase,
  settings: ClockSettings,
  calendar: Calendar,
): Deadline {
  return dispatchDeadline(reopenedOn ?? receivedOn, settings, calendar, reopenedOn ? 'reopening' : 'receipt');
}

/** What is still owed: money by the agreement, and work that is to be done again. */
function afterClosing(
  { nextInstalmentOn, redoOn, danger }: ClockedCase,
  settings: ClockSettings,
  calendar: Calendar,
): RunningClock[] {
  const instalment: RunningClock[] = nextInstalmentOn
    ? [
        {
          kind: 'instalment',
          dueOn: nextInstalmentOn,
          explanation: [{ key: 'deadlines.rules.instalment', values: {} }],
          provisional: false,
        },
      ]
    : [];
  return redoOn
    ? [...instalment, { kind: 'redo', ...redoDeadline(redoOn, settings, calendar, danger) }]
    : instalment;
}

/** When the mediation is over: the two dates of the law, or the one day that both parties agreed to instead. */
function endOfMediation({ acceptedOn, extendedTo }: ClockedCase, statutory: RunningClock[]): RunningClock[] {
  if (extendedTo) return [{ kind: 'extension', ...extendedDeadline(extendedTo) }];
  return acceptedOn
    ? [...statutory, { kind: 'secondDate', ...acceptanceSecondDeadline(acceptedOn) }]
    : statutory;
}
