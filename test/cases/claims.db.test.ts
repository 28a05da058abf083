import { expect } from 'chai';
import { CaseEvent, Claim, Claimant, DisputeCase } from '../../models/cases.ts';
import { searchTokens } from '../../models/search-tokens.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { linkTicket } from '../../server/case-routing/ticket-link.service.ts';
import { actOnCase } from '../../server/cases/case-action.service.ts';
import { listCases } from '../../server/cases/case-list.queries.ts';
import { recordClaims, type WorkerClaims } from '../../server/cases/claims.service.ts';
import { registerCase } from '../../server/cases/register.service.ts';
import { acceptCase, takeOver } from '../../server/mediation/mediation.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { now, setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { aReader, aTicket } from '../support/factories.ts';
import { aCaseAt, aTownAtWork, type Corner } from '../support/town-at-work.ts';

describe('the claims of a worker', () => {
  useDatabase();
  let corner: Corner;
  let mediator: Reader;

  before(async () => {
    corner = (await aTownAtWork('祝塘镇')).own;
    mediator = (await findSignedIn(corner.mediators[0]!.id))!.reader;
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));
  afterEach(() => setClock());

  const person = { name: '李强', gender: 'male', migrant: true, overRetirementAge: false } as const;
  const wages = (
    claimedFen: number | null,
    verifiedFen: number | null,
    agreedFen: number | null,
  ): WorkerClaims => ({
    ...person,
    claims: [{ type: 'wages', claimedFen, verifiedFen, agreedFen }],
  });
  const take = async () => {
    const { caseId, claimantId } = await aCaseAt(corner, 'taken');
    return { id: caseId!, claimantId: claimantId!, version: (await DisputeCase.findByPk(caseId))!.version };
  };

  it('leave an amount that is not known yet unknown, for the worker and for the case', async () => {
    const { id, claimantId, version } = await take();
    const saved = await recordClaims(mediator, id, version, claimantId, wages(null, null, null));
    expect(saved).to.include({ claimedFen: null, verifiedFen: null, agreedFen: null });
    const [claim] = await Claim.findAll({ where: { claimantId } });
    expect(claim).to.include({ type: 'wages', claimedFen: null, verifiedFen: null, agreedFen: null });
  });

  it('keep their amounts and the phone when only the person is corrected', async () => {
    const { id, claimantId, version } = await take();
    // What the form leaves as it is, it gives as undefined.
    const left = { phone: undefined, idNumber: undefined };
    const same = { ...wages(800_000, 800_000, 800_000), ...left, name: '李志强' };
    const saved = await recordClaims(mediator, id, version, claimantId, same);
    expect(saved).to.include({ claimedFen: 800_000, verifiedFen: 800_000, agreedFen: 800_000 });
    expect(await Claimant.findByPk(claimantId)).to.include({ name: '李志强', phone: '13800001234' });
  });

  it('say in the history that more was agreed than claimed, and only then', async () => {
    for (const [agreed, said] of [
      [800_000, undefined],
      [800_001, true],
    ] as const) {
      const { id, claimantId, version } = await take();
      await recordClaims(mediator, id, version, claimantId, wages(800_000, null, agreed));
      const event = (await CaseEvent.findOne({ where: { caseId: id, action: 'recordClaims' } }))!;
      expect(event.detail['aboveClaimed']).to.equal(said);
    }
  });

  it('of a worker who joins end the consent to the enterprise’s committee; of one who is there, not', async () => {
    const { id, claimantId, version } = await take();
    await DisputeCase.update({ enterpriseConsent: true }, { where: { id } });
    const changed = await recordClaims(mediator, id, version, claimantId, wages(1, null, null));
    expect(changed.enterpriseConsent).to.equal(true);
    const joined = await recordClaims(mediator, id, changed.version, null, wages(1, null, null));
    expect(joined).to.include({ enterpriseConsent: false, workers: 2 });
  });

  it('of a caller whose ticket joins the case end that consent, unless the caller consents too', async () => {
    const dispatcher = await aReader(['dispatcher', corner.town]);
    for (const [consents, kept] of [
      [false, false],
      [true, true],
    ] as const) {
      const { id } = await take();
      await DisputeCase.update({ enterpriseConsent: true }, { where: { id } });
      const ticket = await aTicket(corner.town, '2022-03-06', { callerName: '赵敏', title: '拖欠工资' });
      const linking = { number: id, enterpriseConsent: consents };
      expect((await linkTicket(dispatcher, ticket.id, 0, linking)).enterpriseConsent).to.equal(kept);
    }
  });

  it('are found by every respondent and the number, after the case was accepted', async () => {
    const dispatcher = await aReader(['dispatcher', corner.town]);
    const names = ['江阴宏瑞针织有限公司', '青阳远大劳务'];
    const { id, version } = await registerCase(dispatcher, {
      townId: corner.town.id,
      villageId: corner.village.id,
      source: 'walkIn',
      title: '拖欠2月工资',
      facts: null,
      primaryType: 'wages',
      receivedAt: now(),
      respondents: [
        { part: 'employer', name: names[0]! },
        { part: 'subcontractor', name: names[1]! },
      ],
      claimants: [{ name: '王小明', claims: [{ type: 'wages', claimedFen: 1_000_000 }] }],
      workers: 1,
      applied: true,
    });
    const desk = { roomId: corner.room.id, mediatorId: mediator.userId, level: 'village' as const };
    await actOnCase(dispatcher, id, 'route', version, () => ({ set: { ...desk, routedAt: now() } }));
    await takeOver(mediator, id, version + 1);
    const consents = { workerConsentOn: null, respondentConsentOn: '2022-03-07' };
    const accepted = await acceptCase(mediator, id, version + 2, consents);
    const wanted = searchTokens('拖欠2月工资', ...names, accepted.number).split(' ');
    expect((await DisputeCase.findByPk(id))!.searchTokens.split(' ')).to.have.members(wanted);
    for (const text of [...names, accepted.number!]) {
      const { rows } = await listCases(dispatcher, { text });
      expect(
        rows.map((row) => row.id),
        text,
      ).to.deep.equal([id]);
    }
  });
});
