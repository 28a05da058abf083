import { createTable, dropTable } from '../dialect.ts';
import { code, count, flag, id, instant, longText, optional, ref, text } from './columns.ts';

/** Users, their roles within an area, one-time links, and who did what. */
export async function up(): Promise<void> {
  await createTable(
    'users',
    {
      id: id(),
      username: code(64),
      displayName: text(100),
      passwordHash: code(255, optional),
      mustChangePassword: flag({ default: 1 }),
      failedAttempts: count({ default: 0 }),
      lockedUntil: instant(optional),
      language: code(10, { default: 'zh-CN' }),
      endedAt: instant(optional),
      createdAt: instant(),
      version: count({ default: 0 }),
    },
    { unique: [['username']] },
  );
  await createTable(
    'role_grants',
    {
      id: id(),
      userId: ref('users'),
      role: code(40),
      areaId: ref('areas'),
      enterpriseId: code(36, optional),
      grantedById: ref('users', optional),
      grantedAt: instant(),
      endedAt: instant(optional),
    },
    {
      indexes: [
        ['userId', 'endedAt'],
        ['areaId', 'role', 'endedAt'],
      ],
    },
  );
  await createTable(
    'one_time_links',
    {
      id: id(),
      userId: ref('users', optional),
      purpose: code(40),
      tokenHash: code(64),
      expiresAt: instant(),
      usedAt: instant(optional),
      createdAt: instant(),
    },
    { unique: [['tokenHash']], indexes: [['userId']] },
  );
  await createTable(
    'audit_entries',
    {
      id: id(),
      at: instant(),
      userId: ref('users', optional),
      action: code(60),
      objectType: code(40, optional),
      objectId: code(64, optional),
      detail: longText(optional),
    },
    {
      indexes: [
        ['at', 'id'],
        ['userId', 'at'],
        ['objectType', 'objectId', 'at'],
      ],
    },
  );
  await createTable(
    'idempotency_keys',
    {
      key: code(64),
      userId: ref('users'),
      bodyHash: code(64),
      location: code(255, optional),
      createdAt: instant(),
    },
    { primaryKey: ['key'], indexes: [['createdAt']] },
  );
}

export async function down(): Promise<void> {
  for (const table of ['idempotency_keys', 'audit_entries', 'one_time_links', 'role_grants', 'users'])
    await dropTable(table);
}
