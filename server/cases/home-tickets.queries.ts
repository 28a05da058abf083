import { Op, type WhereOptions } from 'sequelize';
import type { TownSettings } from '../../config/town.ts';
import { saying, Ticket } from '../../models/tickets.ts';
import { grantsFor, may, type Action, type Reader } from '../accounts/access.rules.ts';
import { alarmsAmong, findHits } from '../case-routing/routing.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { dispatchDeadline } from '../deadlines/clocks.rules.ts';
import { lastLateReceipts } from '../deadlines/late-tickets.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { complaintText } from '../hotline/ticket.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { ExplanationLine } from '../shared/explanation.ts';

/** Of a complaint without a title as many characters as a title has. */
const BEGINNING = 40;

/** A waiting ticket with the day by which it is to be routed. */
export interface WaitingTicket {
  id: string;
  number: string;
  title: string | null;
  /** The caller, where the reader may not know who called: a title can name them. */
  hiddenName: string | null;
  receivedOn: CalendarDay;
  dueOn: CalendarDay;
  /** Danger and the like, by its words. */
  alarms: ExplanationLine[];
}

export interface TicketWork {
  tickets: WaitingTicket[];
  total: number;
}

/** What waits for a dispatcher: what sounds an alarm first, then what has waited longest. */
export async function ticketsToRoute(reader: Reader, most: number): Promise<TicketWork> {
  const settings = await settingsIn(reader, 'tickets.route');
  const where = waitingIn(reader, 'tickets.route');
  const alarming = [...settings].map(([townId, { dangerWords, petitionWords }]) => ({
    [Op.and]: [{ townId }, saying([...dangerWords, ...petitionWords])],
  }));
  const first = await read({ [Op.and]: [where, { [Op.or]: alarming }] }, most);
  const besides = { id: { [Op.notIn]: first.map(({ id }) => id) } };
  const others = first.length < most ? await read({ [Op.and]: [where, besides] }, most - first.length) : [];
  return workOf(reader, [...first, ...others], where, settings);
}

/** What waits longer than its town allows, for those who answer for it: the oldest first. */
export async function lateTickets(reader: Reader, most: number): Promise<TicketWork> {
  const settings = await settingsIn(reader, 'tickets.list');
  const towns = await lastLateReceipts([...settings.keys()]);
  const late = towns.map(({ townId, lastDay }) => ({ townId, receivedOn: { [Op.lte]: lastDay } }));
  const where = { [Op.and]: [waitingIn(reader, 'tickets.list'), { [Op.or]: late }] };
  return workOf(reader, await read(where, most), where, settings);
}

function waitingIn(reader: Reader, action: Action): WhereOptions<Ticket> {
  const reaches = grantsFor(reader, action).map(({ grant: { townIds, villageId } }) => ({
    townId: townIds,
    ...(villageId ? { villageId } : {}),
  }));
  return { [Op.and]: [{ [Op.or]: reaches }, { state: 'awaitingRouting' }] };
}

async function settingsIn(reader: Reader, action: Action): Promise<Map<string, TownSettings>> {
  const towns = new Set(grantsFor(reader, action).flatMap(({ grant }) => grant.townIds));
  return new Map(await Promise.all([...towns].map(async (id) => [id, await settingsOf(id)] as const)));
}

function read(where: WhereOptions<Ticket>, limit: number): Promise<Ticket[]> {
  return Ticket.findAll({
    where,
    attributes: ['id', 'townId', 'villageId', 'number', 'title', 'content', 'callerName', 'receivedOn'],
    order: [
      ['receivedAt', 'ASC'],
      ['id', 'ASC'],
    ],
    limit,
    raw: true,
  });
}

async function workOf(
  reader: Reader,
  tickets: Ticket[],
  where: WhereOptions<Ticket>,
  settings: ReadonlyMap<string, TownSettings>,
): Promise<TicketWork> {
  const [total, calendar] = await Promise.all([Ticket.count({ where }), currentCalendar()]);
  return {
    total,
    tickets: tickets.map((ticket) => {
      const { id, townId, villageId, number, title, content, receivedOn } = ticket;
      const ofTown = settings.get(townId)!;
      const { dueOn } = dispatchDeadline(receivedOn, ofTown, calendar);
      const alarms = alarmsAmong(findHits(complaintText(ticket), ofTown, []));
      const seesCaller = may(reader, 'tickets.seeCaller', { townId, villageId });
      const hiddenName = seesCaller ? null : ticket.callerName;
      return {
        id,
        number,
        title: title ?? content?.slice(0, BEGINNING) ?? null,
        hiddenName,
        receivedOn,
        dueOn,
        alarms,
      };
    }),
  };
}
