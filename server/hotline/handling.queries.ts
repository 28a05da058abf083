import { Area } from '../../models/areas.ts';
import type { Ticket } from '../../models/tickets.ts';
import { TicketEvent, TicketReply } from '../../models/tickets.ts';
import { User } from '../../models/accounts.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import type { Deadline } from '../deadlines/clocks.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { now } from '../shared/clock.ts';
import { arrivalOf, ticketFacts } from './ticket-action.service.ts';
import { replyDeadline, returnDeadline, runningClock, signDeadline } from './ticket-clocks.rules.ts';
import type { RunningTicketClock, SignDeadline } from './ticket-clocks.rules.ts';
import { OPEN_HANDLINGS, TICKET_ACTION_NAMES, ticketObstacle } from './ticket-handling.rules.ts';
import type { TicketAction } from './ticket-handling.rules.ts';
import { findTicket, placeOfTicket } from './ticket.queries.ts';

/** How far the answer to a ticket is, and what its reader may do about it. */
export interface TicketHandling {
  open: Set<TicketAction>;
  /** The deadlines of what is not done yet, with their arithmetic. */
  sign: SignDeadline | null;
  reply: Deadline | null;
  /** Until when a return can be asked for, while the ticket waits for routing. */
  return: Deadline | null;
  running: RunningTicketClock | null;
  /** Who asked for a return that is not decided. */
  requestedBy: string | null;
  mostExtensionDays: number;
  events: TicketEvent[];
  /** The latest first. */
  replies: TicketReply[];
}

/** Loads what a ticket's page says of its handling. */
export async function loadHandling(reader: Reader, ticket: Ticket): Promise<TicketHandling> {
  const [settings, calendar, facts] = await Promise.all([
    settingsOf(ticket.townId),
    currentCalendar(),
    ticketFacts(ticket),
  ]);
  const { id: ticketId, handling, state, extensionDays, redoneOn, givenSignDueAt, givenReplyDueOn } = ticket;
  const clockFrom = ticket.clockFrom ?? ticket.receivedAt;
  const runs = ticket.clockFrom !== null && OPEN_HANDLINGS.includes(handling);
  const [events, replies, running, requestedBy] = await Promise.all([
    TicketEvent.findAll({
      where: { ticketId },
      include: [actor],
      order: [
        ['at', 'DESC'],
        ['id', 'DESC'],
      ],
    }),
    TicketReply.findAll({ where: { ticketId }, include: [author], order: [['round', 'DESC']] }),
    runningClocks([ticket]),
    ticket.returnRequest === 'open' ? nameOf(ticket.returnRequestedById) : null,
  ]);
  return {
    open: openActions(reader, ticket, (action) => ticketObstacle(action, facts) === null),
    sign:
      runs && handling === 'awaitingSigning'
        ? signDeadline({ clockFrom, givenSignDueAt }, settings, calendar)
        : null,
    reply: runs
      ? replyDeadline({ clockFrom, extensionDays, redoneOn, givenReplyDueOn }, settings, calendar)
      : null,
    return:
      runs && state === 'awaitingRouting' ? returnDeadline(arrivalOf(ticket), settings, calendar) : null,
    running: running[0]!,
    requestedBy,
    mostExtensionDays: settings.ticketExtensionWorkingDays,
    events,
    replies,
  };
}

const actor = { model: User, as: 'actor', attributes: ['displayName'] };
const author = { model: User, as: 'repliedBy', attributes: ['displayName'] };

function openActions(
  reader: Reader,
  ticket: Ticket,
  isOpen: (action: TicketAction) => boolean,
): Set<TicketAction> {
  const place = placeOfTicket(ticket);
  return new Set(
    TICKET_ACTION_NAMES.filter((action) => isOpen(action) && may(reader, `tickets.${action}`, place)),
  );
}

async function nameOf(userId: string | null): Promise<string | null> {
  const user = userId === null ? null : await User.findByPk(userId, { attributes: ['displayName'] });
  return user?.displayName ?? null;
}

/** For each ticket the clock that it is judged by now; null for one that was answered or returned. */
export async function runningClocks(tickets: readonly Ticket[]): Promise<(RunningTicketClock | null)[]> {
  const calendar = await currentCalendar();
  const time = now();
  const towns = [...new Set(tickets.map(({ townId }) => townId))];
  const settings = new Map(
    await Promise.all(towns.map(async (townId) => [townId, await settingsOf(townId)] as const)),
  );
  return tickets.map((ticket) => runningClock(ticket, time, settings.get(ticket.townId)!, calendar));
}

/** A ticket on which the reader may take this action, and whether it is open now. @throws NotFound */
export async function findForAction(
  reader: Reader,
  ticketId: string,
  action: TicketAction,
): Promise<{ ticket: Ticket; isOpen: boolean; village: string | null; mostExtensionDays: number }> {
  const ticket = await findTicket(reader, ticketId, `tickets.${action}`);
  const [facts, settings, village] = await Promise.all([
    ticketFacts(ticket),
    settingsOf(ticket.townId),
    ticket.villageId ? Area.findByPk(ticket.villageId, { attributes: ['name'] }) : null,
  ]);
  return {
    ticket,
    isOpen: ticketObstacle(action, facts) === null,
    village: village?.name ?? null,
    mostExtensionDays: settings.ticketExtensionWorkingDays,
  };
}
