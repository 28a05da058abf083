import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import { maskPhone } from '../shared/personal-data.rules.ts';
import { unusedHeaders } from '../shared/spreadsheets/headers.rules.ts';
import { summaryOf, type FormState } from '../web/form-view.ts';
import { faultTable, lineOf, uploadPage } from '../web/import-view.ts';
import type { Action, FormView, Notice, Row, Table, Tile } from '../web/view-model.ts';
import { asFault, type EnterpriseColumn, type RowRemark } from './import-enterprises.rules.ts';
import type { EnterpriseFile, EnterpriseFindings } from './import-enterprises.service.ts';
import type { ChangedEnterprise, ImportedValues, NewEnterprise } from './import-sorting.rules.ts';
import { phoneInForm } from './phone.rules.ts';

const LIST = '/enterprises';
const NEW = '/enterprises/import';
const MOST_LISTED = 200;

/** The form by which a file of enterprises is sent. */
export function presentEnterpriseUpload(
  t: Translate,
  form: { towns: { id: string; name: string }[]; state: FormState; key: string },
) {
  const words = {
    title: t('directory.import.page.title'),
    lead: t('directory.import.page.lead'),
    file: t('directory.import.page.file'),
    fileHint: t('directory.import.page.fileHint'),
  };
  const back = { label: t('directory.tabs.enterprises'), href: LIST };
  return uploadPage(t, { words, back, action: NEW, ...form });
}

interface PreviewPage {
  waiting: { id: string; fileName: string };
  file: EnterpriseFile;
  findings: EnterpriseFindings;
  state: FormState;
  key: string;
}

/** A part of the preview: what it lists, and how much of it. */
interface Part {
  title: string;
  lead: string;
  table: Table;
  actions?: Action[];
}

/** What a file of enterprises would do; nothing is stored yet. */
export function presentEnterprisePreview(t: Translate, page: PreviewPage) {
  const { waiting, findings, state } = page;
  const title = t('hotline.preview.heading');
  const storable = findings.fresh.length + findings.changed.length > 0;
  return {
    title,
    header: {
      title,
      back: { label: t('directory.import.page.title'), href: NEW },
      lead: t('directory.import.page.waits', { file: waiting.fileName }),
    },
    errorSummary: state.errors.length > 0 ? summaryOf(state.errors, [], t) : null,
    tiles: tilesOf(findings, t),
    remarks: remarkNotice(page.file, t),
    nothing: storable ? null : nothingNotice(findings, t),
    confirmation: storable ? confirmationForm(page, t) : null,
    parts: [faultyPart(page, t), notesPart(page, t), changedPart(findings, t), freshPart(findings, t)].filter(
      (part) => part !== null,
    ),
  };
}

function tilesOf({ counts }: EnterpriseFindings, t: Translate): Tile[] {
  return (['new', 'changed', 'known', 'faulty'] as const).map((name) => ({
    label: t(`directory.import.page.counts.${name}`),
    value: groupDigits(counts[name]),
    note: t(`directory.import.page.counts.${name}Note`, { rows: groupDigits(counts.rows) }),
  }));
}

function remarkNotice({ layout, sheet }: EnterpriseFile, t: Translate): Notice | null {
  const unused = unusedHeaders(layout)
    .filter((header) => header !== '')
    .map((header) => lineOf(header, 20));
  const lines = [
    ...(sheet === undefined ? [] : [t('hotline.preview.sheet', { sheet })]),
    ...(unused.length > 0
      ? [t('hotline.preview.unusedColumns', { columns: unused.join(t('common.comma')) })]
      : []),
  ];
  return lines.length > 0 ? { tone: 'info', text: t('hotline.preview.remarks'), lines } : null;
}

function nothingNotice({ counts }: EnterpriseFindings, t: Translate): Notice {
  const why = counts.rows === 0 ? 'noRows' : counts.rows === counts.known ? 'allKnown' : 'nothingNew';
  return {
    tone: 'info',
    text: t(`directory.import.page.${why}`),
    actions: [{ label: t('hotline.preview.otherFile'), href: NEW }],
  };
}

function confirmationForm({ waiting, findings, key }: PreviewPage, t: Translate): FormView {
  const { fresh, changed, fingerprint } = findings;
  const counts = { new: groupDigits(fresh.length), changed: groupDigits(changed.length) };
  const label = changed.length === 0 ? 'confirmNew' : fresh.length === 0 ? 'confirmChanged' : 'confirm';
  return {
    action: `${NEW}/${waiting.id}/confirmation`,
    method: 'post',
    idempotencyKey: key,
    fields: [{ kind: 'hidden', name: 'shown', value: fingerprint }],
    submit: { label: t(`directory.import.page.${label}`, counts) },
    cancel: { label: t('common.cancel'), href: LIST },
  };
}

function faultyPart({ waiting, file, findings }: PreviewPage, t: Translate): Part | null {
  const { faults } = findings;
  if (faults.length === 0) return null;
  return {
    title: t('hotline.preview.faulty'),
    lead: listed(faults, 'faulty', t),
    table: remarkTable(faults, file, t),
    actions: [{ label: t('hotline.faulty.download'), href: `${NEW}/${waiting.id}/faulty-rows` }],
  };
}

/** What is left out of rows that are taken. */
function notesPart({ file, findings: { notes } }: PreviewPage, t: Translate): Part | null {
  if (notes.length === 0) return null;
  return {
    title: t('directory.import.page.notes'),
    lead: listed(notes, 'notes', t),
    table: { ...remarkTable(notes, file, t), caption: t('directory.import.page.notes') },
  };
}

function remarkTable(remarks: RowRemark[], { layout }: EnterpriseFile, t: Translate): Table {
  const phone = layout.columns.contactPhone;
  const faults = remarks.slice(0, MOST_LISTED).map((remark) => asFault(remark, layout));
  return faultTable(faults, t, (column, value) =>
    phone !== undefined && value !== '' && layout.headers[phone] === column
      ? maskPhone(value)
      : lineOf(value, 60),
  );
}

function changedPart({ changed, villages }: EnterpriseFindings, t: Translate): Part | null {
  if (changed.length === 0) return null;
  return {
    title: t('directory.import.page.changed'),
    lead: listed(changed, 'changed', t),
    table: {
      caption: t('directory.import.page.changed'),
      captionHidden: true,
      columns: [
        { label: t('directory.enterprises.name'), look: 'wide' },
        { label: t('directory.import.page.changes'), look: 'wide' },
      ],
      rows: changed.slice(0, MOST_LISTED).map((change) => changedRow(change, villages, t)),
      empty: { title: '' },
    },
  };
}

const COLUMN_OF: Record<keyof ImportedValues, EnterpriseColumn> = {
  name: 'name',
  creditCode: 'creditCode',
  villageId: 'village',
  industry: 'industry',
  headcount: 'headcount',
  contactName: 'contactName',
  contactPhone: 'contactPhone',
  hasCommittee: 'committee',
  active: 'active',
};

function changedRow(
  { stored, values, newAliases }: ChangedEnterprise,
  villages: Map<string, string>,
  t: Translate,
): Row {
  const [before, after] = [valuesInWords(stored, villages, t), valuesInWords(values, villages, t)];
  const names = (Object.keys(COLUMN_OF) as (keyof ImportedValues)[]).filter(
    (name) => values[name] !== stored[name],
  );
  const field = (column: EnterpriseColumn): string => t(`directory.import.columns.${column}`);
  const changes = [
    ...names.map((name) =>
      t('hotline.preview.change', {
        field: field(COLUMN_OF[name]),
        before: before[name],
        after: after[name],
      }),
    ),
    ...(newAliases.length > 0
      ? [
          t('directory.import.page.added', {
            field: field('aliases'),
            text: newAliases.join(t('common.comma')),
          }),
        ]
      : []),
  ];
  return {
    cells: [
      { text: stored.name, href: `${LIST}/${stored.id}` },
      { text: changes.join(t('hotline.preview.semicolon')) },
    ],
  };
}

function valuesInWords(
  values: ImportedValues,
  villages: Map<string, string>,
  t: Translate,
): Record<keyof ImportedValues, string> {
  const none = t('common.none');
  return {
    name: values.name,
    creditCode: values.creditCode ?? none,
    villageId: values.villageId === null ? none : (villages.get(values.villageId) ?? none),
    industry: t(`directory.industries.${values.industry}`),
    headcount: values.headcount === null ? none : String(values.headcount),
    contactName: values.contactName ?? none,
    contactPhone: phoneInForm(values.contactPhone) || none,
    hasCommittee: t(values.hasCommittee ? 'directory.committeeYes' : 'directory.committeeNo'),
    active: t(values.active ? 'directory.enterprises.active' : 'directory.inactive'),
  };
}

function freshPart({ fresh, villages }: EnterpriseFindings, t: Translate): Part | null {
  if (fresh.length === 0) return null;
  return {
    title: t('directory.import.page.fresh'),
    lead: listed(fresh, 'fresh', t),
    table: {
      caption: t('directory.import.page.fresh'),
      captionHidden: true,
      columns: [
        { label: t('directory.enterprises.name'), look: 'wide' },
        { label: t('directory.village') },
        { label: t('directory.industry'), look: 'aside' },
        { label: t('directory.headcount'), look: 'number' },
        { label: t('directory.contact') },
        { label: t('directory.committee'), look: 'aside' },
      ],
      rows: fresh.slice(0, MOST_LISTED).map((enterprise) => freshRow(enterprise, villages, t)),
      empty: { title: '' },
    },
  };
}

function freshRow({ aliases, ...values }: NewEnterprise, villages: Map<string, string>, t: Translate): Row {
  const words = valuesInWords(values, villages, t);
  const secondary = [...(values.creditCode ? [values.creditCode] : []), ...aliases].join(t('common.comma'));
  const contact = [values.contactName, phoneInForm(values.contactPhone)].filter((text) => text).join(' ');
  return {
    cells: [
      {
        text: values.name,
        ...(values.active ? {} : { tag: { text: t('directory.inactive'), tone: 'neutral' } }),
        ...(secondary ? { secondary } : {}),
      },
      { text: words.villageId },
      { text: words.industry },
      { text: words.headcount },
      { text: contact || t('common.none') },
      { text: words.hasCommittee },
    ],
  };
}

/** What a part lists: all of it, or how much. */
function listed(all: unknown[], part: 'faulty' | 'notes' | 'changed' | 'fresh', t: Translate): string {
  const lead = t(`directory.import.page.leads.${part}`);
  if (all.length <= MOST_LISTED) return lead;
  const values = { all: groupDigits(all.length), listed: groupDigits(MOST_LISTED) };
  return `${lead}${t('directory.import.page.listedOf', values)}`;
}
