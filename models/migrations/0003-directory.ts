import { createTable, dropTable } from '../dialect.ts';
import { code, count, day, flag, id, instant, longText, optional, ref, text } from './columns.ts';

/** Enterprises with their aliases, mediation rooms with their mediators, and the other people of the net. */
export async function up(): Promise<void> {
  await createTable(
    'enterprises',
    {
      id: id(),
      townId: ref('areas'),
      villageId: ref('areas', optional),
      name: text(200),
      normalisedName: code(200),
      creditCode: code(18, optional),
      industry: code(40),
      headcount: count(optional),
      contactName: text(100, optional),
      contactPhone: code(200, optional),
      hasCommittee: flag({ default: 0 }),
      warningLevel: code(20, optional),
      active: flag({ default: 1 }),
      createdAt: instant(),
      version: count({ default: 0 }),
    },
    {
      unique: [
        ['townId', 'creditCode'],
        ['townId', 'name'],
      ],
      indexes: [
        ['townId', 'normalisedName', 'id'],
        ['townId', 'villageId', 'normalisedName', 'id'],
      ],
      checks: ['headcount IS NULL OR headcount >= 0'],
    },
  );
  await createTable(
    'enterprise_aliases',
    { id: id(), enterpriseId: ref('enterprises'), alias: text(200), normalisedAlias: code(200) },
    { unique: [['enterpriseId', 'alias']], indexes: [['normalisedAlias']] },
  );
  await createTable(
    'rooms',
    {
      id: id(),
      townId: ref('areas'),
      areaId: ref('areas'),
      enterpriseId: ref('enterprises', optional),
      level: code(20),
      name: text(100),
      address: text(200, optional),
      openingHours: text(100, optional),
      mapLink: text(500, optional),
      phone: code(40, optional),
      active: flag({ default: 1 }),
      createdAt: instant(),
      version: count({ default: 0 }),
    },
    { unique: [['townId', 'name']], indexes: [['areaId', 'level'], ['enterpriseId']] },
  );
  await createTable(
    'room_mediators',
    { id: id(), roomId: ref('rooms'), userId: ref('users'), activeFrom: day(), activeTo: day(optional) },
    { unique: [['roomId', 'userId', 'activeFrom']], indexes: [['userId']] },
  );
  await createTable(
    'people',
    {
      id: id(),
      townId: ref('areas'),
      areaId: ref('areas'),
      name: text(100),
      kind: code(40),
      phone: code(200, optional),
      activeFrom: day(),
      activeTo: day(optional),
      createdAt: instant(),
      version: count({ default: 0 }),
    },
    {
      indexes: [
        ['townId', 'name', 'id'],
        ['areaId', 'kind'],
      ],
    },
  );
  await createTable(
    'uploads',
    {
      id: id(),
      kind: code(20),
      userId: ref('users'),
      townId: ref('areas'),
      fileName: text(255),
      byteLength: count(),
      sha256: code(64),
      mapping: longText(optional),
      createdAt: instant(),
      expiresAt: instant(),
    },
    { indexes: [['expiresAt'], ['userId']] },
  );
}

export async function down(): Promise<void> {
  for (const table of ['uploads', 'people', 'room_mediators', 'rooms', 'enterprise_aliases', 'enterprises'])
    await dropTable(table);
}
