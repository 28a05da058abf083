import { createTable, dropTable } from '../dialect.ts';
import { code, id, instant, longText, optional, ref, text } from './columns.ts';

/** Kept readings of a town's files, and the imports that run or ran. */
export async function up(): Promise<void> {
  await createTable(
    'import_mappings',
    {
      id: id(),
      townId: ref('areas'),
      kind: code(20),
      name: code(100),
      openName: code(100, optional),
      headers: code(64),
      mapping: longText(),
      savedById: ref('users', optional),
      savedAt: instant(),
      endedById: ref('users', optional),
      endedAt: instant(optional),
    },
    {
      unique: [['townId', 'kind', 'openName']],
      indexes: [['townId', 'kind', 'savedAt']],
      checks: ['(endedAt IS NULL) = (openName IS NOT NULL)'],
    },
  );
  await createTable(
    'import_runs',
    {
      uploadId: id(),
      kind: code(20),
      townId: ref('areas'),
      userId: ref('users'),
      fileName: text(255),
      holder: code(36),
      startedAt: instant(),
      aliveAt: instant(),
      endedAt: instant(optional),
      batchId: ref('import_batches', optional),
    },
    {
      primaryKey: ['uploadId'],
      indexes: [['townId', 'endedAt']],
      checks: ['batchId IS NULL OR endedAt IS NOT NULL'],
    },
  );
}

export async function down(): Promise<void> {
  await dropTable('import_runs');
  await dropTable('import_mappings');
}
