import type { DisputeCase } from '../../models/cases.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { isCollective } from '../reports/indicators.rules.ts';

/**
 * What a case says of so many workers, and its history when they make it collective (劳动争议调解仲裁法 7); whoever routes
 * follows that.
 */
export async function countWorkers({ townId, collective: before }: DisputeCase, workers: number) {
  const { groupWorkers } = await settingsOf(townId);
  const collective = isCollective(workers, groupWorkers);
  const detail: { collective?: true } = collective && !before ? { collective: true } : {};
  return { set: { workers, collective }, detail };
}
