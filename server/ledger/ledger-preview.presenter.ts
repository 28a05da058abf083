import type { Translate } from '../shared/language.ts';
import { formatYuan, groupDigits } from '../shared/money.ts';
import { headerTexts } from '../shared/spreadsheets/chosen-headers.rules.ts';
import { unusedHeaders } from '../shared/spreadsheets/headers.rules.ts';
import { summaryOf, type FormState } from '../web/form-view.ts';
import { columnForm, faultTable, lineOf, problemNotice } from '../web/import-view.ts';
import type { Field, FormSection, FormView, Notice, Table, Tile } from '../web/view-model.ts';
import type { LedgerFindings } from './import-ledger.service.ts';
import { LEDGER_KEYS, REQUIRED_COLUMNS } from './ledger-columns.rules.ts';
import { valueField, type LedgerText, type LedgerTexts } from './ledger-texts.rules.ts';
import type { LedgerUpload } from './ledger-uploads.service.ts';
import type { KeptParts } from '../hotline/import-mappings.presenter.ts';
import { MEANING_WORDS, MEANINGS, REST, VALUE_KEYS, type ValueKey } from './ledger-values.rules.ts';

interface PreviewPage {
  upload: LedgerUpload;
  findings: LedgerFindings;
  state: FormState;
  key: string;
  /** What of kept mappings stands on it. */
  kept: KeptParts;
}

/** What a ledger would bring; nothing is stored yet. */
export function presentLedgerPreview(t: Translate, { upload, findings, state, key, kept }: PreviewPage) {
  const { counts, problems, faultCount, faults } = findings;
  const address = `/ledgers/uploads/${upload.id}`;
  const readable = problems.length === 0;
  const storable = readable && counts.new > 0;
  const columns = columnForm(t, {
    action: `${address}/mapping`,
    keys: LEDGER_KEYS,
    required: REQUIRED_COLUMNS,
    labelOf: (column) => t(`ledger.columns.${column}`),
    headers: findings.layout.headers,
    chosen: headerTexts(LEDGER_KEYS, findings.layout),
    state,
  });
  const fields = [...(columns.fields ?? []), ...kept.fields];
  return {
    title: t('hotline.preview.title', { file: upload.fileName }),
    header: {
      title: t('hotline.preview.heading'),
      back: { label: t('ledger.upload.title'), href: '/ledgers/new' },
      lead: t('ledger.preview.lead', { file: upload.fileName }),
    },
    errorSummary: state.errors.length > 0 ? summaryOf(state.errors, fields, t) : null,
    mapped: kept.mapped,
    problems: readable ? null : problemNotice(problems, t),
    tiles: readable ? tilesOf(findings, t) : [],
    remarks: readable ? remarkNotice(findings, t) : null,
    nothing: readable && !storable ? nothingNotice(findings, t) : null,
    values: readable ? valueForm(address, findings.texts, t) : null,
    confirmation: storable ? confirmationForm(address, findings, key, t) : null,
    faulty:
      faultCount > 0
        ? {
            lead: faultsListed(faults.length, faultCount, t),
            table: faultTable(faults, t),
            actions: [{ label: t('hotline.faulty.download'), href: `${address}/faulty-rows` }],
          }
        : null,
    sample: findings.sample.length > 0 ? sampleTable(findings, t) : null,
    columns,
    mappings: kept.mappings,
  };
}

function tilesOf({ counts, changedCount }: LedgerFindings, t: Translate): Tile[] {
  const tile = (name: 'known' | 'unwanted' | 'faulty', note: string): Tile => ({
    label: t(`hotline.counts.${name}`),
    value: groupDigits(counts[name]),
    note,
  });
  const differ = t('ledger.counts.changedNote', { count: changedCount });
  return [
    {
      label: t('ledger.counts.new'),
      value: groupDigits(counts.new),
      note: t('hotline.counts.newNote', { rows: groupDigits(counts.rows) }),
    },
    tile('known', changedCount > 0 ? differ : t('hotline.counts.knownNote')),
    ...(counts.unwanted > 0 ? [tile('unwanted', t('ledger.counts.unwantedNote'))] : []),
    tile('faulty', t('hotline.counts.faultyNote')),
  ];
}

/** What of the file is not taken over as it stands; nothing of it keeps a row from being stored. */
function remarkNotice({ sheet, layout, remarks }: LedgerFindings, t: Translate): Notice | null {
  const unused = unusedHeaders(layout).map((header) => lineOf(header, 20));
  const columns = unused.join(t('common.comma'));
  const lines = [
    ...(sheet === undefined ? [] : [t('hotline.preview.sheet', { sheet })]),
    ...(unused.length > 0 ? [t('hotline.preview.unusedColumns', { columns })] : []),
    ...remarks.map((remark) => remarkInWords(remark, t)),
  ];
  return lines.length > 0 ? { tone: 'info', text: t('hotline.preview.remarks'), lines } : null;
}

function remarkInWords({ column, rows, texts, others }: LedgerFindings['remarks'][number], t: Translate) {
  const listed = [
    ...texts.map(([text, count]) =>
      t('hotline.preview.remarkText', { text: lineOf(text, 20), rows: groupDigits(count) }),
    ),
    ...(others > 0 ? [t('hotline.preview.remarkOthers', { rows: groupDigits(others) })] : []),
  ];
  const values = { column, rows: groupDigits(rows), texts: listed.join(t('common.comma')) };
  return t('ledger.preview.unread', values);
}

function nothingNotice({ counts }: LedgerFindings, t: Translate): Notice {
  const why =
    counts.rows === 0
      ? 'hotline.preview.noRows'
      : counts.rows === counts.known
        ? 'ledger.preview.allKnown'
        : 'ledger.preview.nothingNew';
  return {
    tone: 'info',
    text: t(why),
    actions: [{ label: t('hotline.preview.otherFile'), href: '/ledgers/new' }],
  };
}

function faultsListed(listed: number, all: number, t: Translate): string {
  if (listed === all) return t('hotline.preview.faultsShown');
  return t('hotline.preview.faultsShownOf', { listed: groupDigits(listed), all: groupDigits(all) });
}

// What the texts mean

/** Every text of the columns whose texts have a meaning; null when there is none. */
function valueForm(address: string, texts: LedgerTexts, t: Translate): FormView | null {
  const keys = VALUE_KEYS.filter((key) => texts[key].texts.length > 0);
  if (keys.length === 0) return null;
  return {
    action: `${address}/mapping`,
    method: 'post',
    fields: [{ kind: 'hidden', name: 'part', value: 'values', id: 'values-part' }],
    sections: keys.map((key) => valueSection(key, texts[key], t)),
    submit: { label: t('ledger.values.apply'), look: 'plain' },
  };
}

/** The texts that nobody understands, or that are only part of the rest, come first and must not go unnoticed. */
function valueSection(
  key: ValueKey,
  { texts, others, rest }: LedgerTexts[ValueKey],
  t: Translate,
): FormSection {
  const isOpen = ({ meaning }: LedgerText): boolean => meaning === null;
  const ordered = [...texts.filter(isOpen), ...texts.filter((text) => !isOpen(text))];
  const count = texts.filter(isOpen).length;
  const state = count === 0 ? 'understood' : rest === null ? 'open' : 'partOfRest';
  return {
    title: t(`ledger.values.${state}`, { column: t(`ledger.columns.${key}`), count }),
    onDemand: true,
    open: count > 0,
    fields: [
      ...ordered.map((text, index) => valueChoice(key, text, { rest, index }, t)),
      restChoice(key, { others, rest }, t),
    ],
  };
}

function valueChoice(
  key: ValueKey,
  { text, rows, meaning, known }: LedgerText,
  { rest, index }: { rest: string | null; index: number },
  t: Translate,
): Field {
  const none = t(rest === null ? 'ledger.values.none' : 'ledger.values.asRest');
  const label = t('hotline.preview.remarkText', { text: lineOf(text, 40), rows: groupDigits(rows) });
  return {
    kind: 'select',
    name: valueField(key, text),
    id: `${key}-${index}`,
    label,
    half: true,
    options: [
      ...(known && rest === null ? [] : [{ value: '', text: none, selected: meaning === null }]),
      ...meaningOptions(key, meaning, t),
    ],
  };
}

function restChoice(
  key: ValueKey,
  { others, rest }: { others: number; rest: string | null },
  t: Translate,
): Field {
  return {
    kind: 'select',
    name: valueField(key, REST),
    id: `${key}-rest`,
    label: t('ledger.values.rest'),
    hint: [
      ...(others > 0 ? [t('ledger.values.others', { count: others })] : []),
      t(`ledger.values.without.${key}`),
    ].join(''),
    options: [
      { value: '', text: t('ledger.values.none'), selected: rest === null },
      ...meaningOptions(key, rest, t),
    ],
  };
}

function meaningOptions(key: ValueKey, chosen: string | null, t: Translate) {
  return MEANINGS[key].map((value) => ({
    value,
    text: t(`${MEANING_WORDS[key]}.${value}`),
    selected: value === chosen,
  }));
}

// Confirming

function confirmationForm(
  address: string,
  { counts, fingerprint }: LedgerFindings,
  key: string,
  t: Translate,
): FormView {
  return {
    action: `${address}/confirmation`,
    method: 'post',
    idempotencyKey: key,
    fields: [{ kind: 'hidden', name: 'shown', value: fingerprint }],
    submit: { label: t('ledger.preview.confirm', { count: counts.new, cases: groupDigits(counts.new) }) },
    cancel: { label: t('common.cancel'), href: '/ledgers' },
  };
}

function sampleTable({ sample }: LedgerFindings, t: Translate): Table {
  const none = t('common.none');
  const yuan = (fen: number | null) => ({ text: fen === null ? none : formatYuan(fen) });
  return {
    caption: t('ledger.preview.sample'),
    captionHidden: true,
    columns: [
      { label: t('ledger.columns.number') },
      { label: t('ledger.columns.receivedOn') },
      { label: t('ledger.columns.closedOn') },
      { label: t('ledger.columns.enterprise'), look: 'wide' },
      { label: t('ledger.columns.village') },
      { label: t('ledger.columns.type') },
      { label: t('ledger.columns.outcome') },
      { label: t('ledger.preview.claimed'), look: 'number' },
      { label: t('ledger.preview.recovered'), look: 'number' },
      { label: t('ledger.columns.workers'), look: 'number' },
    ],
    rows: sample.map(({ draft, villageId }) => ({
      cells: [
        { text: draft.number },
        { text: draft.receivedOn },
        { text: draft.closedOn },
        { text: draft.enterprise ?? none },
        {
          text: draft.village ?? none,
          secondary: draft.village && !villageId ? t('ledger.preview.villageUnknown') : undefined,
        },
        { text: t(`cases.types.${draft.type}`) },
        { text: t(`cases.outcomes.${draft.outcome}`) },
        yuan(draft.claimedFen),
        yuan(draft.recoveredFen),
        { text: groupDigits(draft.workers) },
      ],
    })),
    empty: { title: '' },
  };
}
