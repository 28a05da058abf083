import { inTx, requireTx } from '../../models/dialect.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { Conflict, Stale } from '../shared/errors.ts';
import { findTicket } from './ticket.queries.ts';
import type { ReturnReason, TicketState } from './ticket.rules.ts';

/**
 * Takes a waiting ticket for this transaction into another state; whoever comes second is told so. `version` is the
 * one the page was opened with.
 * @throws Conflict when somebody has dealt with the ticket, Stale when it was changed and still waits
 */
export async function takeTicket(
  ticketId: string,
  version: number,
  state: Exclude<TicketState, 'awaitingRouting'>,
  values: { returnReason?: ReturnReason } = {},
): Promise<void> {
  requireTx();
  const [taken] = await Ticket.update(
    { ...values, state, version: version + 1 },
    { where: { id: ticketId, version, state: 'awaitingRouting' } },
  );
  if (taken === 1) return;
  const present = await Ticket.findByPk(ticketId, { attributes: ['state'] });
  throw present?.state === 'awaitingRouting' ? new Stale() : new Conflict('tickets.errors.dealtWith');
}

/** Returns a waiting ticket to the hotline for one of the fixed reasons (退单). */
export async function returnTicket(
  reader: Reader,
  ticketId: string,
  version: number,
  returnReason: ReturnReason,
): Promise<void> {
  await inTx(async () => {
    const ticket = await findTicket(reader, ticketId, 'tickets.return');
    await takeTicket(ticket.id, version, 'returned', { returnReason });
    await recordAudit(reader.userId, {
      action: 'tickets.return',
      objectType: 'ticket',
      objectId: ticket.id,
      detail: { returnReason },
    });
  });
}
