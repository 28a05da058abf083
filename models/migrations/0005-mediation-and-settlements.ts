import { createTable, dropTable } from '../dialect.ts';
import { code, count, day, fen, id, instant, longText, optional, ref, text } from './columns.ts';

/** Contacts, sessions, settlements, instalments and payments. */
export async function up(): Promise<void> {
  await createTable(
    'contacts',
    {
      id: id(),
      caseId: ref('cases'),
      at: instant(),
      byId: ref('users'),
      channel: code(20),
      party: code(20),
      claimantId: ref('claimants', optional),
      reached: code(10),
      note: longText(optional),
      mood: code(20, optional),
      risk: code(20, optional),
      fromCaseId: ref('cases', optional),
      createdAt: instant(),
    },
    { indexes: [['caseId', 'at', 'id']] },
  );
  await createTable(
    'mediation_sessions',
    {
      id: id(),
      caseId: ref('cases'),
      mediatorId: ref('users'),
      roomId: ref('rooms', optional),
      place: text(200, optional),
      startsAt: instant(),
      endsAt: instant(),
      attendees: text(500),
      state: code(20),
      minutes: longText(optional),
      plannedById: ref('users'),
      fromCaseId: ref('cases', optional),
      createdAt: instant(),
      version: count({ default: 0 }),
    },
    {
      indexes: [
        ['caseId', 'startsAt', 'id'],
        ['mediatorId', 'state', 'startsAt'],
        ['roomId', 'state', 'startsAt'],
      ],
      checks: ['endsAt > startsAt', 'roomId IS NOT NULL OR place IS NOT NULL'],
    },
  );
  await createTable(
    'settlements',
    {
      id: id(),
      caseId: ref('cases'),
      openKey: code(60, optional),
      kind: code(30),
      terms: longText(),
      draftedById: ref('users'),
      draftedAt: instant(),
      totalFen: fen(),
      schedule: longText(optional),
      signedOn: day(optional),
      withdrawnAt: instant(optional),
      confirmation: code(30, optional),
      confirmationFiledOn: day(optional),
      version: count({ default: 0 }),
    },
    { unique: [['openKey']], indexes: [['caseId']], checks: ['totalFen >= 0'] },
  );
  await createTable(
    'instalments',
    {
      id: id(),
      settlementId: ref('settlements'),
      caseId: ref('cases'),
      claimantId: ref('claimants'),
      dueOn: day(),
      amountFen: fen(),
      version: count({ default: 0 }),
    },
    {
      unique: [['settlementId', 'claimantId', 'dueOn']],
      indexes: [['caseId', 'dueOn'], ['dueOn']],
      checks: ['amountFen > 0'],
    },
  );
  await createTable(
    'payments',
    {
      id: id(),
      caseId: ref('cases'),
      instalmentId: ref('instalments'),
      claimantId: ref('claimants'),
      amountFen: fen(),
      paidOn: day(),
      manner: code(20),
      proof: text(500),
      state: code(20),
      recordedById: ref('users'),
      recordedAt: instant(),
      decidedById: ref('users', optional),
      decidedAt: instant(optional),
      version: count({ default: 0 }),
    },
    {
      indexes: [
        ['caseId'],
        ['instalmentId'],
        ['state', 'paidOn', 'caseId', 'claimantId', 'amountFen'],
        ['claimantId'],
      ],
      checks: ['amountFen > 0', 'decidedById IS NULL OR decidedById <> recordedById'],
    },
  );
  await createTable(
    'payment_reversals',
    {
      id: id(),
      caseId: ref('cases'),
      paymentId: ref('payments'),
      openKey: code(60, optional),
      reason: text(500),
      state: code(20),
      recordedById: ref('users'),
      recordedAt: instant(),
      decidedById: ref('users', optional),
      decidedAt: instant(optional),
    },
    {
      unique: [['openKey']],
      indexes: [['caseId'], ['paymentId']],
      checks: ['decidedById IS NULL OR decidedById <> recordedById'],
    },
  );
  await createTable(
    'ledger_recoveries',
    {
      id: id(),
      caseId: ref('cases'),
      paidOn: day(),
      amountFen: fen(),
      workers: count(),
      migrantWorkers: count(optional),
      migrantFen: fen(optional),
    },
    {
      unique: [['caseId']],
      indexes: [['paidOn', 'caseId', 'amountFen']],
      checks: [
        'amountFen > 0',
        'migrantFen IS NULL OR migrantFen <= amountFen',
        'migrantWorkers IS NULL OR migrantWorkers <= workers',
      ],
    },
  );
}

export async function down(): Promise<void> {
  for (const table of [
    'ledger_recoveries',
    'payment_reversals',
    'payments',
    'instalments',
    'settlements',
    'mediation_sessions',
    'contacts',
  ])
    await dropTable(table);
}
