import type { Translate } from '../shared/language.ts';
import type { Row, Table } from '../web/view-model.ts';
import type { ProposedRoute } from './proposals.queries.ts';
import type { NearbyCase, Related, WaitingTicket } from './related.rules.ts';

/** Other tickets and cases against the same respondent or of the same phone, and how many workers they make together. */
export function relatedTable(related: Related, { enterprise, settings }: ProposedRoute, t: Translate) {
  const { sameEnterprise, duplicates, workersTogether } = related;
  const threshold = settings.groupWorkers;
  const sameSubject = t(enterprise ? 'tickets.page.sameEnterprise' : 'tickets.page.sameName');
  const rows = new Map<string, Row>();
  const whys = (id: string): string =>
    [
      ...(isAmong(duplicates, id) ? [t('tickets.page.samePhone')] : []),
      ...(isAmong(sameEnterprise, id) ? [sameSubject] : []),
    ].join(t('common.comma'));
  for (const each of [...duplicates.cases, ...sameEnterprise.cases])
    rows.set(each.id, caseRow(each, whys(each.id), t));
  for (const each of [...duplicates.waiting, ...sameEnterprise.waiting])
    rows.set(each.id, ticketRow(each, whys(each.id), t));
  const table: Table = {
    caption: t('tickets.page.related'),
    captionHidden: true,
    columns: [
      { label: t('tickets.page.relatedName'), look: 'wide' },
      { label: t('tickets.page.relatedWhy') },
      { label: t('tickets.list.state') },
      { label: t('cases.page.workers'), look: 'number' },
    ],
    rows: [...rows.values()],
    empty: { title: t('tickets.page.noneRelated') },
  };
  const together =
    sameEnterprise.waiting.length + sameEnterprise.cases.length > 0
      ? t('tickets.page.together', { count: workersTogether, threshold })
      : null;
  return rows.size > 0 ? { table, together } : { none: t('tickets.page.noneRelated') };
}

function isAmong({ waiting, cases }: Related['duplicates'], id: string): boolean {
  return [...waiting, ...cases].some((other) => other.id === id);
}

function caseRow(
  { id, number, title, state, ticketNumbers, workers, outcome }: NearbyCase,
  why: string,
  t: Translate,
): Row {
  return {
    cells: [
      {
        text: number ?? title,
        href: `/cases/${id}`,
        ...(ticketNumbers.length > 0
          ? { secondary: t('tickets.page.withTickets', { numbers: ticketNumbers.join(t('common.comma')) }) }
          : {}),
      },
      { text: why },
      { text: t(outcome ? `cases.outcomes.${outcome}` : `cases.states.${state}`) },
      { text: String(workers) },
    ],
  };
}

function ticketRow({ id, number, workers, receivedOn }: WaitingTicket, why: string, t: Translate): Row {
  return {
    cells: [
      { text: number, href: `/tickets/${id}`, secondary: receivedOn },
      { text: why },
      { text: t('tickets.states.awaitingRouting') },
      { text: String(workers) },
    ],
  };
}
