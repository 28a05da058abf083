import { createTable, dropTable } from '../dialect.ts';
import { bytes, code, count, day, fen, flag, id, instant, longText, optional, ref, text } from './columns.ts';

/** What both a report and a finding say of arrears and of what threatens them (DOMAIN §6). */
const signs = () => ({
  arrearsPeople: count({ default: 0 }),
  arrearsFen: fen({ default: 0 }),
  arrearsSince: day(optional),
  deferredUntil: day(optional),
  deferralConsent: flag(optional),
  belowMinimum: flag(optional),
  leaversUnpaid: count(optional),
  leaversUnpaidSince: day(optional),
  risks: longText(optional),
});

/** The monthly round (一份责): one check of an enterprise's wages per month, its reports, findings and rectifications. */
export async function up(): Promise<void> {
  await createTable(
    'round_exemptions',
    {
      id: id(),
      townId: ref('areas'),
      enterpriseId: ref('enterprises'),
      reason: code(20),
      explanation: text(500, optional),
      // The first month that is left out, and the first that is not any more.
      fromMonth: code(7),
      toMonth: code(7, optional),
      openKey: code(36, optional),
      byId: ref('users'),
      at: instant(),
      endedById: ref('users', optional),
      endedAt: instant(optional),
    },
    { unique: [['openKey']], indexes: [['enterpriseId', 'fromMonth']] },
  );
  await createTable(
    'wage_checks',
    {
      id: id(),
      townId: ref('areas'),
      villageId: ref('areas', optional),
      enterpriseId: ref('enterprises'),
      month: code(7),
      state: code(20),
      // Its village's place in the town, then how pressing it is: the order of the officers' list.
      listKey: code(20),
      payDay: count(optional),
      payDueOn: day(optional),
      leftOutReason: code(20, optional),
      reportedOn: day(optional),
      contradicted: flag({ default: 0 }),
      checkedOn: day(optional),
      checkedById: ref('users', optional),
      payState: code(20, optional),
      arrearsPeople: count({ default: 0 }),
      arrearsFen: fen({ default: 0 }),
      rectifyBy: day(optional),
      // When what is owed was promised, by the last finding.
      promisedOn: day(optional),
      openedAt: instant(),
      version: count({ default: 0 }),
    },
    {
      unique: [['enterpriseId', 'month']],
      indexes: [
        ['townId', 'month', 'listKey', 'id'],
        ['villageId', 'month', 'listKey', 'id'],
        ['townId', 'month', 'villageId', 'leftOutReason', 'checkedOn'],
        ['month', 'villageId', 'leftOutReason', 'checkedOn'],
      ],
    },
  );
  await createTable(
    'wage_reports',
    {
      id: id(),
      checkId: ref('wage_checks'),
      enterpriseId: ref('enterprises'),
      source: code(20),
      informantId: ref('informants', optional),
      reporterId: ref('users'),
      // Its check and who reports, while it is the one that counts.
      openKey: code(80, optional),
      correctsId: ref('wage_reports', optional),
      headcount: count(),
      migrants: count(optional),
      women: count(optional),
      dispatched: count(optional),
      overAge: count(optional),
      payDay: count(optional),
      payDueOn: day(optional),
      paidOn: day(optional),
      paidPeople: count(),
      unpaidPeople: count(),
      grossFen: fen(optional),
      netFen: fen(optional),
      ...signs(),
      channel: code(20, optional),
      wageSlips: flag(optional),
      protection: longText(optional),
      nothingUnusual: flag({ default: 0 }),
      note: longText(optional),
      photoType: code(100, optional),
      photoLength: count(optional),
      reportedOn: day(),
      createdAt: instant(),
      changedAt: instant(optional),
      version: count({ default: 0 }),
    },
    {
      unique: [['openKey']],
      indexes: [
        ['checkId', 'createdAt'],
        ['enterpriseId', 'createdAt'],
        ['informantId', 'createdAt'],
      ],
    },
  );
  await createTable(
    'wage_report_photos',
    { reportId: ref('wage_reports'), position: count(), bytes: bytes() },
    { primaryKey: ['reportId', 'position'] },
  );
  await createTable(
    'wage_findings',
    {
      id: id(),
      checkId: ref('wage_checks'),
      enterpriseId: ref('enterprises'),
      officerId: ref('users'),
      manner: code(20),
      verdict: code(20),
      payState: code(20),
      ...signs(),
      promisedOn: day(optional),
      // The names of who is owed wages, encrypted.
      workers: longText(optional),
      note: longText(optional),
      foundOn: day(),
      caseId: ref('cases', optional),
      createdAt: instant(),
    },
    {
      indexes: [
        ['checkId', 'createdAt'],
        ['enterpriseId', 'createdAt'],
        ['officerId', 'foundOn'],
        ['caseId'],
      ],
    },
  );
  await createTable(
    'rectifications',
    {
      id: id(),
      checkId: ref('wage_checks'),
      enterpriseId: ref('enterprises'),
      demand: longText(),
      dueOn: day(),
      openKey: code(36, optional),
      issuedById: ref('users'),
      issuedOn: day(),
      createdAt: instant(),
      result: code(20, optional),
      resultNote: text(1000, optional),
      closedOn: day(optional),
      closedById: ref('users', optional),
    },
    { unique: [['openKey']], indexes: [['checkId', 'createdAt'], ['enterpriseId'], ['closedOn', 'dueOn']] },
  );
}

export async function down(): Promise<void> {
  for (const table of [
    'rectifications',
    'wage_findings',
    'wage_report_photos',
    'wage_reports',
    'wage_checks',
    'round_exemptions',
  ])
    await dropTable(table);
}
