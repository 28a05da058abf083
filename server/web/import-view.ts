import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import { columnField, type HeaderTexts } from '../shared/spreadsheets/chosen-headers.rules.ts';
import { faultsInWords, type RowFault } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { choiceField } from './fields.ts';
import { withErrors, type FormState } from './form-view.ts';
import type {
  Action,
  Field,
  FormView,
  Link,
  Notice,
  PageHeader,
  SummaryList,
  Table,
  Tile,
} from './view-model.ts';

/** What the pages of every import have in common: sending a file, its columns, its faults, and what was stored. */

/** The page on which a file is sent, below the page `back`; where there is one town only, it is not asked for. */
export function uploadPage(
  t: Translate,
  {
    words: { title, lead, file, fileHint, submit = t('hotline.upload.submit') },
    back,
    action,
    towns,
    state,
    key,
  }: {
    words: { title: string; lead: string; file: string; fileHint: string; submit?: string };
    back: Link;
    action: string;
    towns: readonly { id: string; name: string }[];
    state: FormState;
    key: string;
  },
): { title: string; header: PageHeader; form: FormView } {
  const field: Field = {
    kind: 'file',
    name: 'file',
    label: file,
    hint: fileHint,
    accept: '.xlsx,.csv',
    required: true,
  };
  const form: FormView = {
    action,
    method: 'post',
    multipart: true,
    idempotencyKey: key,
    fields: [townField(towns, state, t), field],
    submit: { label: submit },
    cancel: { label: t('common.cancel'), href: back.href },
  };
  return { title, header: { title, back, lead }, form: withErrors(form, state.errors, t) };
}

function townField(
  towns: readonly { id: string; name: string }[],
  { values }: FormState,
  t: Translate,
): Field {
  const [only] = towns;
  if (towns.length === 1 && only) return { kind: 'hidden', name: 'townId', value: only.id };
  const nameOf = (townId: string): string => towns.find(({ id }) => id === townId)?.name ?? '';
  const ids = towns.map(({ id }) => id);
  const options = { required: true, emptyText: t('common.choose') };
  return choiceField('select', 'townId', t('hotline.imports.town'), ids, nameOf, values, options);
}

/** Why a file cannot be imported as it is read. */
export function problemNotice(
  problems: readonly { sentence: string; values?: Record<string, string> }[],
  t: Translate,
): Notice {
  return {
    tone: 'bad',
    text: t('hotline.preview.problems'),
    lines: problems.map(({ sentence, values }) => t(sentence, values)),
  };
}

/** What is wrong with which row; `shown` masks what must not stand on a page. */
export function faultTable(
  faults: readonly RowFault[],
  t: Translate,
  shown: (column: string, value: string) => string = (_, value) => value,
): Table {
  return {
    caption: t('hotline.preview.faulty'),
    captionHidden: true,
    columns: [
      { label: t('hotline.faulty.row'), look: 'number' },
      { label: t('hotline.faulty.column') },
      { label: t('hotline.faulty.value'), look: 'wide' },
      { label: t('hotline.faulty.reason'), look: 'wide' },
    ],
    rows: faultsInWords(faults, t).map(({ row, column, value, reason }) => ({
      cells: [
        { text: String(row) },
        { text: column },
        { text: shown(column, value) || t('hotline.faulty.emptyCell') },
        { text: reason },
      ],
    })),
    empty: { title: '' },
  };
}

/** The form in which the columns of a file are chosen: a header of the file for every key. */
export function columnForm<K extends string>(
  t: Translate,
  {
    action,
    keys,
    required,
    labelOf,
    headers,
    chosen,
    state,
  }: {
    action: string;
    keys: readonly K[];
    required: readonly K[];
    labelOf: (key: K) => string;
    headers: readonly string[];
    chosen: HeaderTexts<K>;
    state: FormState;
  },
): FormView {
  const offered = [...new Set(headers)];
  const fields = keys.map((key): Field => {
    const sent = state.values[columnField(key)];
    const selected = typeof sent === 'string' ? sent : chosen[key];
    return {
      kind: 'select',
      name: columnField(key),
      label: labelOf(key),
      half: true,
      required: required.includes(key),
      options: [
        { value: '', text: t('hotline.preview.noColumn'), selected: selected === '' },
        ...offered.map((header) => ({
          value: header,
          text: lineOf(header, 40),
          selected: header === selected,
        })),
      ],
    };
  });
  const form: FormView = {
    action,
    method: 'post',
    fields: [{ kind: 'hidden', name: 'part', value: 'columns' }, ...fields],
    submit: { label: t('hotline.preview.applyColumns'), look: 'plain' },
  };
  const { errorSummary: _, ...marked } = withErrors(form, state.errors, t);
  return marked;
}

/** As much of a long text as a line of a table shows. */
export function lineOf(text: string, characters = 60): string {
  const all = [...text.replace(/\s+/g, ' ')];
  return all.length <= characters ? all.join('') : `${all.slice(0, characters).join('')}…`;
}

/** A file that was stored, with the names of its town and of who confirmed it; null is the command line. */
export interface StoredFile {
  batch: { id: string; fileName: string; rowCount: number; createdAt: Date; undoneAt?: Date | null } & Record<
    BatchCount,
    number
  >;
  town: string;
  createdBy: string | null;
}

type BatchCount = 'newCount' | 'changedCount' | 'knownCount' | 'unwantedCount' | 'faultyCount';

/** What a kind of file counts, with the key of its word. */
export type BatchCounts = readonly (readonly [count: BatchCount, label: string])[];

/** The files that were stored, each with its counts; the town is said where there are several. */
export function batchTable(
  files: readonly StoredFile[],
  {
    caption,
    address,
    counts,
    empty,
  }: Pick<Table, 'caption' | 'empty'> & { address: string; counts: BatchCounts },
  t: Translate,
): Table {
  const severalTowns = new Set(files.map(({ town }) => town)).size > 1;
  return {
    caption,
    captionHidden: true,
    columns: [
      { label: t('hotline.imports.file'), look: 'wide' },
      { label: t('hotline.imports.when') },
      { label: t('hotline.imports.who') },
      ...(severalTowns ? [{ label: t('hotline.imports.town') }] : []),
      ...counts.map(([, label]) => ({ label: t(label), look: 'number' as const })),
    ],
    rows: files.map(({ batch, town, createdBy }) => ({
      cells: [
        {
          text: batch.fileName,
          href: `${address}/${batch.id}`,
          tag: batch.undoneAt ? { text: t('ledger.undo.tag'), tone: 'neutral' } : undefined,
        },
        { text: wallClock(batch.createdAt) },
        { text: createdBy ?? t('hotline.imports.system') },
        ...(severalTowns ? [{ text: town }] : []),
        ...counts.map(([count]) => ({ text: groupDigits(batch[count]) })),
      ],
    })),
    empty,
  };
}

/** What stands above that which a file stored: its counts, where it comes from, and its faulty rows. */
export function batchHead(
  { batch, town, createdBy }: StoredFile,
  address: string,
  counts: BatchCounts,
  t: Translate,
): { tiles: Tile[]; summary: SummaryList; faulty: { text: string; actions: Action[] } | null } {
  const { faultyCount } = batch;
  const download = { label: t('hotline.faulty.download'), href: `${address}/${batch.id}/faulty-rows` };
  return {
    tiles: counts.map(([count, label]) => ({ label: t(label), value: groupDigits(batch[count]) })),
    summary: {
      rows: [
        { key: t('hotline.imports.when'), value: wallClock(batch.createdAt) },
        { key: t('hotline.imports.who'), value: createdBy ?? t('hotline.imports.system') },
        { key: t('hotline.imports.town'), value: town },
        {
          key: t('hotline.batch.rows'),
          value: t('hotline.batch.rowsValue', { count: groupDigits(batch.rowCount) }),
        },
      ],
    },
    faulty:
      faultyCount > 0
        ? { text: t('hotline.batch.faulty', { count: groupDigits(faultyCount) }), actions: [download] }
        : null,
  };
}
