import { Op, type WhereOptions } from 'sequelize';
import { findRow } from '../../models/rows.ts';
import { Ticket } from '../../models/tickets.ts';
import { grantsFor, type Action, type Place, type Reader } from '../accounts/access.rules.ts';
import { alarmsAmong, findHits } from '../case-routing/routing.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { NotFound } from '../shared/errors.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import { complaintText } from './ticket.rules.ts';

/**
 * One condition per town in reach, any of which may hold: each has an index of its own, which their disjunction has
 * not. A grant within one enterprise opens no ticket, because a ticket belongs to none.
 */
export function ticketReaches(reader: Reader, action: Action): { townId: string; villageId?: string }[] {
  return grantsFor(reader, action)
    .filter(({ grant }) => grant.enterpriseId === null)
    .flatMap(({ grant }) =>
      grant.townIds.map((townId) => ({ townId, ...(grant.villageId ? { villageId: grant.villageId } : {}) })),
    );
}

/** The condition that holds for exactly the tickets to which the reader may do this; never for none when it may not. */
export function ticketsWithin(reader: Reader, action: Action): WhereOptions<Ticket> {
  const reaches = ticketReaches(reader, action);
  return reaches.length === 0 ? { id: [] } : { [Op.or]: reaches };
}

/** A ticket to which the reader may do this. @throws NotFound, the same for absent and for out of reach */
export async function findTicket(
  reader: Reader,
  ticketId: string,
  action: Action = 'tickets.read',
): Promise<Ticket> {
  const ticket = await findRow(Ticket, {
    [Op.and]: [{ id: ticketId }, ticketsWithin(reader, action)],
  });
  if (!ticket) throw new NotFound();
  return ticket;
}

/** Where a ticket stands for the access table. */
export function placeOfTicket({ townId, villageId }: Pick<Ticket, 'townId' | 'villageId'>): Place {
  return { townId, villageId };
}

/** For each ticket the alarms that its words sound while it waits; of one that was dealt with none. */
export async function alarmsOf(tickets: readonly Ticket[]): Promise<ExplanationLine[][]> {
  const towns = [...new Set(tickets.filter(waits).map(({ townId }) => townId))];
  const settings = new Map(
    await Promise.all(towns.map(async (townId) => [townId, await settingsOf(townId)] as const)),
  );
  return tickets.map((ticket) =>
    waits(ticket) ? alarmsAmong(findHits(complaintText(ticket), settings.get(ticket.townId)!, [])) : [],
  );
}

const waits = ({ state }: Ticket): boolean => state === 'awaitingRouting';
