import type { Responsibility } from '../../models/one-duty.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import { mayEver, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { chipsOf, exportAction, pagingOf } from '../web/list-view.ts';
import type { Action, Cell, Field, Filters, FormView, Row, Table, Tag } from '../web/view-model.ts';
import type { AreaChoice } from './areas.queries.ts';
import { areaWord, directoryTabs, emptyList } from './directory-words.presenter.ts';
import { DUTY_KINDS } from './directory.rules.ts';
import type { OfficerChoice, ResponsibilityFilter } from './responsibilities.queries.ts';

const LIST = '/responsibilities';

export interface ShownResponsibilities {
  page: KeysetPage<Responsibility>;
  filter: ResponsibilityFilter;
  areas: AreaChoice[];
  officers: OfficerChoice[];
  reader: Reader;
  today: CalendarDay;
}

export function presentResponsibilities(t: Translate, shown: ShownResponsibilities) {
  const { page, filter, areas, officers, reader, today } = shown;
  const title = t('directory.tabs.responsibilities');
  const mayEdit = mayEver(reader, 'responsibilities.edit');
  const actions: Action[] = mayEdit
    ? [
        { label: t('duties.add'), href: `${LIST}/new`, look: 'primary' },
        { label: t('duties.patch.title'), href: `${LIST}/hand-over` },
      ]
    : [];
  const filtered = Object.keys(filter).length > 0;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('duties.object'), look: 'wide' },
      { label: t('duties.officer') },
      { label: t('duties.kind') },
      { label: t('duties.from') },
      { label: t('duties.to') },
    ],
    rows: page.rows.map((duty) => dutyRow(duty, mayEdit, today, t)),
    empty: emptyList(t, 'duties', filtered, LIST, actions[0]),
  };
  return {
    title,
    header: {
      title,
      lead: t('duties.lead'),
      actions: [...actions, ...exportAction(listHref(LIST, filter), page.total, t)],
    },
    tabs: directoryTabs(t, 'responsibilities', reader),
    filters: filtered || page.total > 0 ? dutyFilters(filter, areas, officers, t) : null,
    table,
    paging: pagingOf(page, LIST, filter, t),
  };
}

function dutyRow(duty: Responsibility, mayEdit: boolean, today: CalendarDay, t: Translate): Row {
  const { id, officer, fromDay, toDay } = duty;
  const end = { label: t('duties.end'), href: `${LIST}/${id}/end`, context: officer!.displayName };
  return {
    cells: [
      objectCell(duty, t),
      { text: officer!.displayName },
      kindCell(duty, t),
      { text: fromDay, ...(fromDay > today ? { tag: { text: t('duties.begins'), tone: 'info' } } : {}) },
      { text: toDay ?? t('common.none'), ...(mayEdit && toDay === null ? { seldom: end } : {}) },
    ],
  };
}

/** The enterprise, or the village with all of its enterprises. */
export function objectCell({ enterprise, village }: Responsibility, t: Translate): Cell {
  return enterprise
    ? {
        text: enterprise.name,
        href: `/enterprises/${enterprise.id}`,
        ...(enterprise.village ? { secondary: enterprise.village.name } : {}),
      }
    : { text: t('duties.wholeVillage', { village: village!.name }) };
}

/** As what somebody answers, and whether they lead. */
export function kindCell({ kind, isLead }: Pick<Responsibility, 'kind' | 'isLead'>, t: Translate): Cell {
  return { text: t(`duties.kinds.${kind}`), ...(isLead ? { tag: leadTag(t) } : {}) };
}

function leadTag(t: Translate): Tag {
  return { text: t('duties.leads'), tone: 'good' };
}

function dutyFilters(
  filter: ResponsibilityFilter,
  areas: AreaChoice[],
  officers: OfficerChoice[],
  t: Translate,
): Filters {
  const values: Posted = { ...filter };
  const officer = officerWord(officers);
  const area = areaWord(areas, t);
  const villages = areas.filter(({ villageId }) => villageId !== null).map(({ id }) => id);
  const kindWord = (code: string): string => t(`duties.kinds.${code}`);
  const stateWord = (code: string): string => t(`duties.states.${code}`);
  const all = { emptyText: t('common.all') };
  const ids = officers.map(({ id }) => id);
  return {
    action: LIST,
    fields: [
      choiceField('select', 'officer', t('duties.officer'), ids, officer, values, all),
      choiceField('select', 'kind', t('duties.kind'), DUTY_KINDS, kindWord, values, all),
      choiceField('select', 'village', t('directory.village'), villages, area, values, all),
      choiceField('select', 'state', t('directory.state'), ['ended', 'all'], stateWord, values, {
        emptyText: t('duties.states.running'),
      }),
    ],
    ...chipsOf(LIST, filter, {
      officer: (id) => officer(id) || t('duties.formerOfficer'),
      kind: kindWord,
      village: area,
      state: stateWord,
    }),
  };
}

/** The name of an officer among others. */
export function officerWord(officers: OfficerChoice[]): (id: string) => string {
  const names = new Map(officers.map(({ id, displayName }) => [id, displayName]));
  return (id) => names.get(id) ?? '';
}

interface NewPage {
  areas: AreaChoice[];
  officers: OfficerChoice[];
  /** Enterprises for which nobody answers. */
  suggestions: string[];
  state: FormState;
  key: string;
}

export function presentNewResponsibility(t: Translate, page: NewPage) {
  const title = t('duties.add');
  const form: FormView = {
    action: LIST,
    method: 'post',
    idempotencyKey: page.key,
    fields: newFields(page, t),
    submit: { label: t('common.save') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  return {
    title,
    header: {
      title,
      back: { label: t('directory.tabs.responsibilities'), href: LIST },
      ...(page.officers.length === 0 ? { lead: t('duties.noOfficers') } : {}),
    },
    form: withErrors(form, page.state.errors, t),
  };
}

function newFields({ areas, officers, suggestions, state: { values } }: NewPage, t: Translate): Field[] {
  const villages = areas.filter(({ villageId }) => villageId !== null).map(({ id }) => id);
  const ids = officers.map(({ id }) => id);
  const choose = { required: true, half: true, emptyText: t('common.choose') };
  const kindWord = (code: string): string => t(`duties.kinds.${code}`);
  return [
    choiceField('select', 'officerId', t('duties.officer'), ids, officerWord(officers), values, {
      ...choose,
      hint: t('duties.officerHint'),
    }),
    choiceField('select', 'kind', t('duties.kind'), DUTY_KINDS, kindWord, values, choose),
    textField('enterprise', t('duties.enterprise'), values, {
      maxlength: 200,
      autocomplete: 'off',
      suggestions,
      hint: t('duties.enterpriseHint'),
    }),
    choiceField('select', 'villageId', t('duties.village'), villages, areaWord(areas, t), values, {
      emptyText: t('duties.noVillage'),
      hint: t('duties.villageHint'),
    }),
    textField('fromDay', t('duties.from'), values, { kind: 'date', required: true, half: true }),
    tickField('isLead', t('duties.isLead'), values, { hint: t('duties.isLeadHint') }),
  ];
}

interface EndPage {
  duty: Responsibility;
  state: FormState;
  key: string;
}

export function presentResponsibilityEnd(t: Translate, { duty, state, key }: EndPage) {
  const title = t('duties.endTitle', { officer: duty.officer!.displayName });
  const form: FormView = {
    action: `${LIST}/${duty.id}/end`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      textField('toDay', t('directory.activeTo'), state.values, {
        kind: 'date',
        required: true,
        width: 'medium',
        hint: t('duties.endHint'),
      }),
    ],
    submit: { label: t('duties.end') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  const lead = [objectCell(duty, t).text, t(`duties.kinds.${duty.kind}`)].join(t('common.comma'));
  return {
    title,
    header: { title, back: { label: t('directory.tabs.responsibilities'), href: LIST }, lead },
    form: withErrors(form, state.errors, t),
  };
}
