import { caseListHref, type CaseFilter } from '../cases/case-filter.rules.ts';
import { OUTCOMES } from '../cases/lifecycle.rules.ts';
import { ticketListHref, type TicketFilter } from '../hotline/ticket-filter.rules.ts';
import { addDays } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatWan, formatYuan, groupDigits, percent1 } from '../shared/money.ts';
import type { Link, SummaryRow, Tile, Tone } from '../web/view-model.ts';
import type { Indicators } from './indicator.queries.ts';
import {
  change,
  changeInPoints,
  decidedWithLevel,
  NO_COMPARISON,
  outcomesOf,
  settledLocallyRate,
  successRate,
  type OutcomeGroup,
} from './indicators.rules.ts';
import type { ReportArea } from './report-area.queries.ts';
import type { Basis } from './report-period.rules.ts';
import type { Period } from './sentence.rules.ts';

/** Which figures are presented, and whether their reader may open lists of tickets. */
export interface FiguresOf {
  t: Translate;
  area: ReportArea;
  period: Period;
  basis: Basis;
  ticketsOpen: boolean;
}

/** The cases that figures of an area and period count, as filters of the list of cases; `basis` those of the basis. */
export function casesOf({ area, period: { from, to }, basis }: Pick<FiguresOf, 'area' | 'period' | 'basis'>) {
  const within = { area: area.id };
  const received: CaseFilter = { ...within, receivedFrom: from, receivedTo: to };
  const closed: CaseFilter = { ...within, closedFrom: from, closedTo: to };
  return {
    received,
    closed,
    basis: { received, closed }[basis],
    paid: { ...within, paidFrom: from, paidTo: to } satisfies CaseFilter,
    openAtEnd: { ...within, openOn: to } satisfies CaseFilter,
    openBefore: { ...within, openOn: addDays(from, -1) } satisfies CaseFilter,
  };
}

/** The link of a figure; what counts nothing opens nothing. */
export function linkTo(figure: number, filter: CaseFilter): { href?: string } {
  return figure === 0 ? {} : { href: caseListHref(filter) };
}

/** The headline figures of the cases, each with its change against the same days of the year before, where these had any. */
export function presentCaseTiles(of: FiguresOf, now: Indicators, before: Indicators): Tile[] {
  const { t } = of;
  const cases = casesOf(of);
  const number = (name: string, values: Record<string, string | number> = {}) =>
    t(`reports.tiles.${name}`, values);
  const decided = now.succeeded + now.failed;
  const failed = other(number('failed', { count: groupDigits(now.failed) }), now.failed, {
    ...cases.basis,
    outcomeGroup: 'failed',
  });
  return [
    {
      label: number('tickets'),
      value: groupDigits(now.tickets.received),
      unit: number('ticketUnit'),
      note: number('ticketsNote', { returned: groupDigits(now.tickets.returned) }),
      ...ticketLink(of, now.tickets.received, { valid: 'yes' }),
      ...trend(t, now.tickets.received, before.tickets.received),
    },
    {
      label: number('closed'),
      value: groupDigits(now.cases.closed),
      unit: t('common.cases'),
      note: number('closedNote', { received: groupDigits(now.cases.received) }),
      ...linkTo(now.cases.closed, cases.closed),
      ...trend(t, now.cases.closed, before.cases.closed),
    },
    {
      label: number('successRate'),
      ...withPercent(percent1(now.succeeded, decided)),
      note: number('successNote', { succeeded: groupDigits(now.succeeded), failed: groupDigits(now.failed) }),
      ...linkTo(decided, { ...cases.basis, outcomeGroup: 'decided' }),
      others: failed,
      ...trendInPoints(
        t,
        successRate(now.succeeded, now.failed),
        successRate(before.succeeded, before.failed),
      ),
    },
    {
      label: number('settledLocally'),
      ...withPercent(percent1(now.settledAtFirstLevel, decidedWithLevel(now))),
      note: localNote(now, number),
      ...linkTo(now.settledAtFirstLevel, { ...cases.basis, outcomeGroup: 'succeeded', wentUp: 'no' }),
      others: [
        ...other(number('settledAbove', { count: groupDigits(now.settledAbove) }), now.settledAbove, {
          ...cases.basis,
          ...{ outcomeGroup: 'succeeded', wentUp: 'yes' },
        }),
        ...failed,
      ],
      ...trendInPoints(t, localRate(now), localRate(before)),
    },
  ];
}

/** The headline figures of the money and of what remains open. */
export function presentMoneyTiles(of: FiguresOf, now: Indicators, before: Indicators): Tile[] {
  const { t } = of;
  const cases = casesOf(of);
  const number = (name: string, values: Record<string, string | number> = {}) =>
    t(`reports.tiles.${name}`, values);
  return [
    {
      label: number('amountInvolved'),
      value: formatWan(now.amountInvolvedFen),
      unit: number('wan'),
      ...linkTo(now.amountInvolvedFen, { ...cases.basis, valid: 'yes' }),
      ...trend(t, now.amountInvolvedFen, before.amountInvolvedFen),
    },
    {
      label: number('recovered'),
      value: formatWan(now.recovered.fen),
      unit: number('wan'),
      note: number('migrantMoney', { amount: formatWan(now.recovered.migrantFen) }),
      ...linkTo(now.recovered.fen, cases.paid),
      ...trend(t, now.recovered.fen, before.recovered.fen, 'good'),
    },
    {
      label: number('workers'),
      value: groupDigits(now.recovered.workers),
      unit: t('common.people'),
      note: number('migrantWorkers', { workers: groupDigits(now.recovered.migrantWorkers) }),
      ...linkTo(now.recovered.workers, cases.paid),
      ...trend(t, now.recovered.workers, before.recovered.workers, 'good'),
    },
    {
      label: number('open'),
      value: groupDigits(now.cases.open),
      unit: t('common.cases'),
      note: number('openNote', {
        opening: groupDigits(now.cases.opening),
        received: groupDigits(now.cases.received),
        closed: groupDigits(now.cases.closed),
      }),
      ...linkTo(now.cases.open, cases.openAtEnd),
      ...trend(t, now.cases.open, before.cases.open),
    },
  ];
}

function localRate(indicators: Indicators): string | null {
  return settledLocallyRate(indicators.settledAtFirstLevel, indicators);
}

/** What the rate counts; where ledgers do not say the level, how many it leaves out, or why there is none at all. */
function localNote(
  now: Indicators,
  number: (name: string, values?: Record<string, string | number>) => string,
): string {
  const { settledAtFirstLevel, withoutLevel } = now;
  const settled = groupDigits(settledAtFirstLevel);
  const unknown = groupDigits(withoutLevel);
  if (withoutLevel === 0) return number('settledLocallyNote', { settled });
  return decidedWithLevel(now) === 0
    ? number('levelUnknown', { unknown })
    : number('settledLocallyPartly', { settled, unknown });
}

/** The other side of a rate, which a reader wants to see as well. */
function other(label: string, figure: number, filter: CaseFilter): Link[] {
  return figure === 0 ? [] : [{ label, href: caseListHref(filter) }];
}

function withPercent(rate: string | null): Pick<Tile, 'value' | 'unit'> {
  return rate === null ? { value: NO_COMPARISON } : { value: rate, unit: '%' };
}

/** 同比; `rising` is what a rise means. */
function trend(t: Translate, current: number, base: number, rising: Tone = 'neutral'): Pick<Tile, 'trend'> {
  return trendOf(t, 'trend', change(current, base), rising);
}

function trendInPoints(t: Translate, current: string | null, base: string | null): Pick<Tile, 'trend'> {
  return trendOf(t, 'trendPoints', changeInPoints(current, base), 'good');
}

function trendOf(t: Translate, key: string, difference: string, rising: Tone): Pick<Tile, 'trend'> {
  if (difference === NO_COMPARISON) return {};
  const falling: Tone = rising === 'good' ? 'bad' : 'neutral';
  const tone = difference.startsWith('+') ? rising : difference.startsWith('-') ? falling : 'neutral';
  return { trend: { text: t(`reports.tiles.${key}`, { change: difference }), tone } };
}

function ticketLink(of: FiguresOf, figure: number, filter: TicketFilter): { href?: string } {
  if (figure === 0 || !of.ticketsOpen) return {};
  const { area, period } = of;
  return {
    href: ticketListHref({ area: area.id, receivedFrom: period.from, receivedTo: period.to, ...filter }),
  };
}

/** What came in and went out, and what stands behind the tiles, each figure with its list. */
export function presentOverview(of: FiguresOf, indicators: Indicators): SummaryRow[] {
  const { t } = of;
  const { tickets, cases, recovered, outcomes, amountInvolvedFen, settledAtFirstLevel } = indicators;
  const lists = casesOf(of);
  const row = (
    name: string,
    figure: number,
    href: { href?: string },
    text = groupDigits(figure),
  ): SummaryRow => ({
    key: t(`reports.overview.${name}`),
    value: text,
    ...href,
  });
  const ofCases = (name: string, figure: number, filter: CaseFilter) =>
    row(name, figure, linkTo(figure, filter));
  const money = (name: string, fen: number, filter: CaseFilter) =>
    row(name, fen, linkTo(fen, filter), t('reports.overview.yuan', { amount: formatYuan(fen) }));
  const withOutcome = OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
  const migrants: CaseFilter = { ...lists.paid, paidMigrant: 'yes' };
  return [
    row('ticketsReceived', tickets.received, ticketLink(of, tickets.received, { valid: 'yes' })),
    row('ticketsReturned', tickets.returned, ticketLink(of, tickets.returned, { state: 'returned' })),
    ofCases('opening', cases.opening, lists.openBefore),
    ofCases('received', cases.received, lists.received),
    ofCases('collective', cases.collective, { ...lists.received, collective: 'yes' }),
    ofCases('closed', cases.closed, lists.closed),
    ofCases('open', cases.open, lists.openAtEnd),
    ...(of.basis === 'received'
      ? [ofCases('undecided', cases.received - withOutcome, { ...lists.received, state: 'open' })]
      : []),
    ofCases('settledAtFirstLevel', settledAtFirstLevel, {
      ...lists.basis,
      outcomeGroup: 'succeeded',
      wentUp: 'no',
    }),
    money('amountInvolved', amountInvolvedFen, { ...lists.basis, valid: 'yes' }),
    money('recovered', recovered.fen, lists.paid),
    money('recoveredMigrant', recovered.migrantFen, migrants),
    ofCases('workers', recovered.workers, lists.paid),
    ofCases('workersMigrant', recovered.migrantWorkers, migrants),
  ];
}

const GROUP_TONES: Record<OutcomeGroup, Tone> = { succeeded: 'good', failed: 'bad', excluded: 'neutral' };

/** Every outcome with its cases, and below them S, F and X. */
export function presentOutcomes(of: FiguresOf, { outcomes, ...indicators }: Indicators): SummaryRow[] {
  const { t } = of;
  const { basis } = casesOf(of);
  const row = (key: string, figure: number, filter: CaseFilter): SummaryRow => ({
    key,
    value: groupDigits(figure),
    ...linkTo(figure, { ...basis, ...filter }),
  });
  return (Object.keys(GROUP_TONES) as OutcomeGroup[]).flatMap((group) => [
    ...outcomesOf(group).map((outcome) =>
      row(t(`cases.outcomes.${outcome}`), outcomes[outcome], { outcome }),
    ),
    {
      ...row(t(`reports.groups.${group}`), indicators[group], { outcomeGroup: group }),
      tag: { text: t('reports.subtotal'), tone: GROUP_TONES[group] },
    },
  ]);
}
