import { col, fn, Op } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { asNumber } from '../../models/dialect.ts';
import { Ticket } from '../../models/tickets.ts';
import { grantsFor, type Reader } from '../accounts/access.rules.ts';
import { ROLES, type Role } from '../accounts/roles.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { dispatchDeadline } from '../deadlines/clocks.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { usualSort, type CaseFilter } from './case-filter.rules.ts';
import { beginningOf, type ListedCase } from './case-list.queries.ts';

const SHOWN = 6;

/** The lists of cases on each desk, in the order in which they call: what they are called and what is in them. */
const CASE_LISTS: Partial<Record<Role, Record<string, CaseFilter>>> = {
  dispatcher: {
    awaitingRouting: { state: 'awaitingRouting' },
    decision: { awaits: 'decision' },
    verification: { awaits: 'verification' },
    overdue: { state: 'open', due: 'overdue' },
    soon: { state: 'open', due: 'soon' },
  },
  mediator: {
    takeOver: { mine: 'yes', awaits: 'takeOver' },
    firstContact: { mine: 'yes', awaits: 'firstContact' },
    acceptance: { mine: 'yes', awaits: 'acceptance' },
    inMediation: { mine: 'yes', state: 'inMediation' },
    awaitingSignature: { mine: 'yes', state: 'awaitingSignature' },
    instalment: { mine: 'yes', awaits: 'instalment' },
    verification: { awaits: 'verification' },
  },
};

export interface CaseWork {
  name: string;
  filter: CaseFilter;
  rows: ListedCase[];
  total: number;
}

export interface TicketWork {
  tickets: {
    id: string;
    number: string;
    title: string | null;
    receivedOn: CalendarDay;
    dueOn: CalendarDay;
  }[];
  total: number;
}

export interface VillageWork {
  villageId: string | null;
  village: string | null;
  overdue: number;
  earliest: CalendarDay;
}

export interface AccountWork {
  users: { id: string; displayName: string; username: string }[];
  total: number;
}

/** What waits on a person's desk; a part is null when none of their roles has it. */
export interface Home {
  tickets: TicketWork | null;
  cases: CaseWork[];
  villages: VillageWork[] | null;
  accounts: AccountWork | null;
}

/** The desk of a reader, with the lists of all of their roles. */
export async function loadHome(reader: Reader): Promise<Home> {
  const roles = new Set(reader.grants.map(({ role }) => role));
  const lists = new Map(
    ROLES.flatMap((role) => (roles.has(role) ? Object.entries(CASE_LISTS[role] ?? {}) : [])),
  );
  const [tickets, cases, villages, accounts] = await Promise.all([
    roles.has('dispatcher') ? ticketsToRoute(reader) : null,
    Promise.all([...lists].map(([name, filter]) => caseWork(reader, name, filter))),
    roles.has('official') ? overdueByVillage(reader) : null,
    roles.has('administrator') ? accountsWithoutPassword(reader) : null,
  ]);
  return { tickets, cases, villages, accounts };
}

async function caseWork(reader: Reader, name: string, filter: CaseFilter): Promise<CaseWork> {
  return { name, filter, ...(await beginningOf(reader, filter, usualSort(filter), SHOWN)) };
}

async function ticketsToRoute(reader: Reader): Promise<TicketWork> {
  const reach = grantsFor(reader, 'tickets.route').map(({ grant: { townIds, villageId } }) => ({
    townId: townIds,
    ...(villageId ? { villageId } : {}),
  }));
  const where = { [Op.and]: [{ [Op.or]: reach }, { state: 'awaitingRouting' }] };
  const [tickets, total, calendar] = await Promise.all([
    Ticket.findAll({
      where,
      attributes: ['id', 'townId', 'number', 'title', 'receivedOn'],
      order: [
        ['receivedAt', 'ASC'],
        ['id', 'ASC'],
      ],
      limit: SHOWN,
      raw: true,
    }),
    Ticket.count({ where }),
    currentCalendar(),
  ]);
  const dueOn = async ({ townId, receivedOn }: Ticket): Promise<CalendarDay> =>
    dispatchDeadline(receivedOn, await settingsOf(townId), calendar).dueOn;
  return {
    tickets: await Promise.all(tickets.map(async (ticket) => ({ ...ticket, dueOn: await dueOn(ticket) }))),
    total,
  };
}

/** Villages with overdue cases in the official's area, the most first. */
async function overdueByVillage(reader: Reader): Promise<VillageWork[]> {
  const grants = grantsFor(reader, 'reports.read').map(({ grant }) => grant);
  const rows = (await DisputeCase.findAll({
    where: {
      [Op.or]: grants.map(({ townIds, villageId }) => ({
        townId: townIds,
        ...(villageId ? { villageId } : {}),
      })),
      closedOn: null,
      dueOn: { [Op.lt]: today() },
    },
    attributes: ['villageId', [fn('COUNT', col('id')), 'overdue'], [fn('MIN', col('dueOn')), 'earliest']],
    group: ['villageId'],
    raw: true,
  })) as unknown as { villageId: string | null; overdue: unknown; earliest: CalendarDay }[];
  const ids = rows.flatMap(({ villageId }) => villageId ?? []);
  const villages = await Area.findAll({ where: { id: ids }, attributes: ['id', 'name'], raw: true });
  return rows
    .map(({ villageId, overdue, earliest }) => ({
      villageId,
      village: villages.find(({ id }) => id === villageId)?.name ?? null,
      overdue: asNumber(overdue),
      earliest,
    }))
    .sort((a, b) => b.overdue - a.overdue);
}

async function accountsWithoutPassword(reader: Reader): Promise<AccountWork> {
  const paths = grantsFor(reader, 'users.manage').map(({ grant }) => ({
    path: { [Op.startsWith]: grant.areaPath },
  }));
  const areas = await Area.findAll({ where: { [Op.or]: paths }, attributes: ['id'], raw: true });
  const grants = await RoleGrant.findAll({
    where: { areaId: areas.map(({ id }) => id), endedAt: null },
    attributes: ['userId'],
    raw: true,
  });
  const where = { id: [...new Set(grants.map(({ userId }) => userId))], passwordHash: null, endedAt: null };
  const users = await User.findAll({
    where,
    attributes: ['id', 'displayName', 'username'],
    order: [['createdAt', 'ASC']],
    raw: true,
  });
  return { users: users.slice(0, SHOWN), total: users.length };
}
