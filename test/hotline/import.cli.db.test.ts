import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Area } from '../../models/areas.ts';
import { ImportBatch, Ticket } from '../../models/tickets.ts';
import { runCli, runCliFromSources } from '../support/cli.ts';
import { useDatabase } from '../support/database.ts';
import { aTown } from '../support/factories.ts';

const FILE = [
  '江阴市12345热线工单',
  '单据,受理时间,反映人,标题,类别',
  'JY001,2022/1/6 9:03,张三,拖欠工资,劳动和社会保障',
  'JY002,2022-02-30,李四,拖欠工资,劳动和社会保障',
  'JY003,2022年1月7日,王五,路灯不亮,城市管理',
  'JY001,2022-01-06 09:03:00,张三,拖欠工资,劳动和社会保障',
].join('\n');
const MAPPING = { columns: { number: '单据' }, only: { category: ['劳动和社会保障'] } };

describe('import tickets on the command line', () => {
  const database = useDatabase();
  let town: Area;
  let folder: string;

  before(async () => {
    town = await aTown();
    folder = mkdtempSync(join(tmpdir(), 'three-ones-cli-'));
    writeFileSync(join(folder, 'tickets.csv'), FILE);
    writeFileSync(join(folder, 'mapping.json'), `\uFEFF${JSON.stringify(MAPPING)}`);
    writeFileSync(join(folder, 'unknown.json'), JSON.stringify({ columns: { nummer: '单据' } }));
    writeFileSync(join(folder, 'broken.json'), '{"columns":');
    writeFileSync(join(folder, 'old.xls'), Buffer.from('d0cf11e0a1b11ae1', 'hex'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (file: string, ...options: string[]) => runCli(database.url, ...ordered(file, options));
  const ordered = (file: string, options: string[]): string[] => [
    ...['import', 'tickets', join(folder, file)],
    ...options.map((option) => (option.endsWith('.json') ? join(folder, option) : option)),
  ];
  const mapped = ['--mapping', 'mapping.json'];
  const fault = {
    row: 4,
    column: '受理时间',
    value: '2022-02-30',
    reason: '来电时间无法识别，或没有这一天。请按 2022-01-06 09:03 的样式填写。',
  };

  it('prints one JSON object and nothing else; a dry run stores nothing', async () => {
    const counts = { rows: 4, new: 1, known: 1, unwanted: 1, faulty: 1 };
    expect(run('tickets.csv', ...mapped, '--dry-run', '--json')).to.deep.equal({
      status: 0,
      stdout: `${JSON.stringify({ ...counts, faults: [fault] })}\n`,
      stderr: '',
    });
    expect(await Ticket.count()).to.equal(0);
  });

  it('prints the same when it runs from the sources', () => {
    const parameters = ordered('tickets.csv', [...mapped, '--dry-run', '--json']);
    const { stdout, stderr } = runCliFromSources(database.url, ...parameters);
    expect([JSON.parse(stdout), stderr]).to.deep.equal([
      { rows: 4, new: 1, known: 1, unwanted: 1, faulty: 1, faults: [fault] },
      '',
    ]);
  });

  it('stores what is new as the system, once', async () => {
    const first = run('tickets.csv', ...mapped, '--area', town.code, '--json');
    expect(JSON.parse(first.stdout)).to.deep.include({ new: 1, known: 1 });
    expect(JSON.parse(run('tickets.csv', ...mapped, '--json').stdout)).to.deep.include({ new: 0, known: 2 });
    const batches = await ImportBatch.findAll();
    expect(batches).to.have.length(1);
    expect(batches[0]).to.include({
      createdById: null,
      fileName: 'tickets.csv',
      newCount: 1,
      townId: town.id,
    });
    expect(await Ticket.count()).to.equal(1);
  });

  it('says the same in words', () => {
    const { stdout } = run('tickets.csv', ...mapped, '--dry-run');
    expect(stdout.split('\n')).to.deep.equal([
      '试运行，没有保存。共 4 行：新增 0，已有 2，不需要 1，有问题 1。',
      `第 4 行，受理时间“2022-02-30”：${fault.reason}`,
      '',
    ]);
  });

  const refused: [string, string, string[], string][] = [
    ['a column that is not recognised', 'tickets.csv', [], '没有认出“工单编号”这一列'],
    ['a mapping with an unknown key', 'tickets.csv', ['--mapping', 'unknown.json'], 'columns.nummer'],
    ['a mapping that is no JSON', 'tickets.csv', ['--mapping', 'broken.json'], '不是有效的 JSON'],
    ['a mapping that is not there', 'tickets.csv', ['--mapping', 'none.json'], '没有这个列对照文件'],
    ['an old .xls', 'old.xls', mapped, '另存为'],
    ['a file that is not there', 'none.csv', mapped, '没有这个文件'],
    ['an unknown town', 'tickets.csv', ['--area', 'nowhere'], 'nowhere'],
  ];
  for (const [name, file, options, sentence] of refused) {
    it(`ends with one line and status 1 for ${name}`, () => {
      const { status, stdout, stderr } = run(file, ...options, '--json');
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: '' });
      expect(stderr).to.include(sentence);
      expect(stderr.trimEnd().split('\n')).to.have.length(1);
    });
  }
});
