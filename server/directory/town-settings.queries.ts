import { townSettingsOn, type TownSettings } from '../../config/town.ts';
import { Setting } from '../../models/areas.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';

/** A town's settings on a day: its own dated values where it has any, else the defaults. */
export async function settingsOf(townId: string, on: CalendarDay = today()): Promise<TownSettings> {
  const stored = await Setting.findAll({ where: { areaId: townId } });
  return townSettingsOn(
    on,
    stored.map((setting) => ({
      key: setting.key,
      value: JSON.stringify(setting.value),
      validFrom: setting.validFrom,
    })),
  );
}
