import { NEVER } from '../deadlines/case-deadlines.rules.ts';
import { daysLeft } from '../deadlines/clocks.rules.ts';
import { OUTCOME_GROUPS, type OutcomeGroup } from '../reports/indicators.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import type { Tag, Tone } from '../web/view-model.ts';
import type { Alarm } from './case-alarms.rules.ts';
import { SOON_DAYS } from './case-filter.rules.ts';
import type { CaseState, Outcome, Performance } from './lifecycle.rules.ts';

const STATE_TONES: Record<CaseState, Tone> = {
  awaitingRouting: 'warn',
  awaitingAcceptance: 'warn',
  inMediation: 'info',
  awaitingSignature: 'info',
  closed: 'neutral',
};

const GROUP_TONES: Record<OutcomeGroup, Tone> = { succeeded: 'good', failed: 'bad', excluded: 'neutral' };

const PERFORMANCE_TONES: Record<Performance, Tone> = {
  pending: 'warn',
  performing: 'info',
  fulfilled: 'good',
  breached: 'bad',
};

/** 待分派, 待受理, 调解中, 待签署 or 已结案. */
export function stateTag(state: CaseState, t: Translate): Tag {
  return { text: t(`cases.states.${state}`), tone: STATE_TONES[state] };
}

/** How a case ended. */
export function outcomeTag(outcome: Outcome, t: Translate): Tag {
  return { text: t(`cases.outcomes.${outcome}`), tone: GROUP_TONES[OUTCOME_GROUPS[outcome]] };
}

/** How far an agreement has been performed. */
export function performanceTag(performance: Performance, t: Translate): Tag {
  return { text: t(`cases.performances.${performance}`), tone: PERFORMANCE_TONES[performance] };
}

/** 还剩n天, 今天到期 or 超期n天; undefined when nothing is due. */
export function dueTag(dueOn: CalendarDay, today: CalendarDay, t: Translate): Tag | undefined {
  if (dueOn === NEVER) return undefined;
  const left = daysLeft(dueOn, today);
  if (left < 0) return { text: t('cases.due.overdue', { count: -left }), tone: 'bad' };
  if (left === 0) return { text: t('cases.due.today'), tone: 'warn' };
  return { text: t('cases.due.left', { count: left }), tone: left <= SOON_DAYS ? 'warn' : 'neutral' };
}

/** Red and by its word: what was routed for danger or a way to petition. */
export function alarmTag(alarm: Alarm, t: Translate): Tag {
  return { text: t(`cases.alarms.${alarm}`), tone: 'bad' };
}
