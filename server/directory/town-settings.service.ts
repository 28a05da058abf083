import { isTownSettingKey, isTownSettingValue } from '../../config/town.ts';
import { Setting } from '../../models/areas.ts';
import { inTx } from '../../models/dialect.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { Unacceptable } from '../shared/errors.ts';

/**
 * Sets one of a town's settings from a day on; decisions already made keep the values they used. A second value for
 * the same day replaces the first.
 * @throws Unacceptable for an unknown setting or a value without its form
 */
export async function setTownSetting(
  actorId: string | null,
  townId: string,
  wish: { key: string; value: unknown; validFrom: CalendarDay },
): Promise<void> {
  const { key, value, validFrom } = wish;
  if (!isTownSettingKey(key)) throw new Unacceptable('directory.errors.settingUnknown', { key });
  if (!isTownSettingValue(key, value)) throw new Unacceptable('directory.errors.settingValue', { key });
  await inTx(async () => {
    const sameDay = await Setting.findOne({ where: { areaId: townId, key, validFrom } });
    if (sameDay) await sameDay.update({ value });
    else await Setting.create({ areaId: townId, key, value, validFrom });
    await recordAudit(actorId, {
      action: 'setTownSetting',
      objectType: 'area',
      objectId: townId,
      detail: { key, value, validFrom },
    });
  });
}
