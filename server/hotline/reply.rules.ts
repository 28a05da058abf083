import type { Outcome, Performance } from '../cases/lifecycle.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { outcomesOf } from '../reports/indicators.rules.ts';

/** What an answer to the hotline tells of a case: nobody's name but the respondent's, and no number of anybody. */
export interface AnsweredCase {
  outcome: Outcome | null;
  performance: Performance | null;
  respondent: string;
  room: string | null;
  commission: string;
  /** To whom the case was transferred. */
  authority: string | null;
  agreedFen: number | null;
  closedOn: string | null;
  statutoryDueOn: CalendarDay | null;
  today: CalendarDay;
}

/** The template of an answer: by the outcome, or for an open case whether its mediation has begun and its time is over. */
export function templateOf({ outcome, statutoryDueOn, today }: AnsweredCase): string {
  if (outcome !== null) return outcome;
  if (statutoryDueOn === null) return 'routed';
  return statutoryDueOn < today ? 'openOverdue' : 'open';
}

/** Whether the complaint says against whom it is. */
export function isKnownRespondent(name: string): boolean {
  return !/^(?:被申请人|被诉主体)?(?:不详|不明|未知|不清楚|无)$/.test(name.trim());
}

/** Whether the complaint counts as resolved until somebody says otherwise. */
export function proposedResolved({ outcome }: Pick<AnsweredCase, 'outcome'>): boolean | null {
  if (outcome === null) return null;
  return outcomesOf('succeeded').includes(outcome);
}
