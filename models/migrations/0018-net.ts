import { createTable, dropTable } from '../dialect.ts';
import { bytes, code, count, day, id, instant, longText, optional, ref, text } from './columns.ts';

/**
 * What the people of the net (一张网) can do and where they go; contact cards (联系卡) with an address of their own;
 * outreach events (宣传活动) with their photos.
 */
export async function up(): Promise<void> {
  await createTable(
    'person_skills',
    { id: id(), personId: ref('people'), skill: code(20) },
    { unique: [['personId', 'skill']], indexes: [['skill', 'personId']] },
  );
  await createTable(
    'person_villages',
    { id: id(), personId: ref('people'), areaId: ref('areas') },
    { unique: [['personId', 'areaId']], indexes: [['areaId', 'personId']] },
  );
  await createTable(
    'contact_cards',
    {
      id: id(),
      townId: ref('areas'),
      villageId: ref('areas', optional),
      enterpriseId: ref('enterprises', optional),
      informantId: ref('informants', optional),
      token: code(32),
      // Unique while the card is in force: one for an enterprise, a village, and each informant.
      openKey: code(80, optional),
      madeById: ref('users'),
      madeAt: instant(),
      revokedAt: instant(optional),
      revokedById: ref('users', optional),
      reason: code(20, optional),
    },
    {
      unique: [['token'], ['openKey']],
      indexes: [['townId', 'madeAt', 'id'], ['villageId', 'madeAt', 'id'], ['enterpriseId'], ['informantId']],
      checks: [
        'enterpriseId IS NOT NULL OR villageId IS NOT NULL',
        '(revokedAt IS NULL) = (openKey IS NOT NULL)',
      ],
    },
  );
  await createTable(
    'outreach_events',
    {
      id: id(),
      townId: ref('areas'),
      villageId: ref('areas', optional),
      heldOn: day(),
      kind: code(20),
      title: text(200),
      place: text(200),
      audience: count(),
      materials: count(),
      materialsNote: text(500, optional),
      note: longText(optional),
      recordedById: ref('users'),
      recordedAt: instant(),
      version: count({ default: 0 }),
      voidedAt: instant(optional),
      voidedById: ref('users', optional),
      voidReason: text(500, optional),
    },
    {
      indexes: [
        ['townId', 'heldOn', 'id'],
        ['villageId', 'heldOn', 'id'],
      ],
      checks: ['audience >= 0 AND materials >= 0'],
    },
  );
  await createTable(
    'outreach_photos',
    {
      id: id(),
      outreachId: ref('outreach_events'),
      contentType: code(20),
      byteLength: count(),
      caption: text(200, optional),
      addedById: ref('users'),
      addedAt: instant(),
      removedAt: instant(optional),
      removedById: ref('users', optional),
    },
    { indexes: [['outreachId', 'addedAt', 'id']] },
  );
  await createTable(
    'outreach_photo_parts',
    { photoId: ref('outreach_photos'), position: count(), bytes: bytes() },
    { primaryKey: ['photoId', 'position'] },
  );
}

export async function down(): Promise<void> {
  const outreach = ['outreach_photo_parts', 'outreach_photos', 'outreach_events'];
  for (const table of [...outreach, 'contact_cards', 'person_villages', 'person_skills'])
    await dropTable(table);
}
