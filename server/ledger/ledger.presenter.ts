import type { DisputeCase } from '../../models/cases.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import type { BatchRow, TownChoice } from '../hotline/batches.queries.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import type { FormState } from '../web/form-view.ts';
import { uploadForm } from '../web/import-view.ts';
import { pagingOf } from '../web/list-view.ts';
import type { Action, Row, SummaryList, Table, Tile } from '../web/view-model.ts';

const LIST = '/ledgers';

/** The list of imported ledgers. */
export function presentLedgers(t: Translate, page: KeysetPage<unknown> & { list: BatchRow[] }) {
  const title = t('ledger.imports.title');
  const add: Action = { label: t('ledger.imports.add'), href: `${LIST}/new`, look: 'primary' };
  const severalTowns = new Set(page.list.map(({ town }) => town)).size > 1;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('hotline.imports.file'), look: 'wide' },
      { label: t('hotline.imports.when') },
      { label: t('hotline.imports.who') },
      ...(severalTowns ? [{ label: t('hotline.imports.town') }] : []),
      { label: t('ledger.counts.new'), look: 'number' },
      { label: t('hotline.counts.known'), look: 'number' },
      { label: t('hotline.counts.unwanted'), look: 'number' },
      { label: t('hotline.counts.faulty'), look: 'number' },
    ],
    rows: page.list.map((row) => batchRow(row, severalTowns, t)),
    empty: { title: t('ledger.imports.none'), text: t('ledger.imports.noneHint'), action: add },
  };
  return {
    title,
    header: { title, back: { label: t('layout.nav.cases'), href: '/cases' }, actions: [add] },
    table,
    paging: pagingOf(page, LIST, {}, t),
  };
}

function batchRow({ batch, town, createdBy }: BatchRow, severalTowns: boolean, t: Translate): Row {
  const counts = [batch.newCount, batch.knownCount, batch.unwantedCount, batch.faultyCount];
  return {
    cells: [
      { text: batch.fileName, href: `${LIST}/${batch.id}` },
      { text: wallClock(batch.createdAt) },
      { text: createdBy ?? t('hotline.imports.system') },
      ...(severalTowns ? [{ text: town }] : []),
      ...counts.map((count) => ({ text: groupDigits(count) })),
    ],
  };
}

/** The form with which a ledger is sent. */
export function presentNewLedger(
  t: Translate,
  { towns, state, key }: { towns: TownChoice[]; state: FormState; key: string },
) {
  const title = t('ledger.upload.title');
  const words = {
    file: t('ledger.upload.file'),
    fileHint: t('ledger.upload.fileHint'),
    submit: t('hotline.upload.submit'),
  };
  const cancel = { label: t('common.cancel'), href: LIST };
  return {
    title,
    header: {
      title,
      back: { label: t('ledger.imports.title'), href: LIST },
      lead: t('ledger.upload.lead'),
    },
    form: uploadForm(t, { action: `${LIST}/uploads`, cancel, words, towns, state, key }),
  };
}

/** An imported ledger and the cases that it stored. */
export function presentLedger(t: Translate, page: BatchRow & { cases: KeysetPage<DisputeCase> }) {
  const { batch, cases } = page;
  const address = `${LIST}/${batch.id}`;
  const actions: Action[] = [{ label: t('ledger.imports.add'), href: `${LIST}/new` }];
  return {
    title: t('hotline.batch.title', { file: batch.fileName }),
    header: { title: batch.fileName, back: { label: t('ledger.imports.title'), href: LIST }, actions },
    tiles: batchTiles(batch, t),
    summary: batchSummary(page, t),
    faulty:
      batch.faultyCount > 0
        ? {
            text: t('hotline.batch.faulty', { count: groupDigits(batch.faultyCount) }),
            actions: [{ label: t('hotline.faulty.download'), href: `${address}/faulty-rows` }],
          }
        : null,
    cases: caseTable(cases.rows, t),
    paging: pagingOf(cases, address, {}, t),
  };
}

function batchTiles(batch: BatchRow['batch'], t: Translate): Tile[] {
  return [
    { label: t('ledger.batch.stored'), value: groupDigits(batch.newCount) },
    { label: t('hotline.counts.known'), value: groupDigits(batch.knownCount) },
    { label: t('hotline.counts.unwanted'), value: groupDigits(batch.unwantedCount) },
    { label: t('hotline.counts.faulty'), value: groupDigits(batch.faultyCount) },
  ];
}

function batchSummary({ batch, town, createdBy }: BatchRow, t: Translate): SummaryList {
  const rows = t('hotline.batch.rowsValue', { count: groupDigits(batch.rowCount) });
  return {
    rows: [
      { key: t('hotline.imports.when'), value: wallClock(batch.createdAt) },
      { key: t('hotline.imports.who'), value: createdBy ?? t('hotline.imports.system') },
      { key: t('hotline.imports.town'), value: town },
      { key: t('hotline.batch.rows'), value: rows },
    ],
  };
}

function caseTable(cases: DisputeCase[], t: Translate): Table {
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
    rows: cases.map(({ id, number, respondentName, primaryType, outcome, receivedOn, closedOn }) => ({
      cells: [
        { text: number!, href: `/cases/${id}` },
        { text: respondentName },
        { text: t(`cases.types.${primaryType}`) },
        { text: t(`cases.outcomes.${outcome}`) },
        { text: receivedOn },
        { text: closedOn! },
      ],
    })),
    empty: { title: t('ledger.batch.noCases') },
  };
}
