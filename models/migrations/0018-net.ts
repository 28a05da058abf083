import { createTable, dropTable } from '../dialect.ts';
import { code, id, instant, optional, ref } from './columns.ts';

/** What the people of the net (一张网) can do and where they go; contact cards (联系卡) with an address of their own. */
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
      indexes: [['townId', 'madeAt', 'id'], ['villageId', 'madeAt', 'id'], ['enterpriseId']],
      checks: [
        'enterpriseId IS NOT NULL OR villageId IS NOT NULL',
        '(revokedAt IS NULL) = (openKey IS NOT NULL)',
      ],
    },
  );
}

export async function down(): Promise<void> {
  for (const table of ['contact_cards', 'person_villages', 'person_skills']) await dropTable(table);
}
