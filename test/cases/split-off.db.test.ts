import { expect } from 'chai';
import { CaseEvent, Claim, Claimant, DisputeCase } from '../../models/cases.ts';
import { lookupHash } from '../../models/encryption.ts';
import { Contact, MediationSession } from '../../models/mediation.ts';
import { searchTokens } from '../../models/search-tokens.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { linkTicket } from '../../server/case-routing/ticket-link.service.ts';
import { recordClaims } from '../../server/cases/claims.service.ts';
import { importClaimants } from '../../server/cases/import-claimants.service.ts';
import { mergeCases } from '../../server/cases/merger.service.ts';
import { splitOffWorker } from '../../server/cases/split-off.service.ts';
import { planSession, recordSession } from '../../server/mediation/sessions.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';
import { aTicket } from '../support/factories.ts';
import { aCaseAt, aTownAtWork } from '../support/town-at-work.ts';

describe('workers who were put together and part again', () => {
  useDatabase();
  let town: Awaited<ReturnType<typeof aTownAtWork>>;
  let mediator: Reader;
  let dispatcher: Reader;
  let count = 0;

  before(async () => {
    subscribeFeatures();
    town = await aTownAtWork('祝塘镇');
    mediator = (await findSignedIn(town.own.mediators[0]!.id))!.reader;
    dispatcher = (await findSignedIn(town.sender.id))!.reader;
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '12:00')));
  afterEach(() => setClock());

  const rowOf = (id: string) => DisputeCase.findByPk(id, { rejectOnEmpty: true });
  /** A case of one worker who called the hotline, with a call to them. */
  const caseOf = async (name: string, title: string, type: 'workInjury' | 'rest', claimedFen: number) => {
    const { caseId, claimantId } = await aCaseAt(town.own, 'taken');
    const id = caseId!;
    count++;
    const phoneHash = lookupHash(`139${String(count).padStart(8, '0')}`);
    const content = `${title}，请帮忙解决。`;
    await DisputeCase.update({ primaryType: type, title, facts: content, claimedFen }, { where: { id } });
    await Claimant.update({ phoneHash, name }, { where: { id: claimantId! } });
    await Claim.update({ type, claimedFen }, { where: { claimantId: claimantId! } });
    const told = { title, content, callerPhoneHash: phoneHash, callerName: name };
    await aTicket(town.town, '2022-03-01', { caseId: id, ...told });
    await Contact.create({
      ...{ caseId: id, at: instantOf('2022-03-02', '10:00'), byId: mediator.userId, note: `与${name}通话` },
      ...{ channel: 'call', party: 'worker', reached: 'yes' },
    });
    return { id, claimantId: claimantId! };
  };
  const merged = async () => {
    const stays = await caseOf('孙敏', '工伤待遇未支付', 'workInjury', 650_000);
    const goes = await caseOf('王明', '年休假工资争议', 'rest', 2_400_000);
    const [one, other] = [await rowOf(stays.id), await rowOf(goes.id)];
    const otherVersion = other.version;
    await mergeCases(dispatcher, stays.id, one.version, { otherId: goes.id, otherVersion, stays: stays.id });
    return { id: stays.id, first: stays.claimantId, second: goes.claimantId };
  };
  const split = async (id: string, claimantId: string): Promise<DisputeCase> => {
    await splitOffWorker(mediator, id, (await rowOf(id)).version, claimantId, { reason: '各自处理' });
    const event = await CaseEvent.findOne({ where: { caseId: id, action: 'splitOff' }, rejectOnEmpty: true });
    return rowOf(String(event.detail['splitTo']));
  };
  const notesOf = async (caseId: string) =>
    (await Contact.findAll({ where: { caseId } })).map(({ note }) => note);

  const INJURY = {
    title: '工伤待遇未支付',
    facts: '工伤待遇未支付，请帮忙解决。',
    primaryType: 'workInjury',
  };
  const REST = { title: '年休假工资争议', facts: '年休假工资争议，请帮忙解决。', primaryType: 'rest' };

  it('whoever goes takes their own matter, words and calls along, and leaves those of the other', async () => {
    const { id, second } = await merged();
    const own = await split(id, second);
    expect(own).to.include({ ...REST, claimedFen: 2_400_000 });
    expect(await rowOf(id)).to.include({ ...INJURY, claimedFen: 650_000 });
    expect(await notesOf(own.id)).to.deep.equal(['与王明通话']);
  });

  it('whoever stays does not go on under the words of who went', async () => {
    const { id, first } = await merged();
    const own = await split(id, first);
    expect(own).to.include({ ...INJURY, claimedFen: 650_000 });
    expect(await rowOf(id)).to.include({ ...REST, claimedFen: 2_400_000 });
    expect(await notesOf(own.id)).to.deep.equal(['与孙敏通话']);
  });

  it('the minutes of a meeting that was planned before they parted stand in both files, of a later one in its own', async () => {
    const { id, second } = await merged();
    const meeting = (from: string, to: string) => ({
      ...{ startsAt: instantOf('2022-03-08', from), endsAt: instantOf('2022-03-08', to) },
      ...{ place: '村委会', attendees: '双方', minutes: null },
    });
    const planned = async (): Promise<MediationSession> =>
      (await MediationSession.findOne({
        where: { caseId: id, place: '村委会' },
        order: [['startsAt', 'DESC']],
      }))!;
    await planSession(mediator, id, meeting('09:00', '10:00'));
    const before = await planned();
    setClock(() => instantOf('2022-03-07', '13:00'));
    const own = await split(id, second);
    setClock(() => instantOf('2022-03-07', '14:00'));
    await planSession(mediator, id, meeting('15:00', '16:00'));
    const after = await planned();
    setClock(() => instantOf('2022-03-08', '17:00'));
    for (const session of [before, after])
      await recordSession(mediator, id, session.id, { attendees: '双方', minutes: `${session.id}的笔录` });
    const carried = await MediationSession.findAll({ where: { caseId: own.id, place: '村委会' } });
    expect(carried.map(({ minutes, state, fromCaseId }) => [minutes, state, fromCaseId])).to.deep.equal([
      [`${before.id}的笔录`, 'held', id],
    ]);
  });

  it('a call before a second worker was entered, or a list of workers came, was with the first', async () => {
    const joined = [
      (id: string, version: number) =>
        recordClaims(mediator, id, version, null, {
          ...{ name: '吴刚', gender: null, migrant: null, overRetirementAge: false, claims: [] },
        }),
      (id: string, version: number) => importClaimants(mediator, id, version, '吴刚'),
    ];
    for (const join of joined) {
      const { id, claimantId } = await caseOf('陈兵', '工伤待遇未支付', 'workInjury', 100_000);
      await join(id, (await rowOf(id)).version);
      expect(await Claimant.count({ where: { caseId: id } })).to.equal(2);
      const [contact] = await Contact.findAll({ where: { caseId: id } });
      expect(contact!.claimantId).to.equal(claimantId);
    }
  });

  it('a call before the second worker’s ticket came was with the first', async () => {
    const { id, claimantId } = await caseOf('陈兵', '工伤待遇未支付', 'workInjury', 100_000);
    await DisputeCase.update({ number: '祝劳调〔2022〕8801号' }, { where: { id } });
    const late = { title: '拖欠工资', content: '拖欠工资', callerName: '吴刚', callerPhone: '13700007777' };
    const ticket = await aTicket(town.town, '2022-03-06', late);
    await linkTicket(dispatcher, ticket.id, ticket.version, { number: '祝劳调〔2022〕8801号' });
    const [contact] = await Contact.findAll({ where: { caseId: id } });
    expect(contact!.claimantId).to.equal(claimantId);

    await split(id, claimantId);
    const left = await rowOf(id);
    expect(left).to.include({ title: '拖欠工资', facts: '拖欠工资' });
    expect(left.searchTokens.split(' ')).to.include.members(searchTokens('拖欠工资').split(' '));
  });
});
