import type { CalendarDay } from '../shared/calendar-day.ts';
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

/** Whether a duty runs on a day; its first and its last day are included. */
export function runsOn({ fromDay, toDay }: Pick<Duty, 'fromDay' | 'toDay'>, day: CalendarDay): boolean {
  return fromDay <= day && (toDay === null || day <= toDay);
}

/** Whether two spans of days share one. */
export function overlap(
  one: Pick<Duty, 'fromDay' | 'toDay'>,
  other: Pick<Duty, 'fromDay' | 'toDay'>,
): boolean {
  return (one.toDay ?? '9999-12-31') >= other.fromDay && (other.toDay ?? '9999-12-31') >= one.fromDay;
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
