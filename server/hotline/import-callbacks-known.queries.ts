import { Ticket, TicketReply } from '../../models/tickets.ts';
import type { CalledTicket } from './import-callbacks.rules.ts';

/** The town's tickets of these numbers with what is on record of their callbacks, by number. */
export async function lookAhead(
  townId: string,
  numbers: string[],
): Promise<Map<string, CalledTicket & { id: string }>> {
  if (numbers.length === 0) return new Map();
  const tickets = await Ticket.findAll({
    where: { townId, number: numbers },
    attributes: ['id', 'number', 'handling'],
    raw: true,
  });
  const replies = await TicketReply.findAll({
    where: { ticketId: tickets.map(({ id }) => id) },
    attributes: ['ticketId', 'repliedAt', 'calledBackAt'],
    order: [['round', 'ASC']],
  });
  return new Map(
    tickets.map(({ id, number, handling }) => {
      const own = replies.filter(({ ticketId }) => ticketId === id);
      const repliedAt = own.at(-1)?.repliedAt ?? null;
      const calledBackAts = own.flatMap(({ calledBackAt }) => calledBackAt ?? []);
      return [number, { id, handling, repliedAt, calledBackAts }];
    }),
  );
}
