import { Op } from 'sequelize';
import { Session } from '../../models/accounts.ts';
import { now } from '../shared/clock.ts';
import type { JobContext } from '../shared/job.ts';

/** Removes the sessions whose twelve hours are over; gives how many. */
export async function endExpiredSessions({ inTurn }: JobContext): Promise<{ ended: number }> {
  const ended = await inTurn(() => Session.destroy({ where: { expires: { [Op.lt]: now() } } }));
  return { ended };
}
