import { createTable, dropTable } from '../dialect.ts';
import { code, count, day, flag, id, instant, longText, optional, ref, text } from './columns.ts';

/** Who answers for the wages of which enterprise (一份责), who reports from within it, and the leaders' visits (下访). */
export async function up(): Promise<void> {
  await createTable(
    'responsibilities',
    {
      id: id(),
      townId: ref('areas'),
      officerId: ref('users'),
      enterpriseId: ref('enterprises', optional),
      villageId: ref('areas', optional),
      kind: code(20),
      isLead: flag({ default: 0 }),
      fromDay: day(),
      toDay: day(optional),
      // Unique while it runs: one of a kind per officer and object, one lead per object.
      openKey: code(120, optional),
      leadKey: code(40, optional),
      namedById: ref('users'),
      namedAt: instant(),
      endedById: ref('users', optional),
    },
    {
      unique: [['openKey'], ['leadKey']],
      indexes: [
        ['enterpriseId', 'fromDay'],
        ['villageId', 'fromDay'],
        ['officerId', 'fromDay'],
        ['townId', 'toDay'],
        ['townId', 'fromDay', 'id'],
      ],
      checks: ['(enterpriseId IS NULL) <> (villageId IS NULL)', '(toDay IS NULL) = (openKey IS NOT NULL)'],
    },
  );
  await createTable(
    'informants',
    {
      id: id(),
      townId: ref('areas'),
      villageId: ref('areas', optional),
      enterpriseId: ref('enterprises'),
      userId: ref('users'),
      code: code(20),
      name: code(255),
      phone: code(255, optional),
      activeFrom: day(),
      activeTo: day(optional),
      namedById: ref('users'),
      createdAt: instant(),
      version: count({ default: 0 }),
    },
    {
      unique: [['code'], ['userId']],
      indexes: [
        ['enterpriseId', 'activeTo'],
        ['townId', 'code'],
      ],
    },
  );
  await createTable(
    'leader_visits',
    {
      id: id(),
      townId: ref('areas'),
      villageId: ref('areas', optional),
      enterpriseId: ref('enterprises', optional),
      caseId: ref('cases', optional),
      visitedOn: day(),
      leaders: text(200),
      place: text(200),
      issue: longText(),
      answer: longText(optional),
      recordedById: ref('users'),
      recordedAt: instant(),
      version: count({ default: 0 }),
    },
    { indexes: [['townId', 'visitedOn', 'id'], ['villageId', 'visitedOn'], ['enterpriseId'], ['caseId']] },
  );
}

export async function down(): Promise<void> {
  for (const table of ['leader_visits', 'informants', 'responsibilities']) await dropTable(table);
}
