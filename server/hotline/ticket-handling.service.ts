import { Op } from 'sequelize';
import { inTx } from '../../models/dialect.ts';
import { findRows } from '../../models/rows.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, Unacceptable } from '../shared/errors.ts';
import { actOnTicket, takeTicketAction, type TicketChange } from './ticket-action.service.ts';
import { dueDatesFrom, replyDeadline } from './ticket-clocks.rules.ts';
import { ticketsWithin } from './ticket.queries.ts';
import type { ReturnReason } from './ticket.rules.ts';

/** Signs for a ticket (签收): from now on it is being worked on. */
export function signTicket(reader: Reader, ticketId: string, version: number | null): Promise<Ticket> {
  return actOnTicket(reader, ticketId, 'sign', version, signed);
}

const signed = (): TicketChange => ({ set: { signedAt: now() } });

/**
 * Signs for those of many tickets that still wait for it and lie in the reader's reach, all in one transaction; gives how
 * many.
 */
export async function signTickets(reader: Reader, ticketIds: readonly string[]): Promise<number> {
  return inTx(async () => {
    const waiting = await findRows(Ticket, {
      [Op.and]: [{ id: [...ticketIds], handling: 'awaitingSigning' }, ticketsWithin(reader, 'tickets.sign')],
    });
    for (const ticket of waiting) await takeTicketAction(ticket, reader.userId, 'sign', null, signed);
    return waiting.length;
  });
}

/**
 * Returns a waiting ticket to the hotline for one of the fixed reasons (退单), with a remark such as whose it is; the town's
 * dispatchers only.
 */
export async function returnTicket(
  reader: Reader,
  ticketId: string,
  version: number,
  returnReason: ReturnReason,
  explanation: string | null = null,
): Promise<void> {
  await inTx(async () => {
    await actOnTicket(reader, ticketId, 'return', version, () => {
      const change = returned(returnReason);
      return { ...change, detail: { ...change.detail, explanation } };
    });
    await auditReturn(reader, ticketId, returnReason);
  });
}

function returned(returnReason: ReturnReason): TicketChange {
  const set = { state: 'returned', returnReason, returnedAt: now() } as const;
  return { set, detail: { returnReason } };
}

function auditReturn(reader: Reader, ticketId: string, returnReason: ReturnReason): Promise<void> {
  return recordAudit(reader.userId, {
    action: 'tickets.return',
    objectType: 'ticket',
    objectId: ticketId,
    detail: { returnReason },
  });
}

/** Asks the town to return a ticket; once, and within the working day after its arrival (DOMAIN §2). */
export async function askReturn(
  reader: Reader,
  ticketId: string,
  version: number,
  { returnReason, explanation }: { returnReason: ReturnReason; explanation: string },
): Promise<void> {
  await actOnTicket(reader, ticketId, 'askReturn', version, () => ({
    set: { returnRequest: 'open', returnReason, returnRequestedById: reader.userId },
    detail: { returnReason, explanation },
  }));
}

/** The town's answer to a request; a refusal says why. Nobody decides about their own request. */
export async function decideReturn(
  reader: Reader,
  ticketId: string,
  version: number,
  { decision, explanation }: { decision: 'approve' | 'refuse'; explanation: string | null },
): Promise<void> {
  await inTx(async () => {
    const action = decision === 'approve' ? 'approveReturn' : 'refuseReturn';
    const ticket = await actOnTicket(reader, ticketId, action, version, (asked) => {
      const { returnReason, returnRequestedById } = asked;
      if (returnRequestedById === reader.userId) throw new Conflict('handling.errors.ownRequest');
      const set: TicketChange['set'] =
        decision === 'approve'
          ? { ...returned(returnReason!).set, returnRequest: null }
          : { returnRequest: 'refused', returnReason: null };
      return { set, detail: { returnReason, explanation } };
    });
    if (ticket.returnReason !== null) await auditReturn(reader, ticketId, ticket.returnReason);
  });
}

/** Takes a return back that was made by mistake; the clocks never stopped. */
export async function undoReturn(
  reader: Reader,
  ticketId: string,
  version: number,
  { explanation }: { explanation: string },
): Promise<void> {
  await actOnTicket(reader, ticketId, 'undoReturn', version, () => ({
    set: { state: 'awaitingRouting', returnReason: null, returnedAt: null },
    detail: { explanation },
  }));
}

/** The hotline sent a returned ticket again (又派回来): it waits anew, its clocks begin then, and that is counted. */
export async function reopenTicket(
  reader: Reader,
  ticketId: string,
  version: number,
  { sentAt }: { sentAt: Date },
): Promise<void> {
  await actOnTicket(reader, ticketId, 'reopen', version, (ticket) => {
    if (sentAt > now()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'sentOn');
    if (ticket.returnedAt !== null && sentAt < ticket.returnedAt)
      throw new Unacceptable('handling.errors.sentBeforeReturn', {}, 'sentOn');
    return reopened(ticket, sentAt);
  });
}

/** What a ticket is that came back after its return. */
export async function reopened(ticket: Ticket, sentAt: Date): Promise<TicketChange> {
  const pingPong = ticket.pingPong + 1;
  const dueDates = dueDatesFrom(sentAt, ticket, await settingsOf(ticket.townId), await currentCalendar());
  return {
    set: {
      ...dueDates,
      ...{ state: 'awaitingRouting', returnReason: null, returnedAt: null, dispatchedAt: sentAt },
      ...{ signedAt: null, extensionDays: null, pingPong },
    },
    detail: { pingPong, replyDueOn: dueDates.replyDueOn },
  };
}

/** Extends the time for the answer by working days; once, before it is over, at most as many as the town allows. */
export async function extendTicket(
  reader: Reader,
  ticketId: string,
  version: number,
  { days, explanation }: { days: number; explanation: string },
): Promise<void> {
  await actOnTicket(reader, ticketId, 'extend', version, async (ticket) => {
    const settings = await settingsOf(ticket.townId);
    const most = settings.ticketExtensionWorkingDays;
    if (days < 1 || days > most) throw new Unacceptable('handling.errors.tooLong', { most }, 'days');
    const { dueOn: replyDueOn } = replyDeadline(
      {
        clockFrom: ticket.clockFrom ?? ticket.receivedAt,
        ...{ extensionDays: days, redoneOn: null, givenReplyDueOn: ticket.givenReplyDueOn },
      },
      settings,
      await currentCalendar(),
    );
    return { set: { extensionDays: days, replyDueOn }, detail: { days, replyDueOn, explanation } };
  });
}

/** What orders a redo (重办): a new round with a clock of its own. */
export async function redone(ticket: Ticket): Promise<TicketChange> {
  const redoneOn = today();
  const { dueOn: replyDueOn } = replyDeadline(
    {
      clockFrom: ticket.clockFrom ?? ticket.receivedAt,
      ...{ extensionDays: null, redoneOn, givenReplyDueOn: null },
    },
    await settingsOf(ticket.townId),
    await currentCalendar(),
  );
  return {
    set: { redoneOn, replyDueOn, redoCount: ticket.redoCount + 1, repliedOn: null, exportedAt: null },
    detail: { replyDueOn },
  };
}
