import { Op, type WhereOptions } from 'sequelize';
import { Ticket } from '../../models/tickets.ts';
import { grantsFor, may, type Action, type Reader } from '../accounts/access.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { runningClock, type RunningTicketClock } from '../hotline/ticket-clocks.rules.ts';
import { OPEN_HANDLINGS } from '../hotline/ticket-handling.rules.ts';
import type { TicketStanding } from '../hotline/ticket-filter.rules.ts';
import { now } from '../shared/clock.ts';

/** A ticket whose answer to the hotline waits for something, with the clock that it is judged by. */
export interface HandledTicket {
  id: string;
  number: string;
  title: string | null;
  /** The caller, where the reader may not know who called. */
  hiddenName: string | null;
  receivedOn: string;
  clock: RunningTicketClock | null;
}

/** One list of a dispatcher's desk: `standing` is the filter of the list of tickets behind it. */
export interface HandlingWork {
  standing: TicketStanding;
  tickets: HandledTicket[];
  total: number;
}

/** What is to be done for the hotline, in the order in which it calls; returns are decided by the town. */
const DESK: [standing: TicketStanding, action: Action, where: WhereOptions<Ticket>][] = [
  ['redo', 'tickets.reply', { handling: 'signed', redoneOn: { [Op.ne]: null } }],
  ['awaitingSigning', 'tickets.sign', { handling: 'awaitingSigning' }],
  ['signed', 'tickets.reply', { handling: 'signed', redoneOn: null, state: 'linked' }],
  [
    'returnAsked',
    'tickets.refuseReturn',
    { handling: [...OPEN_HANDLINGS], state: 'awaitingRouting', returnRequest: 'open' },
  ],
];

/** The lists of a dispatcher's desk that are about the hotline's clocks, each by its due day. */
export function ticketHandling(reader: Reader, most: number): Promise<HandlingWork[]> {
  return Promise.all(
    DESK.map(async ([standing, action, condition]) => {
      const where = { [Op.and]: [within(reader, action), condition] };
      const [tickets, total] = await Promise.all([
        Ticket.findAll({
          where,
          order: [
            ['replyDueOn', 'ASC'],
            ['id', 'ASC'],
          ],
          limit: most,
        }),
        Ticket.count({ where }),
      ]);
      return { standing, total, tickets: await withClocks(reader, tickets) };
    }),
  );
}

function within(reader: Reader, action: Action): WhereOptions<Ticket> {
  const reaches = grantsFor(reader, action).map(({ grant: { townIds, villageId } }) => ({
    townId: townIds,
    ...(villageId ? { villageId } : {}),
  }));
  return reaches.length === 0 ? { id: [] } : { [Op.or]: reaches };
}

async function withClocks(reader: Reader, tickets: Ticket[]): Promise<HandledTicket[]> {
  const calendar = await currentCalendar();
  return Promise.all(
    tickets.map(async (ticket) => {
      const { id, townId, villageId, number, title, receivedOn, callerName } = ticket;
      const seesCaller = may(reader, 'tickets.seeCaller', { townId, villageId });
      return {
        ...{ id, number, title, receivedOn },
        hiddenName: seesCaller ? null : callerName,
        clock: runningClock(ticket, now(), await settingsOf(townId), calendar),
      };
    }),
  );
}
