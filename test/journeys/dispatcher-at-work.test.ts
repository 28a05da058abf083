import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import { Claim, DisputeCase } from '../../models/cases.ts';
import { lookupHash } from '../../models/encryption.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import type { Ticket } from '../../models/tickets.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { aCase, aClaimant, aRoom, aTicket } from '../support/factories.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { aTownAtWork } from '../support/town-at-work.ts';

const DAY = '2022-03-07';
const PHONE = '13955550123';

describe('a dispatcher at work', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Visitor;
  let walkIn: DisputeCase;
  let ticket: Ticket;

  beforeEach(() => setClock(() => instantOf(DAY, '09:00')));

  before(async () => {
    setClock(() => instantOf(DAY, '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    await letSignIn(home.sender);
    dispatcher = await program.as(home.sender);
    walkIn = await aCase(home.town)
      .receivedOn('2022-03-04')
      .claiming('5,600.00')
      .with({
        respondentName: '江阴张记制衣有限公司',
        title: '离职工资',
        facts: '离职后不结工资，准备上访。',
      })
      .saved();
    const worker = await aClaimant(walkIn, { name: '赵敏', phoneHash: lookupHash(PHONE) });
    await Claim.create({ caseId: walkIn.id, claimantId: worker.id, type: 'wages', claimedFen: 560_000 });
    ticket = await aTicket(home.town, DAY, {
      title: '拖欠工资',
      respondentText: '张记制衣',
      callerName: '赵敏',
      callerPhone: PHONE,
      callerPhoneHash: lookupHash(PHONE),
    });
  });

  it('decides about a walk-in case on its page, which shows the complaint and what else is there', async () => {
    const { text, links } = await dispatcher.visit(`/cases/${walkIn.id}/routing`);
    expect(text)
      .to.match(/准备 ?上访/)
      .and.include('上访苗头：上访')
      .and.include('江阴张记制衣有限公司')
      .and.include('赵敏')
      .and.include('5,600.00');
    expect(links.map(({ href }) => href)).to.include(`/tickets/${ticket.id}`);
  });

  it('is led to merge it where another case is open against the same name', async () => {
    const merger = `/cases/${walkIn.id}/merger`;
    const hrefs = async () =>
      (await dispatcher.visit(`/cases/${walkIn.id}/routing`)).links.map(({ href }) => href);
    expect(await hrefs()).not.to.include(merger);
    const other = await aCase(home.town)
      .receivedOn('2022-03-03')
      .with({ respondentName: '江阴市张记制衣（有限公司）' })
      .saved();
    expect(await hrefs()).to.include.members([merger, `/cases/${other.id}`]);
    await other.destroy();
  });

  it('sees the caller’s phone with a reason, on record, and never without one', async () => {
    const page = await dispatcher.visit(`/tickets/${ticket.id}`);
    expect(page.text).to.include('139****0123').and.not.include(PHONE);
    const reveal = `/tickets/${ticket.id}/reveals`;
    expect(page.links.map(({ href }) => href)).to.include(reveal);
    const asked = async () =>
      (await AuditEntry.findAll({ where: { objectId: ticket.id } })).map(
        ({ action, objectType, detail }) => ({
          action,
          objectType,
          detail,
        }),
      );
    const refused = await dispatcher.fill(reveal, { reason: null });
    expect(refused.status).to.equal(422);
    expect(refused.text).not.to.include(PHONE);
    expect(await asked()).to.deep.equal([]);
    expect((await dispatcher.fill(reveal, { reason: 'contactParty' })).text).to.include(PHONE);
    expect(await asked()).to.deep.equal([
      { action: 'reveal', objectType: 'ticket', detail: { field: 'phone', reason: 'contactParty' } },
    ]);
    const nobody = await aTicket(home.town, DAY);
    expect((await dispatcher.visit(`/tickets/${nobody.id}/reveals`)).status).to.equal(404);
    expect((await dispatcher.visit(`/tickets/${nobody.id}`)).links.map(({ href }) => href)).not.to.include(
      `/tickets/${nobody.id}/reveals`,
    );
  });

  it('links the ticket to the walk-in case of the same phone instead of making a second one', async () => {
    const page = await dispatcher.visit(`/tickets/${ticket.id}`);
    expect(page.links.map(({ href }) => href)).to.include(`/cases/${walkIn.id}`);
    await dispatcher.submit(`/tickets/${ticket.id}/case-link`, { number: walkIn.id });
    await ticket.reload();
    expect(ticket.caseId).to.equal(walkIn.id);
    expect(await DisputeCase.count({ where: { townId: home.town.id } })).to.equal(1);
  });

  it('routes a ticket that tells of danger: its mediator sees so first, with what is to be done', async () => {
    const urgent = await aTicket(home.town, DAY, {
      title: '拖欠工资',
      content: '再不给钱就跳楼',
      villageId: home.own.village.id,
    });
    const { room, mediators } = await aRoom(home.town, home.town, ['顾永康']);
    await letSignIn(...mediators);
    await dispatcher.fill(`/tickets/${urgent.id}`, {}, `/tickets/${urgent.id}/routing`);
    const { caseId } = await urgent.reload();
    expect((await DisputeCase.findByPk(caseId!))!.roomId).to.equal(room.id);
    const mediator = await program.as(mediators[0]!);
    expect((await mediator.visit('/')).text).to.match(/拖欠工资 危险/);
    expect((await mediator.visit('/cases')).text).to.include('危险');
    const page = await mediator.visit(`/cases/${caseId!}`);
    expect(page.text).to.include('危险').and.include('立即通知公安、综治');
  });
});
