import { addDays, type CalendarDay } from '../shared/calendar-day.ts';
import type { DutyKind } from './directory.rules.ts';

/** An officer's duty as far as it is asked who answers: for one enterprise, or for all of a village. */
export interface Duty {
  officerId: string;
  officer: string;
  kind: DutyKind;
  isLead: boolean;
  enterpriseId: string | null;
  villageId: string | null;
  fromDay: CalendarDay;
  toDay: CalendarDay | null;
}

type Days = Pick<Duty, 'fromDay' | 'toDay'>;

/** Whether a duty runs on a day; its first and its last day are included. */
export function runsOn({ fromDay, toDay }: Days, day: CalendarDay): boolean {
  return fromDay <= day && (toDay === null || day <= toDay);
}

/** Whether a duty ever runs; one that was taken back before its first day does not. */
export function everRuns({ fromDay, toDay }: Days): boolean {
  return toDay === null || fromDay <= toDay;
}

/** Whether two spans of days share one; a span that ended before it began has none. */
export function overlap(one: Days, other: Days): boolean {
  const last = ({ toDay }: Days): CalendarDay => toDay ?? '9999-12-31';
  const first = one.fromDay > other.fromDay ? one.fromDay : other.fromDay;
  return first <= last(one) && first <= last(other);
}

/** Who answers for an enterprise on a day, the one who leads first; what names the enterprise goes before its village. */
export function whoAnswers<D extends Duty>(
  duties: readonly D[],
  enterprise: { id: string; villageId: string | null },
  day: CalendarDay,
): D[] {
  const rank = ({ isLead, enterpriseId }: Duty): number => (isLead ? 0 : 2) + (enterpriseId ? 0 : 1);
  return duties
    .filter(
      (duty) =>
        runsOn(duty, day) &&
        (duty.enterpriseId ? duty.enterpriseId === enterprise.id : duty.villageId === enterprise.villageId),
    )
    .sort((one, other) => rank(one) - rank(other) || (one.fromDay < other.fromDay ? -1 : 1));
}

type Held = Pick<Duty, 'officerId' | 'kind' | 'isLead' | 'enterpriseId' | 'villageId' | 'toDay'>;

/** What no second duty may have while this one runs without an end: its officer as this kind, and its lead. */
export function keysOf({ officerId, kind, isLead, enterpriseId, villageId, toDay }: Held) {
  const object = enterpriseId ?? villageId!;
  if (toDay !== null) return { openKey: null, leadKey: null };
  return { openKey: `${officerId}:${kind}:${object}`, leadKey: isLead ? object : null };
}

/** The days of a duty that passes to a successor on a day: the last of the old one, and the first of the new one. */
export function passOn({ fromDay }: Pick<Duty, 'fromDay'>, day: CalendarDay) {
  const first = fromDay > day ? fromDay : day;
  return { toDay: addDays(first, -1), fromDay: first };
}

/** The earliest last day that a duty can be given: the day before its first takes it back. */
export function earliestEnd({ fromDay }: Pick<Duty, 'fromDay'>): CalendarDay {
  return addDays(fromDay, -1);
}
