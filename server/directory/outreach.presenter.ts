import type { KeysetPage } from '../../models/keyset.ts';
import type { OutreachEvent, OutreachPhoto } from '../../models/net.ts';
import { may, mayEver, type Reader } from '../accounts/access.rules.ts';
import { withoutNumbers } from '../cases/privacy.rules.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import { areaField, choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { chipsOf, exportAction, pagingOf } from '../web/list-view.ts';
import type { Action, Field, Filters, FormView, Row, Table } from '../web/view-model.ts';
import type { AreaChoice } from './areas.queries.ts';
import { areaWord, directoryTabs, emptyList, versionOf, withStored } from './directory-words.presenter.ts';
import type { OutreachTotals } from './outreach.queries.ts';
import { MOST_PHOTOS, OUTREACH_KINDS, outreachListHref, type OutreachFilter } from './outreach.rules.ts';

const LIST = '/outreach';

interface ShownOutreach {
  page: KeysetPage<OutreachEvent>;
  totals: OutreachTotals;
  filter: OutreachFilter;
  areas: AreaChoice[];
  reader: Reader;
}

export function presentOutreachList(t: Translate, { page, totals, filter, areas, reader }: ShownOutreach) {
  const title = t('directory.tabs.outreach');
  const actions: Action[] = mayEver(reader, 'outreach.record')
    ? [{ label: t('outreach.add'), href: `${LIST}/new`, look: 'primary' }]
    : [];
  const filtered = Object.keys(filter).length > 0;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('outreach.title'), look: 'wide' },
      { label: t('outreach.heldOn') },
      { label: t('outreach.kind') },
      { label: t('outreach.place'), look: 'wide' },
      { label: t('outreach.audience'), look: 'number' },
      { label: t('outreach.materials'), look: 'number' },
    ],
    rows: page.rows.map((event) => eventRow(event, t)),
    foot: [
      { text: t('outreach.total', { count: page.total }) },
      ...[{ text: '' }, { text: '' }, { text: '' }],
      { text: groupDigits(totals.audience) },
      { text: groupDigits(totals.materials) },
    ],
    empty: emptyList(t, 'outreach', filtered, LIST, actions[0]),
  };
  return {
    title,
    header: {
      title,
      lead: t('outreach.lead'),
      actions: [...actions, ...exportAction(outreachListHref(filter), page.total, t)],
    },
    tabs: directoryTabs(t, 'outreach', reader),
    filters: filtered || page.total > 0 ? outreachFilters(filter, areas, t) : null,
    table,
    paging: pagingOf(page, LIST, filter, t),
  };
}

/** The texts that people wrote of an event, as they are shown: with the numbers in them masked. */
function textsOf({ title, place, materialsNote, note, voidReason }: OutreachEvent) {
  const shown = (text: string | null): string => withoutNumbers(text ?? '');
  return {
    ...{ title: shown(title), place: shown(place), materialsNote: shown(materialsNote) },
    ...{ note: shown(note), voidReason: shown(voidReason) },
  };
}

function eventRow(event: OutreachEvent, t: Translate): Row {
  const { id, heldOn, kind, village, audience, materials } = event;
  const { title, place } = textsOf(event);
  return {
    cells: [
      { text: title, href: `${LIST}/${id}` },
      { text: heldOn },
      { text: t(`outreach.kinds.${kind}`) },
      { text: place, secondary: village?.name ?? '' },
      { text: groupDigits(audience) },
      { text: groupDigits(materials) },
    ],
  };
}

function outreachFilters(filter: OutreachFilter, areas: AreaChoice[], t: Translate): Filters {
  const values: Posted = { ...filter };
  const villages = areas.filter(({ villageId }) => villageId !== null).map(({ id }) => id);
  const area = areaWord(areas, t);
  const kindWord = (code: string): string => t(`outreach.kinds.${code}`);
  const stateWord = (): string => t('outreach.states.void');
  const all = { emptyText: t('common.all') };
  const [from, to] = [t('outreach.from'), t('outreach.to')];
  return {
    action: LIST,
    fields: [
      textField('q', t('outreach.search'), values, { inputmode: 'search', maxlength: 100 }),
      choiceField('select', 'kind', t('outreach.kind'), OUTREACH_KINDS, kindWord, values, all),
      choiceField('select', 'village', t('directory.village'), villages, area, values, all),
      textField('from', from, values, { kind: 'date' }),
      textField('to', to, values, { kind: 'date' }),
      choiceField('select', 'state', t('directory.state'), ['void'], stateWord, values, {
        emptyText: t('outreach.states.counts'),
      }),
    ],
    ...chipsOf(LIST, filter, {
      q: (text) => t('directory.containing', { text }),
      kind: kindWord,
      village: area,
      town: area,
      from: (text) => t('common.labelled', { label: from, text }),
      to: (text) => t('common.labelled', { label: to, text }),
      state: stateWord,
    }),
  };
}

interface EventPage {
  event: OutreachEvent;
  photos: OutreachPhoto[];
  reader: Reader;
  /** Of the form that adds a photo. */
  state: FormState;
  key: string;
}

export function presentOutreach(t: Translate, { event, photos, reader, state, key }: EventPage) {
  const { id, voidedAt } = event;
  const { title, note } = textsOf(event);
  const mayRecord = may(reader, 'outreach.record', event);
  const mayEdit = mayRecord && voidedAt === null;
  const actions: Action[] = mayEdit
    ? [
        { label: t('common.edit'), href: `${LIST}/${id}/edit`, look: 'primary' },
        { label: t('outreach.void'), href: `${LIST}/${id}/void`, look: 'plain' },
      ]
    : [];
  return {
    title,
    header: {
      title,
      back: { label: t('directory.tabs.outreach'), href: LIST },
      tags: [
        { text: t(`outreach.kinds.${event.kind}`), tone: 'info' as const },
        ...(voidedAt ? [{ text: t('outreach.states.void'), tone: 'bad' as const }] : []),
      ],
      actions,
    },
    summary: { rows: eventRows(event, t) },
    note: note ? { title: t('outreach.note'), text: note } : null,
    photos: {
      title: t('outreach.photos.title'),
      none: photos.length === 0 ? t('outreach.photos.none') : '',
      list: photos.map((photo, index) => photoView(photo, index, mayRecord, t)),
    },
    form: mayEdit && photos.length < MOST_PHOTOS ? photoForm(id, state, key, t) : null,
  };
}

function eventRows(event: OutreachEvent, t: Translate) {
  const none = t('common.none');
  const { place, materialsNote, voidReason } = textsOf(event);
  return [
    { key: t('outreach.heldOn'), value: event.heldOn },
    { key: t('outreach.place'), value: place },
    { key: t('outreach.area'), value: event.village?.name ?? t('outreach.wholeTown') },
    { key: t('outreach.audience'), value: t('outreach.people', { people: groupDigits(event.audience) }) },
    {
      key: t('outreach.materials'),
      value: t('outreach.pieces', { pieces: groupDigits(event.materials) }),
      ...(materialsNote ? { lines: [materialsNote] } : {}),
    },
    { key: t('outreach.recordedBy'), value: event.recordedBy?.displayName ?? none },
    ...(event.voidedAt ? [{ key: t('outreach.voidReason'), value: voidReason || none }] : []),
  ];
}

function photoView(
  { id, outreachId, caption }: OutreachPhoto,
  index: number,
  removable: boolean,
  t: Translate,
) {
  const src = `${LIST}/${outreachId}/photos/${id}`;
  const words = caption ? withoutNumbers(caption) : t('outreach.photos.number', { number: index + 1 });
  return {
    src,
    words,
    ...(removable
      ? { removal: { label: t('outreach.photos.remove'), href: `${src}/removal`, context: words } }
      : {}),
  };
}

function photoForm(id: string, state: FormState, key: string, t: Translate): FormView {
  const form: FormView = {
    action: `${LIST}/${id}/photos`,
    method: 'post',
    multipart: true,
    idempotencyKey: key,
    fields: [
      {
        kind: 'file',
        name: 'file',
        label: t('outreach.photos.file'),
        accept: 'image/jpeg,image/png',
        required: true,
        hint: t('outreach.photos.fileHint', { max: MOST_PHOTOS }),
      },
      textField('caption', t('outreach.photos.caption'), state.values, {
        maxlength: 200,
        autocomplete: 'off',
      }),
    ],
    submit: { label: t('outreach.photos.add') },
  };
  return withErrors(form, state.errors, t);
}

/** The values of an event as its form shows them: numbers that somebody wrote into a text stay hidden. */
export function outreachInForm(event: OutreachEvent): Posted {
  const { heldOn, kind, townId, villageId, audience, materials } = event;
  const { title, place, materialsNote, note } = textsOf(event);
  return {
    ...{ heldOn, kind, title, place, areaId: villageId ?? townId },
    ...{ audience: String(audience), materials: String(materials) },
    ...{ materialsNote, note },
  };
}

interface FormPage {
  event: OutreachEvent | null;
  areas: AreaChoice[];
  state: FormState;
  key: string;
}

export function presentOutreachForm(t: Translate, { event, areas, state, key }: FormPage) {
  const title = t(event ? 'outreach.edit' : 'outreach.add');
  const back = event ? `${LIST}/${event.id}` : LIST;
  const inTown = event ? areas.filter(({ townId }) => townId === event.townId) : areas;
  const stored = event ? outreachInForm(event) : {};
  const form: FormView = {
    action: event ? `${back}/edit` : LIST,
    method: 'post',
    idempotencyKey: key,
    ...(event ? { version: versionOf(state, event.version) } : {}),
    fields: withStored(eventFields(inTown, state.values, t), stored, state.errors, t),
    submit: { label: t('common.save') },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: {
      title,
      back: { label: event ? textsOf(event).title : t('directory.tabs.outreach'), href: back },
    },
    form: withErrors(form, state.errors, t),
  };
}

function eventFields(areas: AreaChoice[], values: Posted, t: Translate): Field[] {
  const ids = areas.map(({ id }) => id);
  const wide = { autocomplete: 'off', maxlength: 200, required: true };
  const choose = { required: true, half: true, emptyText: t('common.choose') };
  const number = { inputmode: 'numeric' as const, required: true, half: true, maxlength: 7 };
  const kindWord = (code: string): string => t(`outreach.kinds.${code}`);
  return [
    textField('title', t('outreach.title'), values, { ...wide, hint: t('outreach.titleHint') }),
    textField('heldOn', t('outreach.heldOn'), values, { kind: 'date', required: true, half: true }),
    choiceField('select', 'kind', t('outreach.kind'), OUTREACH_KINDS, kindWord, values, choose),
    textField('place', t('outreach.place'), values, { ...wide, half: true }),
    choiceField('select', 'areaId', t('outreach.area'), ids, areaWord(areas, t), values, choose),
    textField('audience', t('outreach.audience'), values, { ...number, suffix: t('outreach.peopleUnit') }),
    textField('materials', t('outreach.materials'), values, { ...number, suffix: t('outreach.piecesUnit') }),
    textField('materialsNote', t('outreach.materialsNote'), values, {
      maxlength: 500,
      autocomplete: 'off',
      hint: t('outreach.materialsNoteHint'),
    }),
    areaField('note', t('outreach.note'), values, { rows: 4, maxlength: 5000 }),
  ];
}

interface VoidingPage {
  event: OutreachEvent;
  state: FormState;
  key: string;
}

export function presentVoiding(t: Translate, { event, state, key }: VoidingPage) {
  const back = `${LIST}/${event.id}`;
  const name = textsOf(event).title;
  const title = t('outreach.voidTitle', { title: name });
  const form: FormView = {
    action: `${back}/void`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      areaField('reason', t('outreach.voidReason'), state.values, {
        required: true,
        rows: 3,
        maxlength: 500,
      }),
    ],
    submit: { label: t('outreach.void'), look: 'danger' },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: { title, back: { label: name, href: back }, lead: t('outreach.voidLead') },
    form: withErrors(form, state.errors, t),
  };
}

interface RemovalPage extends VoidingPage {
  photo: OutreachPhoto;
}

export function presentRemoval(t: Translate, { event, photo, state, key }: RemovalPage) {
  const back = `${LIST}/${event.id}`;
  const title = t('outreach.photos.removeTitle');
  const form: FormView = {
    action: `${back}/photos/${photo.id}/removal`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      tickField('confirmed', t('outreach.photos.removeConfirm'), state.values, {
        hint: t('outreach.photos.removeHint'),
      }),
    ],
    submit: { label: t('outreach.photos.remove'), look: 'danger' },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: {
      title,
      back: { label: textsOf(event).title, href: back },
      ...(photo.caption ? { lead: withoutNumbers(photo.caption) } : {}),
    },
    form: withErrors(form, state.errors, t),
  };
}
