import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { Action, FormView, Notice, SummaryList, Table } from '../web/view-model.ts';
import { TICKET_KEYS } from './columns.rules.ts';
import { readsAlike } from './import-mapping.rules.ts';
import type { SavedMapping } from './import-mappings.queries.ts';
import { NO_MAPPING, type TicketMapping } from './mapping.rules.ts';
import type { OpenUpload } from './uploads.service.ts';

const LIST = '/imports/mappings';
const NAME_LENGTH = 100;

/** What the preview says of kept mappings: the one that reads the file, and forms to choose one and to keep this one. */
interface PreviewedMapping {
  upload: Pick<OpenUpload, 'id' | 'mapping'>;
  /** Those of the town that are in use. */
  saved: readonly SavedMapping[];
  state: FormState;
  /** The key of the form by which a mapping is kept. */
  key: string;
}

/** The sentence that says by which kept mapping the file is read; null where none is. */
export function mappingNotice({ upload, saved }: PreviewedMapping, t: Translate): Notice | null {
  const { mapping } = upload;
  const kept = saved.find(({ name }) => name === mapping.name);
  if (!kept || (kept.name === '' && readsAlike(mapping, NO_MAPPING))) return null;
  const { name } = kept;
  if (!readsAlike(kept.mapping, mapping))
    return name === '' ? null : { tone: 'warn', text: t('hotline.mappings.changed', { name }) };
  const text = t(name === '' ? 'hotline.mappings.last' : 'hotline.mappings.used', {
    name,
    ...savedInWords(kept, t),
  });
  return { tone: 'info', text, actions: [withoutMapping(upload.id, t)] };
}

function withoutMapping(uploadId: string, t: Translate): Action {
  return {
    label: t('hotline.mappings.without'),
    post: `/imports/uploads/${uploadId}/mapping`,
    hidden: [{ name: 'part', value: 'saved' }],
  };
}

/** The forms of kept mappings below the preview; null where there is nothing to choose and nothing to keep. */
export function mappingForms(page: PreviewedMapping, t: Translate) {
  const named = page.saved.filter(({ name }) => name !== '');
  const { mapping } = page.upload;
  const isKept = named.some((one) => one.name === mapping.name && readsAlike(one.mapping, mapping));
  const worthKeeping = !isKept && !readsAlike(mapping, NO_MAPPING);
  if (named.length === 0 && !worthKeeping) return null;
  return {
    choose: named.length > 0 ? choosingForm(page, named, t) : null,
    keep: worthKeeping ? keepingForm(page, named, t) : null,
    manage: named.length > 0 ? { label: t('hotline.mappings.manage'), href: LIST } : null,
  };
}

function choosingForm({ upload, state }: PreviewedMapping, named: SavedMapping[], t: Translate): FormView {
  const current = named.find(({ name }) => name === upload.mapping.name);
  const nameOf = (id: string): string => named.find((one) => one.id === id)?.name ?? '';
  const ids = named.map(({ id }) => id);
  const chosen = { mappingId: state.values['mappingId'] ?? current?.id };
  const options = { emptyText: t('hotline.mappings.noMapping') };
  const form: FormView = {
    action: `/imports/uploads/${upload.id}/mapping`,
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
  { upload, state, key }: PreviewedMapping,
  named: SavedMapping[],
  t: Translate,
): FormView {
  const values = { mappingName: upload.mapping.name, ...state.values };
  const form: FormView = {
    action: `/imports/uploads/${upload.id}/saved-mapping`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      textField('mappingName', t('hotline.mappings.nameToKeep'), values, {
        hint: t('hotline.mappings.nameHint'),
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
export function presentMappings(t: Translate, mappings: readonly (SavedMapping & { town: string })[]) {
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
        stateCell(one, t),
      ],
    })),
    empty: { title: t('hotline.mappings.none'), text: t('hotline.mappings.noneHint') },
  };
  return {
    title,
    header: {
      title,
      back: { label: t('hotline.imports.title'), href: '/imports' },
      lead: t('hotline.mappings.lead'),
    },
    table,
  };
}

function stateCell(
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
    seldom: { label: t('hotline.mappings.end'), href: `${LIST}/${id}/ending`, context: name },
  };
}

/** The page on which a kept mapping is ended. */
export function presentEnding(t: Translate, mapping: SavedMapping, state: FormState, key: string) {
  const { id, name } = mapping;
  const title = t('hotline.mappings.endTitle', { name });
  const form: FormView = {
    action: `${LIST}/${id}/ending`,
    method: 'post',
    idempotencyKey: key,
    submit: { label: t('hotline.mappings.end'), look: 'danger' },
    cancel: { label: t('common.cancel'), href: LIST },
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
      back: { label: t('hotline.mappings.title'), href: LIST },
      lead: t('hotline.mappings.endLead'),
    },
    summary,
    form: mapping.endedAt ? null : withErrors(form, state.errors, t),
    ended: mapping.endedAt ? { tone: 'info' as const, text: t('hotline.mappings.endedAlready') } : null,
  };
}

function readingInWords({ columns, only }: TicketMapping, t: Translate): string[] {
  const chosen = TICKET_KEYS.filter((key) => columns[key] !== undefined).map((key) => {
    const values = { column: t(`hotline.columns.${key}`), header: columns[key]! };
    return t(columns[key] === '' ? 'hotline.mappings.columnNone' : 'hotline.mappings.column', values);
  });
  const wanted = only.category?.map((category) => category || t('hotline.preview.noCategory'));
  const lines = [
    ...chosen,
    ...(wanted ? [t('hotline.mappings.categories', { categories: wanted.join(t('common.comma')) })] : []),
  ];
  return lines.length > 0 ? lines : [t('hotline.mappings.asRecognised')];
}

function savedInWords(mapping: SavedMapping, t: Translate): { who: string; when: string } {
  return { who: whoOf(mapping, t), when: wallClock(mapping.savedAt) };
}

function whoOf({ savedBy }: SavedMapping, t: Translate): string {
  return savedBy ?? t('hotline.imports.system');
}
