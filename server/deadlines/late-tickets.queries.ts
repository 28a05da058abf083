import { settingsOf } from '../directory/town-settings.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { currentCalendar } from './calendar.queries.ts';
import { lastLateReceipt } from './clocks.rules.ts';

/** For each town the last day of receipt whose tickets should have been routed before today. */
export async function lastLateReceipts(
  townIds: readonly string[],
): Promise<{ townId: string; lastDay: CalendarDay }[]> {
  const calendar = await currentCalendar();
  return Promise.all(
    townIds.map(async (townId) => ({
      townId,
      lastDay: lastLateReceipt(today(), await settingsOf(townId), calendar),
    })),
  );
}
