import { expect } from 'chai';
import iconv from 'iconv-lite';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditEntry } from '../../models/accounts.ts';
import { LeaderVisit } from '../../models/one-duty.ts';
import type { Area } from '../../models/areas.ts';
import { CaseEvent, DisputeCase, Respondent } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { LedgerRecovery } from '../../models/settlements.ts';
import { ImportBatch, KeptRowsPart, Ticket, TicketEvent } from '../../models/tickets.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import { withdrawCase } from '../../server/cases/closing.service.ts';
import { readLedger } from '../../server/ledger/import-ledger.service.ts';
import { NO_LEDGER_MAPPING } from '../../server/ledger/ledger-mapping.rules.ts';
import { undoLedger } from '../../server/ledger/undo-ledger.service.ts';
import { importLedger, type LedgerToImport } from '../../server/ledger/store-ledger.service.ts';
import { presentCaseTiles, type FiguresOf } from '../../server/reports/figures.presenter.ts';
import { loadIndicators, loadReport, publishedIndicators } from '../../server/reports/indicator.queries.ts';
import { setClock } from '../../server/shared/clock.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';
import { translator } from '../../server/web/language.ts';
import { runCli } from '../support/cli.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, anEnterprise, aReader, aTicket, aTown, aUser, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

const HEADER = [
  ...[
    '案号',
    '收案日期',
    '结案日期',
    '用人单位',
    '村',
    '争议类型',
    '层级',
    '结案方式',
    '诉求金额',
    '协议金额',
  ],
  ...['追回金额', '追回日期', '涉及人数', '农民工人数', '来源'],
];

const csvOf = (...rows: Cell[][]): Buffer =>
  Buffer.from([HEADER, ...rows].map((row) => row.map((cell) => cell ?? '').join(',')).join('\n'));

describe('the ledger of past years', () => {
  const database = useDatabase();
  let town: Area;
  let village: Area;
  before(async () => {
    town = await aTown('祝塘镇');
    village = await aVillage(town, '建南村', 1);
    await anEnterprise(town, '江阴明华纺织有限公司', { villageId: village.id });
  });
  beforeEach(() => setClock(() => instantOf('2026-11-20', '12:00')));
  afterEach(async () => {
    setClock();
    await LedgerRecovery.destroy({ where: {} });
    await CaseEvent.destroy({ where: {} });
    await Respondent.destroy({ where: {} });
    await Ticket.destroy({ where: {} });
    await DisputeCase.destroy({ where: {} });
    await KeptRowsPart.destroy({ where: {} });
    await ImportBatch.destroy({ where: {} });
  });

  const fileOf = (source: Uint8Array): LedgerToImport => ({
    ...{
      townId: town.id,
      source,
      mapping: NO_LEDGER_MAPPING,
      fileName: '2021.csv',
      sha256: 'x',
      userId: null,
    },
  });
  const rows = csvOf(
    [
      'L1',
      '2021-03-05',
      '2021-03-15',
      '江阴市明华纺织公司',
      '',
      '讨薪',
      '村',
      '调解成功',
      8000,
      8000,
      8000,
      '2021-04-02',
      2,
      2,
      '12345',
    ],
    [
      'L2',
      '2021-03-06',
      '2021-03-20',
      '某个小作坊',
      '文林村',
      '工伤',
      '镇',
      '调解不成',
      50000,
      '',
      '',
      '',
      12,
      3,
      '信访',
    ],
    ['L3', '2021-05-01', '', '', '建南村', '', '', '撤回', '', '', '', '', '', '', ''],
    [
      'L4',
      '2021-06-01',
      '2021-06-09',
      '某个小作坊',
      '',
      '加班费',
      '村',
      '分期履行',
      3000,
      2500,
      1000,
      '2022-01-10',
      5,
      2,
      '来访',
    ],
  );

  it('becomes closed cases, with recognised enterprises, a ticket from the hotline and money with its day', async () => {
    const { batchId, findings } = await importLedger(fileOf(rows));
    expect(findings.counts).to.deep.equal({ rows: 4, new: 4, known: 0, unwanted: 0, faulty: 0 });
    const [first, second, third] = await DisputeCase.findAll({ order: [['number', 'ASC']] });
    expect(first).to.include({
      ...{
        number: 'L1',
        state: 'closed',
        outcome: 'settledAtOnce',
        performance: 'fulfilled',
        source: 'hotline',
      },
      ...{ respondentName: '江阴明华纺织有限公司', villageId: village.id, hasTicket: true, level: 'village' },
      ...{ primaryType: 'wages', claimedFen: 800_000, workers: 2, collective: false, ledgerBatchId: batchId },
    });
    expect(second).to.include({
      respondentName: '某个小作坊',
      enterpriseId: null,
      villageId: null,
      collective: true,
    });
    expect(third).to.include({
      closedOn: '2021-05-01',
      villageId: village.id,
      claimedFen: null,
      level: null,
    });
    expect(
      (await Ticket.findAll()).map(({ number, state, caseId }) => [number, state, caseId]),
    ).to.deep.equal([['L1', 'linked', first!.id]]);
    expect(await CaseEvent.count({ where: { action: 'importLedger' } })).to.equal(4);
    expect(findings.remarks).to.deep.equal([{ column: '村', rows: 1, texts: [['文林村', 1]], others: 0 }]);
    const recoveries = await LedgerRecovery.findAll({ order: [['paidOn', 'ASC']] });
    expect(
      recoveries.map(({ paidOn, amountFen, migrantFen }) => [paidOn, amountFen, migrantFen]),
    ).to.deep.equal([
      ['2021-04-02', 800_000, 800_000],
      ['2022-01-10', 100_000, null],
    ]);
  });

  it('is counted by the reports, and says what share of the money it does not know', async () => {
    await importLedger(fileOf(rows));
    const question = {
      ...{ townIds: [town.id], villageId: null, basis: 'received' as const },
      period: { from: '2021-01-01', to: '2022-12-31' },
    };
    const indicators = await loadIndicators(question);
    expect(indicators.tickets).to.deep.equal({ received: 1, returned: 0 });
    expect(indicators.cases).to.deep.equal({ opening: 0, received: 4, closed: 4, open: 0, collective: 1 });
    expect(indicators).to.include({ succeeded: 2, failed: 1, excluded: 1, amountInvolvedFen: 6_100_000 });
    expect(indicators.recovered).to.deep.equal({
      ...{ fen: 900_000, workers: 7, migrantFen: 800_000, migrantWorkers: 4, shareUnknownFen: 100_000 },
    });
    expect(publishedIndicators(indicators).recovered).to.have.all.keys(
      'fen',
      'workers',
      'migrantFen',
      'migrantWorkers',
    );
    const { breakdown } = await loadReport(question);
    const recovered = breakdown.months.map(({ month, sums }) => [month, sums.recoveredFen]);
    expect(recovered).to.deep.include(['2021-04', 800_000]).and.to.deep.include(['2022-01', 100_000]);
  });

  it('leaves what went up unknown where it does not say the level', async () => {
    const closed = ['', '某厂', '', '', '', '和解'];
    await importLedger(fileOf(csvOf(['N1', '2021-03-05', ...closed], ['N2', '2021-03-06', ...closed])));
    const question = {
      ...{ townIds: [town.id], villageId: null, basis: 'received' as const },
      period: { from: '2021-01-01', to: '2021-12-31' },
    };
    const tileOf = async () => {
      const { indicators, yearBefore } = await loadReport(question);
      const area = { id: town.id, name: town.name, townIds: [town.id], villageId: null };
      const of = { ...question, t: translator('zh-CN'), area, ticketsOpen: true };
      return presentCaseTiles(of as unknown as FiguresOf, indicators, yearBefore)[3]!;
    };
    expect(await tileOf()).to.include({ value: '—', note: '不详：台账未写层级（2 件）' });
    await aCase(town).receivedOn('2021-04-01').routedTo('village').closedOn('2021-04-09').saved();
    const settled = '首次分派层级成功 1 件；台账未写层级的 2 件不计';
    expect(await tileOf()).to.include({ value: '100.0', unit: '%', note: settled });
  });

  it('again stores nothing; other values are told and left; a number of the program’s own is faulty', async () => {
    await importLedger(fileOf(rows));
    const again = await importLedger(fileOf(rows));
    expect([again.batchId, again.findings.counts.known]).to.deep.equal([null, 4]);
    await aCase(town).with({ number: 'P1' }).saved();
    await aTicket(town, '2021-03-05', { number: 'P2' });
    const usual = ['2021-03-05', '', '', '', '', '', '调解成功'];
    const mixed = csvOf(
      ['L3', '2021-05-02', '', '', '', '', '', '撤回'],
      ['P1', ...usual],
      ['P2', ...usual],
      ['N1', ...usual],
      ['N1', ...usual],
      ['N1', '2021-03-06', ...usual.slice(1)],
    );
    const { counts, faults, changed } = await readLedger(fileOf(mixed));
    expect(counts).to.deep.equal({ rows: 6, new: 1, known: 2, unwanted: 0, faulty: 3 });
    expect(faults.map(({ row, reason }) => [row, reason.sentence])).to.deep.equal([
      [3, 'ledger.faults.numberTaken'],
      [4, 'ledger.faults.numberTaken'],
      [7, 'hotline.faults.repeated'],
    ]);
    expect(changed).to.deep.equal([{ number: 'L3', row: 2 }]);
  });

  it('of two imports at once stores each case once', async () => {
    const results = await Promise.all([1, 2].map(() => importLedger(fileOf(rows))));
    expect(results.filter(({ batchId }) => batchId !== null)).to.have.length(1);
    expect(await DisputeCase.count()).to.equal(4);
  });

  it('can be read but not acted on', async () => {
    await importLedger(fileOf(rows));
    const reader = await aReader(['dispatcher', town]);
    const { id, version } = (await DisputeCase.findOne({ where: { number: 'L4' } }))!;
    const page = await loadCasePage(reader, id);
    expect([...page.actions]).to.deep.equal([]);
    expect(page.ledgerRecovery).to.include({ amountFen: 100_000 });
    const mediator = await aReader(['mediator', town]);
    expect(await refusal(withdrawCase(mediator, id, version, { reason: '试' }))).to.equal('errors.notFound');
  });

  describe('is taken back as a whole', () => {
    const tables = [DisputeCase, Respondent, Ticket, LedgerRecovery, CaseEvent];
    const left = () => Promise.all(tables.map((table) => (table as typeof DisputeCase).count()));
    const reason = '导错了年度';

    it('with everything that it brought, and can be imported again', async () => {
      const reader = await aReader(['dispatcher', town]);
      const { batchId } = await importLedger(fileOf(rows));
      const own = await aCase(town).with({ number: '甲1' }).saved();
      expect(await undoLedger(reader, batchId!, { reason })).to.equal(4);
      expect(await left()).to.deep.equal([1, 0, 0, 0, 0]);
      expect(await DisputeCase.count({ where: { id: own.id } })).to.equal(1);
      const undone = (await ImportBatch.findByPk(batchId!))!;
      expect(undone).to.include({ undoneById: reader.userId, undoReason: reason, newCount: 4 });
      expect(undone.undoneAt?.getTime()).to.equal(instantOf('2026-11-20', '12:00').getTime());
      const audited = (await AuditEntry.findOne({ where: { action: 'ledger.undo', objectId: batchId! } }))!;
      expect(audited).to.include({ userId: reader.userId });
      expect(audited.detail).to.include({ fileName: '2021.csv', cases: 4, reason });
      expect((await importLedger(fileOf(rows))).findings.counts).to.include({ new: 4, known: 0 });
    });

    for (const [what, work, sentence] of [
      [
        'a case of it was matched with an enterprise',
        async (id: string) =>
          void (await CaseEvent.create({
            ...{ caseId: id, actorId: null, action: 'assignEnterprise', fromState: null, toState: 'closed' },
          })),
        'workedOn',
      ],
      [
        'another case was closed as a duplicate of one of it',
        async (id: string) => void (await aCase(town).with({ mergedIntoId: id }).saved()),
        'workedOn',
      ],
      [
        'its ticket was handled',
        async () =>
          void (await TicketEvent.create({
            ...{
              ticketId: (await Ticket.findOne({ rejectOnEmpty: true })).id,
              actorId: null,
              action: 'sign',
              fromHandling: 'awaitingSigning',
              toHandling: 'signed',
            },
          })),
        'workedOn',
      ],
      [
        'a visit of the leadership was about one of it',
        async (id: string) => {
          const { id: leaderId } = await aUser('镇长');
          const visit = { townId: town.id, villageId: null, enterpriseId: null, visitedOn: '2026-11-02' };
          const said = { leaders: '镇长', place: '厂区', issue: '欠薪', answer: null };
          await LeaderVisit.create({ ...visit, ...said, caseId: id, recordedById: leaderId });
        },
        'referenced',
      ],
    ] as const)
      it(`but not once ${what}: nothing goes`, async () => {
        const reader = await aReader(['dispatcher', town]);
        const { batchId } = await importLedger(fileOf(rows));
        await work((await DisputeCase.findOne({ where: { number: 'L1' } }))!.id);
        const before = await left();
        expect(await refusal(undoLedger(reader, batchId!, { reason }))).to.equal(
          `ledger.undo.errors.${sentence}`,
        );
        expect(await left()).to.deep.equal(before);
        expect((await ImportBatch.findByPk(batchId!))!.undoneAt).to.equal(null);
        expect(await AuditEntry.count({ where: { action: 'ledger.undo', objectId: batchId! } })).to.equal(0);
        await TicketEvent.destroy({ where: {} });
        await LeaderVisit.destroy({ where: {} });
        await DisputeCase.update({ mergedIntoId: null }, { where: {} });
      });

    it('or not at all when somebody works on it at that moment: nothing that was done is lost', async () => {
      const reader = await aReader(['dispatcher', town]);
      for (let attempt = 0; attempt < 4; attempt++) {
        await importLedger(fileOf(rows));
        const { id: caseId, ledgerBatchId } = (await DisputeCase.findOne({ where: { number: 'L1' } }))!;
        const work = inTx(() =>
          CaseEvent.create({
            caseId,
            actorId: null,
            action: 'assignEnterprise',
            fromState: null,
            toState: 'closed',
          }),
        );
        const [undone, worked] = await Promise.allSettled([
          undoLedger(reader, ledgerBatchId!, { reason }),
          work,
        ]);
        expect([undone.status, worked.status]).to.include('rejected');
        if (worked.status === 'rejected') continue;
        expect(await CaseEvent.count({ where: { id: worked.value.id } })).to.equal(1);
        await CaseEvent.destroy({ where: { id: worked.value.id } });
        await undoLedger(reader, ledgerBatchId!, { reason });
      }
    });

    it('by one of two at once, by nobody of another town, and from a terminal', async () => {
      const reader = await aReader(['dispatcher', town]);
      const { batchId } = await importLedger(fileOf(rows));
      const elsewhere = await aReader(['dispatcher', await aTown('长泾镇')]);
      const mediator = await aReader(['mediator', town]);
      for (const who of [elsewhere, mediator])
        expect(await refusal(undoLedger(who, batchId!, { reason }))).to.equal('errors.notFound');
      const both = [1, 2].map(() => refusal(undoLedger(reader, batchId!, { reason })));
      expect((await Promise.all(both)).sort()).to.deep.equal(['ledger.undo.errors.undone', 'nothing']);
      const { batchId: next } = await importLedger(fileOf(rows));
      const cli = (id: string) => runCli(database.url, 'import', 'ledger', '--undo', id, '--reason', reason);
      expect(cli(next!).stdout).to.include('删除案件4件');
      expect(await left()).to.deep.equal([0, 0, 0, 0, 0]);
      expect(cli(next!).stderr).to.include('已经撤销过了');
      expect(cli('L1').stderr).to.include('没有这次导入');
    });
  });

  it('is imported from a terminal in the ugly layout of a town, with the same output as tickets', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
    try {
      const csv = [
        '祝塘镇二〇二一年劳动争议调解情况登记,,,,,',
        ',,,,,',
        '序号,登记号,日期,对方,办成没有,钱',
        '1,A-１,2021年3月5日 9:30,某厂,成了,"1,200.505"',
        '2,A-2,2021/2/30,某厂,成了,5',
        '3,A-3,44270,某厂,没成,-5',
        '4,A-4,2021.3.9,某厂,走了,不详',
        ',,,,,',
      ].join('\r\n');
      const file = join(folder, 'old.csv');
      writeFileSync(file, iconv.encode(csv, 'gb18030'));
      const mapping = join(folder, 'm.json');
      writeFileSync(
        mapping,
        JSON.stringify({
          name: '老台账',
          columns: {
            number: '登记号',
            receivedOn: '日期',
            enterprise: '对方',
            outcome: '办成没有',
            recovered: '钱',
          },
          values: {
            outcome: { 成了: 'settledAtOnce', 没成: 'failed', '*': 'withdrawn' },
            level: { '*': 'town' },
          },
        }),
      );
      const run = (...more: string[]) =>
        runCli(database.url, 'import', 'ledger', file, '--mapping', mapping, '--json', ...more);
      const dry = run('--dry-run');
      expect(JSON.parse(dry.stdout)).to.deep.include({ rows: 4, new: 2, known: 0, unwanted: 0, faulty: 2 });
      expect(await DisputeCase.count()).to.equal(0);
      const { faults } = JSON.parse(run().stdout) as {
        faults: { row: number; column: string; value: string }[];
      };
      expect(faults.map(({ row, column, value }) => [row, column, value])).to.deep.equal([
        [5, '日期', '2021/2/30'],
        [6, '钱', '-5'],
      ]);
      expect(JSON.parse(run().stdout)).to.deep.include({ rows: 4, new: 0, known: 2, faulty: 2 });
      const cases = await DisputeCase.findAll({ order: [['number', 'ASC']] });
      expect(cases.map(({ number, outcome, level }) => [number, outcome, level])).to.deep.equal([
        ['A-1', 'settledAtOnce', 'town'],
        ['A-4', 'withdrawn', 'town'],
      ]);
      expect((await LedgerRecovery.findOne())!.amountFen).to.equal(120_051);
      writeFileSync(mapping, '{"values":{"outcome":{"成了":"won"}}}');
      expect(run().stderr).to.contain('values.outcome.成了');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('may be an .xlsx', async () => {
    const bytes = await writeXlsx([
      { name: '台账', headerRows: 1, rows: [HEADER, ['X1', '2021-03-05', '', '', '', '', '', '和解']] },
    ]);
    expect((await readLedger(fileOf(bytes))).counts).to.include({ rows: 1, new: 1 });
  });
});
