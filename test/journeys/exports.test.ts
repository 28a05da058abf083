import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { Person } from '../../models/directory.ts';
import { useProgram, type Visitor } from '../support/http.ts';
import { aCase, anEnterprise, aRoom, aTicket, aTown, aVillage } from '../support/factories.ts';
import { saved } from '../support/saved.ts';

describe('a list saved as .xlsx', () => {
  const program = useProgram();
  let town: Area;
  let village: Area;
  let dispatcher: Visitor;

  before(async () => {
    town = await aTown('祝塘镇');
    village = await aVillage(town, '建南村', 1);
    const other = await aTown('青阳镇');
    await aCase(other).with({ title: '外镇的案件' }).saved();
    for (let index = 1; index <= 60; index++)
      await aCase(town)
        .in(village)
        .with({
          title: `案件${index}`,
          respondentName: index === 1 ? '=HYPERLINK("x")' : '江阴某厂',
          claimedFen: 123_400,
        })
        .saved();
    await aTicket(town, '2022-03-01', { title: '欠薪13912345678', callerName: '王小明' });
    dispatcher = await program.as(await program.person('陈建国', 'dispatcher', town));
  });

  it('has every row of the filter and nobody else’s, figures to count with, with who took it', async () => {
    const list = await dispatcher.visit('/cases?state=open');
    expect(list.text).to.include('导出Excel');
    const { headers, rows } = await saved(dispatcher, '/cases/export?state=open');
    expect(headers['content-disposition']).to.match(/^attachment/);
    expect(headers['cache-control']).to.equal('no-store');
    expect(rows[0]![0]).to.match(/^陈建国 于 \d{4}-\d\d-\d\d \d\d:\d\d 导出/);
    expect(rows).to.have.length(62);
    const text = JSON.stringify(rows);
    expect(text).to.include('=HYPERLINK').and.not.to.include('外镇');
    const column = (label: string): unknown[] => rows.slice(2).map((row) => row[rows[1]!.indexOf(label)]);
    expect(new Set(column('诉求金额（元）'))).to.deep.equal(new Set([1234]));
    expect(column('收到')[0]).to.match(/^\d{4}-\d\d-\d\d/);
    const audit = await AuditEntry.findOne({ where: { action: 'export' } });
    expect(audit!.detail).to.deep.include({ list: '/cases/export', filter: { state: 'open' }, rows: 60 });
    expect(audit!.detail['sha256']).to.match(/^[\da-f]{64}$/);
  });

  it('masks what the list masks', async () => {
    const { rows } = await saved(dispatcher, '/tickets/export?state=all');
    expect(rows).to.have.length(3);
    expect(JSON.stringify(rows)).to.include('139****5678').and.not.to.include('13912345678');
  });

  it('is not there for who has no such list', async () => {
    const administrator = await program.as(await program.person('宋文斌', 'administrator', town));
    for (const path of ['/cases/export', '/tickets/export', '/follow-ups/export', '/reports/export'])
      expect((await administrator.visit(path)).status).to.equal(404);
  });

  it('has every page of the enterprises in their order, and the conditions of the address', async () => {
    for (let index = 10; index < 70; index++)
      await anEnterprise(town, `江阴${index}号针织厂`, { villageId: village.id });
    await anEnterprise(town, '某机械厂', { industry: 'machinery', active: false });
    const shown = (await dispatcher.visit('/enterprises?industry=textile')).rows;
    const link = dispatcher.page.link('导出Excel');
    expect(link).to.equal('/enterprises/export?industry=textile');
    const { rows } = await saved(dispatcher, link);
    const names = rows.slice(2).map(([name]) => name);
    expect(shown).to.have.length(50);
    expect(names).to.have.length(60);
    expect(names.slice(0, 50)).to.deep.equal(shown.map(([name]) => name!.trim()));
    expect(rows[1]).to.include.members(['企业名称', '行业', '职工人数']);
    const closed = await saved(dispatcher, '/enterprises/export?active=no');
    expect(closed.rows.slice(2).map(([name]) => name)).to.deep.equal(['某机械厂']);
    expect(closed.rows[2]).to.include('已停用');
    expect((await dispatcher.visit('/enterprises?q=nobody')).text).to.not.include('导出Excel');
  });

  it('has the people with their phones masked, and the rooms with who mediates there', async () => {
    await Person.create({
      ...{ townId: town.id, areaId: village.id, name: '=1+1', kind: 'gridWorker' },
      ...{ phone: '13912345678', activeFrom: '2022-01-01' },
    });
    const people = await saved(dispatcher, (await dispatcher.visit('/people')).link('导出Excel'));
    expect(people.rows[2]).to.include.members(['=1+1', '建南村', '139****5678']);
    const { room } = await aRoom(town, village, []);
    const mediated = await aRoom(town, town, ['周国平', '陆海燕']);
    const rooms = await saved(dispatcher, (await dispatcher.visit('/rooms')).link('导出Excel'));
    expect(rooms.rows.slice(2).map((cells) => cells.slice(0, 4))).to.have.deep.members([
      [room.name, '村级', '建南村', '没有调解员'],
      [mediated.room.name, '镇级', '祝塘镇', '周国平、陆海燕'],
    ]);
  });
});
