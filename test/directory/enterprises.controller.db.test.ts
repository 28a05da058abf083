import { expect } from 'chai';
import type { Area } from '../../models/areas.ts';
import { Enterprise, Room } from '../../models/directory.ts';
import { anEnterprise, aTown, aVillage } from '../support/factories.ts';
import { useProgram, type Visitor } from '../support/http.ts';

const NASTY = `<script>alert(1)</script>'; DROP TABLE enterprises; --{{name}}`;

describe('the pages of enterprises', () => {
  const program = useProgram();
  let town: Area;
  let village: Area;
  let dispatcher: Visitor;

  before(async () => {
    town = await aTown();
    village = await aVillage(town, '金庄村');
    dispatcher = await program.as(await program.person('调度员', 'dispatcher', town));
  });

  const filled = (name: string) => ({
    name,
    areaId: '金庄村',
    industry: '纺织',
    contactPhone: '13861601234',
  });

  it('say what to do while there are none, and find none in words', async () => {
    expect((await dispatcher.visit('/enterprises')).text)
      .to.include('还没有企业')
      .and.include('新增企业');
    await anEnterprise(town, '第一家有限公司');
    const none = await dispatcher.visit('/enterprises?q=%25&industry=nonsense&after=1');
    expect(none.text).to.include('没有符合条件的企业').and.include('含“%”');
  });

  it('add one once, however often the form is sent', async () => {
    const page = await dispatcher.visit('/enterprises/new');
    const fields = { ...filled('只一次有限公司'), areaId: village.id, industry: 'textile' };
    const idempotencyKey = page.value('idempotencyKey')!;
    const first = await dispatcher.send('/enterprises', { ...fields, idempotencyKey });
    const second = await dispatcher.send('/enterprises', { ...fields, idempotencyKey });
    expect(first.text).to.include('138****1234').and.not.include('13861601234');
    expect(second.path).to.equal(first.path);
    expect(await Enterprise.count({ where: { name: '只一次有限公司' } })).to.equal(1);
    const other = await dispatcher.send('/enterprises', { ...fields, name: '另一家', idempotencyKey });
    expect(other.status).to.equal(409);
    expect((await dispatcher.send('/enterprises', fields)).status).to.equal(400);
  });

  it('show text as text, in every field', async () => {
    await dispatcher.fill(
      '/enterprises/new',
      { ...filled(NASTY), contactName: NASTY, aliases: `${NASTY}别名` },
      '/enterprises',
    );
    expect(dispatcher.page.html).to.not.include('<script>alert');
    expect(dispatcher.page.text).to.include(NASTY);
    const [found] = (await dispatcher.visit(`/enterprises?q=${encodeURIComponent(NASTY)}`)).rows;
    expect(found![0]).to.include(NASTY);
    const { href } = dispatcher.page.links.find((link) => link.text === NASTY)!;
    const edited = await dispatcher.visit(`${href}/edit`);
    expect(edited.value('name')).to.equal(NASTY);
  });

  it('keep the typed values of a stale form, and say what is stored by now', async () => {
    const { id } = await anEnterprise(town, '两人改有限公司', { headcount: 10, villageId: village.id });
    const page = `/enterprises/${id}/edit`;
    const colleague = await program.as(await program.person('同事', 'dispatcher', town));
    await dispatcher.visit(page);
    await colleague.fill(page, { headcount: '20' });
    const stale = await dispatcher.submit(page, { headcount: '30' });
    expect(stale.status).to.equal(409);
    expect(stale.text).to.include('内容已被他人修改').and.include('现在保存的是：20');
    expect(stale.value('headcount')).to.equal('30');
    await dispatcher.submit(page, {});
    expect((await Enterprise.findByPk(id))!.headcount).to.equal(30);
  });

  it('keep the version of the form while its fields are wrong', async () => {
    const { id } = await anEnterprise(town, '先错后旧有限公司', { villageId: village.id });
    const page = `/enterprises/${id}/edit`;
    const colleague = await program.as(await program.person('同事', 'dispatcher', town));
    await dispatcher.visit(page);
    await colleague.fill(page, { headcount: '20' });
    const wrong = await dispatcher.submit(page, { headcount: 'x' });
    expect(wrong.error('headcount')).to.include('整数');
    expect((await dispatcher.submit(page, { headcount: '30' })).status).to.equal(409);
  });

  it('lead to its room and the room to its mediators', async () => {
    await program.person('村调解员', 'mediator', village);
    const { id } = await anEnterprise(town, '有室有限公司', { villageId: village.id, hasCommittee: true });
    const page = await dispatcher.visit(`/enterprises/${id}`);
    expect(page.link('这家企业的案件')).to.equal(`/cases?enterprise=${id}`);
    await dispatcher.fill(page.link('新增调解室'), { name: '有室公司调解室' }, '/rooms');
    const room = (await Room.findOne({ where: { enterpriseId: id } }))!;
    expect(dispatcher.page.path).to.equal(`/rooms/${room.id}`);
    const twice = await dispatcher.fill('/rooms/new', { name: '有室公司调解室', areaId: '祝塘镇' }, '/rooms');
    expect(twice.error('name')).to.include('同名调解室');
    await dispatcher.fill(`/rooms/${room.id}`, { userId: '村调解员' }, `/rooms/${room.id}/mediators`);
    const [name, state] = dispatcher.page.rows[0]!;
    expect([name!.split(' ')[0], state]).to.deep.equal(['村调解员', '在任']);
    expect((await dispatcher.visit(`/enterprises/${id}`)).text).to.include('村调解员');
    expect((await dispatcher.visit('/rooms?level=enterprise')).rows[0]).to.include('村调解员');
  });
});
