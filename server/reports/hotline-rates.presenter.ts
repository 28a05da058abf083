import { MISSED_TICKETS, MISSED_TICKET_NAMES, ticketListHref } from '../hotline/ticket-filter.rules.ts';
import { groupDigits, percent1 } from '../shared/money.ts';
import type { Link, Tile, Tone } from '../web/view-model.ts';
import type { FiguresOf } from './figures.presenter.ts';
import { HOTLINE_RATES, HOTLINE_RATE_NAMES, hotlineRate } from './hotline-rates.rules.ts';
import type { HotlineCounts, HotlineRate } from './hotline-rates.rules.ts';
import { changeInPoints, NO_COMPARISON } from './indicators.rules.ts';

/** Rates that are the better the lower they are. */
const LOW_IS_GOOD: readonly HotlineRate[] = ['return', 'redo'];

/** The hotline's rates, each with what it counts and the tickets behind it. */
export function presentHotlineTiles(of: FiguresOf, now: HotlineCounts, before: HotlineCounts): Tile[] {
  return HOTLINE_RATE_NAMES.map((rate) => rateTile(of, rate, now, before));
}

function rateTile(
  { t, area, period, ticketsOpen }: FiguresOf,
  rate: HotlineRate,
  now: HotlineCounts,
  before: HotlineCounts,
): Tile {
  const { counted, of } = HOTLINE_RATES[rate];
  const percent = percent1(now[counted], now[of]);
  const change = changeInPoints(hotlineRate(rate, now), hotlineRate(rate, before));
  const days = { area: area.id, receivedFrom: period.from, receivedTo: period.to };
  return {
    label: t(`reports.hotline.rates.${rate}`),
    ...(percent === null ? { value: NO_COMPARISON } : { value: percent, unit: '%' }),
    note: t('reports.hotline.note', {
      counted: groupDigits(now[counted]),
      of: groupDigits(now[of]),
      what: t(`handling.counted.${of}`),
    }),
    ...(ticketsOpen && now[counted] > 0 ? { href: ticketListHref({ ...days, counted }) } : {}),
    others: ticketsOpen ? missedBy(rate, now, days, t) : [],
    ...(change === NO_COMPARISON
      ? {}
      : { trend: { text: t('reports.tiles.trendPoints', { change }), tone: toneOf(rate, change) } }),
  };
}

/** What the rate misses, which is what must be looked at. */
function missedBy(
  rate: HotlineRate,
  now: HotlineCounts,
  days: { area: string; receivedFrom: string; receivedTo: string },
  t: FiguresOf['t'],
): Link[] {
  const { counted } = HOTLINE_RATES[rate];
  const name = MISSED_TICKET_NAMES.find((one) => MISSED_TICKETS[one] === counted);
  if (!name || now[name] === 0) return [];
  const label = t('reports.hotline.missed', {
    count: groupDigits(now[name]),
    what: t(`handling.counted.${name}`),
  });
  return [{ label, href: ticketListHref({ ...days, counted: name }) }];
}

function toneOf(rate: HotlineRate, change: string): Tone {
  const better = LOW_IS_GOOD.includes(rate) ? '-' : '+';
  if (!change.startsWith('+') && !change.startsWith('-')) return 'neutral';
  return change.startsWith(better) ? 'good' : 'bad';
}
