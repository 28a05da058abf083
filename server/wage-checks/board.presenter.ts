import type { AreaChoice } from '../directory/areas.queries.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { percent1 } from '../shared/money.ts';
import { monthWord } from '../shared/month-word.ts';
import { choiceField, textField } from '../web/fields.ts';
import type { Cell, Filters, Paging, Table } from '../web/view-model.ts';
import type { Board, BoardFilter, BoardRow } from './board.queries.ts';
import { roundTabs, shortStateTag } from './wage-checks-words.presenter.ts';
import { CHECK_STATES, type Coverage } from './wage-checks.rules.ts';

const BOARD = '/wage-checks/board';
const LIST = '/wage-checks';

export interface ShownBoard {
  board: Board;
  filter: BoardFilter;
  areas: AreaChoice[];
  officers: { id: string; name: string }[];
  /** The running year. */
  year: number;
}

/** The year as a board: an enterprise per row, its months beside each other, and what was covered. */
export function presentBoard(t: Translate, shown: ShownBoard) {
  const { board, filter } = shown;
  const title = t('wage-checks.board.title', { year: filter.year });
  return {
    title,
    header: { title, lead: t('wage-checks.board.lead') },
    tabs: roundTabs('board', null, t),
    filters: filtersOf(shown, t),
    legend: CHECK_STATES.map((state) => ({
      tag: shortStateTag(state, t),
      text: t(`wage-checks.states.${state}`),
    })),
    board: boardTable(shown, title, t),
    paging: pagingOf(shown, t),
    coverage: [...(board.villages.length > 0 ? [villageTable(board, t)] : []), officerTable(board, t)],
  };
}

function monthColumns({ months }: Board, t: Translate): Table['columns'] {
  return months.map((month) => ({ label: t(`wage-checks.monthsShort.${Number(month.slice(5))}`) }));
}

/** The rows of the board: every month a link to its check, coloured and in a word. */
function boardTable({ board, filter }: ShownBoard, caption: string, t: Translate) {
  if (board.rows.length === 0)
    return { empty: { title: t('wage-checks.board.none'), text: t('wage-checks.board.noneHint') } };
  const columns = monthColumns(board, t).map(({ label }) => label);
  return {
    caption,
    enterprise: t('wage-checks.enterprise'),
    columns,
    rows: board.rows.map((row) => boardRow(row, board.months, columns, filter.village === undefined, t)),
  };
}

function boardRow(
  { id, name, village, checks }: BoardRow,
  months: string[],
  labels: string[],
  named: boolean,
  t: Translate,
) {
  return {
    ...{ name, href: `/enterprises/${id}`, village: named ? village : null },
    cells: months.map((month, index) => {
      const check = checks.get(month);
      const label = labels[index]!;
      if (!check) return { label, text: t('wage-checks.board.noCheck') };
      const context = t('wage-checks.board.cell', {
        enterprise: name,
        month: label,
        state: t(`wage-checks.states.${check.state}`),
      });
      return { label, context, tag: shortStateTag(check.state, t), href: `${LIST}/${check.id}` };
    }),
  };
}

function pagingOf({ board, filter }: ShownBoard, t: Translate): Paging | null {
  const { from, rows, total } = board;
  if (rows.length === 0) return null;
  const to = from + rows.length - 1;
  const link = (label: string, page: number) => ({
    label: t(label),
    href: listHref(BOARD, { ...filter, page: String(page), year: String(filter.year) }),
  });
  return {
    text: t('wage-checks.board.page', { from, to, total }),
    ...(filter.page > 1 ? { newer: link('wage-checks.board.newer', filter.page - 1) } : {}),
    ...(to < total ? { older: link('wage-checks.board.older', filter.page + 1) } : {}),
  };
}

function filtersOf({ filter, areas, officers, year }: ShownBoard, t: Translate): Filters {
  const values: Posted = { ...filter, year: String(filter.year) };
  const villages = areas.filter(({ villageId }) => villageId !== null);
  const years = [year, year - 1, year - 2].map(String);
  const nameOf =
    (list: { id: string; name: string }[]) =>
    (id: string): string =>
      list.find((one) => one.id === id)?.name ?? '';
  const all = { emptyText: t('common.all') };
  const ids = (list: { id: string }[]): string[] => list.map(({ id }) => id);
  return {
    action: BOARD,
    fields: [
      choiceField('select', 'year', t('wage-checks.board.year'), years, (code) => code, values),
      choiceField('select', 'village', t('directory.village'), ids(villages), nameOf(villages), values, all),
      choiceField(
        'select',
        'officer',
        t('wage-checks.officer'),
        ids(officers),
        nameOf(officers),
        values,
        all,
      ),
      textField('q', t('wage-checks.enterprise'), values, { inputmode: 'search', maxlength: 100 }),
    ],
    chips: [],
  };
}

function coverageCell(coverage: Coverage | undefined, href: string | null, t: Translate): Cell {
  if (!coverage || coverage.due === 0) return { text: t('wage-checks.board.noCheck') };
  return {
    text: t('wage-checks.board.percent', { percent: percent1(coverage.checked, coverage.due) ?? '' }),
    secondary: t('wage-checks.board.share', { checked: coverage.checked, due: coverage.due }),
    ...(href ? { href } : {}),
  };
}

function villageTable(board: Board, t: Translate): Table {
  const { months, villages } = board;
  const total = (month: string): Coverage =>
    villages.reduce(
      (sum, { byMonth }) => ({
        due: sum.due + (byMonth.get(month)?.due ?? 0),
        checked: sum.checked + (byMonth.get(month)?.checked ?? 0),
      }),
      { due: 0, checked: 0 },
    );
  return {
    caption: t('wage-checks.board.byVillage'),
    captionHidden: true,
    figures: true,
    columns: [{ label: t('directory.village') }, ...monthColumns(board, t)],
    rows: villages.map(({ id, name, byMonth }) => ({
      cells: [
        { text: name ?? t('wage-checks.board.noVillage') },
        ...months.map((month) => {
          const href = id === null ? null : listHref(LIST, { month, village: id, show: 'all' });
          return coverageCell(byMonth.get(month), href, t);
        }),
      ],
    })),
    foot: [
      { text: t('wage-checks.board.total') },
      ...months.map((month) => coverageCell(total(month), null, t)),
    ],
    empty: { title: t('wage-checks.board.noVillages') },
  };
}

function officerTable({ officers, officersMonth: month }: Board, t: Translate): Table {
  return {
    caption: t('wage-checks.board.byOfficer', { month: monthWord(month, t) }),
    captionHidden: true,
    columns: [
      { label: t('wage-checks.officer') },
      { label: t('wage-checks.board.due'), look: 'number' },
      { label: t('wage-checks.board.checked'), look: 'number' },
      { label: t('wage-checks.board.rate'), look: 'number' },
    ],
    rows: officers.map(({ id, name, coverage }) => ({
      cells: [
        { text: name, href: listHref(LIST, { month, officer: id, show: 'all' }) },
        { text: String(coverage.due) },
        { text: String(coverage.checked) },
        {
          text: t('wage-checks.board.percent', { percent: percent1(coverage.checked, coverage.due) ?? '' }),
        },
      ],
    })),
    empty: { title: t('wage-checks.board.noOfficers') },
  };
}
