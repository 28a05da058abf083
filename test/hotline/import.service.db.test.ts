import { expect } from 'chai';
import iconv from 'iconv-lite';
import { AuditEntry } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { CaseEvent } from '../../models/cases.ts';
import { inTx, selectRows } from '../../models/dialect.ts';
import { lookupHash } from '../../models/encryption.ts';
import { ImportBatch, KeptRowsPart, Ticket } from '../../models/tickets.ts';
import { Upload, UploadChunk } from '../../models/uploads.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { faultyRowsOfBatch } from '../../server/hotline/batches.queries.ts';
import { openMappings } from '../../server/hotline/import-mappings.queries.ts';
import {
  chooseReading,
  confirmImport,
  exportFaultyRows,
  firstMapping,
  previewImport,
  prepareUpload,
  previewUpload,
  storeUpload,
  type ImportResult,
} from '../../server/hotline/import.service.ts';
import type { FileToImport, ImportDecision } from '../../server/hotline/import-storing.service.ts';
import type { Findings } from '../../server/hotline/import-reading.service.ts';
import { headersByKey } from '../../server/hotline/import-mapping.rules.ts';
import { NO_MAPPING, type TicketMapping } from '../../server/hotline/mapping.rules.ts';
import { keepUpload, openUpload } from '../../server/hotline/uploads.service.ts';
import { setClock } from '../../server/shared/clock.ts';
import type { DomainError } from '../../server/shared/errors.ts';
import { NotFound, Stale, Unacceptable } from '../../server/shared/errors.ts';
import { newId } from '../../server/shared/ids.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aReader, aTown, aVillage } from '../support/factories.ts';

const HEADER = [
  '工单编号',
  '来电时间',
  '诉求人',
  '联系电话',
  '标题',
  '诉求内容',
  '诉求分类',
  '村',
  '被诉主体',
  '涉及金额',
];
const LABOUR = '劳动和社会保障';

/** A row of the file; `values` are its cells by header. */
function aRow(number: string, values: Record<string, Cell> = {}): Cell[] {
  const usual: Record<string, Cell> = {
    工单编号: number,
    来电时间: '2022/1/6 9:03',
    诉求人: '张三',
    联系电话: '13812345678',
    标题: '拖欠工资',
    诉求分类: LABOUR,
    涉及金额: 8000,
  };
  return HEADER.map((header) => (header in values ? values[header]! : (usual[header] ?? null)));
}

function csvOf(...rows: Cell[][]): Buffer {
  const quoted = (cell: Cell): string => `"${String(cell ?? '').replaceAll('"', '""')}"`;
  return Buffer.from([HEADER, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n'));
}

const failureOf = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.fail('nothing was refused'),
    (error: unknown) => error as DomainError,
  );

describe('import of hotline files', () => {
  useDatabase();
  let town: Area;
  let reader: Reader;
  beforeEach(async () => {
    town = await aTown();
    reader = await aReader(['dispatcher', town]);
  });

  const fileOf = (bytes: Uint8Array, mapping: Partial<TicketMapping> = {}): FileToImport => ({
    townId: town.id,
    source: bytes,
    mapping: { ...NO_MAPPING, ...mapping },
    fileName: '工单.csv',
    sha256: 'a'.repeat(64),
    userId: reader.userId,
  });
  const importOf = (bytes: Uint8Array, mapping?: Partial<TicketMapping>): Promise<ImportResult> =>
    confirmImport(fileOf(bytes, mapping));
  const countsOf = ({ counts }: Findings): number[] => [
    counts.rows,
    counts.new,
    counts.known,
    counts.unwanted,
    counts.faulty,
  ];
  const tickets = (): Promise<Ticket[]> =>
    Ticket.findAll({ where: { townId: town.id }, order: [['number', 'ASC']] });
  const batches = (): Promise<number> => ImportBatch.count({ where: { townId: town.id } });

  describe('new rows', () => {
    it('are counted by a preview and stored by nothing else than the confirmation', async () => {
      const bytes = csvOf(aRow('A1'), aRow('A2'));
      expect(countsOf(await previewImport(fileOf(bytes)))).to.deep.equal([2, 2, 0, 0, 0]);
      expect(await tickets()).to.be.empty;
      expect(await batches()).to.equal(0);

      const { batchId, findings } = await importOf(bytes);
      expect(countsOf(findings)).to.deep.equal([2, 2, 0, 0, 0]);
      expect((await tickets()).map((ticket) => ticket.batchId)).to.deep.equal([batchId, batchId]);
    });

    it('are stored with every field; the phone is encrypted and can be looked up', async () => {
      const village = await aVillage(town, '文林村');
      await importOf(
        csvOf(
          aRow('A1', { 诉求内容: '第一行\n第二行', 村: '文林', 被诉主体: '某某公司', 涉及金额: '3.5万' }),
        ),
      );
      const [ticket] = await tickets();
      expect(ticket).to.include({
        number: 'A1',
        receivedOn: '2022-01-06',
        state: 'awaitingRouting',
        callerName: '张三',
        callerPhone: '13812345678',
        callerPhoneHash: lookupHash('13812345678'),
        content: '第一行\n第二行',
        villageId: village.id,
        villageText: '文林',
        respondentText: '某某公司',
        amountFen: 3_500_000,
        anonymous: false,
        version: 0,
      });
      expect(ticket!.receivedAt.toISOString()).to.equal('2022-01-06T01:03:00.000Z');
      expect(ticket!.notes).to.deep.equal([]);
      const [raw] = await selectRows<{ callerPhone: string }>(
        'SELECT callerPhone FROM tickets WHERE id = :id',
        {
          id: ticket!.id,
        },
      );
      expect(raw!.callerPhone).not.to.include('13812345678');
    });

    it('keep what is not known or cannot be read as text, noted', async () => {
      await aVillage(town, '文林村');
      await importOf(
        csvOf(
          aRow('A1', {
            村: '无名村',
            涉及金额: '两三万',
            联系电话: '138****5678、家里电话不清楚，联系不上请找同事转告本人谢谢各位领导',
          }),
        ),
      );
      const [ticket] = await tickets();
      expect(ticket).to.include({
        villageId: null,
        villageText: '无名村',
        amountFen: null,
        callerPhoneHash: null,
      });
      expect(ticket!.callerPhone).to.match(/^138\*{4}5678、家里/);
      expect(ticket!.notes).to.deep.equal([
        { column: '涉及金额', value: '两三万' },
        { column: '村', value: '无名村' },
      ]);
    });

    it('keep every sign of SQL, HTML and formulas as text', async () => {
      const evil = `'; DROP TABLE tickets;-- \\' "x" :name $1 ? <script>alert(1)</script> sqlite_master PRAGMA =1+1 %_ 𠮷`;
      const row = aRow("A'1", {
        诉求人: evil.slice(0, 90),
        标题: evil,
        诉求内容: evil,
        村: evil.slice(0, 90),
        被诉主体: evil,
      });
      const { findings } = await importOf(csvOf(row));
      expect(findings.faults).to.deep.equal([]);
      const [ticket] = await tickets();
      expect(ticket).to.include({ number: "A'1", title: evil, content: evil, respondentText: evil });
      expect(ticket!.callerName).to.equal(evil.slice(0, 90).trim());
    });

    it('belong to their town: the same numbers are new in another', async () => {
      await importOf(csvOf(aRow('A1')));
      town = await aTown('华士镇');
      expect((await importOf(csvOf(aRow('A1')))).findings.counts.new).to.equal(1);
    });

    it('come from GBK as from UTF-8, and from .xlsx below a title', async () => {
      const rows = [aRow('A1', { 标题: '𠮷祥公司欠薪' })];
      const gbk = iconv.encode(csvOf(...rows).toString(), 'gb18030');
      expect((await importOf(gbk)).findings.counts.new).to.equal(1);
      expect((await tickets())[0]!.title).to.equal('𠮷祥公司欠薪');
      const xlsx = await writeXlsx([{ name: '工单', headerRows: 2, rows: [['2022年1月'], HEADER, ...rows] }]);
      expect(countsOf((await importOf(xlsx)).findings)).to.deep.equal([1, 0, 1, 0, 0]);
    });

    it('are stored by the thousand', async () => {
      const rows = Array.from({ length: 3_000 }, (_, i) => aRow(`A${i}`, { 诉求内容: '欠薪'.repeat(400) }));
      const { findings } = await importOf(csvOf(...rows, rows[7]!, aRow('A2999', { 标题: '别的' })));
      expect(countsOf(findings)).to.deep.equal([3_002, 3_000, 1, 0, 1]);
      expect(await Ticket.count({ where: { townId: town.id } })).to.equal(3_000);
    });
  });

  describe('other rows', () => {
    it('of the same file again store nothing, not even a batch', async () => {
      const bytes = csvOf(aRow('A1'), aRow('A2'));
      await importOf(bytes);
      const { batchId, findings } = await importOf(bytes);
      expect(batchId).to.equal(null);
      expect(countsOf(findings)).to.deep.equal([2, 0, 2, 0, 0]);
      expect(await batches()).to.equal(1);
    });

    it('are unwanted by category, known when repeated, faulty when repeated otherwise or wrong', async () => {
      const bytes = csvOf(
        aRow('A1'),
        aRow('A1'),
        aRow('A1', { 标题: '别的' }),
        aRow('A2', { 诉求分类: '城市管理' }),
        aRow('A3', { 来电时间: '2022-02-30' }),
        aRow('A4', { 涉及金额: -1 }),
        aRow('A5', { 诉求分类: `${LABOUR}/劳动报酬` }),
      );
      const { batchId, findings } = await importOf(bytes, { only: { category: [LABOUR] } });
      expect(countsOf(findings)).to.deep.equal([7, 2, 1, 1, 3]);
      expect(findings.faults.map(({ row, column }) => [row, column])).to.deep.equal([
        [4, '工单编号'],
        [6, '来电时间'],
        [7, '涉及金额'],
      ]);
      expect((await tickets()).map(({ number }) => number)).to.deep.equal(['A1', 'A5']);
      const batch = await ImportBatch.findByPk(batchId!);
      expect(batch).to.include({ rowCount: 7, newCount: 2, knownCount: 1, unwantedCount: 1, faultyCount: 3 });
    });

    it('that are faulty are kept with the batch, unreadable in the table', async () => {
      const { batchId } = await importOf(csvOf(aRow('A1'), aRow('A2', { 来电时间: '2022-02-30' })));
      const kept = await faultyRowsOfBatch('tickets', reader, batchId!);
      expect(kept.headers).to.deep.equal(HEADER);
      expect(kept.faultyRows.map(({ source }) => source.cells[3])).to.deep.equal(['13812345678']);
      const [raw] = await KeptRowsPart.findAll({ where: { batchId: batchId! } });
      expect(raw!.bytes.includes('138')).to.equal(false);
    });

    it('that are faulty are kept all, however many', async () => {
      const faulty = Array.from({ length: 1_200 }, (_, i) =>
        aRow(`A${i}`, { 来电时间: '', 诉求内容: '欠薪'.repeat(4_000) }),
      );
      const bytes = csvOf(aRow('B1'), ...faulty);
      const { batchId } = await importOf(bytes);
      const kept = await faultyRowsOfBatch('tickets', reader, batchId!);
      expect(kept.faultyRows.map(({ source }) => source.row)).to.deep.equal(faulty.map((_, i) => i + 3));
      const id = await keepUpload('tickets', reader, town.id, { fileName: '工单.csv', bytes }, NO_MAPPING);
      expect((await exportFaultyRows(reader, { uploadId: id })).faultyRows).to.have.length(1_200);
    });

    it('that could not be read in part are remarked on', async () => {
      await aVillage(town, '文林村');
      await importOf(csvOf(aRow('A0', { 村: '旧村' })));
      const findings = await previewImport(
        fileOf(
          csvOf(
            aRow('A0', { 村: '旧村' }),
            aRow('A1', { 村: '无名村', 涉及金额: '两三万' }),
            aRow('A2', { 村: '无名村' }),
            aRow('A3', { 村: '文林', 涉及金额: '二十万' }),
            aRow('A4', { 村: '别的村', 来电时间: '2099-01-01' }),
          ),
        ),
      );
      expect(findings.remarks).to.deep.equal([
        { column: '涉及金额', rows: 1, texts: [['两三万', 1]], others: 0 },
        { column: '村', rows: 2, texts: [['无名村', 2]], others: 0 },
      ]);
      expect(findings.sample[2]!.amountFen).to.equal(20_000_000);
      expect(findings.faults.map(({ reason }) => reason.sentence)).to.deep.equal([
        'hotline.faults.receivedAtFuture',
      ]);
    });

    it('are all there or not at all: a file without the wanted columns stores nothing', async () => {
      const refused = await failureOf(importOf(Buffer.from('工单编号,联系电话\nA1,138')));
      expect(refused)
        .to.be.instanceOf(Unacceptable)
        .and.include({ sentence: 'hotline.errors.receivedAtColumnMissing' });
      const broken = Buffer.concat([csvOf(aRow('A1')), Buffer.from('\r\n"A2,never closed')]);
      expect(await failureOf(importOf(broken))).to.include({ sentence: 'spreadsheets.errors.quoteOpen' });
      expect(await tickets()).to.be.empty;
      expect(await batches()).to.equal(0);
    });
  });

  describe('known tickets with other values', () => {
    const later = csvOf(
      aRow('A1', { 标题: '拖欠工资（补充）', 联系电话: '13900001111', 涉及金额: 9000 }),
      aRow('A2', { 来电时间: '2022/1/7 8:00', 村: '文林' }),
      aRow('A3'),
    );
    beforeEach(async () => {
      await aVillage(town, '文林村');
      await importOf(csvOf(aRow('A1', { 涉及金额: '两三万' }), aRow('A2'), aRow('A3')));
    });

    it('are shown field by field and left alone without a tick', async () => {
      const { findings, batchId } = await importOf(later);
      expect(countsOf(findings)).to.deep.equal([3, 0, 3, 0, 0]);
      expect(
        findings.changed.map(({ number, changes }) => [number, changes.map(({ field }) => field)]),
      ).to.deep.equal([
        ['A1', ['callerPhone', 'title', 'amountFen']],
        ['A2', ['receivedAt', 'villageText']],
      ]);
      expect(batchId).to.equal(null);
      expect((await tickets())[0]).to.include({ title: '拖欠工资', version: 0 });
    });

    it('are taken over where ticked, once, with an audit entry that holds no phone number', async () => {
      const [first, second] = await tickets();
      const { batchId, takenOver } = await confirmImport(fileOf(later), { takeOver: [first!.id, newId()] });
      expect(takenOver).to.equal(1);
      const [changed, unchanged] = await tickets();
      expect(changed).to.include({
        title: '拖欠工资（补充）',
        callerPhone: '13900001111',
        callerPhoneHash: lookupHash('13900001111'),
        amountFen: 900_000,
        version: 1,
        batchId: first!.batchId,
      });
      expect(changed!.notes).to.deep.equal([]);
      expect(unchanged).to.include({ receivedOn: '2022-01-06', version: 0 });
      expect(await ImportBatch.findByPk(batchId!)).to.include({
        newCount: 0,
        changedCount: 1,
        knownCount: 3,
      });
      const audit = await AuditEntry.findOne({ where: { action: 'tickets.takeOver', objectId: first!.id } });
      expect(audit!.detail['callerPhone']).to.deep.equal({ before: '138****5678', after: '139****1111' });

      await confirmImport(fileOf(later), { takeOver: [second!.id] });
      const village = await Area.findOne({ where: { parentId: town.id } });
      expect((await tickets())[1]).to.include({
        receivedOn: '2022-01-07',
        villageId: village!.id,
        version: 1,
      });
      expect((await previewImport(fileOf(later))).changedCount).to.equal(0);
    });

    it('that tell of danger now come first, and the case learns that its complaint changed', async () => {
      const [, , third] = await tickets();
      const disputeCase = await aCase(town).saved();
      await third!.update({ caseId: disputeCase.id, state: 'linked' });
      const urgent = csvOf(
        aRow('A1', { 标题: '拖欠工资（补充）' }),
        aRow('A3', { 诉求内容: '再不发工资就跳楼' }),
      );
      const { changed } = await previewImport(fileOf(urgent));
      expect(
        changed.map(({ number, alarms }) => [number, alarms.map(({ values }) => values['words'])]),
      ).to.deep.equal([
        ['A3', ['跳楼']],
        ['A1', []],
      ]);
      await confirmImport(fileOf(urgent), { takeOver: [third!.id] });
      const event = await CaseEvent.findOne({ where: { caseId: disputeCase.id, action: 'changeTicket' } });
      expect(event!.detail).to.deep.equal({ number: 'A3', alarmWords: '跳楼' });
      const again = csvOf(aRow('A3', { 标题: '又来电', 诉求内容: '再不发工资就跳楼' }));
      expect((await previewImport(fileOf(again))).changed[0]!.alarms).to.deep.equal([]);
    });

    it('have not changed where only a column is missing from the file', async () => {
      const lines = csvOf(aRow('A3')).toString().split('\r\n');
      const shorter = Buffer.from(lines.map((line) => line.split(',').slice(0, 5).join(',')).join('\n'));
      const findings = await previewImport(fileOf(shorter));
      expect([findings.counts.known, findings.changedCount]).to.deep.equal([1, 0]);
    });
  });

  describe('at the same time', () => {
    it('two imports of one file store every number once', async () => {
      const bytes = csvOf(...Array.from({ length: 700 }, (_, i) => aRow(`A${i}`)));
      const both = await Promise.all([importOf(bytes), importOf(bytes)]);
      expect(both.map(({ findings }) => findings.counts.new).sort()).to.deep.equal([0, 700]);
      expect(await Ticket.count({ where: { townId: town.id } })).to.equal(700);
      expect(await batches()).to.equal(1);
    });
  });

  describe('uploads', () => {
    const keep = async (bytes: Buffer): Promise<string> =>
      keepUpload(
        'tickets',
        reader,
        town.id,
        { fileName: '工单.csv', bytes },
        await firstMapping(reader, town.id, bytes),
      );
    const confirmUpload = async (who: Reader, id: string, decision: ImportDecision): Promise<string> =>
      storeUpload(await prepareUpload(who, id, decision));

    it('are kept encrypted in chunks, and come back whole', async () => {
      const bytes = csvOf(...Array.from({ length: 20_000 }, (_, i) => aRow(`A${i}`)));
      const id = await keepUpload('tickets', reader, town.id, { fileName: '工单.csv', bytes }, NO_MAPPING);
      const chunks = await UploadChunk.findAll({ where: { uploadId: id } });
      expect(chunks).to.have.length(Math.ceil(bytes.length / (512 * 1024)));
      expect(chunks.some((chunk) => chunk.bytes.includes('13812345678'))).to.equal(false);
      expect((await openUpload('tickets', reader, id)).bytes.equals(bytes)).to.equal(true);
    });

    it('are their owner’s alone, for a day', async () => {
      const id = await keep(csvOf(aRow('A1')));
      const colleague = await aReader(['dispatcher', town]);
      expect(await failureOf(previewUpload(colleague, id))).to.be.instanceOf(NotFound);
      expect(await failureOf(confirmUpload(colleague, id, { takeOver: [] }))).to.be.instanceOf(NotFound);
      expect(await failureOf(previewUpload({ ...reader, grants: [] }, id))).to.be.instanceOf(NotFound);
      setClock(() => new Date(Date.now() + 24 * 3_600_000 + 1_000));
      expect(await failureOf(previewUpload(reader, id))).to.be.instanceOf(NotFound);
      await keep(csvOf(aRow('A2')));
      expect(await Upload.findByPk(id)).to.equal(null);
      expect(await UploadChunk.count({ where: { uploadId: id } })).to.equal(0);
    });

    it('are taken for towns in reach only', async () => {
      const other = await aTown('华士镇');
      expect(await failureOf(firstMapping(reader, other.id, csvOf(aRow('A1'))))).to.include({
        field: 'townId',
      });
    });

    const refused: [string, Buffer, string][] = [
      ['an empty file', Buffer.alloc(0), 'spreadsheets.errors.emptyFile'],
      ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'spreadsheets.errors.oldExcel'],
      [
        'a web page',
        Buffer.from('<html><table><tr><td>工单编号</td></tr></table>'),
        'spreadsheets.errors.webPage',
      ],
      ['a file without a header', Buffer.from('a,b\n1,2'), 'hotline.errors.headerMissing'],
    ];
    for (const [name, bytes, sentence] of refused) {
      it(`are refused beside the field: ${name}`, async () => {
        expect(await failureOf(keep(bytes))).to.include({ sentence, field: 'file' });
        expect(await Upload.count({ where: { townId: town.id } })).to.equal(0);
      });
    }

    it('are confirmed as they were shown, then removed', async () => {
      const id = await keep(csvOf(aRow('A1')));
      const { findings } = await previewUpload(reader, id);
      await importOf(csvOf(aRow('A1')));
      const decision = { takeOver: [], shown: findings.fingerprint };
      expect(await failureOf(confirmUpload(reader, id, decision))).to.be.instanceOf(Stale);

      const next = await keep(csvOf(aRow('A1'), aRow('A2')));
      const { fingerprint } = (await previewUpload(reader, next)).findings;
      const batchId = await confirmUpload(reader, next, { takeOver: [], shown: fingerprint });
      expect(await ImportBatch.findByPk(batchId)).to.include({ newCount: 1, createdById: reader.userId });
      expect(await Upload.findByPk(next)).to.equal(null);
    });

    it('are read while somebody else writes, and stored as far as nothing has changed meanwhile', async () => {
      await importOf(csvOf(aRow('A1')));
      const [known] = await tickets();
      const id = await keep(csvOf(aRow('A1', { 标题: '别的' }), aRow('A2'), aRow('A3')));
      const decision = { takeOver: [known!.id] };
      let release = (): void => undefined;
      const writing = inTx(async () => {
        await AuditEntry.update({ detail: {} }, { where: { action: 'none' } });
        await new Promise<void>((resolve) => (release = resolve));
      });
      const [first, second] = [
        await prepareUpload(reader, id, decision),
        await prepareUpload(reader, id, decision),
      ];
      release();
      await writing;

      await importOf(csvOf(aRow('A3')));
      expect(await failureOf(storeUpload(first)), 'a number that became known').to.be.instanceOf(Stale);
      await Ticket.destroy({ where: { townId: town.id, number: 'A3' } });
      await known!.update({ version: 7 });
      expect(await failureOf(storeUpload(first)), 'a ticket that was changed').to.be.instanceOf(Stale);
      await known!.update({ version: 0 });
      await chooseReading(reader, id, { part: 'categories', ticked: [LABOUR] });
      expect((await tickets()).map(({ number, title }) => [number, title])).to.deep.equal([
        ['A1', '拖欠工资'],
      ]);
      expect(await storeUpload(first)).to.equal(first.batchId);
      expect(await failureOf(storeUpload(second)), 'stored before').to.be.instanceOf(NotFound);
      expect((await tickets()).map(({ number, title }) => [number, title])).to.deep.equal([
        ['A1', '别的'],
        ['A2', '拖欠工资'],
        ['A3', '拖欠工资'],
      ]);
    });

    it('are not stored by columns that were chosen otherwise meanwhile', async () => {
      const id = await keep(csvOf(aRow('A1'), aRow('A2', { 诉求分类: '城市管理' })));
      const prepared = await prepareUpload(reader, id, { takeOver: [] });
      await chooseReading(reader, id, { part: 'categories', ticked: [LABOUR] });
      expect(await failureOf(storeUpload(prepared))).to.be.instanceOf(Stale);
      expect(await tickets()).to.be.empty;
    });

    it('that are confirmed twice at the same time are stored once', async () => {
      const id = await keep(csvOf(...Array.from({ length: 700 }, (_, i) => aRow(`A${i}`))));
      const both = await Promise.allSettled([1, 2].map(() => confirmUpload(reader, id, { takeOver: [] })));
      expect(both.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
      expect([await Ticket.count({ where: { townId: town.id } }), await batches()]).to.deep.equal([700, 1]);
    });

    it('with nothing to store say so', async () => {
      await importOf(csvOf(aRow('A1')));
      const id = await keep(csvOf(aRow('A1')));
      const { fingerprint } = (await previewUpload(reader, id)).findings;
      expect(await failureOf(confirmUpload(reader, id, { takeOver: [], shown: fingerprint }))).to.include({
        sentence: 'hotline.errors.nothingToStore',
      });
    });

    it('are read by the columns and categories that were chosen, and so is the next file that fits', async () => {
      const bytes = csvOf(
        aRow('A1', { 被诉主体: '欠薪的公司' }),
        aRow('A2', { 诉求分类: '城市管理' }),
        aRow('A3', { 诉求分类: '' }),
      );
      const id = await keep(bytes);
      const { layout } = (await previewUpload(reader, id)).findings;
      const headers = { ...headersByKey(layout), title: '被诉主体', respondent: '' };
      await chooseReading(reader, id, { part: 'columns', headers });
      expect((await openUpload('tickets', reader, id)).mapping.columns).to.deep.equal({
        title: '被诉主体',
        respondent: '',
      });
      expect((await previewUpload(reader, id)).findings.sample.map(({ title }) => title)).to.deep.equal([
        '欠薪的公司',
      ]);

      await chooseReading(reader, id, { part: 'columns', headers: headersByKey(layout) });
      expect((await openUpload('tickets', reader, id)).mapping.columns).to.deep.equal({});
      await chooseReading(reader, id, { part: 'categories', ticked: [LABOUR, '', '没有这一类'] });
      const { findings } = await previewUpload(reader, id);
      expect(countsOf(findings)).to.deep.equal([3, 2, 0, 1, 0]);
      expect(await failureOf(chooseReading(reader, id, { part: 'categories', ticked: [] }))).to.include({
        field: 'category',
      });

      await confirmUpload(reader, id, { takeOver: [], shown: findings.fingerprint });
      const [last] = await openMappings('tickets', town.id);
      expect([last!.name, last!.mapping.only]).to.deep.equal(['', { category: [LABOUR, ''] }]);
      const next = await keep(csvOf(aRow('A4'), aRow('A5', { 诉求分类: '城市管理' })));
      expect(countsOf((await previewUpload(reader, next)).findings)).to.deep.equal([2, 1, 0, 1, 0]);
      const other = await keep(Buffer.from('编号,日期,内容\nB1,2022-01-06,欠薪'));
      expect((await openUpload('tickets', reader, other)).mapping).to.deep.equal(NO_MAPPING);
    });

    it('give their faulty rows, which is audited', async () => {
      const id = await keep(csvOf(aRow('A1'), aRow('A2', { 来电时间: '' })));
      expect((await exportFaultyRows(reader, { uploadId: id })).faultyRows).to.have.length(1);
      const audit = await AuditEntry.findOne({ where: { action: 'tickets.exportFaultyRows', objectId: id } });
      expect(audit).to.include({ userId: reader.userId });
    });
  });
});
