import { expect } from 'chai';
import { DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import type { Enterprise } from '../../models/directory.ts';
import { WageCheck } from '../../models/wage-checks.ts';
import { Warning } from '../../models/warnings.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { recordFinding, type FindingValues } from '../../server/wage-checks/findings.service.ts';
import { openRound } from '../../server/wage-checks/rounds.service.ts';
import { evaluateWarnings } from '../../server/wage-checks/warning-night.service.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, aReader, aTown } from '../support/factories.ts';

const NOTHING: Omit<FindingValues, 'foundOn'> = {
  ...{ manner: 'visit', verdict: 'noReport', payState: 'paid' },
  ...{ arrearsPeople: 0, arrearsFen: 0, arrearsSince: null, deferredUntil: null, deferralConsent: null },
  ...{ belowMinimum: null, leaversUnpaid: null, leaversUnpaidSince: null, risks: [] },
  ...{ promisedOn: null, workers: [], note: null },
};

describe('the warning of what the round finds', () => {
  useDatabase();
  let dispatcher: Reader;
  let enterprise: Enterprise;

  const at = (day: CalendarDay) => setClock(() => instantOf(day, '10:00'));
  const night = async (day: CalendarDay) => {
    at(day);
    await evaluateWarnings({ day, inTurn: inTx });
  };
  const find = async (day: CalendarDay, found: Partial<FindingValues>) => {
    at(day);
    const check = await WageCheck.findOne({ where: { enterpriseId: enterprise.id, month: day.slice(0, 7) } });
    await recordFinding(dispatcher, check!.id, { ...NOTHING, foundOn: day, ...found });
  };
  const warning = () => Warning.findOne({ where: { openKey: enterprise.id } });

  before(async () => {
    at('2026-03-02');
    const town = await aTown();
    dispatcher = await aReader(['dispatcher', town]);
    enterprise = await anEnterprise(town, '江阴某针织厂');
  });
  after(() => setClock());

  it('goes from yellow to orange to red with its case, and after verified payment is watched', async () => {
    await openRound({ day: '2026-03-02', inTurn: inTx });
    const owed = { payState: 'unpaid' as const, arrearsPeople: 3, arrearsFen: 1_800_000 };
    await find('2026-03-20', { ...owed, arrearsSince: '2026-03-13' });
    expect(await warning()).to.include({ level: 'yellow' });
    await night('2026-04-12');
    expect((await warning())!.level, '30 days').to.equal('yellow');
    await night('2026-04-13');
    expect((await warning())!.level, '31 days').to.equal('orange');
    await night('2026-05-11');
    expect((await warning())!.level, '59 days').to.equal('orange');
    expect(await DisputeCase.count()).to.equal(0);
    await night('2026-05-12');
    expect((await warning())!.level, '60 days').to.equal('red');
    const [opened, ...others] = await DisputeCase.findAll();
    expect([opened!.source, opened!.enterpriseId, others]).to.deep.equal(['wageCheck', enterprise.id, []]);
    await night('2026-05-20');
    expect(await DisputeCase.count(), 'once').to.equal(1);
    at('2026-05-25');
    const check = (await WageCheck.findOne({ where: { enterpriseId: enterprise.id, month: '2026-03' } }))!;
    await recordFinding(dispatcher, check.id, { ...NOTHING, foundOn: '2026-05-25' });
    expect((await warning())!.level, 'six months of watching (Art. 40)').to.equal('blue');
    await night('2026-11-24');
    expect((await warning())?.level).to.equal('blue');
    await night('2026-11-26');
    expect(await warning()).to.equal(null);
  });
});
