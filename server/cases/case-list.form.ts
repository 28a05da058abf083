import type { Reader } from '../accounts/access.rules.ts';
import { LEVELS } from '../directory/directory.rules.ts';
import { isCalendarDay } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import { optionalDay, optionalOneOf, optionalText, readForm, type Posted } from '../shared/form.ts';
import { isId } from '../shared/ids.ts';
import {
  AWAITED,
  CASE_SORTS,
  DUE,
  NONE,
  usualFilter,
  usualSort,
  type CaseFilter,
  type CaseSort,
  type Cursor,
} from './case-filter.rules.ts';
import type { CaseListChoices } from './case-list-choices.queries.ts';
import { CLAIM_TYPES, SOURCES } from './case.rules.ts';
import { CASE_STATES, OUTCOMES } from './lifecycle.rules.ts';

/** What an address asks of the list of cases. */
export interface CaseListQuestion {
  filter: CaseFilter;
  sort: CaseSort;
  after: Cursor | null;
  before: Cursor | null;
  /** Conditions that cannot be; they are not applied. */
  errors: FieldError[];
  /** The texts of the address, to be shown again. */
  typed: Posted;
}

const YES = ['yes'] as const;
/** In the address `state=all` says that nothing was forgotten. */
const ALL = 'all';

const idsOf = (choices: { id: string }[]): string[] => choices.map(({ id }) => id);

const fieldsOf = ({ areas, villages, rooms, mediators }: CaseListChoices) => ({
  area: optionalOneOf(idsOf(areas)),
  village: optionalOneOf([NONE, ...idsOf(villages)]),
  room: optionalOneOf(idsOf(rooms)),
  mediator: optionalOneOf(idsOf(mediators)),
  enterprise: optionalText(200),
  text: optionalText(100),
  level: optionalOneOf([NONE, ...LEVELS]),
  type: optionalOneOf(CLAIM_TYPES),
  source: optionalOneOf(SOURCES),
  state: optionalOneOf([ALL, 'open', ...CASE_STATES]),
  outcome: optionalOneOf(OUTCOMES),
  outcomeGroup: optionalOneOf(['succeeded', 'failed', 'excluded', 'decided']),
  valid: optionalOneOf(YES),
  wentUp: optionalOneOf(['yes', 'no']),
  receivedFrom: optionalDay(),
  receivedTo: optionalDay(),
  closedFrom: optionalDay(),
  closedTo: optionalDay(),
  openOn: optionalDay(),
  collective: optionalOneOf(YES),
  hasTicket: optionalOneOf(YES),
  paidFrom: optionalDay(),
  paidTo: optionalDay(),
  paidMigrant: optionalOneOf(YES),
  due: optionalOneOf(DUE),
  awaits: optionalOneOf(AWAITED),
  mine: optionalOneOf(YES),
});

const PERIODS = [
  ['receivedFrom', 'receivedTo'],
  ['closedFrom', 'closedTo'],
  ['paidFrom', 'paidTo'],
] as const;

/**
 * Reads an address; without any condition it asks for what needs its reader first. What cannot be is left out, with its
 * sentence.
 */
export function readCaseList(query: Posted, choices: CaseListChoices, reader: Reader): CaseListQuestion {
  const fields = fieldsOf(choices) satisfies Record<keyof CaseFilter, unknown>;
  const asked = Object.entries(fields).filter(([name]) => query[name] !== undefined);
  const values: Record<string, string> = {};
  const errors: FieldError[] = [];
  for (const [name, field] of asked) {
    const read = readForm({ [name]: field }, query);
    if (!read.ok) errors.push(...read.errors);
    else if (read.values[name] !== null) values[name] = read.values[name] as string;
  }
  if (values['text'] !== undefined && !/[\p{L}\p{N}]/u.test(values['text'])) {
    errors.push({ field: 'text', sentence: 'cases.list.errors.noWord' });
    delete values['text'];
  }
  for (const [from, to] of PERIODS) {
    if (values[from] !== undefined && values[to] !== undefined && values[to] < values[from]) {
      errors.push({ field: to, sentence: 'errors.dayBefore', values: { day: values[from] } });
      delete values[to];
    }
  }
  const { state, ...others } = values;
  const wished = { ...others, ...(state === undefined || state === ALL ? {} : { state }) } as CaseFilter;
  const filter = asked.length === 0 ? usualFilter(reader) : wished;
  const sort = readSort(query['sort']) ?? usualSort(filter);
  return {
    filter,
    sort,
    after: readCursor(sort, query['after']),
    before: readCursor(sort, query['before']),
    errors,
    typed: asked.length === 0 ? { ...filter } : query,
  };
}

function readSort(text: unknown): CaseSort | undefined {
  return (Object.keys(CASE_SORTS) as CaseSort[]).find((sort) => sort === text);
}

/** A place in the list as `caseListHref` writes it; what is none begins at the beginning. */
function readCursor(sort: CaseSort, text: unknown): Cursor | null {
  const [, value = '', id] = (typeof text === 'string' && /^([\d-]{0,20})_(.{36})$/.exec(text)) || [];
  if (!isId(id)) return null;
  if (value === '') return sort === 'claimed' || sort === 'closed' ? { value: null, id } : null;
  if (sort === 'claimed') return /^\d{1,15}$/.test(value) ? { value: Number(value), id } : null;
  return isCalendarDay(value) ? { value, id } : null;
}
