import { inTx, LostRace, requireTx } from '../../models/dialect.ts';
import { insertRows, updateRows } from '../../models/rows.ts';
import { Ticket, TicketEvent } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { NEVER } from '../deadlines/case-deadlines.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, Stale } from '../shared/errors.ts';
import { returnDeadline } from './ticket-clocks.rules.ts';
import { handlingAfter, TICKET_ACTIONS, ticketObstacle } from './ticket-handling.rules.ts';
import type { TicketAction, TicketFacts, TicketTransition } from './ticket-handling.rules.ts';
import { findTicket } from './ticket.queries.ts';

/**
 * What an action on a ticket writes: values of the ticket itself, what its history says (no personal data), and other rows,
 * once the ticket is taken.
 */
export interface TicketChange {
  set?: Partial<Ticket['_creationAttributes']>;
  detail?: TicketEvent['detail'];
  write?: () => Promise<unknown>;
}

type Change = (ticket: Ticket) => Promise<TicketChange> | TicketChange;

/**
 * Takes one action of `TICKET_ACTIONS` on a ticket: checks reach, right, version, handling and guards, lets `change` write
 * what belongs to the action, and records the event, all in one transaction. `version` is the one the form was opened
 * with; null where it asks only for the handling.
 * @throws NotFound, Conflict (another handling, a guard does not hold), Stale (changed since), or what `change` throws
 */
export async function actOnTicket(
  reader: Reader,
  ticketId: string,
  action: TicketAction,
  version: number | null,
  change: Change = () => ({}),
): Promise<Ticket> {
  return inTx(async () => {
    const ticket = await findTicket(reader, ticketId, `tickets.${action}`);
    return takeTicketAction(ticket, reader.userId, action, version, change);
  });
}

/** The same for a ticket that was found already, as by a file of the hotline; `actorId` is null for the command line. */
export async function takeTicketAction(
  ticket: Ticket,
  actorId: string | null,
  action: TicketAction,
  opened: number | null,
  change: Change = () => ({}),
): Promise<Ticket> {
  requireTx();
  const facts = await ticketFacts(ticket, action);
  const hindrance = ticketObstacle(action, facts);
  if (hindrance)
    throw new Conflict(
      hindrance === 'handling' ? 'tickets.errors.dealtWith' : `handling.obstacles.${hindrance}`,
    );
  const { set = {}, detail = {}, write } = await change(ticket);
  await take(ticket, opened, { ...set, handling: handlingAfter(action, facts) });
  await write?.();
  await recordTicketEvent(ticket, action, actorId, facts.handling, detail);
  return ticket;
}

/** Writes the row for this transaction; whoever comes second with the same version is told so. */
async function take(ticket: Ticket, opened: number | null, values: TicketChange['set']): Promise<void> {
  const { id, handling, state } = ticket;
  const version = opened ?? ticket.version;
  const next = { ...values, version: version + 1 };
  const taken = await updateRows(Ticket, next, { id, version, handling, state });
  if (taken === 0) throw opened === null ? new LostRace() : new Stale();
  ticket.set(next);
}

/** Adds one line to a ticket's history. */
export async function recordTicketEvent(
  { id: ticketId, handling }: Pick<Ticket, 'id' | 'handling'>,
  action: string,
  actorId: string | null,
  fromHandling: Ticket['handling'],
  detail: TicketEvent['detail'] = {},
): Promise<void> {
  requireTx();
  await insertRows(TicketEvent, [
    { ticketId, action, actorId, fromHandling, toHandling: handling, at: now(), detail },
  ]);
}

/** What the guards look at; of one action only what it needs is asked of the database. */
export async function ticketFacts(ticket: Ticket, action?: TicketAction): Promise<TicketFacts> {
  const { handling, state, signedAt, returnRequest, extensionDays, redoneOn, replyDueOn } = ticket;
  const needs = action && (TICKET_ACTIONS[action] as TicketTransition).needs;
  return {
    handling,
    state,
    signed: signedAt !== null,
    returnRequest,
    returnDueOn: !action || needs?.includes('inReturnTime') ? await returnDueOn(ticket) : NEVER,
    extensionDays,
    redoneOn,
    replyDueOn,
    exported: ticket.exportedAt !== null,
    today: today(),
  };
}

async function returnDueOn(ticket: Ticket): Promise<CalendarDay> {
  const settings = await settingsOf(ticket.townId);
  return returnDeadline(arrivalOf(ticket), settings, await currentCalendar()).dueOn;
}

/** When a ticket came here: with its file, or when the hotline sent it again. */
export function arrivalOf({ clockFrom, createdAt }: Pick<Ticket, 'clockFrom' | 'createdAt'>): Date {
  return clockFrom !== null && clockFrom > createdAt ? clockFrom : createdAt;
}
