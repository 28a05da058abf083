import type { CalendarDay } from '../shared/calendar-day.ts';
import { listHref } from '../shared/list-address.ts';

/** How the law is brought to people (法治宣传). */
export const OUTREACH_KINDS = ['lecture', 'booth', 'visit', 'training', 'media', 'other'] as const;
export type OutreachKind = (typeof OUTREACH_KINDS)[number];

/** More photos than this are not kept with one event. */
export const MOST_PHOTOS = 12;

/** Which outreach events a list shows; without `state` those that count. */
export interface OutreachFilter {
  /** A part of the title or of the place. */
  q?: string;
  kind?: OutreachKind;
  /** A village by its id. */
  village?: string;
  /** A town by its id, where a reader has several. */
  town?: string;
  from?: CalendarDay;
  to?: CalendarDay;
  state?: 'void';
}

export function outreachListHref(filter: OutreachFilter): string {
  return listHref('/outreach', filter);
}
