import type { KeysetPage } from '../../models/keyset.ts';
import type { Ticket } from '../../models/tickets.ts';
import { mayEver, type Reader } from '../accounts/access.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import type { FormState } from '../web/form-view.ts';
import { lineOf, uploadForm } from '../web/import-view.ts';
import { pagingOf } from '../web/list-view.ts';
import type { Action, Row, SummaryList, Table, Tile } from '../web/view-model.ts';
import type { BatchRow, TownChoice } from './batches.queries.ts';

const LIST = '/imports';

/** The list of imports. */
export function presentBatches(t: Translate, page: KeysetPage<unknown> & { list: BatchRow[] }) {
  const title = t('hotline.imports.title');
  const add: Action = { label: t('hotline.imports.add'), href: `${LIST}/new`, look: 'primary' };
  const severalTowns = new Set(page.list.map(({ town }) => town)).size > 1;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('hotline.imports.file'), look: 'wide' },
      { label: t('hotline.imports.when') },
      { label: t('hotline.imports.who') },
      ...(severalTowns ? [{ label: t('hotline.imports.town') }] : []),
      { label: t('hotline.counts.new'), look: 'number' },
      { label: t('hotline.counts.changed'), look: 'number' },
      { label: t('hotline.counts.known'), look: 'number' },
      { label: t('hotline.counts.unwanted'), look: 'number' },
      { label: t('hotline.counts.faulty'), look: 'number' },
    ],
    rows: page.list.map((row) => batchRow(row, severalTowns, t)),
    empty: { title: t('hotline.imports.none'), text: t('hotline.imports.noneHint'), action: add },
  };
  return {
    title,
    header: {
      title,
      back: { label: t('layout.nav.tickets'), href: '/tickets' },
      actions: [add, { label: t('hotline.mappings.title'), href: `${LIST}/mappings` }],
    },
    table,
    paging: pagingOf(page, LIST, {}, t),
  };
}

function batchRow({ batch, town, createdBy }: BatchRow, severalTowns: boolean, t: Translate): Row {
  const counts = [
    batch.newCount,
    batch.changedCount,
    batch.knownCount,
    batch.unwantedCount,
    batch.faultyCount,
  ];
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

/** The form with which a file is uploaded. */
export function presentNewImport(
  t: Translate,
  { towns, state, key }: { towns: TownChoice[]; state: FormState; key: string },
) {
  const title = t('hotline.upload.title');
  const words = {
    file: t('hotline.upload.file'),
    fileHint: t('hotline.upload.fileHint'),
    submit: t('hotline.upload.submit'),
  };
  const cancel = { label: t('common.cancel'), href: LIST };
  const form = uploadForm(t, { action: `${LIST}/uploads`, cancel, words, towns, state, key });
  return {
    title,
    header: {
      title,
      back: { label: t('hotline.imports.title'), href: LIST },
      lead: t('hotline.upload.lead'),
    },
    form,
  };
}

/** A confirmed import and what it stored. */
export function presentBatch(t: Translate, page: BatchRow & { tickets: KeysetPage<Ticket> }, reader: Reader) {
  const { batch, tickets } = page;
  const waiting = batch.newCount > 0 && mayEver(reader, 'tickets.route');
  const actions: Action[] = [
    ...(waiting ? [{ label: t('hotline.batch.route'), href: '/routing', look: 'primary' as const }] : []),
    { label: t('hotline.imports.add'), href: `${LIST}/new` },
  ];
  return {
    title: t('hotline.batch.title', { file: batch.fileName }),
    header: { title: batch.fileName, back: { label: t('hotline.imports.title'), href: LIST }, actions },
    tiles: batchTiles(batch, t),
    summary: batchSummary(page, t),
    faulty:
      batch.faultyCount > 0
        ? {
            text: t('hotline.batch.faulty', { count: groupDigits(batch.faultyCount) }),
            actions: [{ label: t('hotline.faulty.download'), href: `${LIST}/${batch.id}/faulty-rows` }],
          }
        : null,
    tickets: ticketTable(tickets.rows, t),
    paging: pagingOf(tickets, `${LIST}/${batch.id}`, {}, t),
  };
}

function batchTiles(batch: BatchRow['batch'], t: Translate): Tile[] {
  return [
    { label: t('hotline.batch.stored'), value: groupDigits(batch.newCount) },
    { label: t('hotline.counts.changed'), value: groupDigits(batch.changedCount) },
    { label: t('hotline.counts.known'), value: groupDigits(batch.knownCount) },
    { label: t('hotline.counts.unwanted'), value: groupDigits(batch.unwantedCount) },
    { label: t('hotline.counts.faulty'), value: groupDigits(batch.faultyCount) },
  ];
}

function batchSummary({ batch, town, createdBy }: BatchRow, t: Translate): SummaryList {
  return {
    rows: [
      { key: t('hotline.imports.when'), value: wallClock(batch.createdAt) },
      { key: t('hotline.imports.who'), value: createdBy ?? t('hotline.imports.system') },
      { key: t('hotline.imports.town'), value: town },
      {
        key: t('hotline.batch.rows'),
        value: t('hotline.batch.rowsValue', { count: groupDigits(batch.rowCount) }),
      },
    ],
  };
}

function ticketTable(tickets: Ticket[], t: Translate): Table {
  return {
    caption: t('hotline.batch.tickets'),
    captionHidden: true,
    columns: [
      { label: t('hotline.columns.number') },
      { label: t('hotline.columns.title'), look: 'wide' },
      { label: t('hotline.columns.respondent'), look: 'wide' },
      { label: t('hotline.columns.receivedAt') },
      { label: t('hotline.batch.state') },
    ],
    rows: tickets.map((ticket) => ({
      cells: [
        { text: ticket.number, href: `/tickets/${ticket.id}` },
        { text: lineOf(ticket.title ?? ticket.content ?? '') },
        { text: ticket.respondentText ?? t('common.none') },
        { text: wallClock(ticket.receivedAt) },
        { text: t(`tickets.states.${ticket.state}`) },
      ],
    })),
    empty: { title: t('hotline.batch.noTickets') },
  };
}
