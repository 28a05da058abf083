import { seenName, withoutNumbers } from '../cases/privacy.rules.ts';
import type { AreaChoice } from '../directory/areas.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { choiceField, textField } from '../web/fields.ts';
import { exportAction, pagingOf } from '../web/list-view.ts';
import type { Cell, Empty, Field, Filters, Table, Tabs } from '../web/view-model.ts';
import { ALL, followUpListHref, type FollowUpFilter } from './follow-up-filter.rules.ts';
import type { FollowUpListPage, FollowUpRow } from './follow-up-list.queries.ts';
import { FOLLOW_UP_STATES, SATISFACTIONS } from './follow-up.rules.ts';
import { callDueTag, resultTag } from './follow-up-words.presenter.ts';

export interface ShownFollowUps {
  filter: FollowUpFilter;
  page: FollowUpListPage;
  areas: AreaChoice[];
  today: CalendarDay;
}

/** The list of the callback clerk, and what a figure of the report counts. */
export function presentFollowUpList(t: Translate, shown: ShownFollowUps) {
  const { filter, page } = shown;
  return {
    title: t('follow-ups.title'),
    header: {
      title: t('follow-ups.title'),
      lead: t('follow-ups.lead'),
      actions: exportAction(followUpListHref(filter), page.total, t),
    },
    tabs: stateTabs(filter, page.due, t),
    filters: presentFilters(shown, t),
    table: presentTable(shown, t),
    paging: pagingOf(page, '/follow-ups', addressed(filter), t),
  };
}

/** The filter as an address has it. */
function addressed(filter: FollowUpFilter): object {
  return { ...filter, state: filter.state ?? ALL };
}

function stateTabs(filter: FollowUpFilter, due: number, t: Translate): Tabs {
  return {
    label: t('follow-ups.byState'),
    tabs: [...FOLLOW_UP_STATES, undefined].map((state) => ({
      label: t(`follow-ups.states.${state ?? ALL}`),
      href: followUpListHref(state === 'due' ? { area: filter.area, state } : { ...filter, state }),
      current: state === filter.state,
      ...(state === 'due' ? { count: due } : {}),
    })),
  };
}

function presentFilters({ filter, areas }: ShownFollowUps, t: Translate): Filters {
  const values: Posted = { ...filter };
  const areaWord = (id: string): string => areas.find((area) => area.id === id)?.name ?? t('common.unknown');
  const day = (name: 'calledFrom' | 'calledTo'): Field => ({
    ...textField(name, t(`follow-ups.${name}`), values),
    kind: 'date',
  });
  const kept = ['valid', 'discontent', 'redo', 'helped'] as const;
  const hidden = [
    { kind: 'hidden' as const, name: 'state', value: filter.state ?? ALL },
    ...kept.flatMap((name) => (filter[name] ? [{ kind: 'hidden' as const, name, value: 'yes' }] : [])),
  ];
  const asked: Field[] = [
    choiceField(
      'select',
      'satisfaction',
      t('follow-ups.satisfaction'),
      SATISFACTIONS,
      (code) => t(`follow-ups.satisfactions.${code}`),
      values,
      { emptyText: t('common.all') },
    ),
    day('calledFrom'),
    day('calledTo'),
  ];
  const emptyText = t('common.all');
  const ids = areas.map(({ id }) => id);
  return {
    action: '/follow-ups',
    fields: [
      ...(areas.length > 1
        ? [choiceField('select', 'area', t('follow-ups.area'), ids, areaWord, values, { emptyText })]
        : []),
      ...(filter.state === 'due' ? [] : asked),
      ...hidden,
    ],
    ...presentChips(filter, areaWord, t),
  };
}

/** The conditions in use, each with the way to be rid of it; the tabs say the state. */
function presentChips(
  filter: FollowUpFilter,
  areaWord: (id: string) => string,
  t: Translate,
): Pick<Filters, 'chips' | 'clearHref'> {
  const says: Record<Exclude<keyof FollowUpFilter, 'state'>, (value: string) => string> = {
    area: areaWord,
    satisfaction: (code) => t(`follow-ups.satisfactions.${code}`),
    valid: () => t('follow-ups.chips.valid'),
    discontent: () => t('follow-ups.chips.discontent'),
    redo: () => t('follow-ups.chips.redo'),
    helped: () => t('follow-ups.chips.helped'),
    calledFrom: (day) => t('follow-ups.chips.from', { day }),
    calledTo: (day) => t('follow-ups.chips.to', { day }),
  };
  const chips = Object.entries(says).flatMap(([name, say]) => {
    const value = filter[name as keyof FollowUpFilter];
    return value ? [{ label: say(value), href: followUpListHref({ ...filter, [name]: undefined }) }] : [];
  });
  return chips.length > 0 ? { chips, clearHref: followUpListHref({ state: filter.state }) } : { chips };
}

function presentTable(shown: ShownFollowUps, t: Translate): Table {
  const { filter, page, today } = shown;
  const columns = [
    { label: t('follow-ups.case'), look: 'wide' as const },
    { label: t(filter.state === 'due' ? 'follow-ups.dueOn' : 'follow-ups.result') },
    { label: t('follow-ups.worker') },
    { label: t('follow-ups.respondent'), look: 'wide' as const },
    { label: t('follow-ups.outcome') },
    { label: t('follow-ups.mediator') },
  ];
  return {
    caption: t('follow-ups.title'),
    captionHidden: true,
    columns,
    rows: page.rows.map((row) => ({
      cells: [
        caseCell(row, t),
        dayCell(row, today, t),
        { text: (row.worker && seenName(row.worker, row.privacy)) ?? t('common.none') },
        { text: row.disputeCase.respondentName },
        outcomeCell(row, t),
        { text: row.mediator ?? t('common.none') },
      ],
    })),
    empty: emptyList(filter, t),
  };
}

function caseCell({ followUp, disputeCase }: FollowUpRow, t: Translate): Cell {
  return {
    text: disputeCase.number ?? withoutNumbers(disputeCase.title),
    href: `/follow-ups/${followUp.id}`,
    secondary: t('follow-ups.closedOn', { day: followUp.closedOn }),
    ...(followUp.round > 1
      ? { tag: { text: t('follow-ups.round', { round: followUp.round }), tone: 'warn' as const } }
      : {}),
  };
}

function dayCell({ followUp }: FollowUpRow, today: CalendarDay, t: Translate): Cell {
  if (followUp.state !== 'due')
    return { text: '', tag: resultTag(followUp, t), secondary: followUp.calledOn ?? followUp.dueOn };
  const { attempts, dueOn } = followUp;
  return {
    text: dueOn,
    tag: callDueTag(dueOn, today, t),
    ...(attempts > 0 ? { secondary: t('follow-ups.attempts', { count: attempts }) } : {}),
  };
}

function outcomeCell({ disputeCase: { outcome } }: FollowUpRow, t: Translate): Cell {
  return { text: outcome ? t(`cases.outcomes.${outcome}`) : t('follow-ups.openAgain') };
}

function emptyList({ state, ...others }: FollowUpFilter, t: Translate): Empty {
  if (Object.values(others).some((value) => value !== undefined)) {
    const action = { label: t('common.filters.clear'), href: followUpListHref({ state }) };
    return { title: t('follow-ups.empty.filtered'), text: t('follow-ups.empty.filteredHint'), action };
  }
  return state === 'due'
    ? { title: t('follow-ups.empty.due'), text: t('follow-ups.empty.dueHint') }
    : { title: t('follow-ups.empty.any'), text: t('follow-ups.empty.dueHint') };
}
