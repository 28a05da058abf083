import { isDanger } from '../mediation/mediation.rules.ts';
import type { Posted } from '../shared/form.ts';
import { daysLeft } from '../deadlines/clocks.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import type { Tag, Tone } from '../web/view-model.ts';
import type { FollowUpState, Satisfaction } from './follow-up.rules.ts';

const TONES: Record<Satisfaction, Tone> = {
  satisfied: 'good',
  mostlySatisfied: 'good',
  fair: 'warn',
  unsatisfied: 'bad',
  declined: 'neutral',
};

/** What came of a call: how satisfied the worker is, or that nobody was reached; of an open one that it is due. */
export function resultTag(
  { state, satisfaction }: { state: FollowUpState; satisfaction: Satisfaction | null },
  t: Translate,
): Tag {
  if (state !== 'done')
    return { text: t(`follow-ups.states.${state}`), tone: state === 'due' ? 'warn' : 'neutral' };
  return satisfaction
    ? { text: t(`follow-ups.satisfactions.${satisfaction}`), tone: TONES[satisfaction] }
    : { text: t('follow-ups.notReached'), tone: 'neutral' };
}

/** How long a call is due, or overdue in red. */
export function callDueTag(dueOn: CalendarDay, today: CalendarDay, t: Translate): Tag {
  const left = daysLeft(dueOn, today);
  if (left < 0) return { text: t('cases.due.overdue', { count: -left }), tone: 'bad' };
  if (left === 0) return { text: t('cases.due.today'), tone: 'warn' };
  return { text: t('cases.due.left', { count: left }), tone: 'neutral' };
}

/** What is said after a call was recorded. */
export function doneWord({ reached, risk }: Posted): string {
  if (reached === 'no') return 'follow-ups.doneUnreached';
  return isDanger(risk) ? 'follow-ups.doneDanger' : 'follow-ups.done';
}
