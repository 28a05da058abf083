import type { CalendarDay } from '../shared/calendar-day.ts';
import { listHref, type Turn } from '../shared/list-address.ts';
import type { FollowUpState, Satisfaction } from './follow-up.rules.ts';

/** Which follow-ups a list shows; the names are those of its address. All conditions hold together, days are included. */
export interface FollowUpFilter {
  /** A jurisdiction, town or village by its id. */
  area?: string;
  state?: FollowUpState;
  satisfaction?: Satisfaction;
  /** What the 回访满意率 counts: reached, and not declined. */
  valid?: 'yes';
  /** What of it is not satisfied. */
  discontent?: 'yes';
  /** Set off a redo (重办) … */
  redo?: 'yes';
  /** … after which the next call heard better. */
  helped?: 'yes';
  calledFrom?: CalendarDay;
  calledTo?: CalendarDay;
}

/** In the address `state=all` says that nothing was forgotten: without any condition the list shows what is due. */
export const ALL = 'all';

/** The address of the list of follow-ups that a filter describes, and of one page of it. */
export function followUpListHref(filter: FollowUpFilter, turn: Turn = {}): string {
  const conditions = Object.values(filter).filter((value) => value !== undefined);
  return listHref('/follow-ups', conditions.length === 0 ? { state: ALL, ...turn } : { ...filter, ...turn });
}
