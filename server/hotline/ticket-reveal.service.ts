import { inTx } from '../../models/dialect.ts';
import type { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { NotFound } from '../shared/errors.ts';
import { findTicket } from './ticket.queries.ts';
import type { CallerRevealReason } from './ticket.rules.ts';

/** A ticket whose caller's phone is known and may be seen. @throws NotFound otherwise */
export async function findRevealableCaller(
  reader: Reader,
  ticketId: string,
): Promise<Ticket & { callerPhone: string }> {
  const ticket = await findTicket(reader, ticketId, 'tickets.reveal');
  if (!hasPhone(ticket)) throw new NotFound();
  return ticket;
}

const hasPhone = (ticket: Ticket): ticket is Ticket & { callerPhone: string } => ticket.callerPhone !== null;

/** The caller's phone in clear; who saw it and why is written in the same transaction (个人信息保护法 51, 54). */
export async function revealCaller(
  reader: Reader,
  ticketId: string,
  reason: CallerRevealReason,
): Promise<string> {
  return inTx(async () => {
    const { callerPhone } = await findRevealableCaller(reader, ticketId);
    await recordAudit(reader.userId, {
      action: 'reveal',
      objectType: 'ticket',
      objectId: ticketId,
      detail: { field: 'phone', reason },
    });
    return callerPhone;
  });
}
