import { expect } from 'chai';
import { CaseEvent, Claim, Claimant, DisputeCase, Respondent } from '../../models/cases.ts';
import { lookupHash } from '../../models/encryption.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { mergeHints } from '../../server/case-routing/merge-suggestions.queries.ts';
import { presentCasePage } from '../../server/cases/case-page.presenter.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import { markDuplicate } from '../../server/cases/closing.service.ts';
import { mergeCases, takeMergedAlong } from '../../server/cases/merger.service.ts';
import { splitOffWorker } from '../../server/cases/split-off.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock, today } from '../../server/shared/clock.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aTicket, aUser } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';
import { aCaseAt, aTownAtWork, type CaseStage, type Corner } from '../support/town-at-work.ts';

const COMMITTEE = 'stays: merger.errors.mayNotStay';

describe('what was merged, split or marked as a duplicate is no back door', () => {
  useDatabase();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Reader;
  let committee: Reader;
  let official: Reader;
  let count = 0;

  before(() => subscribeFeatures());
  beforeEach(async () => {
    setClock(() => instantOf('2022-03-07', '12:00'));
    home = await aTownAtWork(`第${++count}镇`);
    [dispatcher, committee, official] = (await Promise.all(
      [home.sender, home.same.mediators[0]!, await aUser('赵志刚', 'official', home.town)].map(
        async ({ id }) => (await findSignedIn(id))!.reader,
      ),
    )) as [Reader, Reader, Reader];
  });
  afterEach(() => setClock());

  const rowOf = (id: string) => DisputeCase.findByPk(id, { rejectOnEmpty: true });
  const caseAt = async (
    corner: Corner,
    stage: CaseStage,
    values: Partial<DisputeCase['_creationAttributes']> = {},
  ) => {
    const { caseId, claimantId } = await aCaseAt(corner, stage);
    await DisputeCase.update({ number: `第${++count}号`, ...values }, { where: { id: caseId! } });
    return { id: caseId!, claimantId: claimantId! };
  };
  const merge = async (caseId: string, stays: string) => {
    const [one, other] = [await rowOf(caseId), await rowOf(stays)];
    return mergeCases(dispatcher, caseId, one.version, {
      ...{ otherId: stays, otherVersion: other.version, stays },
    });
  };
  const markedDuplicate = async (id: string, original: string) => {
    const [{ version }, { number }] = [await rowOf(id), await rowOf(original)];
    return markDuplicate(dispatcher, id, version, { number: number! });
  };
  const seenBy = async (reader: Reader, id: string) => {
    const words = (key: string, values = {}) => `${key} ${JSON.stringify(values)}`;
    return JSON.stringify(presentCasePage(await loadCasePage(reader, id), today(), words));
  };

  it('tells a committee nothing of complaints against its enterprise that it was not given', async () => {
    const own = await caseAt(home.same, 'taken', { enterpriseConsent: true });
    const hints = async () => mergeHints(committee, await loadCasePage(committee, own.id));
    const before = await hints();
    expect(before!.suggestions).to.deep.equal([]);
    const { village, enterprise } = home.same;
    const against = { enterpriseId: enterprise.id, respondentName: enterprise.name };
    await aCase(home.town).in(village).with(against).receivedOn('2022-03-01').saved();
    expect(await hints()).to.deep.equal(before);
  });

  it('takes consent to one committee for no other, and none from who wishes not to be named', async () => {
    const stays = await caseAt(home.same, 'taken', { enterpriseConsent: true });
    const ofAnother = await caseAt(home.own, 'taken', { enterpriseConsent: true });
    expect(await refusal(merge(ofAnother.id, stays.id))).to.equal(COMMITTEE);
    const unnamed = await caseAt(home.same, 'taken', { enterpriseConsent: true, level: 'village' });
    await aTicket(home.town, '2022-03-01', { caseId: unnamed.id, anonymous: true });
    expect(await refusal(merge(unnamed.id, stays.id))).to.equal(COMMITTEE);
    const named = await caseAt(home.same, 'taken', { enterpriseConsent: true, level: 'village' });
    expect(await refusal(merge(named.id, stays.id))).to.equal('nothing');
  });

  it('keeps a duplicate without consent from the committee that has the original', async () => {
    const original = await caseAt(home.same, 'drafted');
    const secret = await caseAt(home.same, 'taken', { level: 'village', mediatorId: null, roomId: null });
    await markedDuplicate(secret.id, original.id);
    await takeMergedAlong(await rowOf(original.id));
    expect(await rowOf(secret.id)).to.include({ level: 'village', mediatorId: null });
    const page = await loadCasePage(committee, original.id);
    expect(page.mergedCases.size).to.equal(0);
    expect(page.events.map(({ caseId }) => caseId)).not.to.include(secret.id);
    expect((await loadCasePage(dispatcher, original.id)).mergedCases.has(secret.id)).to.equal(true);

    const shared = await caseAt(home.same, 'taken', { level: 'village', enterpriseConsent: true });
    await markedDuplicate(shared.id, original.id);
    await takeMergedAlong(await rowOf(original.id));
    expect((await loadCasePage(committee, original.id)).mergedCases.has(shared.id)).to.equal(true);
  });

  it('masks the workers of a duplicate where its history is read', async () => {
    const original = await caseAt(home.own, 'drafted');
    const other = await caseAt(home.own, 'taken');
    await Claimant.update({ name: '孙小红' }, { where: { id: other.claimantId } });
    await CaseEvent.create({ caseId: other.id, action: 'handBack', detail: { note: '孙小红已换单位' } });
    await markedDuplicate(other.id, original.id);
    expect(await seenBy(official, original.id))
      .to.include('已换单位')
      .and.not.include('孙小红');
  });

  it('masks a worker who was split off and merged elsewhere since', async () => {
    const first = await caseAt(home.own, 'group');
    const mediator = (await findSignedIn(home.own.mediators[0]!.id))!.reader;
    const { id } = (await Claimant.findOne({ where: { caseId: first.id, name: '周敏' } }))!;
    await splitOffWorker(mediator, first.id, (await rowOf(first.id)).version, id, {
      reason: '周敏不同意方案',
    });
    const third = await caseAt(home.own, 'mediated');
    await merge((await Claimant.findByPk(id))!.caseId, third.id);
    expect((await Claimant.findByPk(id))!.caseId).to.equal(third.id);
    expect(await seenBy(official, first.id))
      .to.include('不同意方案')
      .and.not.include('周敏');
  });

  it('loses neither the enterprise nor an amount that only the case that goes knows', async () => {
    const { name, id: enterpriseId } = home.own.enterprise;
    const stays = await aCase(home.town).receivedOn('2022-03-01').with({ respondentName: name }).saved();
    const employer = { caseId: stays.id, position: 1, part: 'employer', name } as const;
    const respondent = await Respondent.create(employer);
    const { id: claimantId } = await Claimant.create({
      ...{ caseId: stays.id, position: 1, name: '李强', phoneHash: lookupHash('13900000001') },
    });
    await Claim.create({ caseId: stays.id, claimantId, type: 'wages' });
    const goes = await caseAt(home.own, 'waiting');
    const phoneHash = lookupHash('13900000001');
    await Claimant.update({ phoneHash }, { where: { id: goes.claimantId } });
    await merge(goes.id, stays.id);
    expect(await rowOf(stays.id)).to.include({
      ...{ enterpriseId, villageId: home.own.village.id, workers: 1 },
      ...{ claimedFen: 800_000, verifiedFen: 800_000, agreedFen: null },
    });
    await respondent.reload();
    expect(respondent.enterpriseId).to.equal(enterpriseId);
  });
});
