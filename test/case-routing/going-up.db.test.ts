import { expect } from 'chai';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { MediationSession } from '../../models/mediation.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { goUpWhereDue } from '../../server/case-routing/going-up.service.ts';
import { mergeCases } from '../../server/cases/merger.service.ts';
import { splitOffWorker } from '../../server/cases/split-off.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';
import { aClaimant } from '../support/factories.ts';
import { aCaseAt, aTownAtWork } from '../support/town-at-work.ts';

describe('a meeting at the committee', () => {
  useDatabase();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Reader;
  let committee: Reader;

  before(async () => {
    subscribeFeatures();
    setClock(() => instantOf('2022-03-05', '12:00'));
    home = await aTownAtWork('祝塘镇');
    dispatcher = (await findSignedIn(home.sender.id))!.reader;
    committee = (await findSignedIn(home.same.mediators[0]!.id))!.reader;
  });
  after(() => setClock());

  const rowOf = (id: string) => DisputeCase.findByPk(id, { rejectOnEmpty: true });
  /** A case at the committee since 2 March, contacted in time. */
  const caseAt = async (met: boolean) => {
    const { caseId, sessionId } = await aCaseAt(home.same, 'mediated');
    const firstContactAt = instantOf('2022-03-02', '10:00');
    await DisputeCase.update({ enterpriseConsent: true, firstContactAt }, { where: { id: caseId! } });
    if (met) await MediationSession.update({ state: 'held' }, { where: { id: sessionId! } });
    else await MediationSession.destroy({ where: { id: sessionId! } });
    return rowOf(caseId!);
  };

  it('counts after a merger and after a split, and its absence sends up', async () => {
    const [met, stays, never, together] = [
      ...[await caseAt(true), await caseAt(false), await caseAt(false)],
      await caseAt(true),
    ] as const;
    const other = { otherId: stays.id, otherVersion: stays.version, stays: stays.id };
    await mergeCases(dispatcher, met.id, met.version, other);
    const leaving = await aClaimant(together, { name: '孙小红' });
    await DisputeCase.update({ workers: 2 }, { where: { id: together.id } });
    await splitOffWorker(committee, together.id, together.version, leaving.id, { reason: '另行主张' });
    const own = (await Claimant.findByPk(leaving.id))!.caseId;
    expect(await goUpWhereDue({ day: '2022-03-08', inTurn: inTx })).to.deep.equal({ goneUp: 1 });
    expect((await rowOf(never.id)).level).not.to.equal('enterprise');
    expect((await rowOf(never.id)).firstRoutedAt).to.deep.equal(never.firstRoutedAt);
    for (const id of [stays.id, together.id, own]) expect((await rowOf(id)).level).to.equal('enterprise');
  });
});
