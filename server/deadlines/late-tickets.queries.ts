import { settingsOf } from '../directory/town-settings.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { currentCalendar } from './calendar.queries.ts';
import { daysLeft, dispatchDeadline, lastLateReceipt } from './clocks.rules.ts';

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

/** For each ticket by how many days its routing is late; 0 for one in time and one that does not wait. */
export async function daysLateToRoute(
  tickets: readonly { townId: string; receivedOn: CalendarDay; waits: boolean }[],
): Promise<number[]> {
  const calendar = await currentCalendar();
  const townIds = [...new Set(tickets.map(({ townId }) => townId))];
  const settings = new Map(
    await Promise.all(townIds.map(async (townId) => [townId, await settingsOf(townId)] as const)),
  );
  return tickets.map(({ townId, receivedOn, waits }) => {
    if (!waits) return 0;
    const { dueOn } = dispatchDeadline(receivedOn, settings.get(townId)!, calendar);
    return Math.max(0, -daysLeft(dueOn, today()));
  });
}
