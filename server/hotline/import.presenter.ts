import type { KeysetPage } from '../../models/keyset.ts';
import type { Ticket } from '../../models/tickets.ts';
import { mayEver, type Reader } from '../accounts/access.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import type { FormState } from '../web/form-view.ts';
import { batchHead, batchTable, lineOf, uploadPage, type BatchCounts } from '../web/import-view.ts';
import { pagingOf } from '../web/list-view.ts';
import type { Action, Table } from '../web/view-model.ts';
import type { BatchRow, TownChoice } from './batches.queries.ts';

const LIST = '/imports';

const COUNTS: BatchCounts = [
  ['newCount', 'hotline.counts.new'],
  ['changedCount', 'hotline.counts.changed'],
  ['knownCount', 'hotline.counts.known'],
  ['unwantedCount', 'hotline.counts.unwanted'],
  ['faultyCount', 'hotline.counts.faulty'],
];

/** The list of imports. */
export function presentBatches(t: Translate, page: KeysetPage<unknown> & { list: BatchRow[] }) {
  const title = t('hotline.imports.title');
  const add: Action = { label: t('hotline.imports.add'), href: `${LIST}/new`, look: 'primary' };
  const empty = { title: t('hotline.imports.none'), text: t('hotline.imports.noneHint'), action: add };
  return {
    title,
    header: {
      title,
      back: { label: t('layout.nav.tickets'), href: '/tickets' },
      actions: [add, { label: t('hotline.mappings.title'), href: `${LIST}/mappings` }],
    },
    table: batchTable(page.list, { caption: title, address: LIST, counts: COUNTS, empty }, t),
    paging: pagingOf(page, LIST, {}, t),
  };
}

/** The form with which a file is uploaded. */
export function presentNewImport(t: Translate, form: { towns: TownChoice[]; state: FormState; key: string }) {
  const words = {
    title: t('hotline.upload.title'),
    lead: t('hotline.upload.lead'),
    file: t('hotline.upload.file'),
    fileHint: t('hotline.upload.fileHint'),
  };
  const back = { label: t('hotline.imports.title'), href: LIST };
  return uploadPage(t, { words, back, action: `${LIST}/uploads`, ...form });
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
    ...batchHead(page, LIST, [['newCount', 'hotline.batch.stored'], ...COUNTS.slice(1)], t),
    tickets: ticketTable(tickets.rows, t),
    paging: pagingOf(tickets, `${LIST}/${batch.id}`, {}, t),
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
