import type { LeaderVisit } from '../../models/one-duty.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import { may, mayEver, type Reader } from '../accounts/access.rules.ts';
import { withoutNumbers } from '../cases/privacy.rules.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { areaField, choiceField, textField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { chipsOf, exportAction, pagingOf } from '../web/list-view.ts';
import type { Action, Cell, Field, Filters, FormView, Row, Table } from '../web/view-model.ts';
import type { AreaChoice } from './areas.queries.ts';
import { areaWord, directoryTabs, emptyList, versionOf, withStored } from './directory-words.presenter.ts';
import type { VisitFilter } from './visits.queries.ts';

const LIST = '/visits';
/** As much of an issue as a row shows. */
const ROW_LENGTH = 60;

export interface ShownVisits {
  page: KeysetPage<LeaderVisit>;
  filter: VisitFilter;
  areas: AreaChoice[];
  reader: Reader;
}

export function presentVisits(t: Translate, { page, filter, areas, reader }: ShownVisits) {
  const title = t('directory.tabs.visits');
  const actions: Action[] = mayEver(reader, 'visits.record')
    ? [{ label: t('duties.visits.add'), href: `${LIST}/new`, look: 'primary' }]
    : [];
  const filtered = Object.keys(filter).length > 0;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('duties.visits.day') },
      { label: t('duties.visits.leaders') },
      { label: t('duties.visits.where'), look: 'wide' },
      { label: t('duties.visits.issue'), look: 'wide' },
      { label: t('duties.visits.case') },
    ],
    rows: page.rows.map((visit) => visitRow(visit, t)),
    empty: emptyList(t, 'duties.visits', filtered, LIST, actions[0]),
  };
  return {
    title,
    header: {
      title,
      lead: t('duties.visits.lead'),
      actions: [...actions, ...exportAction(listHref(LIST, filter), page.total, t)],
    },
    tabs: directoryTabs(t, 'visits', reader),
    filters: filtered || page.total > 0 ? visitFilters(filter, areas, t) : null,
    table,
    paging: pagingOf(page, LIST, filter, t),
  };
}

function visitRow(visit: LeaderVisit, t: Translate): Row {
  const { id, visitedOn, leaders, place, issue, caseId } = visit;
  return {
    cells: [
      { text: visitedOn, href: `${LIST}/${id}` },
      { text: leaders },
      { text: place, secondary: whereOf(visit) },
      { text: shortened(withoutNumbers(issue)) },
      caseCell(caseId, t),
    ],
  };
}

/** The enterprise, else the village, else the town itself. */
function whereOf({ enterprise, village, town }: LeaderVisit): string {
  return enterprise?.name ?? village?.name ?? town!.name;
}

function caseCell(caseId: string | null, t: Translate): Cell {
  return caseId
    ? { text: '', tag: { text: t('duties.visits.opened'), tone: 'good' } }
    : { text: t('common.none') };
}

function shortened(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ')];
  return characters.length > ROW_LENGTH
    ? `${characters.slice(0, ROW_LENGTH).join('')}…`
    : characters.join('');
}

function visitFilters(filter: VisitFilter, areas: AreaChoice[], t: Translate): Filters {
  const values: Posted = { ...filter };
  const villages = areas.filter(({ villageId }) => villageId !== null).map(({ id }) => id);
  const area = areaWord(areas, t);
  const openedWord = (code: string): string => t(`duties.visits.openedFilter.${code}`);
  const all = { emptyText: t('common.all') };
  const from = t('duties.visits.from');
  const to = t('duties.visits.to');
  return {
    action: LIST,
    fields: [
      textField('q', t('duties.visits.search'), values, { inputmode: 'search', maxlength: 100 }),
      choiceField('select', 'village', t('directory.village'), villages, area, values, all),
      textField('from', from, values, { kind: 'date' }),
      textField('to', to, values, { kind: 'date' }),
      choiceField('select', 'opened', t('duties.visits.case'), ['yes', 'no'], openedWord, values, all),
    ],
    ...chipsOf(LIST, filter, {
      q: (text) => t('directory.containing', { text }),
      village: area,
      from: (text) => t('common.labelled', { label: from, text }),
      to: (text) => t('common.labelled', { label: to, text }),
      opened: openedWord,
    }),
  };
}

interface VisitPage {
  visit: LeaderVisit;
  recordedBy: string;
  openedCase: { id: string; number: string | null } | null;
  reader: Reader;
}

export function presentVisit(t: Translate, { visit, recordedBy, openedCase, reader }: VisitPage) {
  const { id, visitedOn, leaders, place, enterprise, issue, answer, caseId } = visit;
  const title = t('duties.visits.title', { day: visitedOn, place });
  const open: Action[] =
    caseId === null && mayEver(reader, 'cases.register')
      ? [
          {
            label: t('duties.visits.openCase'),
            href: listHref('/cases/new', { visit: id }),
            look: 'primary',
          },
        ]
      : [];
  const { townId, villageId } = visit;
  const edit: Action[] = may(reader, 'visits.record', { townId, villageId })
    ? [{ label: t('duties.visits.edit'), href: `${LIST}/${id}/edit` }]
    : [];
  const number = openedCase ? (openedCase.number ?? t('duties.visits.unnumbered')) : null;
  return {
    title,
    header: { title, back: { label: t('directory.tabs.visits'), href: LIST }, actions: [...open, ...edit] },
    summary: {
      rows: [
        { key: t('duties.visits.day'), value: visitedOn },
        { key: t('duties.visits.leaders'), value: leaders },
        { key: t('duties.visits.place'), value: place },
        {
          key: t('duties.visits.where'),
          value: whereOf(visit),
          ...(enterprise ? { href: `/enterprises/${enterprise.id}` } : {}),
        },
        {
          key: t('duties.visits.case'),
          value: number ?? t(caseId ? 'duties.visits.opened' : 'duties.visits.notOpened'),
          ...(openedCase ? { href: `/cases/${openedCase.id}` } : {}),
        },
        { key: t('duties.visits.recordedBy'), value: recordedBy },
      ],
    },
    texts: [
      { title: t('duties.visits.issue'), text: withoutNumbers(issue) },
      {
        title: t('duties.visits.answer'),
        text: answer ? withoutNumbers(answer) : t('duties.visits.noAnswer'),
      },
    ],
  };
}

interface FormPage {
  /** Null for a new one. */
  visit: LeaderVisit | null;
  areas: AreaChoice[];
  state: FormState;
  key: string;
}

/** The values of a visit as its form shows them. */
export function visitInForm(visit: LeaderVisit): Posted {
  const { visitedOn, leaders, place, townId, villageId, enterprise, issue, answer } = visit;
  return {
    ...{ visitedOn, leaders, place, areaId: villageId ?? townId, enterprise: enterprise?.name ?? '' },
    issue: withoutNumbers(issue),
    answer: answer ? withoutNumbers(answer) : '',
  };
}

export function presentVisitForm(t: Translate, { visit, areas, state, key }: FormPage) {
  const title = t(visit ? 'duties.visits.edit' : 'duties.visits.add');
  const back = visit ? `${LIST}/${visit.id}` : LIST;
  const fields = formFields(areas, state.values, t);
  const form: FormView = {
    action: visit ? `${back}/edit` : LIST,
    method: 'post',
    idempotencyKey: key,
    ...(visit ? { version: versionOf(state, visit.version) } : {}),
    fields: visit ? withStored(fields, visitInForm(visit), state.errors, t) : fields,
    submit: { label: t('common.save') },
    cancel: { label: t('common.cancel'), href: back },
  };
  const label = visit
    ? t('duties.visits.title', { day: visit.visitedOn, place: visit.place })
    : t('directory.tabs.visits');
  return {
    title,
    header: { title, back: { label, href: back } },
    form: withErrors(form, state.errors, t),
  };
}

function formFields(areas: AreaChoice[], values: Posted, t: Translate): Field[] {
  const ids = areas.map(({ id }) => id);
  const off = { autocomplete: 'off', maxlength: 200 };
  const text = { rows: 4, maxlength: 5000 };
  return [
    textField('visitedOn', t('duties.visits.day'), values, { kind: 'date', required: true, half: true }),
    textField('leaders', t('duties.visits.leaders'), values, {
      ...off,
      required: true,
      half: true,
      hint: t('duties.visits.leadersHint'),
    }),
    textField('place', t('duties.visits.place'), values, { ...off, required: true, half: true }),
    choiceField('select', 'areaId', t('directory.village'), ids, areaWord(areas, t), values, {
      required: true,
      half: true,
      ...(ids.length === 1 ? {} : { emptyText: t('common.choose') }),
    }),
    textField('enterprise', t('duties.visits.enterprise'), values, {
      ...off,
      hint: t('duties.enterpriseHint'),
    }),
    areaField('issue', t('duties.visits.issue'), values, {
      ...text,
      required: true,
      hint: t('duties.visits.issueHint'),
    }),
    areaField('answer', t('duties.visits.answer'), values, text),
  ];
}
