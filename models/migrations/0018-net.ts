import { createTable, dropTable } from '../dialect.ts';
import { code, id, instant, optional, ref } from './columns.ts';

/** What the net (一张网) hands out: contact cards (联系卡) with an address of their own. */
export async function up(): Promise<void> {
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
  await dropTable('contact_cards');
}
