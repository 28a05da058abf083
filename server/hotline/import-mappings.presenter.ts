import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { Action, Field, FormView, Notice, SummaryList, Table } from '../web/view-model.ts';
import { LEDGER_KEYS } from '../ledger/ledger-columns.rules.ts';
import { MEANING_WORDS, REST, VALUE_KEYS, type ValueTables } from '../ledger/ledger-values.rules.ts';
import { TICKET_KEYS } from './columns.rules.ts';
import type { MappedKind } from './file-kinds.rules.ts';
import { IMPORT_ADDRESSES, NO_MAPPINGS, readsAlike } from './import-mapping.rules.ts';
import type { SavedMapping } from './import-mappings.queries.ts';
import type { OpenUpload } from './uploads.service.ts';

/** Where the kept mappings of a kind are listed. */
export const mappingsAddress = (kind: MappedKind): string => `${IMPORT_ADDRESSES[kind]}/mappings`;

const NAME_LENGTH = 100;

/** What the preview says of kept mappings: the one that reads the file, and forms to choose one and to keep this one. */
interface PreviewedMapping {
  kind: MappedKind;
  upload: Pick<OpenUpload<MappedKind>, 'id' | 'mapping'>;
  /** Those of the town that are in use. */
  saved: readonly SavedMapping[];
  state: FormState;
  /** The key of the form by which a mapping is kept. */
  key: string;
}

/** What of kept mappings stands on a preview; the fields are those of its forms, for the summary of what is wrong. */
export interface KeptParts {
  mapped: Notice | null;
  mappings: ReturnType<typeof mappingForms>;
  fields: Field[];
}

/** The kept mappings on the preview of an upload. */
export function presentKept(t: Translate, page: PreviewedMapping): KeptParts {
  const mappings = mappingForms(page, t);
  const fields = [...(mappings?.choose?.fields ?? []), ...(mappings?.keep?.fields ?? [])];
  return { mapped: mappingNotice(page, t), mappings, fields };
}

/** The sentence that says by which kept mapping the file is read; null where none is. */
function mappingNotice({ kind, upload, saved }: PreviewedMapping, t: Translate): Notice | null {
  const { mapping } = upload;
  const kept = saved.find(({ name }) => name === mapping.name);
  if (!kept || (kept.name === '' && readsAlike(mapping, NO_MAPPINGS[kind]))) return null;
  const { name } = kept;
  if (!readsAlike(kept.mapping, mapping))
    return name === '' ? null : { tone: 'warn', text: t('hotline.mappings.changed', { name }) };
  const text = t(name === '' ? `hotline.mappings.${kind}.last` : 'hotline.mappings.used', {
    name,
    ...savedInWords(kept, t),
  });
  return { tone: 'info', text, actions: [withoutMapping(kind, upload.id, t)] };
}

function withoutMapping(kind: MappedKind, uploadId: string, t: Translate): Action {
  return {
    label: t('hotline.mappings.without'),
    post: `${IMPORT_ADDRESSES[kind]}/uploads/${uploadId}/mapping`,
    hidden: [{ name: 'part', value: 'saved' }],
  };
}

/** The forms of kept mappings below the preview; null where there is nothing to choose and nothing to keep. */
function mappingForms(page: PreviewedMapping, t: Translate) {
  const named = page.saved.filter(({ name }) => name !== '');
  const { kind } = page;
  const { mapping } = page.upload;
  const isKept = named.some((one) => one.name === mapping.name && readsAlike(one.mapping, mapping));
  const worthKeeping = !isKept && !readsAlike(mapping, NO_MAPPINGS[kind]);
  if (named.length === 0 && !worthKeeping) return null;
  return {
    choose: named.length > 0 ? choosingForm(page, named, t) : null,
    keep: worthKeeping ? keepingForm(page, named, t) : null,
    manage: named.length > 0 ? { label: t('hotline.mappings.manage'), href: mappingsAddress(kind) } : null,
  };
}

function choosingForm(
  { kind, upload, state }: PreviewedMapping,
  named: SavedMapping[],
  t: Translate,
): FormView {
  const current = named.find(({ name }) => name === upload.mapping.name);
  const nameOf = (id: string): string => named.find((one) => one.id === id)?.name ?? '';
  const ids = named.map(({ id }) => id);
  const chosen = { mappingId: state.values['mappingId'] ?? current?.id };
  const options = { emptyText: t('hotline.mappings.noMapping') };
  const form: FormView = {
    action: `${IMPORT_ADDRESSES[kind]}/uploads/${upload.id}/mapping`,
    method: 'post',
    fields: [
      { kind: 'hidden', name: 'part', value: 'saved', id: 'part-saved' },
      choiceField('select', 'mappingId', t('hotline.mappings.choose'), ids, nameOf, chosen, options),
    ],
    submit: { label: t('hotline.mappings.apply'), look: 'plain' },
  };
  return marked(form, state, t);
}

function keepingForm(
  { kind, upload, state, key }: PreviewedMapping,
  named: SavedMapping[],
  t: Translate,
): FormView {
  const values = { mappingName: upload.mapping.name, ...state.values };
  const form: FormView = {
    action: `${IMPORT_ADDRESSES[kind]}/uploads/${upload.id}/saved-mapping`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      textField('mappingName', t('hotline.mappings.nameToKeep'), values, {
        hint: t(`hotline.mappings.${kind}.nameHint`),
        width: 'medium',
        maxlength: NAME_LENGTH,
        required: true,
      }),
      ...(named.length > 0 ? [tickField('replace', t('hotline.mappings.replace'), state.values)] : []),
    ],
    submit: { label: t('hotline.mappings.keep'), look: 'plain' },
  };
  return marked(form, state, t);
}

/** The page has one summary for all of its forms. */
function marked(form: FormView, { errors }: FormState, t: Translate): FormView {
  const { errorSummary: _, ...rest } = withErrors(form, errors, t);
  return rest;
}

/** The kept mappings of the reader's towns. */
export function presentMappings(
  t: Translate,
  kind: MappedKind,
  mappings: readonly (SavedMapping & { town: string })[],
) {
  const title = t('hotline.mappings.title');
  const severalTowns = new Set(mappings.map(({ town }) => town)).size > 1;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('hotline.mappings.name') },
      ...(severalTowns ? [{ label: t('hotline.imports.town') }] : []),
      { label: t('hotline.mappings.reading'), look: 'wide' },
      { label: t('hotline.mappings.savedBy') },
      { label: t('hotline.mappings.state') },
    ],
    rows: mappings.map((one) => ({
      cells: [
        { text: one.name },
        ...(severalTowns ? [{ text: one.town }] : []),
        { text: readingInWords(one.mapping, t).join(t('hotline.preview.semicolon')) },
        { text: whoOf(one, t), secondary: wallClock(one.savedAt) },
        stateCell(kind, one, t),
      ],
    })),
    empty: { title: t('hotline.mappings.none'), text: t(`hotline.mappings.${kind}.noneHint`) },
  };
  return {
    title,
    header: {
      title,
      back: {
        label: t(`${kind === 'tickets' ? 'hotline' : 'ledger'}.imports.title`),
        href: IMPORT_ADDRESSES[kind],
      },
      lead: t('hotline.mappings.lead'),
    },
    table,
  };
}

function stateCell(
  kind: MappedKind,
  { id, name, endedAt }: SavedMapping,
  t: Translate,
): Table['rows'][number]['cells'][number] {
  if (endedAt)
    return {
      text: '',
      tag: { text: t('hotline.mappings.ended'), tone: 'neutral' },
      secondary: wallClock(endedAt),
    };
  return {
    text: '',
    tag: { text: t('hotline.mappings.inUse'), tone: 'good' },
    seldom: {
      label: t('hotline.mappings.end'),
      href: `${mappingsAddress(kind)}/${id}/ending`,
      context: name,
    },
  };
}

/** The page on which a kept mapping is ended. */
export function presentEnding(
  t: Translate,
  kind: MappedKind,
  mapping: SavedMapping,
  state: FormState,
  key: string,
) {
  const { id, name } = mapping;
  const list = mappingsAddress(kind);
  const title = t('hotline.mappings.endTitle', { name });
  const form: FormView = {
    action: `${list}/${id}/ending`,
    method: 'post',
    idempotencyKey: key,
    submit: { label: t('hotline.mappings.end'), look: 'danger' },
    cancel: { label: t('common.cancel'), href: list },
  };
  const lines = readingInWords(mapping.mapping, t);
  const summary: SummaryList = {
    rows: [
      { key: t('hotline.mappings.reading'), value: lines[0]!, lines: lines.slice(1) },
      { key: t('hotline.mappings.savedBy'), value: whoOf(mapping, t), lines: [wallClock(mapping.savedAt)] },
    ],
  };
  return {
    title,
    header: {
      title,
      back: { label: t('hotline.mappings.title'), href: list },
      lead: t(`hotline.mappings.${kind}.endLead`),
    },
    summary,
    form: mapping.endedAt ? null : withErrors(form, state.errors, t),
    ended: mapping.endedAt ? { tone: 'info' as const, text: t('hotline.mappings.endedAlready') } : null,
  };
}

/** As many texts of one column as are listed with their meanings. */
const MOST_MEANINGS = 20;

function readingInWords(mapping: SavedMapping['mapping'], t: Translate): string[] {
  const isLedger = 'values' in mapping;
  const columns: Partial<Record<string, string>> = mapping.columns;
  const words = isLedger ? 'ledger.columns' : 'hotline.columns';
  const chosen = (isLedger ? LEDGER_KEYS : TICKET_KEYS).flatMap((key) => {
    const header = columns[key];
    if (header === undefined) return [];
    const values = { column: t(`${words}.${key}`), header };
    return [t(header === '' ? 'hotline.mappings.columnNone' : 'hotline.mappings.column', values)];
  });
  const wanted = isLedger ? undefined : mapping.only.category;
  const named = wanted?.map((category) => category || t('hotline.preview.noCategory'));
  const lines = [
    ...chosen,
    ...(named ? [t('hotline.mappings.categories', { categories: named.join(t('common.comma')) })] : []),
    ...(isLedger ? meaningsInWords(mapping.values, t) : []),
  ];
  return lines.length > 0 ? lines : [t('hotline.mappings.asRecognised')];
}

/** What the texts of a ledger mean, one line for every column whose texts were given a meaning. */
function meaningsInWords(values: ValueTables, t: Translate): string[] {
  return VALUE_KEYS.flatMap((key) => {
    const meanings = Object.entries(values[key]);
    if (meanings.length === 0) return [];
    const listed = meanings.slice(0, MOST_MEANINGS).map(([text, value]) =>
      t(text === REST ? 'hotline.mappings.restMeans' : 'hotline.mappings.means', {
        text,
        meaning: t(`${MEANING_WORDS[key]}.${value}`),
      }),
    );
    const more = meanings.length - listed.length;
    const all = [...listed, ...(more > 0 ? [t('hotline.mappings.moreMeanings', { count: more })] : [])];
    const column = t(`ledger.columns.${key}`);
    return [t('common.labelled', { label: column, text: all.join(t('common.comma')) })];
  });
}

function savedInWords(mapping: SavedMapping, t: Translate): { who: string; when: string } {
  return { who: whoOf(mapping, t), when: wallClock(mapping.savedAt) };
}

function whoOf({ savedBy }: SavedMapping, t: Translate): string {
  return savedBy ?? t('hotline.imports.system');
}
