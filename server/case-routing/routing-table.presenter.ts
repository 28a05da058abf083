import { withoutNumbers } from '../cases/privacy.rules.ts';
import { beginningOf } from '../hotline/ticket.rules.ts';
import { amountLine, callerLine } from '../hotline/ticket-words.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import type { Cell, Notice, Paging, Row, Table } from '../web/view-model.ts';
import { alarmTags, everyReason, levelTag, mediatorWords, noteLines } from './proposal.presenter.ts';
import { deskValue } from './proposal.rules.ts';
import type { RoutingPage, RoutingRow } from './proposals.queries.ts';
import type { Related } from './related.rules.ts';
import type { Confirmed } from './routing.service.ts';
import { remarksOn, type Remark } from './remarks.rules.ts';

const PATH = '/routing';
const BEGINNING = 40;

export function presentRoutingTable(t: Translate, page: RoutingPage, idempotencyKey: string) {
  const title = t('routing.table.title');
  const ready = page.rows.some(({ proposal }) => proposal.desk);
  return {
    title,
    header: {
      title,
      back: { label: t('routing.table.back'), href: '/tickets' },
      lead: page.total > 0 ? t('routing.table.lead', { total: page.total }) : undefined,
    },
    idempotencyKey,
    table: presentTable(page, t),
    submit: ready ? { label: t('routing.table.confirm') } : null,
    hint: ready ? t('routing.table.hint') : null,
    paging: page.rows.length > 0 ? presentPaging(page, t) : null,
  };
}

function presentTable({ rows }: RoutingPage, t: Translate): Table {
  return {
    caption: t('routing.table.title'),
    captionHidden: true,
    select: { name: 'tickets', label: t('routing.table.tick') },
    columns: [
      { label: t('routing.table.ticket') },
      { label: t('routing.table.complaint'), look: 'wide' },
      { label: t('routing.enterprise'), look: 'wide' },
      { label: t('routing.table.proposal'), look: 'wide' },
      { label: t('routing.why'), look: 'wide' },
      { label: t('routing.table.lookOut'), look: 'wide' },
    ],
    rows: rows.map((row) => routingRow(row, t)),
    empty: {
      title: t('routing.table.none'),
      text: t('routing.table.noneHint'),
      action: { label: t('routing.table.toTickets'), href: '/tickets?state=all' },
    },
  };
}

function routingRow(row: RoutingRow, t: Translate): Row {
  const { ticket, proposal, related } = row;
  const { id, number, version, receivedAt, title, content } = ticket;
  const { desk } = proposal;
  const href = `/tickets/${id}`;
  const reasons = everyReason(proposal, t).join(t('routing.table.semicolon'));
  const notes = noteLines(proposal, t).join(t('common.comma'));
  const remarks = remarksOn(proposal, related, proposal.settings);
  const [alarm] = alarmTags(proposal, t);
  return {
    ...(desk
      ? {
          select: {
            value: `${id}:${version}:${deskValue(desk)}`,
            label: t('routing.table.tickOf', { number }),
            checked: remarks.length === 0,
            byHand: remarks.length > 0,
          },
        }
      : {}),
    cells: [
      { text: number, href, ...(alarm ? { tag: alarm } : {}), secondary: wallClock(receivedAt) },
      {
        text: withoutNumbers(title ?? beginningOf(content ?? '', BEGINNING)),
        secondary: complaintWords(ticket, t),
      },
      enterpriseCell(proposal, t),
      deskCell(proposal, t),
      { text: reasons, ...(notes ? { secondary: notes } : {}) },
      { text: t('routing.table.choose'), href, ...remarkWords(remarks, related, t) },
    ],
  };
}

function complaintWords(ticket: RoutingRow['ticket'], t: Translate): string {
  const { anonymous, callerName } = ticket;
  const caller = anonymous ? t('tickets.anonymous') : (callerName ?? t('tickets.noName'));
  return [callerLine(ticket, caller), amountLine(ticket)]
    .flatMap((line) => (line === null ? [] : [t(line.key, line.values)]))
    .join(t('common.comma'));
}

function enterpriseCell({ enterprise, matchedBy, complaint }: RoutingRow['proposal'], t: Translate): Cell {
  if (enterprise && matchedBy)
    return { text: enterprise.name, secondary: t(`routing.matchedBy.${matchedBy}`) };
  return {
    text: withoutNumbers(complaint.respondentText ?? t('common.unknown')),
    tag: { text: t('routing.notInDirectory'), tone: 'warn' },
  };
}

/** Where it goes; whose turn it would be on the ticket's own page, where nothing stands above it. */
function deskCell({ desk, insteadOf }: RoutingRow['proposal'], t: Translate): Cell {
  if (!desk) return { text: '', tag: { text: t('routing.nobody'), tone: 'bad' } };
  const turn = insteadOf
    ? [t('routing.table.turn', { mediator: insteadOf.mediatorName, above: insteadOf.proposedAbove ?? 0 })]
    : [];
  const secondary = [mediatorWords(desk, t), ...turn].join(t('routing.table.semicolon'));
  return { text: desk.roomName, tag: levelTag(desk.level, t), secondary };
}

/** What is to be looked at, beside the link to look at it; what the rule itself says stands under its reason. */
function remarkWords(
  remarks: Remark[],
  { sameEnterprise, duplicates, workersTogether }: Related,
  t: Translate,
): Pick<Cell, 'tag' | 'secondary'> {
  const again = duplicates.waiting.length + duplicates.cases.length;
  const same = sameEnterprise.waiting.length + sameEnterprise.cases.length;
  const tag = remarks.includes('duplicate')
    ? { tag: { text: t('routing.remarks.duplicate', { count: again }), tone: 'warn' as const } }
    : {};
  const lines = remarks
    .filter((remark) => remark !== 'duplicate' && remark !== 'rule')
    .map((remark) => t(`routing.remarks.${remark}`, { count: same, workers: workersTogether }));
  return { ...tag, ...(lines.length > 0 ? { secondary: lines.join(t('routing.table.semicolon')) } : {}) };
}

function presentPaging({ rows, total, newer, older }: RoutingPage, t: Translate): Paging {
  return {
    text: t('common.paging.shown', { shown: rows.length, total }),
    ...(newer ? { newer: { label: t('common.paging.newer'), href: listHref(PATH, { before: newer }) } } : {}),
    ...(older ? { older: { label: t('common.paging.older'), href: listHref(PATH, { after: older }) } } : {}),
  };
}

/** What came of confirming many, for the next page. */
export function presentConfirmed(t: Translate, { routed, failures }: Confirmed): Notice {
  if (failures.length === 0) return { tone: 'good', text: t('routing.table.allRouted', { routed }) };
  return {
    tone: 'warn',
    text: t('routing.table.someRouted', { routed, failed: failures.length }),
    lines: failures.map(({ number, sentence, values }) => {
      const text = t(sentence, values);
      return number === null ? text : t('common.labelled', { label: number, text });
    }),
  };
}
