import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { textField } from '../web/fields.ts';
import type { Action, Filters, Link, Paging, Table } from '../web/view-model.ts';
import { instalmentTable, paymentTable } from './agreement.presenter.ts';
import { caseListPath, FIRST_LINES, LINES_PER_PAGE, type CaseList } from './case-lists.rules.ts';
import type { CasePage } from './case-page.queries.ts';
import { seenText } from './privacy.rules.ts';
import { workersTable } from './workers.presenter.ts';

/** The beginning of a list, and the way to the rest of it. */
export interface ShortList {
  table: Table;
  more: Action[];
}

/** The workers of a case: the first ones, and the way to all. */
export function firstWorkers(page: CasePage, t: Translate): ShortList {
  const table = workersTable(page, t, page.claimants.slice(0, FIRST_LINES));
  return { table, more: moreLink(page, 'claimants', page.claimants.length, t) };
}

/** The first rows of a list, and the way to all. */
export function firstRows(table: Table, page: CasePage, list: CaseList, t: Translate): ShortList {
  const rows = table.rows.slice(0, FIRST_LINES);
  return { table: { ...table, rows }, more: moreLink(page, list, table.rows.length, t) };
}

function moreLink({ disputeCase }: CasePage, list: CaseList, count: number, t: Translate): Action[] {
  if (count <= FIRST_LINES) return [];
  return [{ label: t(`group.list.all.${list}`, { count }), href: caseListPath(disputeCase.id, list) }];
}

/** What the address of a list says: a name, and the row (from 0) at which its page begins. */
export interface ListWish {
  name?: string;
  from?: number;
}

/** One page of a whole list of a case; names are searched only by who sees them. */
export function presentCaseList(
  page: CasePage,
  list: CaseList,
  wish: ListWish,
  today: CalendarDay,
  t: Translate,
) {
  const { disputeCase, privacy } = page;
  const title = t(`group.list.titles.${list}`);
  const path = caseListPath(disputeCase.id, list);
  const searchable = list === 'claimants' && (privacy === 'open' || privacy === 'call');
  const name = searchable ? wish.name : undefined;
  const from = wish.from ?? 0;
  const { table, total } = pageOf(page, list, { name, from }, today, t);
  return {
    title,
    header: {
      title,
      back: { label: disputeCase.number ?? disputeCase.title, href: `/cases/${disputeCase.id}` },
    },
    filters: searchable ? nameFilter(path, name, t) : null,
    table,
    paging: pagingAt(path, { name, from }, table.rows.length, total, t),
  };
}

function pageOf(
  page: CasePage,
  list: CaseList,
  { name, from }: { name?: string; from: number },
  today: CalendarDay,
  t: Translate,
): { table: Table; total: number } {
  if (list === 'claimants') {
    const found = name ? page.claimants.filter((claimant) => claimant.name.includes(name)) : page.claimants;
    return {
      table: workersTable(page, t, found.slice(from, from + LINES_PER_PAGE)),
      total: found.length,
    };
  }
  const whole =
    list === 'instalments'
      ? instalmentTable(page, today, t)
      : paymentTable(page, t, (text) => seenText(text, page));
  return {
    table: { ...whole, rows: whole.rows.slice(from, from + LINES_PER_PAGE) },
    total: whole.rows.length,
  };
}

function nameFilter(path: string, name: string | undefined, t: Translate): Filters {
  return {
    action: path,
    fields: [textField('name', t('cases.forms.name'), { name }, { maxlength: 100, autocomplete: 'off' })],
    chips: name ? [{ label: name, href: path }] : [],
  };
}

function pagingAt(
  path: string,
  { name, from }: { name?: string; from: number },
  shown: number,
  total: number,
  t: Translate,
): Paging | null {
  if (total <= LINES_PER_PAGE) return null;
  const link = (label: string, start: number): Link => ({
    label: t(label),
    href: listHref(path, { name, from: start > 0 ? String(start) : undefined }),
  });
  return {
    text: t('group.list.shown', { first: from + 1, last: Math.min(from + LINES_PER_PAGE, total), total }),
    ...(from > 0 ? { newer: link('group.list.before', Math.max(0, from - LINES_PER_PAGE)) } : {}),
    ...(shown > 0 && from + LINES_PER_PAGE < total
      ? { older: link('group.list.after', from + LINES_PER_PAGE) }
      : {}),
  };
}
