import type { Outcome, Performance } from '../cases/lifecycle.rules.ts';
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
  statutoryDueOn: string | null;
}

/** The template of an answer: by the outcome, or for a case that is still open whether its mediation has begun. */
export function templateOf({ outcome, statutoryDueOn }: AnsweredCase): string {
  return outcome ?? (statutoryDueOn === null ? 'routed' : 'open');
}

/** Whether the complaint counts as resolved until somebody says otherwise. */
export function proposedResolved({ outcome }: Pick<AnsweredCase, 'outcome'>): boolean | null {
  if (outcome === null) return null;
  return outcomesOf('succeeded').includes(outcome);
}
