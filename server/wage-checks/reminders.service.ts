import { Op } from 'sequelize';
import { WarningAction } from '../../models/warnings.ts';
import { allTownIds } from '../directory/areas.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { isMorningOver } from '../notifications/digest.service.ts';
import { holdersOf } from '../notifications/recipients.queries.ts';
import { tell } from '../notifications/tell.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { JobContext } from '../shared/job.ts';
import {
  informantsWithoutReport,
  lateActions,
  uncheckedByOfficer,
  type LateAction,
} from './reminders.queries.ts';
import { lastReminder, reportReminder } from './reminders.rules.ts';

/** So many people are told in one transaction. */
const BATCH = 500;

/** The towns in which it is late enough on a day to remind people. */
async function townsAwake(day: CalendarDay): Promise<string[]> {
  const awake: string[] = [];
  for (const townId of await allTownIds()) if (await isMorningOver(townId, day)) awake.push(townId);
  return awake;
}

/**
 * The sweep: reminds, once for each day of reminders, the informants whose report of the month is not there. What they
 * are told names neither the enterprise nor what it is about.
 */
export async function remindInformants({ day, inTurn }: JobContext): Promise<{ informantsReminded: number }> {
  let informantsReminded = 0;
  for (const townId of await townsAwake(day)) {
    const reminder = reportReminder(day, await settingsOf(townId, day));
    if (reminder === null) continue;
    const { month, since, dueOn } = reminder;
    const people = await informantsWithoutReport(townId, month, day);
    const told = {
      ...{ template: 'round.report' as const, subject: { type: 'area', id: townId }, path: '/wage-report' },
      ...{ params: { month, day: dueOn }, once: `round.report:${since}` },
    };
    for (let at = 0; at < people.length; at += BATCH)
      informantsReminded += await inTurn(() => tell(people.slice(at, at + BATCH), told));
  }
  return { informantsReminded };
}

/** The sweep: reminds, once for each day of reminders, the officers who answer for enterprises that nobody has checked. */
export async function remindOfficers({ day, inTurn }: JobContext): Promise<{ officersReminded: number }> {
  let officersReminded = 0;
  for (const townId of await townsAwake(day)) {
    const reminder = lastReminder(day, (await settingsOf(townId, day)).officerReminderDays);
    if (reminder === null) continue;
    const { month, since } = reminder;
    for (const { officerId, count } of await uncheckedByOfficer(townId, month, day)) {
      const told = {
        ...{ template: 'round.unchecked' as const, subject: { type: 'area', id: townId } },
        ...{
          path: `/wage-checks?month=${month}`,
          params: { month, count },
          once: `round.unchecked:${since}:${townId}`,
        },
      };
      officersReminded += await inTurn(() => tell([officerId], told));
    }
  }
  return { officersReminded };
}

/** The sweep: tells the named person and the dispatchers, once, of each action of a warning that is late. */
export async function remindLate({ day, inTurn }: JobContext): Promise<{ lateTold: number }> {
  let lateTold = 0;
  for (const townId of await townsAwake(day))
    for (const action of await lateActions(townId, day))
      if (await inTurn(() => tellLate(action, day))) lateTold++;
  return { lateTold };
}

/** False where it was done, or told, meanwhile. */
async function tellLate(action: LateAction, day: CalendarDay): Promise<boolean> {
  const where = { id: action.id, openKey: { [Op.ne]: null }, lateToldOn: null };
  const [mine] = await WarningAction.update({ lateToldOn: day }, { where });
  if (mine === 0) return false;
  const { warningId, assigneeId, level, dueOn, enterprise: about } = action;
  await tell([assigneeId, ...(await holdersOf('dispatcher', action))], {
    ...{ template: 'warning.late', subject: { type: 'warning', id: warningId } },
    ...{ path: `/warnings/${warningId}`, params: { level, day: dueOn }, about },
  });
  return true;
}
