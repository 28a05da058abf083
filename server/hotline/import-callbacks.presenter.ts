import type { AreaChoice } from '../directory/areas.queries.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import { faultsInWords } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { choiceField } from '../web/fields.ts';
import { newFormKey, withErrors, type FormState } from '../web/form-view.ts';
import type { Field, FormView, Notice, Table, Tile } from '../web/view-model.ts';
import type { CallbackFindings } from './import-callbacks.service.ts';

const LIST = '/tickets';
const NEW = '/callbacks';
const MOST_FAULTS = 200;

/** The form by which a file of callbacks is sent. */
export function presentNewCallbacks(
  t: Translate,
  { towns, state, key }: { towns: Pick<AreaChoice, 'id' | 'name'>[]; state: FormState; key: string },
) {
  const title = t('callbacks.title');
  const form: FormView = {
    action: NEW,
    method: 'post',
    multipart: true,
    idempotencyKey: key,
    fields: [
      townField(towns, state, t),
      {
        kind: 'file',
        name: 'file',
        label: t('hotline.upload.file'),
        hint: t('callbacks.fileHint'),
        accept: '.xlsx,.csv',
        required: true,
      },
    ],
    submit: { label: t('callbacks.submit') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  return {
    title,
    header: { title, back: { label: t('tickets.list.title'), href: LIST }, lead: t('callbacks.lead') },
    form: withErrors(form, state.errors, t),
  };
}

function townField(towns: Pick<AreaChoice, 'id' | 'name'>[], { values }: FormState, t: Translate): Field {
  const [only] = towns;
  if (towns.length === 1 && only) return { kind: 'hidden', name: 'townId', value: only.id };
  const nameOf = (townId: string): string => towns.find(({ id }) => id === townId)?.name ?? '';
  return choiceField(
    'select',
    'townId',
    t('hotline.imports.town'),
    towns.map(({ id }) => id),
    nameOf,
    values,
    { required: true, emptyText: t('common.choose') },
  );
}

/** What a file of callbacks would do; nothing is stored yet. */
export function presentCallbacks(
  t: Translate,
  { id, fileName }: { id: string; fileName: string },
  { counts, problems, faults }: CallbackFindings,
) {
  const title = t('callbacks.preview');
  const problem: Notice | null =
    problems.length === 0
      ? null
      : {
          tone: 'bad',
          text: t('callbacks.unreadable'),
          lines: problems.map(({ sentence }) => t(sentence)),
        };
  const nothing: Notice | null =
    problem || counts.new > 0
      ? null
      : { tone: 'info', text: t(counts.known > 0 ? 'callbacks.allKnown' : 'callbacks.nothing') };
  return {
    title,
    header: { title, back: { label: t('callbacks.title'), href: NEW }, lead: fileName },
    notice: problem ?? nothing,
    tiles: problem ? [] : tilesOf(counts, t),
    confirmation:
      counts.new === 0
        ? null
        : {
            action: `${NEW}/${id}/confirmation`,
            method: 'post' as const,
            idempotencyKey: newFormKey(),
            fields: [{ kind: 'hidden' as const, name: 'shown', value: String(counts.new) }],
            submit: { label: t('callbacks.confirm', { count: groupDigits(counts.new) }) },
            cancel: { label: t('common.cancel'), href: LIST },
          },
    faulty:
      faults.length === 0
        ? null
        : {
            lead: t('callbacks.faultyLead', { count: groupDigits(counts.faulty) }),
            table: faultTable(faults.slice(0, MOST_FAULTS), t),
          },
  };
}

function tilesOf(counts: CallbackFindings['counts'], t: Translate): Tile[] {
  const closed = counts.new - counts.redo;
  return [
    {
      label: t('callbacks.counts.new'),
      value: groupDigits(counts.new),
      note: t('callbacks.counts.closed', {
        closed: groupDigits(closed),
        unreached: groupDigits(counts.unreached),
      }),
    },
    {
      label: t('callbacks.counts.redo'),
      value: groupDigits(counts.redo),
      note: t('callbacks.counts.redoNote'),
    },
    {
      label: t('callbacks.counts.known'),
      value: groupDigits(counts.known),
      note: t('callbacks.counts.knownNote'),
    },
    {
      label: t('callbacks.counts.faulty'),
      value: groupDigits(counts.faulty),
      note: t('callbacks.counts.faultyNote'),
    },
  ];
}

function faultTable(faults: CallbackFindings['faults'], t: Translate): Table {
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
        { text: value || t('hotline.faulty.emptyCell') },
        { text: reason },
      ],
    })),
    empty: { title: '' },
  };
}
