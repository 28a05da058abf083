import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { Room } from '../../models/directory.ts';
import { Contact } from '../../models/mediation.ts';
import { insertRows, updateRows } from '../../models/rows.ts';
import type { Ticket } from '../../models/tickets.ts';
import { TicketReply } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import type { ContactChannel } from '../mediation/mediation.rules.ts';
import { dayOf, type CalendarDay, wallClock } from '../shared/calendar-day.ts';
import { now, today } from '../shared/clock.ts';
import { NotFound, Unacceptable } from '../shared/errors.ts';
import type { AnsweredCase } from './reply.rules.ts';
import { actOnTicket } from './ticket-action.service.ts';
import { isUnreachable, type ReplyChannel, type Verdict } from './ticket-handling.rules.ts';
import { findTicket } from './ticket.queries.ts';

/** An answer to the hotline with the fields that it must have. */
export interface NewReply {
  text: string;
  /** Null where nobody could be contacted. */
  contactedAt: Date | null;
  channel: ReplyChannel;
  verdict: Verdict;
  resolved: boolean;
  unresolvedReason: string | null;
}

/** What the answer to a ticket is composed of. */
export interface ReplyDraft {
  ticket: Ticket;
  answered: AnsweredCase;
  /** A contact with the worker: the first one, in a redo the latest since it was ordered. */
  contact: { at: Date; channel: ContactChannel } | null;
  /** What was answered before the redo. */
  before: TicketReply | null;
  /** What was answered and has not left yet, to be corrected. */
  saved: TicketReply | null;
  today: CalendarDay;
}

/** Loads what a ticket's answer is composed of. @throws NotFound also for a ticket without a case */
export async function loadReplyDraft(reader: Reader, ticketId: string): Promise<ReplyDraft> {
  const ticket = await findTicket(reader, ticketId, 'tickets.reply');
  const disputeCase = ticket.caseId === null ? null : await DisputeCase.findByPk(ticket.caseId);
  if (!disputeCase) throw new NotFound();
  const [answered, contact, latest] = await Promise.all([
    answeredCase(disputeCase),
    contactFor(ticket, disputeCase.id),
    TicketReply.findOne({ where: { ticketId }, order: [['round', 'DESC']] }),
  ]);
  const isSaved = latest?.round === ticket.redoCount;
  const [before, saved] = isSaved ? [null, latest] : [latest, null];
  return { ticket, answered, contact, before, saved, today: today() };
}

async function answeredCase(disputeCase: DisputeCase): Promise<AnsweredCase> {
  const { id: caseId, townId, roomId, outcome, performance, respondentName, agreedFen } = disputeCase;
  const [room, { commissionName }, transfer] = await Promise.all([
    roomId === null ? null : Room.findByPk(roomId, { attributes: ['name'] }),
    settingsOf(townId),
    outcome === 'transferred' ? CaseEvent.findOne({ where: { caseId, action: 'transfer' } }) : null,
  ]);
  const authority = transfer?.detail['authority'];
  return {
    ...{ outcome, performance, agreedFen, closedOn: disputeCase.closedOn },
    respondent: respondentName,
    room: room?.name ?? null,
    commission: commissionName,
    authority: typeof authority === 'string' ? authority : null,
    statutoryDueOn: disputeCase.extendedTo ?? disputeCase.statutoryDueOn,
    today: today(),
  };
}

async function contactFor({ redoneOn }: Ticket, caseId: string): Promise<ReplyDraft['contact']> {
  const contact = await Contact.findOne({
    where: { caseId, party: 'worker', reached: 'yes' },
    order: [['at', redoneOn === null ? 'ASC' : 'DESC']],
  });
  if (!contact || (redoneOn !== null && dayOf(contact.at) < redoneOn)) return null;
  const { at, channel } = contact;
  return { at, channel };
}

/**
 * Answers a ticket (答复): stores what goes to the hotline, and stops its clock.
 * @throws Unacceptable when the worker would have been contacted before the call, or in the future
 */
export function replyToTicket(
  reader: Reader,
  ticketId: string,
  version: number,
  reply: NewReply,
): Promise<Ticket> {
  return actOnTicket(reader, ticketId, 'reply', version, (ticket) => {
    checkContact(ticket, reply);
    const { contactedAt, resolved, verdict } = reply;
    const contactedOn = ticket.contactedOn ?? (contactedAt && dayOf(contactedAt));
    return {
      set: { repliedOn: today(), contactedOn, resolved, exportedAt: null },
      write: () =>
        insertRows(TicketReply, [
          { ticketId, round: ticket.redoCount, repliedById: reader.userId, repliedAt: now(), ...reply },
        ]),
      detail: { resolved, verdict, inTime: today() <= ticket.replyDueOn },
    };
  });
}

/** Corrects an answer that has not left yet; when it was given stays. @throws Unacceptable as above */
export function correctReply(
  reader: Reader,
  ticketId: string,
  version: number,
  reply: NewReply,
): Promise<Ticket> {
  return actOnTicket(reader, ticketId, 'correctReply', version, (ticket) => {
    checkContact(ticket, reply);
    const { contactedAt, resolved, verdict } = reply;
    const round = ticket.redoCount;
    return {
      set: { resolved, ...(round === 0 ? { contactedOn: contactedAt && dayOf(contactedAt) } : {}) },
      write: () => updateRows(TicketReply, { ...reply }, { ticketId, round }),
      detail: { resolved, verdict },
    };
  });
}

function checkContact(ticket: Ticket, { contactedAt, channel }: NewReply): void {
  if (channel === 'unreachable' && !isUnreachable(ticket))
    throw new Unacceptable('handling.errors.reachable', {}, 'channel');
  if (contactedAt === null) return;
  const on = dayOf(contactedAt);
  if (on > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'contactedOn');
  if (on < ticket.receivedOn)
    throw new Unacceptable('errors.dayBefore', { day: ticket.receivedOn }, 'contactedOn');
  if (contactedAt > now())
    throw new Unacceptable('handling.errors.contactToCome', { at: wallClock(now()) }, 'contactedTime');
  if (contactedAt < ticket.receivedAt)
    throw new Unacceptable(
      'handling.errors.contactBeforeCall',
      { at: wallClock(ticket.receivedAt) },
      'contactedTime',
    );
}
