import { expect } from 'chai';
import { CaseEvent, Claim, Claimant, DisputeCase } from '../../models/cases.ts';
import { Instalment } from '../../models/settlements.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { aRoom } from '../support/factories.ts';
import { idNumberOf, pastedPeople } from '../support/people.ts';
import { aCaseAt, aTownAtWork, type Corner } from '../support/town-at-work.ts';

describe('a case of three hundred workers', () => {
  const program = useProgram();
  let desk: Corner;
  let mediator: Visitor;
  let official: Visitor;
  let id: string;
  let path: string;

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    const home = await aTownAtWork('祝塘镇');
    // A case of so many is the town's.
    desk = { ...home.own, ...(await aRoom(home.town, home.town, ['陆文忠'])) };
    const person = await program.person('许志强', 'official', home.town);
    await letSignIn(person, desk.mediators[0]!);
    official = await program.as(person);
    mediator = await program.as(desk.mediators[0]!);
  });
  beforeEach(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    id = (await aCaseAt(desk, 'taken'))['caseId']!;
    path = `/cases/${id}`;
  });
  after(() => setClock());

  const people = () => Claimant.count({ where: { caseId: id } });
  const look = async (text: string) => {
    const at = (await mediator.visit(path)).link('粘贴或导入劳动者名单');
    return mediator.fill(at, { text }, `${at}/preview`);
  };

  it('are pasted, looked at and added in one go, however often the form is sent', async () => {
    const preview = await look(pastedPeople(300));
    expect(preview.text).to.include('名单共300人：可以加入300人，有问题0人');
    expect(preview.text).to.include('345,000.00').and.include('320281********');
    expect(await people(), 'nothing is stored before it is confirmed').to.equal(1);
    const confirmation = preview.form(`${path}/claimants/import`);
    const saved = await mediator.submit(confirmation);
    expect(saved.path).to.equal(path);
    expect(saved.text).to.include('名单中的劳动者已加入案件。').and.include('加入人数：300');
    await mediator.submit(confirmation);
    expect(await people()).to.equal(301);
    expect(await CaseEvent.count({ where: { caseId: id, action: 'recordClaims' } })).to.equal(1);
  });

  it('say line by line what is wrong with whom', async () => {
    const wrong = idNumberOf(5).replace(/.$/, (digit) => (digit === '1' ? '2' : '1'));
    const preview = await look(
      `周伟\t${idNumberOf(1)}\t8000\n吴敏\t${wrong}\n周伟\t${idNumberOf(1)}\n李强\t13800001234`,
    );
    expect(preview.text).to.include('名单共4人：可以加入1人，有问题3人');
    expect(preview.text)
      .to.include('身份证号不正确')
      .and.include('与第1行是同一个人')
      .and.include('此人已在案件中');
    await mediator.submit(`${path}/claimants/import`);
    expect(await people()).to.equal(2);
  });

  it('come from a file, and an unreadable one is refused with a sentence', async () => {
    const at = `${path}/claimants/import`;
    const rows = [
      ['姓名', '身份证号', '诉求金额'],
      ['周伟', idNumberOf(1), 8000.5],
    ];
    const bytes = Buffer.from(await writeXlsx([{ name: '名单', headerRows: 1, rows }]));
    const file = { name: '名单.xlsx', bytes };
    const preview = await mediator.fill(at, { text: '', file }, `${at}/preview`);
    expect(preview.text).to.include('名单共1人：可以加入1人').and.include('8,000.50');
    const broken = { name: '名单.xlsx', bytes: Buffer.from([0x50, 0x4b, 3, 4, 0, 0]) };
    expect((await mediator.fill(at, { text: '', file: broken }, `${at}/preview`)).status).to.equal(422);
    const nothing = await mediator.fill(at, { text: '  ' }, `${at}/preview`);
    expect(nothing.error('text')).to.equal('请粘贴名单或选择文件。');
  });

  it('are looked at again when the case was changed meanwhile', async () => {
    await look(pastedPeople(3));
    await DisputeCase.increment('version', { where: { id } });
    const late = await mediator.submit(`${path}/claimants/import`);
    expect(late.status).to.equal(409);
    expect(late.text).to.include('可以加入3人');
    expect(await people()).to.equal(1);
    expect((await mediator.submit(`${path}/claimants/import`)).path).to.equal(path);
    expect(await people()).to.equal(4);
  });

  it('get their agreed amounts all at once, by proportion or as verified', async () => {
    await look(pastedPeople(300));
    const at = (await mediator.submit(`${path}/claimants/import`)).link('填写全部协议金额');
    const unverified = await mediator.fill(`${path}/claimants/agreed`, { by: 'proportion' });
    expect(unverified.error('total')).to.not.equal('');
    const tooMuch = await mediator.submit(at, { by: 'proportion', total: '400,000' });
    expect(tooMuch.error('by')).to.include('高于诉求金额');
    const shared = await mediator.submit(at, { by: 'proportion', total: '100,000.01' });
    expect(shared.path).to.equal(path);
    expect((await DisputeCase.findByPk(id))!.agreedFen).to.equal(10_000_001);
    await Claim.update({ verifiedFen: 50_000 }, { where: { caseId: id } });
    await mediator.fill(at, { by: 'verified' });
    expect((await DisputeCase.findByPk(id))!.agreedFen).to.equal(301 * 50_000);
  });

  it('stand in one agreement, each with an instalment', async () => {
    id = (await aCaseAt(desk, 'mediated'))['caseId']!;
    path = `/cases/${id}`;
    await look(pastedPeople(300));
    await mediator.submit(`${path}/claimants/import`);
    const unfinished = await mediator.visit(`${path}/settlement`);
    expect(unfinished.text).to.include('共有300人没有协议金额');
    await mediator.fill(`${path}/claimants/agreed`, { by: 'proportion', total: '100,000.01' });
    const terms = { kind: 'settledByInstalments', terms: '分期支付' };
    const drafted = await mediator.fill(`${path}/settlement`, {
      ...terms,
      ...{ dueOn1: '2022-04-10', amount1: '100,000.01' },
    });
    expect(drafted.path).to.equal(path);
    expect(drafted.text).to.include('全部分期（301笔）');
    expect(await Instalment.sum('amountFen', { where: { caseId: id } })).to.equal(10_000_001);
    const last = await mediator.visit(`${path}/instalments/list?from=300`);
    expect(last.text).to.include('第301–301项，共301项');
  });

  it('stay on pages of their own, with the sums of all on each', async () => {
    await look(pastedPeople(300));
    const page = await mediator.submit(`${path}/claimants/import`);
    expect(page.text.match(/3202\d+\*+/g)).to.have.length(19);
    expect(page.text).to.include('合计（301人）').and.include('353,000.00');
    const all = page.link('全部劳动者（301人）');
    const first = await mediator.visit(all);
    expect(first.text).to.include('第1–50项，共301项').and.include('合计（301人）');
    expect((await mediator.visit(first.link('下一页'))).text).to.include('第51–100项');
    const found = await mediator.visit(`${all}?name=${encodeURIComponent('李强')}`);
    expect(found.text).to.include('李强').and.not.include('赵伟伟');
    expect(
      (await official.visit(`${all}?name=${encodeURIComponent('李强')}`)).text,
      'names are not probed',
    ).to.include('第1–50项，共301项');
    expect((await mediator.visit(`${all}?from=99999`)).status).to.equal(200);
  });
});
