import { addDays, type CalendarDay } from '../shared/calendar-day.ts';

/** How somebody was contacted, who, and whether they were reached. */
export const CONTACT_CHANNELS = ['call', 'visit', 'message', 'office'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

export const CONTACT_PARTIES = ['worker', 'respondent', 'other'] as const;
export type ContactParty = (typeof CONTACT_PARTIES)[number];

export const REACHED = ['yes', 'no'] as const;
export type Reached = (typeof REACHED)[number];

/** The mood in which a person was met, from calm to beside themselves (一口气). */
export const MOODS = ['calm', 'worried', 'angry', 'furious'] as const;
export type Mood = (typeof MOODS)[number];

/** What may happen if nothing is done. */
export const RISKS = ['none', 'petition', 'groupIncident', 'violence'] as const;
export type Risk = (typeof RISKS)[number];

/** Violence or self-harm, which the town hears of at once (DOMAIN §5, routing 1; 人民调解法 25). */
export const isDanger = (risk: unknown): boolean => risk === 'violence';

/** So many days ahead a new end of the mediation is read again before it is taken. P */
const FAR_DAYS = 60;

/** Whether a new end of the mediation is so far away that it may be a slip of the pen. */
export const isFarAway = (extendedTo: CalendarDay, today: CalendarDay): boolean =>
  extendedTo > addDays(today, FAR_DAYS);

/** A session (调解会) is planned, then held or cancelled. */
export const SESSION_STATES = ['planned', 'held', 'cancelled'] as const;
export type SessionState = (typeof SESSION_STATES)[number];
