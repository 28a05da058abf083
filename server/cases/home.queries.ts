import { col, fn, Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { asNumber } from '../../models/dialect.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { ROLES, type Role } from '../accounts/roles.rules.ts';
import type { MonthOwed } from '../directory/informants.queries.ts';
import {
  enterprisesAnswered,
  enterprisesUnanswered,
  type EnterpriseWork,
} from '../directory/unanswered.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { conditionsOf } from './case-conditions.queries.ts';
import { LATE_CASES, usualSort, type CaseFilter } from './case-filter.rules.ts';
import { alarmsAmongCases } from './case-alarms.queries.ts';
import type { Alarm } from './case-alarms.rules.ts';
import { beginningOf, type ListedCase } from './case-list.queries.ts';
import {
  accountsUnreached,
  accountsWithoutPassword,
  mediatorsLeavingCases,
  mediatorsWithoutRoom,
  type LeftBehind,
  type NewAccount,
  type Roomless,
  type StaffWork,
  type Unreached,
} from './home-staff.queries.ts';
import { followUpsDue, type FollowUpWork } from './home-follow-ups.queries.ts';
import { handOversToAnswer, handOversUnanswered, type HandOverWork } from './home-hand-overs.queries.ts';
import { ticketHandling, type HandlingWork } from './home-handling.queries.ts';
import { casesToMerge, type MergerWork } from './home-mergers.queries.ts';
import {
  correctionsAwaited,
  coverageThisMonth,
  promisesDue,
  reportsToSend,
  uncheckedThisMonth,
  type CheckWork,
  type CheckToCorrect,
  type MonthCoverage,
  type PromiseDue,
  type UncheckedMonth,
} from './home-wage-checks.queries.ts';
import { pressingWarnings, type WarningWork } from './home-warnings.queries.ts';
import { lateTickets, ticketsToRoute, type TicketWork } from './home-tickets.queries.ts';

const SHOWN = 6;
/** Whose desk shows the warnings that press. */
const WARNED: Role[] = ['dispatcher', 'officer', 'official'];
/** A list that leads nowhere else shows more. */
const ALL_OF_THEM = 30;

/** The lists of cases on each desk, in the order in which they call: what they are called and what is in them. */
const CASE_LISTS: Partial<Record<Role, Record<string, CaseFilter>>> = {
  dispatcher: {
    alarm: { awaits: 'alarm' },
    overdue: LATE_CASES,
    reassignment: { awaits: 'reassignment' },
    awaitingRouting: { state: 'awaitingRouting' },
    countyReport: { awaits: 'countyReport' },
    redo: { awaits: 'redo' },
    decision: { awaits: 'decision' },
    verification: { awaits: 'verification' },
    receipt: { awaits: 'receipt' },
    soon: { state: 'open', due: 'soon' },
  },
  mediator: {
    alarm: { mine: 'yes', awaits: 'alarm' },
    pressing: { mine: 'yes', due: 'pressing' },
    redo: { mine: 'yes', awaits: 'redo' },
    takeOver: { mine: 'yes', awaits: 'takeOver' },
    firstContact: { mine: 'yes', awaits: 'firstContact' },
    acceptance: { mine: 'yes', awaits: 'acceptance' },
    inMediation: { mine: 'yes', state: 'inMediation' },
    awaitingSignature: { mine: 'yes', state: 'awaitingSignature' },
    instalment: { mine: 'yes', awaits: 'instalment' },
    verification: { awaits: 'verification' },
  },
  official: {
    alarm: { awaits: 'alarm' },
    groups: { collective: 'yes', state: 'open' },
    breach: { awaits: 'breach' },
    verification: { awaits: 'verification' },
  },
};

export interface CaseWork {
  name: string;
  filter: CaseFilter;
  rows: (ListedCase & { alarm: Alarm | null })[];
  total: number;
}

/** The overdue cases of one mediator or village; without either, of nobody yet or nowhere. */
export interface LateGroup {
  id: string | null;
  name: string | null;
  overdue: number;
  earliest: CalendarDay;
}

/** What waits on a person's desk; a part is null when none of their roles has it. */
export interface Home {
  tickets: TicketWork | null;
  lateTickets: TicketWork | null;
  handling: HandlingWork[];
  followUps: FollowUpWork | null;
  handOvers: HandOverWork[];
  mergers: MergerWork | null;
  /** Red, or with a late action. */
  warnings: WarningWork | null;
  cases: CaseWork[];
  lateness: { mediators: LateGroup[]; villages: LateGroup[] } | null;
  leftBehind: StaffWork<LeftBehind> | null;
  roomless: StaffWork<Roomless> | null;
  accounts: StaffWork<NewAccount> | null;
  undelivered: StaffWork<Unreached> | null;
  /** The enterprises for which nobody answers, and those for which the reader does. */
  nobodys: EnterpriseWork | null;
  answered: EnterpriseWork | null;
  /** What an officer has still to check this month, and the corrections that are asked for. */
  unchecked: CheckWork<UncheckedMonth> | null;
  corrections: CheckWork<CheckToCorrect> | null;
  /** What enterprises promised the officer to pay by a day that has come. */
  promises: CheckWork<PromiseDue> | null;
  /** How far this month's round has come in the official's area. */
  coverage: MonthCoverage | null;
  /** What the reader has still to report from within an enterprise. */
  toReport: MonthOwed[] | null;
}

/** The desk of a reader, with the lists of all of their roles. */
export async function loadHome(reader: Reader): Promise<Home> {
  const roles = new Set(reader.grants.map(({ role }) => role));
  const lists = new Map(
    ROLES.flatMap((role) => (roles.has(role) ? Object.entries(CASE_LISTS[role] ?? {}) : [])),
  );
  const [
    tickets,
    handling,
    late,
    followUps,
    toAnswer,
    unanswered,
    mergers,
    cases,
    lateness,
    leftBehind,
    roomless,
    accounts,
    undelivered,
    nobodys,
    answered,
    warnings,
    unchecked,
    corrections,
    promises,
    coverage,
    toReport,
  ] = await Promise.all([
    roles.has('dispatcher') ? ticketsToRoute(reader, SHOWN) : null,
    roles.has('dispatcher') ? ticketHandling(reader, SHOWN) : [],
    roles.has('official') ? lateTickets(reader, SHOWN) : null,
    roles.has('callbackClerk') ? followUpsDue(reader, SHOWN) : null,
    roles.has('mediator') ? handOversToAnswer(reader, SHOWN) : null,
    roles.has('dispatcher') ? handOversUnanswered(reader, SHOWN) : null,
    roles.has('dispatcher') ? casesToMerge(reader, SHOWN) : null,
    Promise.all([...lists].map(([name, filter]) => caseWork(reader, name, filter))),
    roles.has('official') ? latenessIn(reader) : null,
    roles.has('administrator') ? mediatorsLeavingCases(reader, SHOWN) : null,
    roles.has('administrator') || roles.has('dispatcher') ? mediatorsWithoutRoom(reader, SHOWN) : null,
    roles.has('administrator') ? accountsWithoutPassword(reader, SHOWN) : null,
    roles.has('administrator') ? accountsUnreached(reader, SHOWN) : null,
    roles.has('dispatcher') ? enterprisesUnanswered(reader, SHOWN) : null,
    roles.has('officer') ? enterprisesAnswered(reader, SHOWN) : null,
    WARNED.some((role) => roles.has(role)) ? pressingWarnings(reader, SHOWN) : null,
    roles.has('officer') ? uncheckedThisMonth(reader, SHOWN) : null,
    roles.has('officer') ? correctionsAwaited(reader, ALL_OF_THEM) : null,
    roles.has('officer') ? promisesDue(reader, ALL_OF_THEM) : null,
    roles.has('official') ? coverageThisMonth(reader, SHOWN) : null,
    roles.has('informant') ? reportsToSend(reader) : null,
  ]);
  const handOvers = [toAnswer, unanswered].filter((work) => work !== null);
  return {
    tickets,
    handling,
    lateTickets: late,
    followUps,
    handOvers,
    mergers,
    warnings,
    cases,
    lateness,
    leftBehind,
    roomless,
    accounts,
    undelivered,
    nobodys,
    answered,
    unchecked,
    corrections,
    promises,
    coverage,
    toReport,
  };
}

async function caseWork(reader: Reader, name: string, filter: CaseFilter): Promise<CaseWork> {
  const { rows, total } = await beginningOf(reader, filter, usualSort(filter), SHOWN);
  const alarms = await alarmsAmongCases(rows.map(({ id }) => id));
  return { name, filter, total, rows: rows.map((row) => ({ ...row, alarm: alarms.get(row.id) ?? null })) };
}

/** Who and where is late in the official's area, the most first. */
async function latenessIn(reader: Reader): Promise<Home['lateness']> {
  const { reaches, where } = await conditionsOf(reader, LATE_CASES);
  const within = { [Op.and]: [{ [Op.or]: reaches }, ...where] };
  const [mediators, villages] = await Promise.all([
    lateBy('mediatorId', within),
    lateBy('villageId', within),
  ]);
  const [people, places] = await Promise.all([
    User.findAll({ where: { id: idsIn(mediators) }, attributes: ['id', 'displayName'], raw: true }),
    Area.findAll({ where: { id: idsIn(villages) }, attributes: ['id', 'name'], raw: true }),
  ]);
  const names = new Map([
    ...people.map(({ id, displayName }) => [id, displayName] as const),
    ...places.map(({ id, name }) => [id, name] as const),
  ]);
  const named = (groups: LateGroup[]): LateGroup[] =>
    groups.map((group) => ({ ...group, name: names.get(group.id ?? '') ?? null }));
  return { mediators: named(mediators), villages: named(villages) };
}

async function lateBy(
  column: 'mediatorId' | 'villageId',
  where: WhereOptions<DisputeCase>,
): Promise<LateGroup[]> {
  const rows = (await DisputeCase.findAll({
    where,
    attributes: [
      [column, 'groupId'],
      [fn('COUNT', col('id')), 'overdue'],
      [fn('MIN', col('dueOn')), 'earliest'],
    ],
    group: [column],
    raw: true,
  })) as unknown as { groupId: string | null; overdue: unknown; earliest: CalendarDay }[];
  return rows
    .map(({ groupId: id, overdue, earliest }) => ({ id, name: null, overdue: asNumber(overdue), earliest }))
    .sort((a, b) => b.overdue - a.overdue || (a.earliest < b.earliest ? -1 : 1));
}

const idsIn = (groups: LateGroup[]): string[] => groups.flatMap(({ id }) => id ?? []);
