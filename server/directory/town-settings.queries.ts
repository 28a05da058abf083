import { townSettingsOn, type TownSettings } from '../../config/town.ts';
import { oncePerTx, selectRows } from '../../models/dialect.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';

/** A town's settings on a day: its own dated values where it has any, else the defaults. */
export async function settingsOf(townId: string, on: CalendarDay = today()): Promise<TownSettings> {
  // Asked at every action on a case, and by hand because a model takes three times as long.
  const stored = await oncePerTx(`settings of ${townId}`, () =>
    selectRows<{ key: string; value: string; validFrom: CalendarDay }>(
      'SELECT `key`, `value`, `validFrom` FROM settings WHERE areaId = :townId',
      { townId },
    ),
  );
  return townSettingsOn(on, stored);
}
