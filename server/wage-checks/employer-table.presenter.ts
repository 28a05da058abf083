import type { Translate } from '../shared/language.ts';
import { monthWord } from '../shared/month-word.ts';
import { formatYuan, groupDigits } from '../shared/money.ts';
import { summaryOf, type FormState } from '../web/form-view.ts';
import { faultTable, uploadPage } from '../web/import-view.ts';
import type { FormView, Row, Table } from '../web/view-model.ts';
import { TABLE_COLUMNS } from './employer-table.rules.ts';
import type { TableFindings, TableReport } from './employer-table.service.ts';

const PAGE = '/wage-tables';
const MOST_LISTED = 200;

/** The form by which an employers' table is sent, with its template. */
export function presentTableUpload(
  t: Translate,
  form: { towns: { id: string; name: string }[]; state: FormState; key: string },
) {
  const words = {
    title: t('wage-checks.tables.title'),
    lead: t('wage-checks.tables.lead'),
    file: t('wage-checks.tables.file'),
    fileHint: t('wage-checks.tables.fileHint'),
  };
  const back = { label: t('wage-checks.tabs.list'), href: '/wage-checks' };
  const page = uploadPage(t, { words, back, action: PAGE, ...form });
  const template = { label: t('wage-checks.tables.template'), href: `${PAGE}/template` };
  return { ...page, header: { ...page.header, actions: [template] } };
}

/** What a table would do; nothing is stored yet. */
export function presentTablePreview(
  t: Translate,
  {
    waiting,
    findings,
    state,
    key,
  }: { waiting: { id: string; fileName: string }; findings: TableFindings; state: FormState; key: string },
) {
  const { taken, known, faults, fingerprint } = findings;
  const title = t('wage-checks.tables.title');
  const changed = taken.filter(({ existing }) => existing !== null).length;
  const counts = {
    new: taken.length - changed,
    changed,
    known,
    faulty: new Set(faults.map(({ row }) => row)).size,
  };
  const confirmation: FormView = {
    action: `${PAGE}/${waiting.id}/confirmation`,
    method: 'post',
    idempotencyKey: key,
    fields: [{ kind: 'hidden', name: 'shown', value: fingerprint }],
    submit: { label: t('wage-checks.tables.confirm', { count: groupDigits(taken.length) }) },
    cancel: { label: t('common.cancel'), href: PAGE },
  };
  const listed = (all: unknown[]): string =>
    t('wage-checks.tables.listed', { shown: Math.min(all.length, MOST_LISTED), total: all.length });
  return {
    title,
    header: {
      title,
      back: { label: title, href: PAGE },
      lead: t('wage-checks.tables.waits', { file: waiting.fileName }),
    },
    errorSummary: state.errors.length > 0 ? summaryOf(state.errors, [], t) : null,
    tiles: (['new', 'changed', 'known', 'faulty'] as const).map((name) => ({
      label: t(`wage-checks.tables.counts.${name}`),
      value: groupDigits(counts[name]),
    })),
    nothing: taken.length === 0 ? { tone: 'info', text: t('wage-checks.tables.nothing') } : null,
    confirmation: taken.length > 0 ? confirmation : null,
    parts: [
      ...(faults.length > 0
        ? [
            {
              title: t('wage-checks.tables.faulty'),
              lead: listed(faults),
              table: faultTable(faults.slice(0, MOST_LISTED), t),
            },
          ]
        : []),
      ...(taken.length > 0
        ? [{ title: t('wage-checks.tables.taken'), lead: listed(taken), table: takenTable(taken, t) }]
        : []),
    ],
  };
}

function takenTable(taken: TableReport[], t: Translate): Table {
  return {
    caption: t('wage-checks.tables.taken'),
    captionHidden: true,
    columns: [
      { label: t('wage-checks.enterprise'), look: 'wide' },
      { label: t('wage-checks.month') },
      { label: t('wage-checks.fields.headcount'), look: 'number' },
      { label: t('wage-checks.fields.unpaidPeople'), look: 'number' },
      { label: t('wage-checks.fields.arrearsFen'), look: 'number' },
      { label: t('wage-checks.tables.change') },
    ],
    rows: taken.slice(0, MOST_LISTED).map((one) => takenRow(one, t)),
    empty: { title: '' },
  };
}

function takenRow({ enterprise, row, existing, check }: TableReport, t: Translate): Row {
  return {
    cells: [
      { text: enterprise, href: `/wage-checks/${check.id}` },
      { text: monthWord(row.month, t) },
      { text: groupDigits(row.headcount) },
      { text: groupDigits(row.unpaidPeople) },
      { text: formatYuan(row.arrearsFen) },
      { text: t(existing ? 'wage-checks.tables.isChanged' : 'wage-checks.tables.isNew') },
    ],
  };
}

/** The template: the columns, and a row for every enterprise. */
export function tableTemplate(
  t: Translate,
  enterprises: readonly { name: string; creditCode: string | null }[],
  month: string,
): { title: string; lead: string[]; tables: Table[] } {
  const caption = t('wage-checks.tables.sheet');
  return {
    title: `${caption}-${month}`,
    lead: [],
    tables: [
      {
        caption,
        columns: TABLE_COLUMNS.map((column) => ({ label: t(`wage-checks.tables.columns.${column}`) })),
        rows: enterprises.map(({ name, creditCode }) => ({
          cells: TABLE_COLUMNS.map((column) => ({
            text:
              column === 'name'
                ? name
                : column === 'creditCode'
                  ? (creditCode ?? '')
                  : column === 'month'
                    ? month
                    : '',
          })),
        })),
        empty: { title: '' },
      },
    ],
  };
}
