import { requireTx } from '../../models/dialect.ts';
import { updateRows } from '../../models/rows.ts';
import { Ticket } from '../../models/tickets.ts';
import { Conflict, Stale } from '../shared/errors.ts';
import { recordTicketEvent } from './ticket-action.service.ts';

/**
 * Takes a waiting ticket for this transaction into a case; whoever comes second is told so. `version` is the one the page
 * was opened with, `action` how it came there.
 * @throws Conflict when somebody has dealt with the ticket, Stale when it was changed and still waits
 */
export async function takeTicket(
  actorId: string,
  { id, handling }: Pick<Ticket, 'id' | 'handling'>,
  version: number,
  action: 'route' | 'link',
): Promise<void> {
  requireTx();
  const taken = await updateRows(
    Ticket,
    { state: 'linked', version: version + 1 },
    { id, version, state: 'awaitingRouting' },
  );
  if (taken === 1) return recordTicketEvent({ id, handling }, action, actorId, handling);
  const present = await Ticket.findByPk(id, { attributes: ['state'] });
  throw present?.state === 'awaitingRouting' ? new Stale() : new Conflict('tickets.errors.dealtWith');
}
