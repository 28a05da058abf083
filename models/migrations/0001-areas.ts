import { createTable, dropTable } from '../dialect.ts';
import { bytes, code, count, day, flag, id, instant, longText, optional, ref, text } from './columns.ts';

/** The tree of areas, the dated settings, the calendar and what every feature stands on. */
export async function up(): Promise<void> {
  await createTable(
    'areas',
    {
      id: id(),
      code: code(64),
      name: text(100),
      kind: code(20),
      parentId: ref('areas', optional),
      path: code(255),
      position: count({ default: 0 }),
    },
    { unique: [['code']], indexes: [['path'], ['parentId', 'position']] },
  );
  await createTable(
    'settings',
    {
      id: id(),
      areaId: ref('areas'),
      key: code(100),
      value: longText(),
      validFrom: day(),
      createdAt: instant(),
    },
    { unique: [['areaId', 'key', 'validFrom']] },
  );
  await createTable('calendar_years', { year: count(), source: text(200) }, { primaryKey: ['year'] });
  await createTable(
    'calendar_days',
    { day: day(), isWorkday: flag(), name: text(50) },
    { primaryKey: ['day'] },
  );
  await createTable('encryption_keys', { id: code(16), createdAt: instant() });
  await createTable(
    'sessions',
    {
      sid: code(128),
      expires: instant(),
      data: longText(),
      createdAt: instant(),
      updatedAt: instant(),
      userId: code(36, optional),
    },
    { primaryKey: ['sid'], indexes: [['expires'], ['userId']] },
  );
  await createTable(
    'upload_chunks',
    { uploadId: code(36), position: count(), bytes: bytes() },
    { primaryKey: ['uploadId', 'position'] },
  );
}

export async function down(): Promise<void> {
  for (const table of [
    'upload_chunks',
    'sessions',
    'encryption_keys',
    'calendar_days',
    'calendar_years',
    'settings',
    'areas',
  ]) {
    await dropTable(table);
  }
}
