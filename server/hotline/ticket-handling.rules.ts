import type { Access } from '../accounts/roles.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { CONTACT_CHANNELS } from '../mediation/mediation.rules.ts';
import type { TicketState } from './ticket.rules.ts';

/** How far the answer to the hotline is (DOMAIN §2), beside where the ticket belongs (`TICKET_STATES`). */
export const HANDLINGS = ['awaitingSigning', 'signed', 'replied', 'closed', 'returned'] as const;
export type Handling = (typeof HANDLINGS)[number];

/** The clocks run while a ticket is signed for or worked on. */
export const OPEN_HANDLINGS: readonly Handling[] = ['awaitingSigning', 'signed'];

/** A request to return a ticket: the town has not decided, or has refused. */
export const RETURN_REQUESTS = ['open', 'refused'] as const;
export type ReturnRequest = (typeof RETURN_REQUESTS)[number];

/** Whether what was complained of is true (是否属实). */
export const VERDICTS = ['true', 'partlyTrue', 'untrue'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How the caller was contacted; who is anonymous and left no number cannot be (匿名，无法联系). */
export const REPLY_CHANNELS = [...CONTACT_CHANNELS, 'unreachable'] as const;
export type ReplyChannel = (typeof REPLY_CHANNELS)[number];

/** Whether nobody can be contacted for an answer. */
export function isUnreachable(caller: {
  anonymous: boolean;
  callerName: string | null;
  callerPhone: string | null;
}): boolean {
  return caller.callerPhone === null && (caller.anonymous || caller.callerName === null);
}

/** What must be true of a ticket beside its handling; each has its own sentence when it is not. */
export const TICKET_GUARDS = [
  'waitsForRouting',
  'inCase',
  'notAskedBefore',
  'asked',
  'inReturnTime',
  'notExtended',
  'firstRound',
  'beforeExpiry',
  'notExported',
] as const;
export type TicketGuard = (typeof TICKET_GUARDS)[number];

export interface TicketTransition {
  from: readonly Handling[];
  /** The handling afterwards; absent when the action leaves it, `before` for what it was before the return. */
  to?: Handling | 'before';
  by: Access;
  needs?: readonly TicketGuard[];
}

/**
 * What happens to a ticket between its arrival and its archive: from which handling an action leads where, who may take
 * it, and what it needs. A village's dispatcher asks for a return, the town decides. Pages, permissions and tests read
 * this table.
 */
export const TICKET_ACTIONS = {
  sign: { from: ['awaitingSigning'], to: 'signed', by: { dispatcher: 'area' } },
  return: { from: OPEN_HANDLINGS, to: 'returned', by: { dispatcher: 'town' }, needs: ['waitsForRouting'] },
  // One request per unit: what was refused cannot be asked again.
  askReturn: {
    from: OPEN_HANDLINGS,
    by: { dispatcher: 'area' },
    needs: ['waitsForRouting', 'notAskedBefore', 'inReturnTime'],
  },
  approveReturn: {
    from: OPEN_HANDLINGS,
    to: 'returned',
    by: { dispatcher: 'town' },
    needs: ['waitsForRouting', 'asked'],
  },
  refuseReturn: { from: OPEN_HANDLINGS, by: { dispatcher: 'town' }, needs: ['waitsForRouting', 'asked'] },
  undoReturn: { from: ['returned'], to: 'before', by: { dispatcher: 'town' } },
  // The hotline sent it again: its clocks begin anew.
  reopen: { from: ['returned'], to: 'awaitingSigning', by: { dispatcher: 'town' } },
  extend: {
    from: ['signed'],
    by: { dispatcher: 'area' },
    needs: ['notExtended', 'firstRound', 'beforeExpiry'],
  },
  reply: { from: ['signed'], to: 'replied', by: { dispatcher: 'area' }, needs: ['inCase'] },
  // Until it has left for the hotline.
  correctReply: { from: ['replied'], by: { dispatcher: 'area' }, needs: ['notExported'] },
  exportReply: { from: ['replied', 'closed'], by: { dispatcher: 'area' } },
  // What the hotline's callback heard: satisfied or not reached, or not (重办).
  close: { from: ['replied'], to: 'closed', by: { dispatcher: 'town' } },
  redo: { from: ['replied'], to: 'signed', by: { dispatcher: 'town' } },
} as const satisfies Record<string, TicketTransition>;

export type TicketAction = keyof typeof TICKET_ACTIONS;
export const TICKET_ACTION_NAMES = Object.keys(TICKET_ACTIONS) as TicketAction[];

/** What the guards look at. */
export interface TicketFacts {
  handling: Handling;
  state: TicketState;
  signed: boolean;
  returnRequest: ReturnRequest | null;
  /** The last day on which a return can be asked for. */
  returnDueOn: CalendarDay;
  extensionDays: number | null;
  redoneOn: CalendarDay | null;
  replyDueOn: CalendarDay;
  /** The answer has left in a file. */
  exported: boolean;
  today: CalendarDay;
}

const HOLDS: Record<TicketGuard, (facts: TicketFacts) => boolean> = {
  waitsForRouting: ({ state }) => state === 'awaitingRouting',
  inCase: ({ state }) => state === 'linked',
  notAskedBefore: ({ returnRequest }) => returnRequest === null,
  asked: ({ returnRequest }) => returnRequest === 'open',
  inReturnTime: ({ returnDueOn, today }) => today <= returnDueOn,
  notExtended: ({ extensionDays }) => extensionDays === null,
  firstRound: ({ redoneOn }) => redoneOn === null,
  beforeExpiry: ({ replyDueOn, today }) => today <= replyDueOn,
  notExported: ({ exported }) => !exported,
};

/** Why an action cannot be taken: `handling`, or the guard that does not hold; null when it can. */
export function ticketObstacle(action: TicketAction, facts: TicketFacts): 'handling' | TicketGuard | null {
  const { from, needs = [] }: TicketTransition = TICKET_ACTIONS[action];
  if (!from.includes(facts.handling)) return 'handling';
  return needs.find((guard) => !HOLDS[guard](facts)) ?? null;
}

/** The handling after an action. */
export function handlingAfter(
  action: TicketAction,
  { handling, signed }: Pick<TicketFacts, 'handling' | 'signed'>,
): Handling {
  const { to }: TicketTransition = TICKET_ACTIONS[action];
  return to === 'before' ? (signed ? 'signed' : 'awaitingSigning') : (to ?? handling);
}
