import { mayEver, type Reader } from '../accounts/access.rules.ts';
import { WARNING_LEVELS } from '../directory/directory.rules.ts';
import type { AreaChoice } from '../directory/areas.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { formatYuan } from '../shared/money.ts';
import { monthWord } from '../shared/month-word.ts';
import { choiceField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { exportAction, pagingOf } from '../web/list-view.ts';
import type { Action, Cell, Field, Filters, FormView, Row, Table, Tag, Tone } from '../web/view-model.ts';
import { addMonths } from './rounds.rules.ts';
import type { CheckPage, CheckRow } from './wage-checks.queries.ts';
import { SHOWN, type CheckFilter } from './wage-checks-filter.rules.ts';
import { roundTabs, stateTag } from './wage-checks-words.presenter.ts';

const LIST = '/wage-checks';

export interface ShownChecks {
  page: CheckPage;
  filter: CheckFilter;
  areas: AreaChoice[];
  officers: { id: string; name: string }[];
  /** The month that is running. */
  month: string;
  reader: Reader;
  today: CalendarDay;
}

/** The month's checks by village and the most pressing first. */
export function presentChecks(t: Translate, shown: ShownChecks) {
  const { page, filter, reader, month } = shown;
  const title = t('wage-checks.list.title', { month: monthWord(filter.month, t) });
  const actions: Action[] = [
    ...exportAction(listHref(LIST, filter), page.total, t),
    ...(mayEver(reader, 'wageChecks.importTables')
      ? [{ label: t('wage-checks.tables.title'), href: '/wage-tables' }]
      : []),
    ...(mayEver(reader, 'wageChecks.open')
      ? [{ label: t('wage-checks.opening.title'), href: '/wage-checks/opening' }]
      : []),
  ];
  return {
    title,
    header: { title, lead: t('wage-checks.list.lead'), actions },
    tabs: roundTabs('list', filter.month, t),
    filters: filtersOf(shown, t),
    table: tableOf(shown, title, t),
    paging: pagingOf(page, LIST, filter, t),
    month,
  };
}

function tableOf({ page, filter, today }: ShownChecks, title: string, t: Translate): Table {
  const quiet = filter.show === 'unchecked';
  const empty = quiet ? 'allChecked' : 'none';
  return {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('wage-checks.enterprise'), look: 'wide' },
      { label: t('directory.village') },
      { label: t('wage-checks.state') },
      { label: t('wage-checks.payDue') },
      { label: t('wage-checks.fields.arrearsFen'), look: 'number' },
      { label: t('wage-checks.officer'), look: 'aside' },
    ],
    rows: page.rows.map((row) => rowOf(row, today, t)),
    empty: {
      title: t(`wage-checks.list.${empty}`),
      text: t(`wage-checks.list.${empty}Hint`),
      ...(quiet
        ? {
            action: {
              label: t('wage-checks.list.showAll'),
              href: listHref(LIST, { month: filter.month, show: 'all' }),
            },
          }
        : {}),
    },
  };
}

const WARNING_TONES: Record<string, Tone> = { blue: 'info', yellow: 'warn', orange: 'warn', red: 'bad' };

function rowOf({ check, duties, reportDue }: CheckRow, today: CalendarDay, t: Translate): Row {
  const { enterprise, village, arrearsFen, arrearsPeople, payDueOn, checkedOn, checkedBy } = check;
  const level = enterprise!.warningLevel;
  const tag: Tag | undefined = level
    ? { text: t(`directory.warningLevels.${level}`), tone: WARNING_TONES[level]! }
    : undefined;
  const checked = checkedOn
    ? { secondary: t('wage-checks.checkedBy', { day: checkedOn, name: checkedBy?.displayName ?? '' }) }
    : {};
  return {
    cells: [
      { text: enterprise!.name, href: `${LIST}/${check.id}`, ...(tag ? { tag } : {}) },
      { text: village?.name ?? t('common.none') },
      { text: '', tag: stateTag(check, reportDue, t), ...checked },
      payDueCell(payDueOn, today, t),
      arrearsFen > 0
        ? { text: formatYuan(arrearsFen), secondary: t('wage-checks.people', { count: arrearsPeople }) }
        : { text: t('common.none') },
      { text: duties[0]?.officer ?? t('wage-checks.nobody') },
    ],
  };
}

function payDueCell(payDueOn: CalendarDay | null, today: CalendarDay, t: Translate): Cell {
  if (payDueOn === null) return { text: t('common.unknown') };
  return { text: payDueOn, ...(payDueOn > today ? { secondary: t('wage-checks.payStates.notDue') } : {}) };
}

function filtersOf({ filter, areas, officers, month, reader }: ShownChecks, t: Translate): Filters {
  const values: Posted = { ...filter };
  const villages = areas.filter(({ villageId }) => villageId !== null);
  const villageWord = (id: string): string => villages.find((one) => one.id === id)?.name ?? '';
  const officerWord = (id: string): string =>
    id === 'me' ? t('wage-checks.list.mine') : (officers.find((one) => one.id === id)?.name ?? '');
  const showWord = (code: string): string => t(`wage-checks.shown.${code}`);
  const levelWord = (code: string): string => t(`directory.warningLevels.${code}`);
  const months = Array.from({ length: 24 }, (_, index) => addMonths(month, -index));
  const ids = [...(mayEver(reader, 'wageChecks.check') ? ['me'] : []), ...officers.map(({ id }) => id)];
  const all = { emptyText: t('common.all') };
  return {
    action: LIST,
    fields: [
      choiceField('select', 'month', t('wage-checks.month'), months, (code) => monthWord(code, t), values),
      choiceField('select', 'show', t('wage-checks.state'), SHOWN, showWord, values),
      choiceField(
        'select',
        'village',
        t('directory.village'),
        villages.map(({ id }) => id),
        villageWord,
        values,
        all,
      ),
    ],
    more: [
      choiceField('select', 'officer', t('wage-checks.officer'), ids, officerWord, values, all),
      choiceField('select', 'level', t('directory.warning'), WARNING_LEVELS, levelWord, values, all),
    ],
    moreOpen: filter.officer !== undefined || filter.level !== undefined,
    ...conditions(filter, {
      village: villageWord,
      show: showWord,
      officer: (id) => t('common.labelled', { label: t('wage-checks.officer'), text: officerWord(id) }),
      level: levelWord,
    }),
  };
}

type Conditions = Omit<CheckFilter, 'month'>;

/** The chips of a month's list: without one of them it is all of that month. */
function conditions(
  { month, ...others }: CheckFilter,
  words: { [K in keyof Conditions]-?: (value: string) => string },
): Pick<Filters, 'chips' | 'clearHref'> {
  const all = { month, show: 'all' };
  const chips = (Object.entries(others) as [keyof Conditions, string][])
    .filter(([name, value]) => value !== undefined && !(name === 'show' && value === 'all'))
    .map(([name, value]) => ({
      label: words[name](value),
      href: listHref(LIST, {
        ...all,
        ...others,
        ...(name === 'show' ? { show: 'all' } : { [name]: undefined }),
      }),
    }));
  return chips.length > 0 ? { chips, clearHref: listHref(LIST, all) } : { chips };
}

/** The page on which the dispatcher opens a round by hand. */
export function presentOpening(
  t: Translate,
  { towns, month, state, key }: { towns: AreaChoice[]; month: string; state: FormState; key: string },
) {
  const title = t('wage-checks.opening.title');
  const [only] = towns;
  const months = Array.from({ length: 24 }, (_, index) => addMonths(month, -index));
  const values = { month, ...state.values };
  const town: Field =
    towns.length === 1 && only
      ? { kind: 'hidden', name: 'townId', value: only.id }
      : choiceField(
          'select',
          'townId',
          t('wage-checks.town'),
          towns.map(({ id }) => id),
          (id) => towns.find((one) => one.id === id)!.name,
          values,
          { required: true, emptyText: t('common.choose') },
        );
  const form: FormView = {
    action: '/wage-checks/opening',
    method: 'post',
    idempotencyKey: key,
    fields: [
      town,
      choiceField('select', 'month', t('wage-checks.month'), months, (code) => monthWord(code, t), values, {
        required: true,
      }),
    ],
    submit: { label: t('wage-checks.opening.submit') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  return {
    title,
    header: {
      title,
      lead: t('wage-checks.opening.lead'),
      back: { label: t('wage-checks.tabs.list'), href: LIST },
    },
    form: withErrors(form, state.errors, t),
  };
}
