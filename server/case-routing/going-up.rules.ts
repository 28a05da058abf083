import { firstContactDeadline, isOverdue, type ClockSettings } from '../deadlines/clocks.rules.ts';
import type { Calendar } from '../deadlines/working-days.rules.ts';
import type { Level } from '../directory/directory.rules.ts';
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';

/** Why a case goes up a level (DOMAIN §5, escalate): a rule says so, a party asks, somebody may come to harm, or it became collective. */
export const GOING_UP_RULES = ['noFirstContact', 'noMeeting', 'noAgreement'] as const;
export const GOING_UP_REASONS = [...GOING_UP_RULES, 'asked', 'danger', 'group'] as const;
export type GoingUpReason = (typeof GOING_UP_REASONS)[number];

/** What the rules look at. */
export interface GoingUpFacts {
  level: Level | null;
  routedOn: CalendarDay | null;
  contacted: boolean;
  /** Day 0 of the statutory clock. */
  workerConsentOn: CalendarDay | null;
  /** A session was held; asked of a case at the enterprise's committee. */
  met: boolean;
}

/** The lengths that a town sets, in calendar days from day 0. */
export interface GoingUpSettings extends ClockSettings {
  meetingDays: number;
  agreementDays: number;
}

/** The next level up; null above the town. */
export function levelAbove(level: Level | null): Level | null {
  return level === 'enterprise' ? 'village' : level === 'village' ? 'town' : null;
}

/**
 * Where an open case goes on this day, and by which rule; null while it stays. Days 5 and 10 are calendar days from day
 * 0 that are not rolled over days off (DOMAIN §5, clocks); no agreement goes to the town at once.
 */
export function goingUpOn(
  day: CalendarDay,
  { level, routedOn, contacted, workerConsentOn, met }: GoingUpFacts,
  settings: GoingUpSettings,
  calendar: Calendar,
): { reason: GoingUpReason; to: Level } | null {
  const above = levelAbove(level);
  if (above === null) return null;
  const over = (days: number): boolean =>
    workerConsentOn !== null && isOverdue(addDays(workerConsentOn, days), day);
  if (over(settings.agreementDays)) return { reason: 'noAgreement', to: 'town' };
  if (level === 'enterprise' && !met && over(settings.meetingDays)) return { reason: 'noMeeting', to: above };
  const silent =
    !contacted &&
    routedOn !== null &&
    isOverdue(firstContactDeadline(routedOn, settings, calendar).dueOn, day);
  return silent ? { reason: 'noFirstContact', to: above } : null;
}
