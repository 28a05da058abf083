import { grantsFor, mayEver, type Reader } from '../accounts/access.rules.ts';
import { LEVELS } from '../directory/directory.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { choiceField, textField } from '../web/fields.ts';
import { markErrors, summaryOf } from '../web/form-view.ts';
import { exportAction } from '../web/list-view.ts';
import type { Action, Cell, Empty, Field, Filters, Paging, Row, Table, Tabs } from '../web/view-model.ts';
import {
  AWAITED,
  caseListHref,
  DUE,
  NONE,
  onlyMediates,
  SOON_DAYS,
  type CaseFilter,
  type CaseSort,
} from './case-filter.rules.ts';
import type { CaseListChoices } from './case-list-choices.queries.ts';
import type { CaseListQuestion } from './case-list.form.ts';
import type { CaseListPage, CaseListRow } from './case-list.queries.ts';
import { alarmTag, dueTag, outcomeTag, performanceTag, stateTag } from './case-words.presenter.ts';
import { CLAIM_TYPES, SOURCES } from './case.rules.ts';
import { CASE_STATES, OUTCOMES } from './lifecycle.rules.ts';

export interface ShownCaseList {
  question: CaseListQuestion;
  page: CaseListPage;
  choices: CaseListChoices;
  /** The name of the enterprise whose id the address has. */
  enterpriseName: string | null;
  reader: Reader;
  today: CalendarDay;
}

export function presentCaseList(t: Translate, shown: ShownCaseList) {
  const { question, reader } = shown;
  const actions: Action[] = [
    ...(mayEver(reader, 'cases.register')
      ? [{ label: t('cases.list.register'), href: '/cases/new', look: 'primary' as const }]
      : []),
    ...(question.filter.mine && mayEver(reader, 'cases.offerHandOver')
      ? [{ label: t('handOver.caseload.mine'), href: '/caseload', look: 'plain' as const }]
      : []),
    ...(mayEver(reader, 'ledger.import')
      ? [{ label: t('ledger.imports.title'), href: '/ledgers', look: 'plain' as const }]
      : []),
    ...exportAction(caseListHref(question.filter, { sort: question.sort }), shown.page.total, t),
  ];
  const filters = presentFilters(t, shown);
  const shownFields = [...filters.fields, ...(filters.more ?? [])];
  return {
    title: t('cases.list.title'),
    header: { title: t('cases.list.title'), actions },
    tabs: presentTabs(t, question.filter, reader),
    errorSummary: question.errors.length > 0 ? summaryOf(question.errors, shownFields, t) : undefined,
    filters,
    table: presentTable(t, shown, mayEver(reader, 'cases.register') ? actions[0] : undefined),
    paging: presentPaging(t, shown),
  };
}

// Which cases

function presentTabs(t: Translate, filter: CaseFilter, reader: Reader): Tabs {
  const mediates = grantsFor(reader, 'cases.list').some(({ scope }) => scope === 'room');
  const inRooms = onlyMediates(reader);
  const views: { word: string; mine?: 'yes'; state?: 'open' | 'closed' }[] = [
    ...(mediates
      ? ([
          { word: 'mine', mine: 'yes', state: 'open' },
          { word: 'mineClosed', mine: 'yes', state: 'closed' },
        ] as const)
      : []),
    { word: inRooms ? 'roomOpen' : 'open', state: 'open' },
    { word: inRooms ? 'roomClosed' : 'closed', state: 'closed' },
    ...(inRooms ? [] : [{ word: 'all' }]),
  ];
  const group = filter.state === undefined || filter.state === 'closed' ? filter.state : 'open';
  return {
    label: t('cases.list.views'),
    tabs: views.map(({ word, mine, state }) => ({
      label: t(`cases.list.tabs.${word}`),
      href: caseListHref({ ...filter, mine, state }),
      current: mine === filter.mine && state === group,
    })),
  };
}

// Filters

/** Conditions with a field of their own; the others come from links, and stay when the form is sent. */
const SHOWN_FIELDS: (keyof CaseFilter)[] = ['text', 'state', 'due'];
const MORE_FIELDS: (keyof CaseFilter)[] = [
  'awaits',
  'level',
  'room',
  'mediator',
  'village',
  'enterprise',
  'type',
  'source',
  'outcome',
  'receivedFrom',
  'receivedTo',
];

function presentFilters(t: Translate, shown: ShownCaseList): Filters {
  const { question, choices, enterpriseName, reader } = shown;
  const { filter, errors, sort } = question;
  const words = wordsOf(t, choices);
  const values: Posted = { state: 'all', ...question.typed };
  if (enterpriseName) values['enterprise'] = enterpriseName;
  const choose: Choose = (name, codes, options = { emptyText: t('common.all') }) =>
    choiceField('select', name, t(`cases.list.${name}`), codes, words[name], values, options);
  const textLabel = mayEver(reader, 'cases.reveal') ? 'cases.list.textWithNames' : 'cases.list.text';
  const fields: Field[] = [
    textField('text', t(textLabel), values, { inputmode: 'search', maxlength: 100, autocomplete: 'off' }),
    choose('state', ['all', 'open', ...CASE_STATES], {}),
    choose('due', DUE),
    ...keptConditions(filter),
    ...(question.typed['sort'] === sort ? [{ kind: 'hidden' as const, name: 'sort', value: sort }] : []),
  ];
  return {
    action: '/cases',
    fields: markErrors(fields, errors, t),
    more: markErrors(moreFields(t, choices, values, choose), errors, t),
    moreOpen: MORE_FIELDS.some((name) => filter[name] || errors.some(({ field }) => field === name)),
    ...presentChips(t, shown, words),
  };
}

/** A choice of a filter; without `options` an optional one. */
type Choose = (
  name: keyof ReturnType<typeof wordsOf>,
  codes: readonly string[],
  options?: { emptyText?: string },
) => Field;

function moreFields(
  t: Translate,
  { rooms, mediators, villages }: CaseListChoices,
  values: Posted,
  choose: Choose,
): Field[] {
  const idsOf = (list: { id: string }[]): string[] => list.map(({ id }) => id);
  const day = (name: 'receivedFrom' | 'receivedTo'): Field =>
    textField(name, t(`cases.list.${name}`), values, { kind: 'date' });
  return [
    choose('awaits', AWAITED),
    choose('level', [...LEVELS, NONE]),
    ...(rooms.length > 1 ? [choose('room', idsOf(rooms))] : []),
    ...(mediators.length > 1 ? [choose('mediator', idsOf(mediators))] : []),
    choose('village', [...idsOf(villages), NONE]),
    textField('enterprise', t('cases.list.enterprise'), values, { maxlength: 200, autocomplete: 'off' }),
    choose('type', CLAIM_TYPES),
    choose('source', SOURCES),
    choose('outcome', OUTCOMES),
    day('receivedFrom'),
    day('receivedTo'),
  ];
}

function keptConditions(filter: CaseFilter): Field[] {
  const names = (Object.keys(filter) as (keyof CaseFilter)[]).filter(
    (name) => ![...SHOWN_FIELDS, ...MORE_FIELDS].includes(name),
  );
  return names.map((name) => ({ kind: 'hidden', name, value: filter[name]! }));
}

/** What the choices of a filter are called. */
function wordsOf(t: Translate, { areas, villages, rooms, mediators }: CaseListChoices) {
  const nameIn = (list: { id: string; name: string }[]) => (id: string) =>
    list.find((choice) => choice.id === id)?.name ?? '';
  return {
    area: nameIn(areas),
    village: (id: string) => (id === NONE ? t('cases.list.noVillage') : nameIn(villages)(id)),
    room: nameIn(rooms),
    mediator: nameIn(mediators),
    state: (code: string) => (code === 'all' ? t('cases.list.allStates') : t(`cases.states.${code}`)),
    due: (code: string) => t(`cases.list.dues.${code}`, { count: SOON_DAYS }),
    awaits: (code: string) => t(`cases.list.awaited.${code}`),
    level: (code: string) => t(`cases.levels.${code}`),
    type: (code: string) => t(`cases.types.${code}`),
    source: (code: string) => t(`cases.sources.${code}`),
    outcome: (code: string) => t(`cases.outcomes.${code}`),
  };
}

const PERIODS = ['received', 'closed', 'paid'] as const;

/** A condition in use: its words, and the fields that it comes from. */
type Chip = [label: string, ...names: (keyof CaseFilter)[]];

function presentChips(
  t: Translate,
  { question: { filter, sort }, enterpriseName }: ShownCaseList,
  words: ReturnType<typeof wordsOf>,
): Pick<Filters, 'chips' | 'clearHref'> {
  const inUse = [
    ...chosenChips(t, filter, words, enterpriseName),
    ...PERIODS.flatMap((period) => periodChip(t, filter, period)),
    ...figureChips(t, filter),
  ];
  const chips = inUse.map(([label, ...names]) => {
    const without = Object.fromEntries(names.map((name) => [name, undefined]));
    return { label, href: caseListHref({ ...filter, ...without }, { sort }) };
  });
  if (chips.length === 0) return { chips };
  const { mine, state } = filter;
  return {
    chips,
    clearHref: caseListHref({ mine, state: state && (state === 'closed' ? 'closed' : 'open') }),
  };
}

const CHOSEN = ['due', 'awaits', 'type', 'source', 'outcome', 'room', 'mediator', 'village', 'area'] as const;

/** What was typed and chosen; the tabs say whether a list is of open or closed cases, and whose. */
function chosenChips(
  t: Translate,
  filter: CaseFilter,
  words: ReturnType<typeof wordsOf>,
  enterpriseName: string | null,
): Chip[] {
  const labelled = (what: string, value: string): string =>
    t('cases.list.chips.labelled', { what: t(`cases.list.${what}`), value });
  const { text, state, level, enterprise } = filter;
  const chips: Chip[] = [];
  if (text) chips.push([t('cases.list.chips.text', { text }), 'text']);
  if (state && !['open', 'closed'].includes(state)) chips.push([words.state(state), 'state']);
  for (const name of CHOSEN) {
    const value = filter[name];
    if (value) chips.push([words[name](value), name]);
  }
  if (level) chips.push([labelled('level', words.level(level)), 'level']);
  if (enterprise) chips.push([enterpriseName ?? labelled('respondent', enterprise), 'enterprise']);
  return chips;
}

function periodChip(t: Translate, filter: CaseFilter, period: (typeof PERIODS)[number]): Chip[] {
  const [from, to] = [filter[`${period}From`], filter[`${period}To`]];
  const what = t(`cases.list.${period}`);
  if (from && to) return [[t('cases.list.chips.period', { what, from, to }), `${period}From`, `${period}To`]];
  if (from) return [[t('cases.list.chips.from', { what, from }), `${period}From`]];
  return to ? [[t('cases.list.chips.until', { what, to }), `${period}To`]] : [];
}

/** What only the figures of a report ask for. */
function figureChips(t: Translate, { openOn, outcomeGroup, wentUp, ...filter }: CaseFilter): Chip[] {
  const say = (key: string, values?: Record<string, string>): string => t(`cases.list.chips.${key}`, values);
  const chips: Chip[] = [];
  if (openOn) chips.push([say('openOn', { day: openOn }), 'openOn']);
  if (outcomeGroup) chips.push([say(outcomeGroup), 'outcomeGroup']);
  if (wentUp) chips.push([say(wentUp === 'yes' ? 'wentUp' : 'stayed'), 'wentUp']);
  for (const name of ['collective', 'hasTicket', 'valid', 'paidMigrant'] as const)
    if (filter[name]) chips.push([say(name), name]);
  return chips;
}

// The table

function presentTable(
  t: Translate,
  { question, page, today, reader }: ShownCaseList,
  register?: Action,
): Table {
  const { filter, sort } = question;
  const sortable = (key: CaseSort) => ({
    sort: {
      href: caseListHref(filter, { sort: key }),
      ...(sort === key
        ? { direction: key === 'due' ? ('ascending' as const) : ('descending' as const) }
        : {}),
    },
  });
  const ofClosed = filter.state === 'closed';
  const word = (key: string): string => t(`cases.list.${key}`);
  return {
    caption: word('caption'),
    captionHidden: true,
    columns: [
      { label: word('case'), look: 'wide' },
      { label: word('respondent'), look: 'wide' },
      { label: word('claimed'), look: 'number', ...sortable('claimed') },
      { label: word('place'), look: 'wide' },
      { label: word('state') },
      ...(ofClosed
        ? [{ label: word('closedOn'), ...sortable('closed') }]
        : [
            { label: word('receivedOn'), look: 'aside' as const, ...sortable('received') },
            { label: word('dueOn'), ...sortable('due') },
          ]),
    ],
    rows: page.rows.map((row) => presentRow(t, row, { ofClosed, today })),
    empty: presentEmpty(t, filter, reader, register),
  };
}

function presentRow(
  t: Translate,
  row: CaseListRow,
  { ofClosed, today }: { ofClosed: boolean; today: CalendarDay },
): Row {
  return {
    cells: [
      {
        text: row.title,
        href: `/cases/${row.id}`,
        ...(row.alarm ? { tag: alarmTag(row.alarm, t) } : {}),
        secondary: nameOf(row, t),
      },
      { text: row.respondentName, ...(row.village ? { secondary: row.village } : {}) },
      {
        text: row.claimedFen === null ? t('common.unknown') : formatYuan(row.claimedFen),
        secondary: t(`cases.types.${row.primaryType}`),
      },
      {
        text: row.room ?? levelText(row, t),
        ...(row.mediator ? { secondary: row.mediator } : {}),
      },
      stateCell(t, row),
      ...(ofClosed ? [closedCell(t, row, today)] : [{ text: row.receivedOn }, dueCell(t, row, today)]),
    ],
  };
}

/** The level of a case without a room; one that is over without ever having had one awaits no routing. */
function levelText({ level, state }: CaseListRow, t: Translate): string {
  return state === 'closed' && !level ? t('common.none') : t(`cases.levels.${level ?? NONE}`);
}

/** How people call a case: by its own number, else by its ticket's. */
export function nameOf(row: Pick<CaseListRow, 'number' | 'ticketNumber'>, t: Translate): string {
  if (row.number) return row.number;
  return row.ticketNumber ? t('cases.list.ticket', { number: row.ticketNumber }) : t('cases.list.unnumbered');
}

function stateCell(t: Translate, { state, outcome, performance }: CaseListRow): Cell {
  const tag = outcome ? outcomeTag(outcome, t) : stateTag(state, t);
  return { text: '', tag, ...(performance ? { secondary: performanceTag(performance, t).text } : {}) };
}

function dueCell(t: Translate, { dueOn }: CaseListRow, today: CalendarDay): Cell {
  const tag = dueTag(dueOn, today, t);
  return tag ? { text: dueOn, tag } : { text: t('common.none') };
}

/** When a case was closed, and the payment that is due since. */
function closedCell(t: Translate, { closedOn, dueOn, dueKind }: CaseListRow, today: CalendarDay): Cell {
  const text = closedOn ?? t('common.none');
  const tag = dueTag(dueOn, today, t);
  if (!tag || !dueKind) return { text };
  return {
    text,
    tag,
    secondary: t('cases.due.kindAndDay', { kind: t(`cases.due.kinds.${dueKind}`), day: dueOn }),
  };
}

function presentEmpty(t: Translate, filter: CaseFilter, reader: Reader, register?: Action): Empty {
  const { mine, state, ...others } = filter;
  const say = (key: string): Pick<Empty, 'title' | 'text'> => ({
    title: t(`cases.list.empty.${key}`),
    text: t(`cases.list.empty.${key}Hint`),
  });
  if (Object.values(others).some((value) => value !== undefined)) {
    return {
      ...say('filtered'),
      action: { label: t('common.filters.clear'), href: caseListHref({ mine, state }) },
    };
  }
  if (mine && onlyMediates(reader)) return say('mine');
  return { ...say('none'), ...(register ? { action: register } : {}) };
}

function presentPaging(
  t: Translate,
  { question: { filter, sort }, page }: ShownCaseList,
): Paging | undefined {
  if (page.rows.length === 0) return undefined;
  const { rows, total, more, newer, older } = page;
  const key = more ? 'common.paging.shownAtLeast' : 'common.paging.shown';
  return {
    text: t(key, { shown: rows.length, total: total.toLocaleString('en') }),
    ...(newer
      ? { newer: { label: t('common.paging.newer'), href: caseListHref(filter, { sort, before: newer }) } }
      : {}),
    ...(older
      ? { older: { label: t('common.paging.older'), href: caseListHref(filter, { sort, after: older }) } }
      : {}),
  };
}
