import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import { Claim, DisputeCase, Respondent } from '../../models/cases.ts';
import { Enterprise } from '../../models/directory.ts';
import { Payment, Settlement } from '../../models/settlements.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { aCaseAt, aTownAtWork, type CaseStage, type Corner } from '../support/town-at-work.ts';

describe('the way to an agreement, and its payments', () => {
  const program = useProgram();
  let desk: Corner;
  let official: Visitor;
  let mediator: Visitor;
  let colleague: Visitor;

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
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

  const at = async (stage: CaseStage) => {
    const ids = await aCaseAt(desk, stage);
    return { ...ids, id: ids['caseId']!, path: `/cases/${ids['caseId']!}` };
  };

  it('more agreed than claimed is taken only when it is ticked as meant', async () => {
    const { path, id } = await at('taken');
    const page = await mediator.visit(path);
    const form = page.link('修改金额');
    const asked = await mediator.fill(form, { agreed1: '9,000元' });
    expect(asked.status).to.equal(422);
    expect(asked.error('agreed1')).to.include('协议金额高于诉求金额 8,000.00 元');
    expect(asked.value('agreed1'), 'what was typed is kept').to.equal('9,000元');
    expect((await DisputeCase.findByPk(id))!.agreedFen).to.not.equal(900_000);
    const saved = await mediator.submit(form, { above1: 'yes' });
    expect(saved.path).to.equal(path);
    expect(saved.text).to.include('9,000.00').and.include('协议金额高于诉求');
    const again = await mediator.visit(form);
    expect(again.value('above1'), 'as it was answered').to.equal('yes');
  });

  it('the page of the agreement leads to the worker for whom no amount is agreed', async () => {
    const { path, id, claimantId } = { claimantId: '', ...(await at('mediated')) };
    expect((await mediator.visit(`${path}/settlement`)).text).to.not.include('还没有协议金额');
    await Claim.update({ agreedFen: null }, { where: { caseId: id } });
    const page = await mediator.visit(`${path}/settlement`);
    expect(page.text).to.include('还没有协议金额');
    expect(page.link('登记 李强 的金额')).to.equal(`${path}/claimants/${claimantId}`);
  });

  it('a draft is withdrawn only after asking; it stays readable, and the next one begins with it', async () => {
    const { path, id } = await at('drafted');
    const page = await mediator.visit(path);
    expect(page.link('打印协议书')).to.equal(`${path}/documents/agreement`);
    expect(page.forms.some(({ action }) => action.endsWith('/withdrawal'))).to.equal(false);
    const asked = await mediator.visit(page.link('撤回草稿'));
    expect(asked.text).to.include('确认撤回总额 8,000.00 元的协议草稿');
    expect(await Settlement.count({ where: { caseId: id, withdrawnAt: null } }), 'only asked').to.equal(1);
    const back = await mediator.submit(`${path}/settlement/withdrawal`, { note: '单位要求一次付清' });
    expect(back.path).to.equal(path);
    expect(back.text).to.include('已撤回的协议草稿').and.include('分期支付').and.include('单位要求一次付清');
    const draft = await mediator.visit(`${path}/settlement`);
    expect(['terms', 'dueOn1', 'amount1'].map((name) => draft.value(name))).to.deep.equal([
      '分期支付',
      '2022-03-10',
      '8,000.00',
    ]);
  });

  it('a payment is rejected with a reason that its recorder reads; numbers in its proof are masked', async () => {
    const { path, paymentId } = { paymentId: '', ...(await at('paidOnce')) };
    await Payment.update({ proof: '李强账户6222020200112345678' }, { where: { id: paymentId } });
    const page = await colleague.visit(`${path}/payments/${paymentId}`);
    expect(page.html).to.not.include('6222020200112345678');
    const reject = page.link('退回');
    const unsaid = await colleague.fill(reject, {});
    expect(unsaid.error('reason')).to.equal('必须填写。');
    await colleague.submit(reject, { reason: '回单金额与登记不符' });
    expect((await mediator.visit(path)).text)
      .to.include('已退回')
      .and.include('回单金额与登记不符');
    expect((await colleague.visit(reject)).path, 'not twice').to.equal(path);
    const seen = await official.visit(path);
    expect(seen.html).to.not.include('李强').and.not.include('6222020200112345678');
  });

  it('the respondent’s contact is shown, and its phone revealed with a reason that is on record', async () => {
    const { path, id } = await at('taken');
    const contact = { contactName: '孙会计', contactPhone: '13955550123' };
    await Enterprise.update(contact, { where: { id: desk.enterprise.id } });
    const respondent = (await Respondent.findOne({ where: { caseId: id } }))!;
    const page = await mediator.visit(path);
    expect(page.text).to.include('联系人 孙会计').and.include('139****0123');
    expect((await official.visit(path)).text)
      .to.include('联系人 孙**')
      .and.include('139****0123');
    await mediator.visit(page.link('139****0123'));
    const shown = await mediator.submit(/\/respondents\/.*\/reveals$/, { reason: 'contactParty' });
    expect(shown.text).to.include('13955550123');
    const entry = await AuditEntry.findOne({ where: { action: 'reveal', objectId: respondent.id } });
    expect(entry).to.include({ objectType: 'respondent' });
    expect(JSON.stringify(entry!.detail)).to.not.include('13955550123');
  });

  it('a case that was accepted without any contact still says that the first contact is due', async () => {
    const { path } = await at('mediated');
    expect((await mediator.visit(path)).text).to.include('首次联系');
    const called = await mediator.fill(`${path}/contacts`, { time: '8：50' });
    expect(called.text).to.include('2022-03-07 08:50').and.not.include('首次联系');
  });

  it('what was taken back is outstanding again, and offered to be paid', async () => {
    const { path, instalmentId, paymentId } = { instalmentId: '', paymentId: '', ...(await at('reversing')) };
    await colleague.fill(`${path}/payments/${paymentId}/reversal/decision`, { decision: 'verified' });
    const form = await mediator.visit(`${path}/instalments/${instalmentId}/payments`);
    expect(form.value('amount')).to.equal('8,000.00');
    expect(form.text).to.include('未付 8,000.00 元');
  });

  it('the page of the signature lists what the paper lacks, with the way to it, as the paper does', async () => {
    const { path } = await at('drafted');
    const paper = await mediator.visit(`${path}/documents/agreement`);
    const page = await mediator.visit(`${path}/signature`);
    expect(page.text).to.include('签署即定稿');
    const listed = (of: typeof page): string[] =>
      [...of.html.matchAll(/href="([^"]+\/particulars)"/g)].map(([, href]) => href!);
    expect(listed(page)).to.deep.equal(listed(paper)).and.to.have.length.above(0);
    expect(page.text).to.include('统一社会信用代码');
  });

  it('after the last signature there is no empty bar of actions', async () => {
    const { path } = await at('paidOnce');
    const page = await official.visit(path);
    expect(page.html).to.not.include('class="action-bar"');
    expect((await mediator.visit(path)).html).to.include('class="action-bar"');
  });
});
