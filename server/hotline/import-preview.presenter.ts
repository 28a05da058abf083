import { withoutNumbers } from '../cases/privacy.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan, groupDigits } from '../shared/money.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { summaryOf, withErrors, type FormState } from '../web/form-view.ts';
import { columnForm, faultTable, lineOf, problemNotice } from '../web/import-view.ts';
import { alarmsTag } from '../web/list-view.ts';
import type { ChoiceField, FormView, Notice, Table, Tag, Tile } from '../web/view-model.ts';
import { unusedHeaders } from '../shared/spreadsheets/headers.rules.ts';
import { TICKET_KEYS, type TicketKey } from './columns.rules.ts';
import { headersByKey } from './import-mapping.rules.ts';
import type { KeptParts } from './import-mappings.presenter.ts';
import type { FieldChange, Findings } from './import-reading.service.ts';
import type { Remark } from './import-remarks.rules.ts';
import { KEY_OF_FIELD } from './import.rules.ts';
import { isWantedText } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { TicketLayout } from './import.rules.ts';
import type { OpenUpload } from './uploads.service.ts';

const MOST_CATEGORIES = 200;
const REQUIRED: TicketKey[] = ['number', 'receivedAt'];

interface PreviewPage {
  upload: Omit<OpenUpload, 'bytes'>;
  findings: Findings;
  state: FormState;
  key: string;
  /** What of kept mappings stands on it. */
  kept: KeptParts;
}

/** What a file would bring; nothing is stored yet. */
export function presentPreview(t: Translate, { upload, findings, state, key, kept }: PreviewPage) {
  const { counts, problems, changedCount, faultCount } = findings;
  const address = `/imports/uploads/${upload.id}`;
  const readable = problems.length === 0;
  const storable = readable && (counts.new > 0 || changedCount > 0);
  const categories =
    readable && findings.categories.length > 1 ? categoryForm(upload, findings, state, t) : null;
  const columns = columnsOf(address, findings.layout, state, t);
  const fields = [...(categories?.fields ?? []), ...(columns.fields ?? []), ...kept.fields];
  return {
    title: t('hotline.preview.title', { file: upload.fileName }),
    header: {
      title: t('hotline.preview.heading'),
      back: { label: t('hotline.upload.title'), href: '/imports/new' },
      lead: t('hotline.preview.lead', { file: upload.fileName }),
    },
    errorSummary: state.errors.length > 0 ? summaryOf(state.errors, fields, t) : null,
    mapped: kept.mapped,
    problems: readable ? null : problemNotice(problems, t),
    tiles: readable ? tilesOf(findings, t) : [],
    remarks: readable ? remarkNotice(findings, upload.mapping.only.category, t) : null,
    nothing: readable && !storable ? nothingNotice(findings, t) : null,
    categories,
    confirmation: storable ? confirmationForm(address, findings, state, key, t) : null,
    faulty:
      faultCount > 0
        ? {
            lead: listedOf(findings.faults.length, faultCount, 'hotline.preview.faultsShown', t),
            table: faultTable(findings.faults, t, (column, value) => masked(column, value, findings.layout)),
            actions: [{ label: t('hotline.faulty.download'), href: `${address}/faulty-rows` }],
          }
        : null,
    sample: findings.sample.length > 0 ? sampleTable(findings, t) : null,
    columns,
    mappings: kept.mappings,
  };
}

/** What of the file is not taken over as it stands; nothing of it keeps a row from being stored. */
function remarkNotice(
  { sheet, layout, remarks, categories }: Findings,
  wanted: string[] | undefined,
  t: Translate,
): Notice | null {
  const unused = unusedHeaders(layout).map((header) => lineOf(header, 20));
  const leftOut = categories.filter(([category]) => wanted !== undefined && !isWantedText(category, wanted));
  const lines = [
    ...(leftOut.length > 0 ? [leftOutInWords(leftOut, t)] : []),
    ...(sheet === undefined ? [] : [t('hotline.preview.sheet', { sheet })]),
    ...(unused.length > 0
      ? [t('hotline.preview.unusedColumns', { columns: unused.join(t('common.comma')) })]
      : []),
    ...remarks.map((remark) => remarkInWords(remark, layout, t)),
  ];
  const tone = leftOut.length > 0 ? 'warn' : 'info';
  return lines.length > 0 ? { tone, text: t('hotline.preview.remarks'), lines } : null;
}

/** A category that nobody has seen before stays out too while others are chosen: that must not go unnoticed. */
function leftOutInWords(leftOut: Findings['categories'], t: Translate): string {
  const named = leftOut.slice(0, MOST_CATEGORIES).map(([category, rows]) =>
    t('hotline.preview.category', {
      category: category || t('hotline.preview.noCategory'),
      rows: groupDigits(rows),
    }),
  );
  return t('hotline.preview.leftOut', { categories: named.join(t('common.comma')) });
}

function remarkInWords({ column, rows, texts, others }: Remark, layout: TicketLayout, t: Translate): string {
  const { headers, columns } = layout;
  const ofVillages = columns.village !== undefined && headers[columns.village] === column;
  const listed = [
    ...texts.map(([text, count]) =>
      t('hotline.preview.remarkText', { text: lineOf(text, 20), rows: groupDigits(count) }),
    ),
    ...(others > 0 ? [t('hotline.preview.remarkOthers', { rows: groupDigits(others) })] : []),
  ];
  return t(ofVillages ? 'hotline.preview.villagesUnknown' : 'hotline.preview.unread', {
    column,
    rows: groupDigits(rows),
    texts: listed.join(t('common.comma')),
  });
}

function nothingNotice({ counts }: Findings, t: Translate): Notice {
  const why = counts.rows === 0 ? 'noRows' : counts.rows === counts.known ? 'allKnown' : 'nothingNew';
  return {
    tone: 'info',
    text: t(`hotline.preview.${why}`),
    actions: [{ label: t('hotline.preview.otherFile'), href: '/imports/new' }],
  };
}

function tilesOf({ counts, changedCount }: Findings, t: Translate): Tile[] {
  const tile = (name: 'new' | 'known' | 'unwanted' | 'faulty', note: string): Tile => ({
    label: t(`hotline.counts.${name}`),
    value: groupDigits(counts[name]),
    note,
  });
  const changed = t('hotline.counts.changedNote', { count: groupDigits(changedCount) });
  return [
    tile('new', t('hotline.counts.newNote', { rows: groupDigits(counts.rows) })),
    tile('known', changedCount > 0 ? changed : t('hotline.counts.knownNote')),
    tile('unwanted', t('hotline.counts.unwantedNote')),
    tile('faulty', t('hotline.counts.faultyNote')),
  ];
}

/** "all of them are listed", or how many of how many. */
function listedOf(listed: number, all: number, key: string, t: Translate): string {
  return listed < all ? t(`${key}Of`, { listed: groupDigits(listed), all: groupDigits(all) }) : t(key);
}

// What is wanted

function categoryForm(
  upload: PreviewPage['upload'],
  { categories }: Findings,
  state: FormState,
  t: Translate,
): FormView {
  const wanted = upload.mapping.only.category;
  const sent = state.values['part'] === 'categories' ? [state.values['category'] ?? []].flat() : null;
  const field: ChoiceField = {
    kind: 'checkboxes',
    name: 'category',
    label: t('hotline.preview.categories'),
    hint: t(
      categories.length > MOST_CATEGORIES
        ? 'hotline.preview.tooManyCategories'
        : 'hotline.preview.categoriesHint',
      {
        most: MOST_CATEGORIES,
      },
    ),
    inline: true,
    options: categories.slice(0, MOST_CATEGORIES).map(([category, rows]) => ({
      value: category,
      text: t('hotline.preview.category', {
        category: category || t('hotline.preview.noCategory'),
        rows: groupDigits(rows),
      }),
      selected: sent ? sent.includes(category) : wanted === undefined || isWantedText(category, wanted),
    })),
  };
  const form: FormView = {
    action: `/imports/uploads/${upload.id}/mapping`,
    method: 'post',
    fields: [{ kind: 'hidden', name: 'part', value: 'categories' }, field],
    submit: { label: t('hotline.preview.applyCategories'), look: 'plain' },
  };
  const { errorSummary: _, ...marked } = withErrors(form, state.errors, t);
  return marked;
}

// Confirming

function confirmationForm(address: string, findings: Findings, state: FormState, key: string, t: Translate) {
  const { counts, changed, changedCount, cameBackCount, fingerprint } = findings;
  return {
    action: `${address}/confirmation`,
    idempotencyKey: key,
    shown: fingerprint,
    cameBack:
      cameBackCount > 0 ? t('hotline.preview.cameBackLead', { count: groupDigits(cameBackCount) }) : '',
    changedLead:
      changedCount > 0 ? listedOf(changed.length, changedCount, 'hotline.preview.changedShown', t) : '',
    changed: changedCount > 0 ? changedTable(changed, state, t) : null,
    submit: {
      label:
        counts.new > 0
          ? t('hotline.preview.confirm', { count: groupDigits(counts.new) })
          : t('hotline.preview.confirmChanges'),
    },
    cancel: { label: t('common.cancel'), href: '/imports' },
  };
}

function changedTable(changed: Findings['changed'], state: FormState, t: Translate): Table {
  const ticked = [state.values['takeOver'] ?? []].flat();
  return {
    caption: t('hotline.preview.changed'),
    captionHidden: true,
    select: { name: 'takeOver', label: t('hotline.preview.takeOver') },
    columns: [
      { label: t('hotline.columns.number') },
      { label: t('hotline.faulty.row'), look: 'number' },
      { label: t('hotline.preview.changes'), look: 'wide' },
    ],
    rows: changed.map(({ ticketId, number, row, changes, alarms, cameBack }) => ({
      select: {
        value: ticketId,
        label: t('hotline.preview.takeOverOf', { number }),
        checked: cameBack || ticked.includes(ticketId),
      },
      cells: [
        { text: number, href: `/tickets/${ticketId}`, ...changeTag(alarms, cameBack, t) },
        { text: String(row) },
        { text: changes.map((change) => changeInWords(change, t)).join(t('hotline.preview.semicolon')) },
      ],
    })),
    empty: { title: '' },
  };
}

function changeTag(
  alarms: Findings['changed'][number]['alarms'],
  cameBack: boolean,
  t: Translate,
): { tag?: Tag } {
  const alarm = alarmsTag(alarms, t);
  return alarm.tag || !cameBack ? alarm : { tag: { text: t('hotline.preview.cameBack'), tone: 'warn' } };
}

function changeInWords({ field, before, after }: FieldChange, t: Translate): string {
  return t('hotline.preview.change', {
    field: t(`hotline.columns.${KEY_OF_FIELD[field]}`),
    before: valueInWords(field, before, t),
    after: valueInWords(field, after, t),
  });
}

function valueInWords(field: FieldChange['field'], value: FieldChange['before'], t: Translate): string {
  if (value === null) return t('common.none');
  if (value instanceof Date) return wallClock(value);
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'number')
    return field === 'amountFen' ? t('hotline.preview.yuan', { amount: formatYuan(value) }) : String(value);
  if (field === 'gender') return t(`hotline.genders.${value}`);
  if (field === 'callerPhone') return maskPhone(value);
  if (field === 'callerName') return maskName(value);
  return lineOf(withoutNumbers(value));
}

// What the file holds

function masked(column: string, value: string, { headers, columns }: TicketLayout): string {
  const isColumn = (key: TicketKey): boolean =>
    columns[key] !== undefined && headers[columns[key]] === column;
  if (isColumn('callerPhone')) return value === '' ? '' : maskPhone(value);
  return isColumn('callerName') ? maskName(value) : value;
}

function sampleTable({ sample }: Findings, t: Translate): Table {
  const none = t('common.none');
  return {
    caption: t('hotline.preview.sample'),
    captionHidden: true,
    columns: [
      { label: t('hotline.columns.number') },
      { label: t('hotline.columns.receivedAt') },
      { label: t('hotline.columns.title'), look: 'wide' },
      { label: t('hotline.columns.respondent'), look: 'wide' },
      { label: t('hotline.columns.village') },
      { label: t('hotline.preview.amount'), look: 'number' },
    ],
    rows: sample.map((draft) => ({
      cells: [
        { text: draft.number },
        { text: wallClock(draft.receivedAt) },
        { text: lineOf(withoutNumbers(draft.title ?? draft.content ?? '')) },
        { text: withoutNumbers(draft.respondentText ?? none) },
        { text: draft.villageText ?? none },
        { text: draft.amountFen === null ? none : formatYuan(draft.amountFen) },
      ],
    })),
    empty: { title: '' },
  };
}

function columnsOf(address: string, layout: TicketLayout, state: FormState, t: Translate): FormView {
  return columnForm(t, {
    action: `${address}/mapping`,
    keys: TICKET_KEYS,
    required: REQUIRED,
    labelOf: (key) => t(`hotline.columns.${key}`),
    headers: layout.headers,
    chosen: headersByKey(layout),
    state,
  });
}
