import { createTable, dropTable } from '../dialect.ts';
import { code, day, id, instant, optional, ref, text } from './columns.ts';

/** Cases that one mediator offers to another, and the people of the net who mediate beside them. */
export async function up(): Promise<void> {
  await createTable(
    'hand_overs',
    {
      id: id(),
      caseId: ref('cases'),
      openKey: ref('cases', optional),
      fromId: ref('users'),
      toId: ref('users'),
      roomId: ref('rooms'),
      reason: code(20),
      explanation: text(500),
      offeredById: ref('users'),
      offeredAt: instant(),
      answer: code(20, optional),
      answeredAt: instant(optional),
    },
    {
      unique: [['openKey']],
      indexes: [['caseId'], ['toId', 'openKey']],
      checks: ['fromId <> toId', '(answer IS NULL) = (openKey IS NOT NULL)'],
    },
  );
  await createTable(
    'co_mediators',
    {
      id: id(),
      caseId: ref('cases'),
      personId: ref('people'),
      openKey: ref('cases', optional),
      since: day(),
      until: day(optional),
      reason: text(500, optional),
      namedById: ref('users'),
      namedAt: instant(),
      endedById: ref('users', optional),
    },
    {
      unique: [['openKey', 'personId']],
      indexes: [['caseId'], ['personId']],
      checks: ['until IS NULL OR until >= since', '(until IS NULL) = (openKey IS NOT NULL)'],
    },
  );
}

export async function down(): Promise<void> {
  await dropTable('co_mediators');
  await dropTable('hand_overs');
}
