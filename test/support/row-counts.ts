import { currentDatabase } from '../../models/dialect.ts';

/** How many rows every table has, by model; sessions are left out, because every page may write one. */
export async function rowCounts(): Promise<Record<string, number>> {
  const models = Object.values(currentDatabase().models).filter(({ name }) => name !== 'Session');
  const counts = await Promise.all(models.map(async (model) => [model.name, await model.count()] as const));
  return Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
