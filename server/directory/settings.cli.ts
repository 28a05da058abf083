import type { Command } from 'commander';
import { TOWN_SETTINGS, type TownSettingKey } from '../../config/town.ts';
import { isCalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { Unacceptable } from '../shared/errors.ts';
import { townByCode } from './areas.queries.ts';
import { settingsOf } from './town-settings.queries.ts';
import { setTownSetting } from './town-settings.service.ts';

/** `setting list` and `setting set`: a town's rules and thresholds from a terminal. */
export function addSettingCommands(program: Command): void {
  const setting = program.command('setting').description("a town's rules and thresholds");
  setting
    .command('list')
    .description('every setting with its value in force and its source')
    .option('--area <code>', 'code of the town')
    .action(async (options: { area?: string }) => {
      const settings = await settingsOf((await townByCode(options.area)).id);
      for (const [key, { unit, source }] of Object.entries(TOWN_SETTINGS)) {
        process.stdout.write(
          `${key} = ${JSON.stringify(settings[key as TownSettingKey])}  (${unit}; ${source})\n`,
        );
      }
    });
  setting
    .command('set <key> <json>')
    .description('set one from a day on, its value as JSON')
    .option('--from <day>', 'first day, YYYY-MM-DD; today when absent')
    .option('--area <code>', 'code of the town')
    .action(async (key: string, json: string, options: { from?: string; area?: string }) => {
      const validFrom = options.from ?? today();
      if (!isCalendarDay(validFrom)) throw new Unacceptable('errors.notADay');
      await setTownSetting(null, (await townByCode(options.area)).id, {
        key,
        value: parsed(key, json),
        validFrom,
      });
    });
}

function parsed(key: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Unacceptable('directory.errors.settingValue', { key });
  }
}
