import type { Translate } from '../shared/language.ts';
import { columnField, type HeaderTexts } from '../shared/spreadsheets/chosen-headers.rules.ts';
import { faultsInWords, type RowFault } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { choiceField } from './fields.ts';
import { withErrors, type FormState } from './form-view.ts';
import type { Field, FormView, Link, Notice, Table } from './view-model.ts';

/** What the pages of every import have in common: sending a file, its columns, its faults. */

/** The form by which a file is sent; where there is one town only, it is not asked for. */
export function uploadForm(
  t: Translate,
  {
    action,
    cancel,
    words,
    towns,
    state,
    key,
  }: {
    action: string;
    cancel: Link;
    words: { file: string; fileHint: string; submit: string };
    towns: readonly { id: string; name: string }[];
    state: FormState;
    key: string;
  },
): FormView {
  const file: Field = {
    kind: 'file',
    name: 'file',
    label: words.file,
    hint: words.fileHint,
    accept: '.xlsx,.csv',
    required: true,
  };
  const form: FormView = {
    action,
    method: 'post',
    multipart: true,
    idempotencyKey: key,
    fields: [townField(towns, state, t), file],
    submit: { label: words.submit },
    cancel,
  };
  return withErrors(form, state.errors, t);
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
