import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';
import { readSpreadsheet } from '../../server/shared/spreadsheets/read-spreadsheet.ts';
import { useProgram, type Visitor } from '../support/http.ts';
import { aCase, aTicket, aTown, aVillage } from '../support/factories.ts';

async function rowsOf(bytes: Buffer): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for await (const { cells } of readSpreadsheet(bytes)) rows.push(cells);
  return rows;
}

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

  const saved = async (who: Visitor, path: string) =>
    who.agent
      .get(path)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });

  it('has every row of the filter and nobody else’s, as text, with who took it', async () => {
    const list = await dispatcher.visit('/cases?state=open');
    expect(list.text).to.include('导出Excel');
    const answer = await saved(dispatcher, '/cases/export?state=open');
    expect(answer.headers['content-disposition']).to.match(/^attachment/);
    expect(answer.headers['cache-control']).to.equal('no-store');
    const rows = await rowsOf(answer.body as Buffer);
    expect(rows[0]![0]).to.match(/^陈建国 于 \d{4}-\d\d-\d\d \d\d:\d\d 导出/);
    expect(rows).to.have.length(62);
    const text = JSON.stringify(rows);
    expect(text).to.include('1,234.00').and.to.include('=HYPERLINK').and.not.to.include('外镇');
    expect(rows.flat().every((cell) => cell === null || typeof cell === 'string')).to.equal(true);
    const audit = await AuditEntry.findOne({ where: { action: 'export' } });
    expect(audit!.detail).to.deep.include({ list: '/cases/export', filter: { state: 'open' }, rows: 60 });
    expect(audit!.detail['sha256']).to.match(/^[\da-f]{64}$/);
  });

  it('masks what the list masks', async () => {
    const rows = await rowsOf((await saved(dispatcher, '/tickets/export?state=all')).body as Buffer);
    expect(rows).to.have.length(3);
    expect(JSON.stringify(rows)).to.include('139****5678').and.not.to.include('13912345678');
  });

  it('is not there for who has no such list', async () => {
    const administrator = await program.as(await program.person('宋文斌', 'administrator', town));
    for (const path of ['/cases/export', '/tickets/export'])
      expect((await administrator.visit(path)).status).to.equal(404);
  });
});
