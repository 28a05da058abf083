import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import { CaseEvent, Claimant, DisputeCase, Respondent } from '../../models/cases.ts';
import { lookupHash } from '../../models/encryption.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { aCaseAt, aTownAtWork, type CaseStage, type Corner } from '../support/town-at-work.ts';

describe('the papers of a case, from the first print to the file', () => {
  const program = useProgram();
  let desk: Corner;
  let mediator: Visitor;
  let colleague: Visitor;
  let official: Visitor;

  before(async () => {
    await seedReference('江阴市');
    const home = await aTownAtWork('祝塘镇');
    desk = home.own;
    const people = [await program.person('许志强', 'official', home.town), ...desk.mediators];
    await letSignIn(...people);
    [official, mediator, colleague] = (await Promise.all(people.map((person) => program.as(person)))) as [
      Visitor,
      Visitor,
      Visitor,
    ];
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));
  afterEach(() => setClock());

  const at = async (stage: CaseStage) => {
    const ids = await aCaseAt(desk, stage);
    return { ids, path: `/cases/${ids['caseId']!}` };
  };

  it('what is missing is listed before the print, each with the way to where it is filled in', async () => {
    const { path, ids } = await at('mediated');
    const page = await mediator.visit(`${path}/documents/application`);
    expect(page.text).to.include('这份文书还缺下列内容').and.include('住址').and.include('法定代表人');
    const way = page.links.find(({ href }) => href.endsWith(`/claimants/${ids['claimantId']!}/particulars`))!;
    const back = await mediator.fill(way.href, {
      ...{
        address: '建南村12号',
        deliveryAddress: '建南村12号',
        monthlyWageFen: '6,000元',
        workedFrom: '2021-3-1',
      },
    });
    expect(back.path).to.equal(path);
    const respondent = (await Respondent.findOne({ where: { caseId: ids['caseId'] } }))!;
    const wrong = await mediator.fill(`${path}/respondents/${respondent.id}/particulars`, {
      creditCode: '123',
    });
    expect(wrong.error('creditCode')).to.include('统一社会信用代码');
    await mediator.submit(`${path}/respondents/${respondent.id}/particulars`, {
      ...{ creditCode: '', legalRepresentative: '孙明华', address: '工业园区1号' },
    });
    const again = await mediator.visit(`${path}/documents/application`);
    expect(again.text).to.include('建南村12号').and.include('2021年3月1日').and.include('孙明华');
    expect(again.links.some(({ href }) => href === way.href)).to.equal(false);
    expect(again.html).to.not.match(/undefined|NaN|\[object/);
  });

  it('an ID number that comes late is still given, once, in every stage', async () => {
    for (const stage of ['drafted', 'paidOnce'] as const) {
      const { path, ids } = await at(stage);
      await Claimant.update({ idNumberHash: null }, { where: { id: ids['claimantId'] } });
      await (await Claimant.findByPk(ids['claimantId']!, { rejectOnEmpty: true })).update({ idNumber: null });
      const form = `${path}/claimants/${ids['claimantId']!}/particulars`;
      const paper = stage === 'drafted' ? 'agreement' : 'arbitrationReview';
      const page = await mediator.visit(`${path}/documents/${paper}`);
      expect(
        page.links.map(({ href }) => href),
        stage,
      ).to.include(form);
      const late = await program.as(desk.mediators[0]!);
      await late.visit(form);
      const wrong = await mediator.fill(form, { idNumber: '320281199003074519', address: '建南村12号' });
      expect(wrong.error('idNumber')).to.include('身份证号不对');
      expect(wrong.value('address')).to.equal('建南村12号');
      await mediator.submit(form, { idNumber: '320281199003074510', address: '建南村12号' });
      const claimant = await Claimant.findByPk(ids['claimantId']!, { rejectOnEmpty: true });
      expect(claimant.idNumber).to.equal('320281199003074510');
      expect(claimant.idNumberHash).to.equal(lookupHash('320281199003074510'));
      const again = await mediator.visit(form);
      expect(again.form(form).controls.map(({ name }) => name)).to.not.include('idNumber');
      const tooLate = await late.submit(form, { idNumber: '320281199003074537' });
      expect(tooLate.status).to.equal(409);
      expect(await Claimant.findByPk(ids['claimantId'])).to.include({ idNumber: '320281199003074510' });
      const changed = await AuditEntry.findOne({
        where: { action: 'changeClaimant', objectId: ids['claimantId'] },
      });
      expect(JSON.stringify(changed!.detail)).to.include('320281********4510');
    }
  });

  it('an agreement that is not kept offers its notice and the application for a payment order', async () => {
    const { path, ids } = await at('paidOnce');
    const papers = ['defaultNotice', 'paymentOrder'].map((form) => `${path}/documents/${form}`);
    const shown = async (): Promise<string[]> => {
      const { links } = await mediator.visit(path);
      return papers.filter((paper) => links.some(({ href }) => href === paper));
    };
    expect(await shown()).to.deep.equal([]);
    await DisputeCase.update({ performance: 'breached' }, { where: { id: ids['caseId'] } });
    setClock(() => instantOf('2022-07-07', '09:00'));
    expect(await shown()).to.deep.equal(papers);
    for (const paper of papers) {
      const page = await mediator.visit(paper);
      expect(page.text, paper).to.include('已经到期').and.include('祝塘镇明华纺织有限公司');
    }
    const seen = await official.visit(path);
    expect(seen.links.filter(({ href }) => href.includes('/documents/'))).to.deep.equal([]);
  });

  it('numbers are masked; a copy in full asks for its purpose, which the history keeps', async () => {
    const { path, ids } = await at('drafted');
    const page = await mediator.visit(`${path}/documents/agreement`);
    expect(page.text).to.include('138****1234').and.not.include('13800001234');
    const unsaid = await mediator.submit(`${path}/documents/agreement/copies`, {});
    expect(unsaid.status).to.equal(422);
    expect(unsaid.html).to.not.include('13800001234');
    const copy = await mediator.submit(`${path}/documents/agreement/copies`, { reason: 'signing' });
    expect(copy.status).to.equal(200);
    expect(copy.text).to.include('13800001234');
    const history = (await mediator.visit(path)).text;
    expect(history).to.include('输出含完整号码的文书').and.include('签署');
    expect(await CaseEvent.count({ where: { caseId: ids['caseId'], action: 'printDocument' } })).to.equal(1);
    await mediator.visit(`${path}/documents/agreement`);
    const word = await mediator.request(`${path}/documents/agreement/copies`, {
      ...{ _csrf: await mediator.token(), reason: 'signing', output: 'docx' },
    });
    expect(word.headers['content-type']).to.include('wordprocessingml');
    expect(word.headers['content-disposition']).to.include('attachment');
  });

  it('a Word file is sent to be saved, and never kept on the way', async () => {
    const { path } = await at('mediated');
    const { headers, status } = await mediator.agent.get(`${path}/documents/acceptance/docx`);
    expect(status).to.equal(200);
    expect(headers).to.include({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(headers['content-disposition']).to.match(/^attachment;/);
  });

  it('is made final by a button, says so on the case, and can be declared void', async () => {
    const { path } = await at('mediated');
    const address = `${path}/documents/acceptance`;
    await mediator.visit(address);
    const final = await mediator.submit(`${address}/final`);
    expect(final.path).to.equal(address);
    expect(final.text)
      .to.include('2022-03-07 由 周国平 定稿')
      .and.match(/定稿校验码 SHA-256：[\da-f]{64}/);
    const page = await mediator.visit(path);
    expect(page.text).to.include('已定稿').and.include('文书定稿');
    await mediator.visit(address);
    const asked = await mediator.visit(mediator.page.link('作废'));
    expect((await mediator.submit(asked.forms.at(-1)!, {})).error('reason')).to.equal('必须填写。');
    await mediator.submit(/\/void$/, { reason: '日期写错' });
    expect((await mediator.visit(address)).text).to.include('未定稿');
  });

  it('the signature makes the agreement final', async () => {
    const { path } = await at('drafted');
    expect((await mediator.visit(`${path}/documents/agreement`)).text).to.include('登记签署时自动定稿');
    await mediator.fill(`${path}/signature`, {
      ...{ workerSigned: 'yes', respondentSigned: 'yes', mediatorSigned: 'yes', sealed: 'yes' },
    });
    const page = await mediator.visit(`${path}/documents/agreement`);
    expect(page.text).to.include('2022-03-07 登记签署时定稿').and.include('协议生效日期：2022年3月7日');
    expect(page.forms.some(({ action }) => action.endsWith('/final'))).to.equal(false);
  });

  it('the file is one print: the index, then every paper', async () => {
    const { path } = await at('paidOnce');
    const page = await mediator.visit(`${path}/file`);
    const titles = [...page.html.matchAll(/<h1>([^<]*)<\/h1>/g)].map(([, title]) => title);
    expect(titles[0]).to.equal('卷宗目录');
    expect(titles).to.include('劳动争议调解协议书').and.include('调解协议履行记录（收条）');
    expect(page.text).to.include('下列文书还有缺少的内容');
    const full = await mediator.submit(`${path}/file/copies`, { reason: 'archive' });
    expect(full.text).to.include('13800001234');
  });

  it('a colleague and an official see the case without its papers', async () => {
    const { path } = await at('mediated');
    for (const other of [colleague, official]) {
      const page = await other.visit(path);
      expect(page.status).to.equal(200);
      expect(page.text).to.not.include('文书与卷宗');
      for (const address of ['documents/application', 'attachments', 'file', 'file.zip', 'particulars'])
        expect((await other.visit(`${path}/${address}`)).status, address).to.equal(404);
    }
  });

  it('a form that this stage does not have, or that there is not, is not there', async () => {
    const { path } = await at('mediated');
    for (const form of ['agreement', 'failure', 'record', 'toString', '..%2F..'])
      expect((await mediator.visit(`${path}/documents/${form}`)).status, form).to.equal(404);
  });
});
