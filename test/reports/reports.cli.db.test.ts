import { expect } from 'chai';
import type { Area } from '../../models/areas.ts';
import { runCli } from '../support/cli.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aTicket, aTown, aVillage } from '../support/factories.ts';

describe('report indicators on the command line', () => {
  const database = useDatabase();
  let town: Area;
  let village: Area;

  before(async () => {
    town = await aTown();
    village = await aVillage(town, '文林村');
    const { id } = await aCase(town)
      .in(village)
      .fromHotline()
      .claiming('8,000')
      .closedOn('2022-03-09')
      .saved();
    await aTicket(town, '2022-03-01', { caseId: id });
    await aCase(town).receivedOn('2022-04-01').saved();
  });

  const run = (...options: string[]) => runCli(database.url, 'report', 'indicators', ...options);
  const year = ['--from', '2022-01-01', '--to', '2022-12-31'];

  it('prints one line of JSON with the figures of the only town', () => {
    const { status, stdout, stderr } = run(...year, '--json');
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    expect(stdout.trimEnd()).to.not.include('\n');
    const figures = JSON.parse(stdout);
    expect(figures.cases).to.deep.equal({ opening: 0, received: 2, closed: 1, open: 1, collective: 0 });
    expect(figures.sentences.hotline).to.equal(
      '2022年，共接到12345劳动争议诉求件1件，调处成功率100%，涉及总金额8000元',
    );
  });

  it('takes a village and the other basis', () => {
    const figures = JSON.parse(run(...year, '--basis', 'closed', '--area', village.code, '--json').stdout);
    expect(figures).to.deep.include({ basis: 'closed', succeeded: 1, successRate: '100.00' });
    expect(figures.cases.received).to.equal(1);
  });

  it('prints the sentences and the figures for a reader', () => {
    const { stdout } = run(...year);
    expect(stdout).to.match(/^2022年，共接到12345劳动争议诉求件1件/);
    expect(stdout).to.include('tickets    1 received, 0 returned').and.include('success    1 of 1, 100.00 %');
  });

  for (const [fault, options, told] of [
    ['a day that does not exist', ['--from', '2022-02-30', '--to', '2022-12-31'], '2022-02-30'],
    ['a period that ends before it begins', ['--from', '2022-12-31', '--to', '2022-01-01'], '2022-01-01'],
    ['an unknown basis', [...year, '--basis', 'open'], '--basis'],
    ['an unknown area', [...year, '--area', 'nowhere'], 'nowhere'],
    ['no day', ['--from', '2022-01-01'], '--to'],
  ] as const) {
    it(`${fault} is one line on stderr and exit code 1`, () => {
      const { status, stdout, stderr } = run(...options, '--json');
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: '' });
      expect(stderr)
        .to.match(/^[^\n]+\n$/)
        .and.include(told);
    });
  }

  it('with several towns one must be named', async () => {
    const other = await aTown('青阳镇');
    const { status, stderr } = run(...year, '--json');
    expect(status).to.equal(1);
    expect(stderr)
      .to.match(/^[^\n]+\n$/)
      .and.include(other.code)
      .and.include(town.code);
    expect(JSON.parse(run(...year, '--area', other.code, '--json').stdout).cases.received).to.equal(0);
  });
});
