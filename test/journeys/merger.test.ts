import { expect } from 'chai';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { lookupHash } from '../../models/encryption.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { aCaseAt, aTownAtWork } from '../support/town-at-work.ts';

describe('two cases that are one dispute', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Visitor;
  let mediator: Visitor;
  let stranger: Visitor;

  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    const away = await aTownAtWork('长泾镇');
    await letSignIn(home.sender, home.own.mediators[0]!, away.sender);
    dispatcher = await program.as(home.sender);
    mediator = await program.as(home.own.mediators[0]!);
    stranger = await program.as(away.sender);
  });

  const aNumbered = async (number: string, person: string): Promise<string> => {
    const { caseId, claimantId } = await aCaseAt(home.own, 'mediated');
    await DisputeCase.update({ number }, { where: { id: caseId! } });
    await Claimant.update(
      { name: person, phoneHash: lookupHash('13900001111') },
      { where: { id: claimantId! } },
    );
    return caseId!;
  };

  it('are suggested, compared, merged once, and found by both numbers with both histories', async () => {
    const [stays, goes] = ['祝劳调〔2022〕0041号', '祝劳调〔2022〕0042号'];
    const [first, second] = [await aNumbered(stays, '钱伟'), await aNumbered(goes, '钱伟')];
    const hinted = await mediator.visit(`/cases/${first}`);
    expect(hinted.text).to.include('可能是同一争议').and.include('30日内同一被申请人').and.include(goes);
    expect(hinted.text).to.include('请联系镇调度员');
    expect((await mediator.visit(`/cases/${first}/merger`)).status, 'a mediator asks').to.equal(404);
    expect((await stranger.visit(`/cases/${first}/merger`)).status, 'another town').to.equal(404);

    expect((await dispatcher.visit('/')).text).to.include('可并案');
    const choice = await dispatcher.visit(`/cases/${first}/merger`);
    expect(choice.text).to.include('申请人的电话或身份证号相同');
    expect(choice.text, 'whom and what it is about').to.include('钱伟').and.include('劳动报酬');
    const none = await dispatcher.visit(
      `/cases/${first}/merger?with=${encodeURIComponent('祝劳调〔1999〕1号')}`,
    );
    expect(none.text).to.include('没有找到这件案件');
    const itself = await dispatcher.visit(`/cases/${first}/merger?with=${first}`);
    expect(itself.text).to.include('这就是本案');
    const compared = await dispatcher.visit(`/cases/${first}/merger?with=${encodeURIComponent(goes)}`);
    expect(compared.text).to.include('并案后算一人').and.include('劳动报酬：保留案件 8,000.00');

    const late = await program.as(home.sender);
    await late.visit(`/cases/${second}/merger?with=${first}`);
    const done = await dispatcher.submit(`/cases/${first}/merger`, { stays: first });
    expect(done.text).to.include('已并案').and.include(`并入前的案件：${goes}`).and.include('最早一件申请');
    const again = await late.submit(`/cases/${second}/merger`, { stays: second });
    expect(again.status, 'the second comes too late').to.equal(409);
    expect(await DisputeCase.findByPk(second)).to.include({ outcome: 'duplicate', mergedIntoId: first });

    for (const number of [stays, goes]) {
      const list = await dispatcher.visit(`/cases?text=${encodeURIComponent(number)}`);
      expect(
        list.links.map(({ href }) => href),
        number,
      ).to.include(`/cases/${first}`);
    }
    const merged = await mediator.visit(`/cases/${second}`);
    expect(merged.text).to.include(`本案已作为重复案件并入 ${stays}`);
    expect(merged.links.map(({ href }) => href)).to.include(`/cases/${first}`);
    expect((await stranger.visit(`/cases/${second}`)).status).to.equal(404);
    expect((await dispatcher.visit(`/cases/${second}/merger`)).path, 'not twice').to.equal(
      `/cases/${second}`,
    );
  });

  it('are merged past the end of the days only by who has read that', async () => {
    const [late, fresh] = [
      await aNumbered('祝劳调〔2022〕0051号', '沈洁'),
      await aNumbered('祝劳调〔2022〕0052号', '沈洁'),
    ];
    await DisputeCase.update({ statutoryDueOn: '2022-03-06' }, { where: { id: late } });
    await DisputeCase.update({ statutoryDueOn: '2022-03-17' }, { where: { id: fresh } });
    expect((await dispatcher.visit(`/cases/${fresh}/merger`)).text).to.include('期限已于 2022-03-06 届满');
    const compared = await dispatcher.visit(`/cases/${fresh}/merger?with=${late}`);
    expect(compared.text).to.include('已于 2022-03-06 届满').and.include('可以直接申请仲裁');
    const refused = await dispatcher.submit(`/cases/${fresh}/merger`, { stays: fresh });
    expect(refused.status).to.equal(422);
    expect(refused.error('expiredRead')).to.include('2022-03-06');
    expect(await DisputeCase.count({ where: { id: [late, fresh], closedOn: null } })).to.equal(2);
    const done = await dispatcher.submit(`/cases/${fresh}/merger`, { stays: fresh, expiredRead: 'yes' });
    expect(done.text).to.include('已并案');
    expect(await DisputeCase.findByPk(fresh)).to.include({ statutoryDueOn: '2022-03-06', outcome: null });
  });
});
