import type { DisputeCase } from '../../models/cases.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import type { BatchRow, TownChoice } from '../hotline/batches.queries.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import type { FormState } from '../web/form-view.ts';
import { batchHead, batchTable, uploadPage, type BatchCounts } from '../web/import-view.ts';
import { pagingOf } from '../web/list-view.ts';
import type { Action, Table } from '../web/view-model.ts';
import { undoAddress, undoneNotice } from './undo-ledger.presenter.ts';

const LIST = '/ledgers';

const COUNTS: BatchCounts = [
  ['newCount', 'ledger.counts.new'],
  ['knownCount', 'hotline.counts.known'],
  ['unwantedCount', 'hotline.counts.unwanted'],
  ['faultyCount', 'hotline.counts.faulty'],
];

/** The list of imported ledgers. */
export function presentLedgers(
  t: Translate,
  { page, names }: { page: KeysetPage<unknown> & { list: BatchRow[] }; names: number },
) {
  const title = t('ledger.imports.title');
  const add: Action = { label: t('ledger.imports.add'), href: `${LIST}/new`, look: 'primary' };
  const empty = { title: t('ledger.imports.none'), text: t('ledger.imports.noneHint'), action: add };
  return {
    title,
    header: {
      title,
      back: { label: t('layout.nav.cases'), href: '/cases' },
      actions: [
        add,
        { label: t('ledger.names.link', { count: groupDigits(names) }), href: `${LIST}/names` },
        { label: t('hotline.mappings.title'), href: `${LIST}/mappings` },
      ],
    },
    table: batchTable(page.list, { caption: title, address: LIST, counts: COUNTS, empty }, t),
    paging: pagingOf(page, LIST, {}, t),
  };
}

/** The form with which a ledger is sent. */
export function presentNewLedger(t: Translate, form: { towns: TownChoice[]; state: FormState; key: string }) {
  const words = {
    title: t('ledger.upload.title'),
    lead: t('ledger.upload.lead'),
    file: t('ledger.upload.file'),
    fileHint: t('ledger.upload.fileHint'),
  };
  const back = { label: t('ledger.imports.title'), href: LIST };
  return uploadPage(t, { words, back, action: `${LIST}/uploads`, ...form });
}

/** An imported ledger and the cases that it stored. */
export function presentLedger(t: Translate, page: BatchRow & { cases: KeysetPage<DisputeCase> }) {
  const { batch, cases } = page;
  const actions: Action[] = [
    { label: t('ledger.imports.add'), href: `${LIST}/new` },
    ...(batch.undoneAt ? [] : [{ label: t('ledger.undo.title'), href: undoAddress(batch.id) }]),
  ];
  return {
    title: t('hotline.batch.title', { file: batch.fileName }),
    header: { title: batch.fileName, back: { label: t('ledger.imports.title'), href: LIST }, actions },
    undone: undoneNotice(page, t),
    ...batchHead(page, LIST, [['newCount', 'ledger.batch.stored'], ...COUNTS.slice(1)], t),
    cases: caseTable(page, t),
    paging: pagingOf(cases, `${LIST}/${batch.id}`, {}, t),
  };
}

function caseTable({ batch, cases }: Parameters<typeof presentLedger>[1], t: Translate): Table {
  return {
    caption: t('ledger.batch.cases'),
    captionHidden: true,
    columns: [
      { label: t('ledger.columns.number') },
      { label: t('ledger.columns.enterprise'), look: 'wide' },
      { label: t('ledger.columns.type') },
      { label: t('ledger.columns.outcome') },
      { label: t('ledger.columns.receivedOn') },
      { label: t('ledger.columns.closedOn') },
    ],
    rows: cases.rows.map(({ id, number, respondentName, primaryType, outcome, receivedOn, closedOn }) => ({
      cells: [
        { text: number!, href: `/cases/${id}` },
        { text: respondentName },
        { text: t(`cases.types.${primaryType}`) },
        { text: t(`cases.outcomes.${outcome}`) },
        { text: receivedOn },
        { text: closedOn! },
      ],
    })),
    empty: { title: t(batch.undoneAt ? 'ledger.undo.noCases' : 'ledger.batch.noCases') },
  };
}
