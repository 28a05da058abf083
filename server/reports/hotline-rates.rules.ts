import { percent2 } from '../shared/money.ts';
import { COUNTED_TICKETS, type CountedTickets, type MissedTickets } from '../hotline/ticket-filter.rules.ts';

/** How many tickets of an area and period there are of everything that the hotline's rates count, and of what they miss. */
export type HotlineCounts = Record<CountedTickets | MissedTickets, number>;

/** The rates by which the hotline measures a town (DOMAIN §2), each the share of one count in another. */
export const HOTLINE_RATES = {
  /** 及时签收率 = signed in time ÷ assigned */
  sign: { counted: 'signedInTime', of: 'assigned' },
  /** 按时办结率 = closed in time ÷ due to close; what is not due yet and still open is carried forward. */
  onTime: { counted: 'closedInTime', of: 'due' },
  /** 解决率 = resolved ÷ closed */
  resolved: { counted: 'resolved', of: 'closed' },
  /** 满意率 = satisfied and mostly satisfied ÷ valid callbacks: who was not reached or did not rate is left out. */
  satisfaction: { counted: 'satisfied', of: 'rated' },
  /** 退单率 = returned ÷ assigned */
  return: { counted: 'returned', of: 'assigned' },
  /** 重办率 = redone ÷ assigned */
  redo: { counted: 'redone', of: 'assigned' },
  /** 响应率 = contacted in time ÷ assigned (P) */
  response: { counted: 'contactedInTime', of: 'assigned' },
} as const satisfies Record<string, { counted: CountedTickets; of: CountedTickets }>;

export type HotlineRate = keyof typeof HOTLINE_RATES;
export const HOTLINE_RATE_NAMES = Object.keys(HOTLINE_RATES) as HotlineRate[];

/** A rate in per cent with two decimals, '98.07'; null when there is nothing to divide by. */
export function hotlineRate(rate: HotlineRate, counts: HotlineCounts): string | null {
  const { counted, of } = HOTLINE_RATES[rate];
  return percent2(counts[counted], counts[of]);
}

/** The counts and rates as the command line prints them. */
export function publishedHotline(counts: HotlineCounts) {
  return {
    ...(Object.fromEntries(COUNTED_TICKETS.map((name) => [name, counts[name]])) as Record<
      CountedTickets,
      number
    >),
    ...(Object.fromEntries(
      HOTLINE_RATE_NAMES.map((rate) => [`${rate}Rate`, hotlineRate(rate, counts)]),
    ) as Record<`${HotlineRate}Rate`, string | null>),
  };
}
