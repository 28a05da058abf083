import { expect } from 'chai';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { Ticket } from '../../models/tickets.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { recordClaims } from '../../server/cases/claims.service.ts';
import { acceptCase, logContact, takeOver } from '../../server/mediation/mediation.service.ts';
import { draftSettlement, signSettlement } from '../../server/settlements/settlements.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { readSpreadsheet } from '../../server/shared/spreadsheets/read-spreadsheet.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';
import { aUser } from '../support/factories.ts';
import { hotlineFile } from '../support/hotline-file.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { aTownAtWork } from '../support/town-at-work.ts';

const NUMBER = 'JY2026110001';
let clock = instantOf('2026-11-16', '09:00');
function at(day: string, time = '09:00'): void {
  clock = instantOf(day, time);
  setClock(() => clock);
}

describe('a ticket from its arrival to its archive', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Visitor;
  let ticket: Ticket;

  before(async () => {
    at('2026-11-16');
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    await letSignIn(home.sender);
    dispatcher = await program.as(home.sender);
  });
  // The clock stands where the test before left it.
  beforeEach(() => setClock(() => clock));
  after(() => setClock());

  /** Everybody is signed in anew: a session does not last for days. */
  async function on(day: string, time?: string): Promise<void> {
    at(day, time);
    dispatcher = await program.as(home.sender);
  }

  const address = (path = ''): string => `/tickets/${ticket.id}${path}`;

  it('is imported, waits on the desk, and is signed for with others in one go', async () => {
    const received = { receivedAt: '2026-11-16 08:20', respondent: home.own.enterprise.name };
    const bytes = await hotlineFile([
      { number: NUMBER, ...received },
      { number: 'JY2026110002', ...received, caller: '赵敏' },
    ]);
    await dispatcher.fill('/imports/new', { file: { name: '工单.xlsx', bytes } }, '/imports/uploads');
    await dispatcher.submit(/\/confirmation$/);
    ticket = (await Ticket.findOne({ where: { number: NUMBER } }))!;
    expect((await dispatcher.visit('/')).text).to.include('待签收的工单');
    const list = await dispatcher.visit('/tickets?handling=awaitingSigning');
    expect(list.text).to.include('11-16 14:30 前签收');
    await dispatcher.submit('/tickets/signatures', { ticket: [ticket.id] });
    expect(dispatcher.page.text)
      .to.include('已签收 1 件')
      .and.include('JY2026110002')
      .and.not.include(NUMBER);
  });

  it('shows its deadlines with their arithmetic', async () => {
    const page = await dispatcher.visit(address());
    expect(page.text).to.include('答复时限').and.include('2026-11-23').and.include('加5个工作日');
  });

  it('is routed and mediated, and its case settled', async () => {
    await dispatcher.visit(address());
    await dispatcher.submit(address('/routing'));
    await ticket.reload();
    const mediator = (await findSignedIn(home.own.mediators[0]!.id))!.reader;
    const { id, mediatorId } = (await DisputeCase.findByPk(ticket.caseId!))!;
    const owner = mediatorId === mediator.userId ? mediator : (await findSignedIn(mediatorId!))!.reader;
    at('2026-11-17');
    const taken = await takeOver(owner, id, 0 + (await DisputeCase.findByPk(id))!.version);
    await logContact(owner, id, {
      ...{ at: instantOf('2026-11-17', '09:00'), channel: 'call', party: 'worker', reached: 'yes' },
      ...{ note: '已联系', mood: 'calm', risk: 'none' },
    });
    const day = '2026-11-17';
    const consents = { workerConsentOn: day, respondentConsentOn: day };
    const accepted = await acceptCase(owner, id, (await taken.reload()).version, consents);
    const claimant = (await Claimant.findOne({ where: { caseId: id } }))!;
    const claimed = await recordClaims(owner, id, accepted.version, claimant.id, {
      ...{ name: claimant.name, gender: 'male', migrant: true, overRetirementAge: false },
      ...{ idNumber: null, phone: claimant.phone },
      claims: [{ type: 'wages', claimedFen: 800_000, verifiedFen: 800_000, agreedFen: 800_000 }],
    });
    const drafted = await draftSettlement(owner, id, claimed.version, {
      ...{ kind: 'settledAtOnce', terms: '当日付清' },
      schedule: [{ dueOn: '2026-11-18', amountFen: 800_000 }],
    });
    at('2026-11-18', '16:00');
    await signSettlement(owner, id, drafted.version, { signedOn: '2026-11-18' });
  });

  it('is answered with a text from the case, the contact on record and the fields that must be there', async () => {
    await on('2026-11-19');
    const page = await dispatcher.visit(address('/reply'));
    expect(page.value('text'))
      .to.include('8,000.00元')
      .and.include('达成调解协议')
      .and.not.match(/1\d{10}/);
    expect([page.value('contactedOn'), page.value('contactedTime')]).to.deep.equal(['2026-11-17', '09:00']);
    await dispatcher.submit(address('/reply'), { resolved: 'no' });
    expect(dispatcher.page.status).to.equal(422);
    expect(dispatcher.page.error('verdict')).not.to.equal('');
    await dispatcher.submit(address('/reply'), { verdict: 'true', resolved: 'no' });
    expect(dispatcher.page.error('unresolvedReason')).to.include('必须填写');
    await dispatcher.submit(address('/reply'), { verdict: 'true', resolved: 'yes' });
    expect(dispatcher.page.text).to.include('答复已保存').and.include('已答复');
  });

  it('leaves in the layout of the hotline’s own file', async () => {
    await dispatcher.visit('/tickets?handling=toExport');
    const answer = await dispatcher.agent
      .post('/tickets/replies.xlsx')
      .type('form')
      .send({ _csrf: await dispatcher.token(), idempotencyKey: 'unused' })
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
    expect(answer.headers['content-disposition']).to.include('attachment');
    const rows: Cell[][] = [];
    for await (const { sheet, cells } of readSpreadsheet(answer.body as Buffer))
      if (sheet === '工单答复') rows.push(cells);
    const [header, row] = rows as [Cell[], Cell[]];
    expect(header.slice(0, 3)).to.deep.equal(['序号', '工单编号', '来电时间']);
    expect(row[1]).to.equal(NUMBER);
    expect(String(row[header.indexOf('答复内容')])).to.include('8,000.00元');
    expect(row[header.indexOf('是否解决')]).to.equal('是');
    expect((await dispatcher.visit(address())).text).to.include('导出答复');
  });

  async function callback(...cells: Cell[]): Promise<void> {
    const header = ['工单编号', '回访时间', '是否接通', '满意度', '是否解决'];
    const bytes = Buffer.from(await writeXlsx([{ name: '回访', headerRows: 1, rows: [header, cells] }]));
    await dispatcher.fill('/callbacks', { file: { name: '回访.xlsx', bytes } });
  }

  it('comes back unsatisfied, and is redone by its own deadline', async () => {
    await on('2026-11-20', '17:00');
    await callback(NUMBER, '2026-11-20 10:00', '是', '不满意', '否');
    expect(dispatcher.page.text)
      .to.include('需要重办')
      .and.include('逐件结果')
      .and.match(new RegExp(`${NUMBER} 2026-11-20 10:00 已联系上 不满意 否 重办`));
    await dispatcher.submit(/\/confirmation$/);
    expect(dispatcher.page.text).to.include(NUMBER).and.include('重办1次').and.include('11-25 前答复');
    expect((await dispatcher.visit('/')).text).to.include('重办的工单');
    await callback(NUMBER, '2026-11-20 10:00', '是', '不满意', '否');
    expect(dispatcher.page.text).to.include('都已经登记过');
    expect((await ticket.reload()).redoCount).to.equal(1);
  });

  it('is answered again, and archived when the caller is satisfied', async () => {
    await on('2026-11-24');
    const page = await dispatcher.visit(address('/reply'));
    expect(page.text).to.include('不满意');
    await dispatcher.submit(address('/reply'), {
      ...{
        verdict: 'true',
        resolved: 'yes',
        contactedOn: '2026-11-23',
        contactedTime: '15:00',
        channel: '电话',
      },
    });
    expect(dispatcher.page.text).to.include('答复已保存');
    await on('2026-11-26');
    await callback(NUMBER, '2026-11-25 10:00', '是', '满意', '是');
    await dispatcher.submit(/\/confirmation$/);
    const closed = await dispatcher.visit(address());
    expect(closed.text).to.include('已归档').and.include('回访，归档').and.include('第1次重办的答复');
  });

  it('counts in the report, whose figures open it', async () => {
    const report = await dispatcher.visit('/reports?from=2026-11-01&to=2026-11-30&basis=received');
    expect(report.text).to.include('及时签收率').and.include('重办率');
    const link = report.links.find(({ href }) => href.includes('counted=satisfied'))!;
    expect((await dispatcher.visit(link.href)).text).to.include(NUMBER);
  });

  it('is returned on request of its village, by the town, which may take that back', async () => {
    const clerk = await aUser('邹敏', 'dispatcher', home.own.village);
    await letSignIn(clerk);
    const second = (await Ticket.findOne({ where: { number: 'JY2026110002' } }))!;
    await second.update({ villageId: home.own.village.id, createdAt: instantOf('2026-11-26', '09:00') });
    const village = await program.as(clerk);
    const page = await village.visit(`/tickets/${second.id}`);
    expect(page.links.map(({ href }) => href)).to.include(`/tickets/${second.id}/return-request`);
    await village.fill(`/tickets/${second.id}/return-request`, {
      returnReason: 'jurisdiction',
      explanation: '企业在外镇',
    });
    expect(village.page.text).to.include('退单申请已提交');
    expect((await dispatcher.visit('/')).text).to.include('待审批的退单申请');
    await dispatcher.fill(`/tickets/${second.id}/return-request/decision`, { decision: 'approve' });
    expect(dispatcher.page.text).to.include('已退单');
    await dispatcher.fill(`/tickets/${second.id}/return-undoing`, { explanation: '企业查实在本镇' });
    expect((await second.reload()).state).to.equal('awaitingRouting');
  });
});
