import { inTx, LostRace, requireTx } from '../../models/dialect.ts';
import { Ticket, TicketEvent } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, Stale } from '../shared/errors.ts';
import { returnDeadline } from './ticket-clocks.rules.ts';
import { handlingAfter, ticketObstacle } from './ticket-handling.rules.ts';
import type { TicketAction, TicketFacts } from './ticket-handling.rules.ts';
import { findTicket } from './ticket.queries.ts';

/** What an action on a ticket writes: values of the ticket itself, and what its history says (no personal data). */
export interface TicketChange {
  set?: Partial<Ticket['_creationAttributes']>;
  detail?: TicketEvent['detail'];
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
  const facts = await ticketFacts(ticket);
  const hindrance = ticketObstacle(action, facts);
  if (hindrance)
    throw new Conflict(
      hindrance === 'handling' ? 'tickets.errors.dealtWith' : `handling.obstacles.${hindrance}`,
    );
  await claim(ticket, opened);
  const { set = {}, detail = {} } = await change(ticket);
  const handling = handlingAfter(action, facts);
  await ticket.update({ ...set, handling, version: ticket.version + 1 });
  await recordTicketEvent(ticket, action, actorId, facts.handling, detail);
  return ticket;
}

/** Takes the row for this transaction; whoever comes second with the same version is told so. */
async function claim(ticket: Ticket, opened: number | null): Promise<void> {
  const version = opened ?? ticket.version;
  const { id, handling, state } = ticket;
  const [claimed] = await Ticket.update(
    { version: version + 1 },
    { where: { id, version, handling, state } },
  );
  if (claimed === 0) throw opened === null ? new LostRace() : new Stale();
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
  await TicketEvent.create({
    ticketId,
    action,
    actorId,
    fromHandling,
    toHandling: handling,
    at: now(),
    detail,
  });
}

/** What the guards look at. */
export async function ticketFacts(ticket: Ticket): Promise<TicketFacts> {
  const { handling, state, signedAt, returnRequest, extensionDays, redoneOn, replyDueOn } = ticket;
  const settings = await settingsOf(ticket.townId);
  return {
    handling,
    state,
    signed: signedAt !== null,
    returnRequest,
    returnDueOn: returnDeadline(arrivalOf(ticket), settings, await currentCalendar()).dueOn,
    extensionDays,
    redoneOn,
    replyDueOn,
    today: today(),
  };
}

/** When a ticket came here: with its file, or when the hotline sent it again. */
export function arrivalOf({ clockFrom, createdAt }: Pick<Ticket, 'clockFrom' | 'createdAt'>): Date {
  return clockFrom !== null && clockFrom > createdAt ? clockFrom : createdAt;
}
