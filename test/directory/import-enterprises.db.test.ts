import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { AuditEntry } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { Enterprise, EnterpriseAlias } from '../../models/directory.ts';
import { creditCodeCheckDigit } from '../../server/directory/credit-code.rules.ts';
import { importEnterprises } from '../../server/directory/import-enterprises.service.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';
import { runCli } from '../support/cli.ts';
import { useDatabase } from '../support/database.ts';
import { aTown, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

const code = (number: number): string => {
  const first17 = `91320281MA3${String(number).padStart(6, '0')}`;
  return first17 + creditCodeCheckDigit(first17);
};

describe('import of enterprises', () => {
  const database = useDatabase();
  let town: Area;
  let village: Area;
  let folder: string;

  before(async () => {
    town = await aTown();
    village = await aVillage(town, '金庄村');
    folder = mkdtempSync(join(tmpdir(), 'three-ones-enterprises-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const book = (rows: (string | number | null)[][]) =>
    writeXlsx([{ name: '企业', headerRows: 2, rows: [['祝塘镇企业名录'], ...rows] }]);
  const HEADER = [
    '序号',
    '单位名称',
    '统一社会信用代码',
    '所属村（社区）',
    '行业',
    '职工人数',
    '联系电话',
    '简称',
  ];
  const order = { actorId: null };

  it('takes a workbook with a title once, and its changes later', async () => {
    const first = await book([
      HEADER,
      [1, '江阴宏达针织有限公司', code(1), '祝塘镇金庄', '纺织业', 80, 13861601234, '宏达、小宏'],
      [2, '江阴瑞丰机械厂', null, '没有的村', '通用设备制造', '三人', null, null],
      [3, '错码有限公司', `${code(3).slice(0, 17)}-`, '金庄村', '', '', '', ''],
      [4, '江阴宏达针织有限公司', code(4), '', '', '', '', ''],
    ]);
    const found = await importEnterprises(town.id, first, order);
    expect(found).to.deep.include({ rows: 4, new: 2, known: 0, changed: 0, faulty: 2 });
    expect(found.faults.map(({ row, reason }) => [row, reason])).to.deep.equal([
      [5, 'faults.creditCodeInvalid'],
      [6, 'faults.nameRepeated'],
    ]);
    expect(found.notes.map(({ row, reason }) => [row, reason])).to.deep.equal([[4, 'notes.villageUnknown']]);
    const enterprise = (await Enterprise.findOne({ where: { creditCode: code(1) } }))!;
    expect(enterprise.get()).to.include({
      villageId: village.id,
      industry: 'textile',
      headcount: 80,
      contactPhone: '13861601234',
      normalisedName: '江阴宏达针织',
    });
    expect(await EnterpriseAlias.count({ where: { enterpriseId: enterprise.id } })).to.equal(2);
    expect(await AuditEntry.count({ where: { action: 'createEnterprise' } })).to.equal(2);

    const again = await importEnterprises(town.id, first, order);
    expect(again).to.deep.include({ rows: 4, new: 0, known: 2, changed: 0, faulty: 2 });
    const changed = await importEnterprises(
      town.id,
      await book([HEADER, [1, '江阴宏达针织有限公司', code(1), '', '', 95, '', '大宏']]),
      order,
    );
    expect(changed).to.deep.include({ rows: 1, new: 0, known: 0, changed: 1, faulty: 0 });
    await enterprise.reload();
    expect(enterprise.get()).to.include({ headcount: 95, villageId: village.id, version: 1 });
    expect(await EnterpriseAlias.count({ where: { enterpriseId: enterprise.id } })).to.equal(3);
  });

  it('reads the first sheet that names enterprises, behind a cover sheet', async () => {
    const sheet = (name: string, rows: (string | number | null)[][]) => ({ name, headerRows: 1, rows });
    const file = await writeXlsx([
      sheet('封面', [['祝塘镇企业名录'], ['2026年']]),
      sheet('名录', [HEADER, [1, '封面后有限公司', null, '', '', '', '', '']]),
      sheet('注销', [HEADER, [1, '已经注销有限公司', null, '', '', '', '', '']]),
    ]);
    expect(await importEnterprises(town.id, file, { ...order, dryRun: true })).to.include({
      rows: 1,
      new: 1,
    });
  });

  it('stores nothing in a dry run, nor of a file that it refuses', async () => {
    const before = await Enterprise.count();
    const file = await book([HEADER, [1, '试运行有限公司', null, '', '', '', '', '']]);
    expect(await importEnterprises(town.id, file, { ...order, dryRun: true })).to.include({ new: 1 });
    const nameless = await book([
      ['统一社会信用代码', '行业'],
      [code(9), '纺织'],
    ]);
    expect(await refusal(importEnterprises(town.id, nameless, order))).to.equal(
      'file: directory.errors.importHeaderMissing',
    );
    const page = Buffer.from('<html><table><tr><td>企业名称</td></tr></table></html>');
    expect(await refusal(importEnterprises(town.id, page, order))).to.equal(
      'file: spreadsheets.errors.webPage',
    );
    expect(await Enterprise.count()).to.equal(before);
  });

  it('reads a GBK file from the command line and says in words what it left out', () => {
    const path = join(folder, 'enterprises.csv');
    const lines = [
      '祝塘镇企业名录',
      ',',
      '单位名称,信用代码,村',
      `命令行有限公司,${code(20)},无此村`,
      `,${code(21)},`,
    ];
    writeFileSync(path, iconv.encode(lines.join('\r\n'), 'gb18030'));
    const run = (...options: string[]) =>
      runCli(database.url, 'import', 'enterprises', path, '--area', town.code, ...options);
    const dry = run('--dry-run');
    expect(dry.stderr).to.equal('');
    expect(dry.stdout).to.include('将会：新增 1').and.include('第 5 行 企业名称“”：没有企业名称，请补填。');
    expect(JSON.parse(run('--json').stdout)).to.deep.equal({
      rows: 2,
      new: 1,
      known: 0,
      changed: 0,
      faulty: 1,
      faults: [{ row: 5, column: '企业名称', value: '', reason: '没有企业名称，请补填。' }],
      notes: [{ row: 4, column: '所属村', value: '无此村', reason: '没有这个村，已按不属任何村登记。' }],
    });
    expect(run('--area', 'nowhere')).to.include({ status: 1, stdout: '' });
  });
});
