import type { AreaChoice } from '../directory/areas.queries.ts';
import { WARNING_LEVELS } from '../directory/directory.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { choiceField } from '../web/fields.ts';
import { chipsOf, exportAction, pagingOf, warningTag } from '../web/list-view.ts';
import type { Cell, Empty, Filters, Row, Table } from '../web/view-model.ts';
import { warningListHref, type WarningFilter } from './warning-filter.rules.ts';
import { actionDueTag, reasonsText } from './warning-words.presenter.ts';
import type { ListedWarning, WarningListPage } from './warning.queries.ts';

const LIST = '/warnings';

export interface ShownWarnings {
  page: WarningListPage;
  filter: WarningFilter;
  areas: AreaChoice[];
  officers: { id: string; name: string }[];
  today: CalendarDay;
}

/** The list of warnings, the highest first. */
export function presentWarnings(t: Translate, shown: ShownWarnings) {
  const { page, filter } = shown;
  const title = t('warnings.title');
  const filtered = Object.keys(filter).length > 0;
  return {
    title,
    header: {
      title,
      lead: t('warnings.lead'),
      actions: exportAction(warningListHref(filter), page.total, t),
    },
    filters: filtered || page.total > 0 ? presentFilters(shown, t) : null,
    table: presentTable(shown, filtered, t),
    paging: pagingOf(page, LIST, filter, t),
  };
}

function presentFilters({ filter, areas, officers }: ShownWarnings, t: Translate): Filters {
  const values: Posted = { ...filter };
  const villages = areas.filter(({ villageId }) => villageId !== null);
  const villageWord = (id: string): string =>
    villages.find((area) => area.id === id)?.name ?? t('common.unknown');
  const officerWord = (id: string): string =>
    officers.find((officer) => officer.id === id)?.name ?? t('common.unknown');
  const levelWord = (code: string): string => t(`directory.warningLevels.${code}`);
  const word = (code: string): string => t(`warnings.filters.${code}`);
  const all = { emptyText: t('common.all') };
  const label = (name: keyof WarningFilter): string => t(`warnings.filters.${name}`);
  const villageIds = villages.map(({ id }) => id);
  const officerIds = officers.map(({ id }) => id);
  return {
    action: LIST,
    fields: [
      choiceField('select', 'level', label('level'), WARNING_LEVELS, levelWord, values, all),
      choiceField('select', 'village', label('village'), villageIds, villageWord, values, all),
      choiceField('select', 'pressing', label('pressing'), ['overdue', 'redOrOverdue'], word, values, all),
    ],
    more: [
      choiceField('select', 'officer', label('officer'), officerIds, officerWord, values, all),
      choiceField(
        'select',
        'provincial',
        label('provincial'),
        ['yes'],
        () => word('provincialOnly'),
        values,
        all,
      ),
      choiceField('select', 'state', label('state'), ['ended', 'all'], word, values, {
        emptyText: word('open'),
      }),
    ],
    moreOpen: [filter.officer, filter.provincial, filter.state].some((value) => value !== undefined),
    ...chipsOf(LIST, filter, {
      ...{ level: levelWord, village: villageWord, officer: officerWord, pressing: word, state: word },
      provincial: () => word('provincialOnly'),
    }),
  };
}

function presentTable({ page, today }: ShownWarnings, filtered: boolean, t: Translate): Table {
  return {
    caption: t('warnings.title'),
    captionHidden: true,
    columns: [
      { label: t('warnings.enterprise'), look: 'wide' },
      { label: t('warnings.levelLabel') },
      { label: t('warnings.exportReasons'), look: 'wide' },
      { label: t('warnings.village'), look: 'aside' },
      { label: t('warnings.since'), look: 'aside' },
      { label: t('warnings.next') },
    ],
    rows: page.rows.map((row) => warningRow(row, today, t)),
    empty: emptyList(filtered, t),
  };
}

function warningRow({ warning, withSource }: ListedWarning, today: CalendarDay, t: Translate): Row {
  const { id, level, provincial, crimeAmount, endedOn, levelSince } = warning;
  const beside = [
    ...(endedOn ? [t('warnings.tags.ended')] : []),
    ...(provincial ? [t('warnings.tags.provincial')] : []),
    ...(crimeAmount ? [t('warnings.tags.crime')] : []),
  ].join(t('common.comma'));
  return {
    cells: [
      { text: warning.enterprise!.name, href: `${LIST}/${id}` },
      { text: '', tag: warningTag(level, t), ...(beside ? { secondary: beside } : {}) },
      { text: reasonsText(warning.evaluation!.hits, warning, withSource, t) },
      { text: warning.village?.name ?? t('warnings.noVillage') },
      { text: levelSince },
      nextCell(warning, today, t),
    ],
  };
}

function nextCell({ actions = [], dueOn }: ListedWarning['warning'], today: CalendarDay, t: Translate): Cell {
  const [next] = actions;
  const tag = actionDueTag(dueOn, today, t);
  if (!next || !tag) return { text: t('common.none') };
  return {
    text: t(`warnings.actions.${next.kind}`),
    tag,
    secondary: next.assignee?.displayName ?? t('warnings.nobody'),
  };
}

function emptyList(filtered: boolean, t: Translate): Empty {
  return filtered
    ? {
        title: t('warnings.empty.filtered'),
        text: t('warnings.empty.filteredHint'),
        action: { label: t('common.filters.clear'), href: LIST },
      }
    : { title: t('warnings.empty.none'), text: t('warnings.empty.noneHint') };
}
