import { Claimant, type DisputeCase } from '../../models/cases.ts';
import { Contact } from '../../models/mediation.ts';
import { findRows } from '../../models/rows.ts';
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

/**
 * Before others join a case of one worker: the calls with the worker were with that one, and are not taken for calls with
 * all of them afterwards.
 */
export async function nameOnlyWorker({ id: caseId, workers }: DisputeCase): Promise<void> {
  const [only, another] = await findRows(Claimant, { caseId }, { limit: 2 });
  if (!only || another || workers > 1) return;
  await Contact.update({ claimantId: only.id }, { where: { caseId, party: 'worker', claimantId: null } });
}
