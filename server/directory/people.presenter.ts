import type { Person } from '../../models/directory.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import { may, mayEver, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { choiceField, textField, ticksField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { chipsOf, exportAction, pagingOf } from '../web/list-view.ts';
import type { Action, Field, Filters, FormView, Row, Table } from '../web/view-model.ts';
import type { AreaChoice } from './areas.queries.ts';
import { areaWord, directoryTabs, emptyList, versionOf, withStored } from './directory-words.presenter.ts';
import { PERSON_KINDS, SKILLS } from './directory.rules.ts';
import type { PersonFilter } from './people.queries.ts';
import { phoneInForm } from './phone.rules.ts';

const LIST = '/people';

export interface ShownPeople {
  page: KeysetPage<Person>;
  filter: PersonFilter;
  areas: AreaChoice[];
  reader: Reader;
  today: CalendarDay;
}

export function presentPeople(t: Translate, { page, filter, areas, reader, today }: ShownPeople) {
  const title = t('directory.tabs.people');
  const actions: Action[] = mayEver(reader, 'directory.edit')
    ? [{ label: t('directory.people.add'), href: `${LIST}/new`, look: 'primary' }]
    : [];
  const filtered = Object.keys(filter).length > 0;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('directory.person') },
      { label: t('directory.people.kind') },
      { label: t('directory.people.area') },
      { label: t('directory.phone') },
      { label: t('directory.people.service') },
    ],
    rows: page.rows.map((person) => personRow(person, reader, today, t)),
    empty: emptyList(t, 'directory.people', filtered, LIST, actions[0]),
  };
  return {
    title,
    header: {
      title,
      lead: t('directory.people.lead'),
      actions: [...actions, ...exportAction(listHref(LIST, filter), page.total, t)],
    },
    tabs: directoryTabs(t, 'people', reader),
    filters: filtered || page.total > 0 ? personFilters(filter, areas, t) : null,
    table,
    paging: pagingOf(page, LIST, filter, t),
  };
}

function personRow(person: Person, reader: Reader, today: CalendarDay, t: Translate): Row {
  const { id, name, kind, townId, area, phone, activeFrom, activeTo } = person;
  const villageId = area!.kind === 'village' ? area!.id : null;
  const ended = activeTo !== null && activeTo < today;
  return {
    cells: [
      {
        text: name,
        ...(may(reader, 'directory.edit', { townId, villageId }) ? { href: `${LIST}/${id}/edit` } : {}),
        ...(ended ? { tag: { text: t('directory.people.left'), tone: 'neutral' } } : {}),
      },
      { text: t(`directory.personKinds.${kind}`), secondary: skillWords(person, t) },
      { text: area!.name, secondary: servedWords(person, t) },
      { text: phoneInForm(phone) || t('common.none') },
      {
        text: activeTo
          ? t('directory.people.fromTo', { from: activeFrom, to: activeTo })
          : t('directory.people.from', { from: activeFrom }),
      },
    ],
  };
}

function skillWords({ skills = [] }: Person, t: Translate): string {
  return SKILLS.filter((skill) => skills.some((one) => one.skill === skill))
    .map((skill) => t(`directory.skills.${skill}`))
    .join(t('common.comma'));
}

function servedWords({ villages = [] }: Person, t: Translate): string {
  const names = villages.map(({ area }) => area!.name).join(t('common.comma'));
  return names && t('directory.people.servesToo', { villages: names });
}

function personFilters(filter: PersonFilter, areas: AreaChoice[], t: Translate): Filters {
  const kindWord = (code: string): string => t(`directory.personKinds.${code}`);
  const skillWord = (code: string): string => t(`directory.skills.${code}`);
  const activeWord = (code: string): string => t(`directory.people.activeFilter.${code}`);
  const area = areaWord(areas, t);
  const values: Posted = { ...filter };
  const all = { emptyText: t('common.all') };
  return {
    action: LIST,
    fields: [
      textField('q', t('directory.person'), values, { inputmode: 'search', maxlength: 100 }),
      choiceField('select', 'kind', t('directory.people.kind'), PERSON_KINDS, kindWord, values, all),
      choiceField('select', 'skill', t('directory.people.skills'), SKILLS, skillWord, values, all),
      choiceField(
        'select',
        'area',
        t('directory.people.area'),
        areas.map(({ id }) => id),
        area,
        values,
        all,
      ),
      choiceField('select', 'active', t('directory.state'), ['no', 'all'], activeWord, values, {
        emptyText: t('directory.people.activeFilter.yes'),
      }),
    ],
    ...chipsOf(LIST, filter, {
      q: (text) => t('directory.containing', { text }),
      kind: kindWord,
      skill: skillWord,
      area,
      active: activeWord,
    }),
  };
}

/** The values of a person as their form shows them; of a new one the first day of service. */
export function personInForm(person: Person | null, today: CalendarDay): Posted {
  if (!person) return { activeFrom: today };
  const { name, kind, areaId, phone, activeFrom, activeTo } = person;
  const skills = (person.skills ?? []).map(({ skill }) => skill);
  const villages = (person.villages ?? []).map((one) => one.areaId);
  return {
    ...{ name, kind, areaId, phone: phoneInForm(phone), activeFrom, activeTo: activeTo ?? '' },
    ...{ skills, villages },
  };
}

interface FormPage {
  person: Person | null;
  areas: AreaChoice[];
  today: CalendarDay;
  state: FormState;
  key: string;
}

export function presentPersonForm(t: Translate, { person, areas, today, state, key }: FormPage) {
  const title = t(person ? 'directory.people.edit' : 'directory.people.add');
  const form: FormView = {
    action: person ? `${LIST}/${person.id}/edit` : LIST,
    method: 'post',
    idempotencyKey: key,
    ...(person ? { version: versionOf(state, person.version) } : {}),
    fields: withStored(
      personFields(person, areas, state.values, t),
      personInForm(person, today),
      state.errors,
      t,
    ),
    submit: { label: t('common.save') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  return {
    title,
    header: { title, back: { label: t('directory.tabs.people'), href: LIST } },
    form: withErrors(form, state.errors, t),
  };
}

function personFields(person: Person | null, areas: AreaChoice[], values: Posted, t: Translate): Field[] {
  const inTown = person ? areas.filter(({ townId }) => townId === person.townId) : areas;
  const ids = inTown.map(({ id }) => id);
  const villages = inTown.filter(({ villageId }) => villageId !== null).map(({ id }) => id);
  const choose = { required: true, half: true, emptyText: t('common.choose') };
  return [
    textField('name', t('directory.person'), values, {
      required: true,
      half: true,
      maxlength: 100,
      autocomplete: 'off',
    }),
    choiceField(
      'select',
      'kind',
      t('directory.people.kind'),
      PERSON_KINDS,
      (code) => t(`directory.personKinds.${code}`),
      values,
      choose,
    ),
    choiceField('select', 'areaId', t('directory.people.area'), ids, areaWord(areas, t), values, choose),
    textField('phone', t('directory.phone'), values, {
      half: true,
      inputmode: 'tel',
      maxlength: 40,
      autocomplete: 'off',
      ...(person?.phone ? { hint: t('directory.phoneKept') } : {}),
    }),
    textField('activeFrom', t('directory.activeFrom'), values, { kind: 'date', required: true, half: true }),
    textField('activeTo', t('directory.activeTo'), values, {
      kind: 'date',
      half: true,
      hint: t('directory.people.activeToHint'),
    }),
    ticksField(
      'skills',
      t('directory.people.skills'),
      SKILLS,
      (code) => t(`directory.skills.${code}`),
      values,
    ),
    ...(villages.length > 0
      ? [
          ticksField('villages', t('directory.people.villages'), villages, areaWord(areas, t), values, {
            hint: t('directory.people.villagesHint'),
          }),
        ]
      : []),
  ];
}
