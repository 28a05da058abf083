import { selectRows } from '../../models/dialect.ts';
import { Notice, NoticeAddress, OutboxMessage } from '../../models/notifications.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { instantOf, type CalendarDay } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import type { JobContext } from '../shared/job.ts';
import { stillToSay } from './still-to-do.queries.ts';
import { channelsOf } from './tell.service.ts';

/**
 * The sweep: from the town's morning hour of a day on, what waits for a person, is not read
 * and not done becomes one message per channel.
 * Whoever has had the digest of the day waits for the next one's.
 */
export async function dailyDigest({ day, inTurn }: JobContext): Promise<{ digests: number }> {
  let digests = 0;
  const times = new Map<string, boolean>();
  for (const { userId, areaId } of await waitingPeople()) {
    if (!times.has(areaId)) times.set(areaId, await isMorningOver(areaId, day));
    if (times.get(areaId) && (await inTurn(() => gather(userId, day)))) digests++;
  }
  return { digests };
}

/** Whoever has waiting notices, with the town of a role of theirs. */
function waitingPeople(): Promise<{ userId: string; areaId: string }[]> {
  return selectRows(
    `SELECT w.userId, COALESCE(MIN(CASE WHEN a.kind = 'village' THEN a.parentId ELSE a.id END), '') AS areaId
     FROM (SELECT DISTINCT userId FROM notices WHERE waiting = 1) w
     LEFT JOIN role_grants g ON g.userId = w.userId AND g.endedAt IS NULL
     LEFT JOIN areas a ON a.id = g.areaId
     GROUP BY w.userId ORDER BY w.userId`,
  );
}

/** Whether it is late enough on a day to write to people of a town, by its setting. */
export async function isMorningOver(areaId: string, day: CalendarDay): Promise<boolean> {
  const { digestTime } = await settingsOf(areaId, day);
  return now() >= instantOf(day, digestTime);
}

async function gather(userId: string, digestOn: CalendarDay): Promise<boolean> {
  if (await Notice.findOne({ where: { userId, digestOn }, attributes: ['id'] })) return false;
  // What was read in the program meanwhile is known.
  await Notice.update({ waiting: false }, { where: { userId, waiting: true, unread: false } });
  const waiting = await Notice.findAll({
    where: { userId, waiting: true },
    attributes: ['id', 'template', 'subjectId'],
    order: [['id', 'DESC']],
    raw: true,
  });
  const said = idsOf(await stillToSay(userId, waiting));
  const left = idsOf(waiting).filter((id) => !said.includes(id));
  await Notice.update({ waiting: false }, { where: { id: left } });
  const [gathered] = await Notice.update(
    { waiting: false, digestOn },
    { where: { id: said, waiting: true } },
  );
  const address = await NoticeAddress.findByPk(userId);
  if (gathered === 0 || address === null) return false;
  const channels = channelsOf(address);
  for (const channel of channels) await OutboxMessage.create({ userId, channel, digestOn, dueAt: now() });
  return channels.length > 0;
}

const idsOf = (notices: readonly { id: string }[]): string[] => notices.map(({ id }) => id);
