import { selectRows } from '../../models/dialect.ts';
import type { WarningLevel } from '../directory/directory.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { coverageByOfficer } from './board.queries.ts';
import type { Month } from './rounds.rules.ts';

/** The accounts of the informants who serve on a day and have not reported a month that is due from them. */
export async function informantsWithoutReport(
  townId: string,
  month: Month,
  day: CalendarDay,
): Promise<string[]> {
  const rows = await selectRows<{ userId: string }>(
    `SELECT i.userId FROM informants i
     JOIN wage_checks k ON k.enterpriseId = i.enterpriseId AND k.month = :month AND k.leftOutReason IS NULL
     WHERE i.townId = :townId AND i.activeFrom <= :day AND (i.activeTo IS NULL OR i.activeTo >= :day)
       AND NOT EXISTS (SELECT 1 FROM wage_reports r WHERE r.checkId = k.id AND r.informantId = i.id)
     ORDER BY i.userId`,
    { townId, month, day },
  );
  return rows.map(({ userId }) => userId);
}

/** How many enterprises each officer of a town answers for on a day that nobody has checked in a month; none is left out. */
export async function uncheckedByOfficer(
  townId: string,
  month: Month,
  day: CalendarDay,
): Promise<{ officerId: string; count: number }[]> {
  const coverage = await coverageByOfficer([townId], month, day);
  return [...coverage]
    .map(([officerId, { due, checked }]) => ({ officerId, count: due - checked }))
    .filter(({ count }) => count > 0);
}

/** An open action of a warning that is late and was not told to be. */
export interface LateAction {
  id: string;
  warningId: string;
  townId: string;
  villageId: string | null;
  level: WarningLevel;
  /** The name of the enterprise. */
  enterprise: string;
  assigneeId: string | null;
  dueOn: CalendarDay;
}

/** The late actions of a town of which nobody was told, the oldest first. */
export function lateActions(townId: string, day: CalendarDay): Promise<LateAction[]> {
  return selectRows<LateAction>(
    `SELECT a.id, a.warningId, w.townId, w.villageId, w.level, e.name AS enterprise, a.assigneeId, a.dueOn
     FROM warnings w JOIN warning_actions a ON a.warningId = w.id JOIN enterprises e ON e.id = w.enterpriseId
     WHERE w.townId = :townId AND w.endedOn IS NULL AND w.dueOn < :day
       AND a.openKey IS NOT NULL AND a.dueOn < :day AND a.lateToldOn IS NULL
     ORDER BY a.dueOn, a.id`,
    { townId, day },
  );
}
