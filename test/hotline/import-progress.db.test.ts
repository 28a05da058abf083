import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Model, ModelStatic } from 'sequelize';
import type { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { holdRow, inTx } from '../../models/dialect.ts';
import { ImportRun } from '../../models/imports.ts';
import { ImportBatch, Ticket } from '../../models/tickets.ts';
import { Upload } from '../../models/uploads.ts';
import { createWorks, endsSoon, stopWork } from '../../server/hotline/import-progress.service.ts';
import { newId } from '../../server/shared/ids.ts';
import { aTown } from '../support/factories.ts';
import { hotlineFile } from '../support/hotline-file.ts';
import { Page, useProgram, type Visitor } from '../support/http.ts';

const KINDS = [
  {
    ...{ kind: 'tickets', list: '/imports', thing: '工单', done: '导入完成' },
    file: {
      name: '三月工单.xlsx',
      of: (numbers: string[]) => hotlineFile(numbers.map((number) => ({ number }))),
    },
    stored: Ticket,
  },
  {
    ...{ kind: 'ledger', list: '/ledgers', thing: '案件', done: '台账导入完成' },
    file: { name: '旧台账.csv', of: (numbers: string[]) => Promise.resolve(ledgerFile(numbers)) },
    stored: DisputeCase,
  },
] as const;

function ledgerFile(numbers: string[]): Buffer {
  const rows = numbers.map((number) => `${number},2021-03-05,和解`);
  return Buffer.from(['编号,受理日期,调解结果', ...rows].join('\n'));
}

for (const { kind, list, thing, done, file, stored } of KINDS)
  describe(`imports of ${kind} that take longer than an answer`, () => {
    const program = useProgram();
    let town: Area;
    let dispatcher: Visitor;
    let uploadId: string;
    let confirmation: ReturnType<Page['form']>;
    let address: string;

    beforeEach(async () => {
      town = await aTown();
      dispatcher = await program.as(await program.person('陈建国', 'dispatcher', town));
      const preview = await send(['A1', 'A2']);
      address = preview.path;
      uploadId = address.split('/').at(-1)!;
      confirmation = preview.form(/\/confirmation$/);
    });

    const send = async (numbers: string[]): Promise<Page> => {
      const chosen = { name: file.name, bytes: await file.of(numbers) };
      return dispatcher.fill(`${list}/new`, { file: chosen }, `${list}/uploads`);
    };
    /** Somebody holds the upload's row (on SQLite: all writing) while `act` runs; then it is let go. */
    async function whileHeld<T>(act: () => Promise<T>): Promise<T> {
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      let held = (): void => undefined;
      const holding = new Promise<void>((resolve) => (held = resolve));
      const holder = inTx(async () => {
        await holdRow('uploads', uploadId);
        held();
        await released;
      });
      await holding;
      try {
        return await act();
      } finally {
        release();
        await holder;
      }
    }
    /** The answer to a form, and the page of the state to which it leads. */
    async function stateAfter(form: typeof confirmation, key?: string): Promise<Page> {
      const fields = Object.fromEntries(form.controls.map(({ name, value }) => [name, value]));
      const answer = await dispatcher.request(form.action, {
        ...fields,
        ...(key ? { idempotencyKey: key } : {}),
      });
      expect([answer.status, answer.headers['location']]).to.deep.equal([303, `${address}/state`]);
      return state();
    }
    async function state(): Promise<Page> {
      const answer = await dispatcher.agent.get(`${address}/state`);
      return new Page(answer.status, `${address}/state`, answer.text, answer.headers);
    }
    const counts = async (): Promise<number[]> => [
      await (stored as ModelStatic<Model>).count({ where: { townId: town.id } }),
      await ImportBatch.count({ where: { townId: town.id } }),
    ];

    it('lead to a page of their state, which leads to the batch; a second sending begins nothing', async () => {
      await whileHeld(async () => {
        const first = await stateAfter(confirmation);
        expect(first.headers['refresh']).to.equal('2');
        expect(first.text).to.include('正在导入').and.include(file.name).and.include('还没有完成');
        expect(first.tile(`已写入的${thing}`).value).to.equal('0');
        expect((await stateAfter(confirmation, newId())).text).to.include('正在导入');
      });
      const batch = await dispatcher.visit(`${address}/state`);
      expect(batch.text).to.include(done).and.include('A2');
      expect(await counts()).to.deep.equal([2, 1]);
      expect((await dispatcher.visit(`${address}/state`)).path, 'asked for later').to.equal(batch.path);
      expect((await dispatcher.submit(confirmation)).path, 'sent once more').to.equal(batch.path);
      expect(await counts()).to.deep.equal([2, 1]);
    });

    it('that another process runs are shown with their beginning and not begun again', async () => {
      await aRun({ aliveAt: new Date() });
      const other = await stateAfter(confirmation);
      expect(other.headers['refresh']).to.equal('2');
      expect(other.text).to.include('2026-11-20 09:00 开始，还没有完成');
      expect(await counts()).to.deep.equal([0, 0]);
      const [row] = (await dispatcher.visit(list)).rows;
      expect(row).to.deep.equal([file.name, '2026-11-20 09:00', '陈建国', '正在导入']);
      const colleague = await program.as(await program.person('沈丽娟', 'dispatcher', town));
      expect((await colleague.visit(list)).text).to.include('正在导入');
      expect((await colleague.visit(`${address}/state`)).status).to.equal(404);
      const stranger = await program.as(await program.person('外镇', 'dispatcher', await aTown('华士镇')));
      expect((await stranger.visit(list)).text).to.not.include(file.name);
    });

    it('that were cut off say that nothing was stored, and can be begun again', async () => {
      await aRun({ aliveAt: new Date(Date.now() - 120_000) });
      const stopped = await dispatcher.visit(`${address}/state`);
      expect(stopped.headers['refresh']).to.equal(undefined);
      expect(stopped.text).to.include(`中途停止了，没有保存任何${thing}`);
      expect((await dispatcher.visit(list)).text).to.include('已停止，没有保存');
      await dispatcher.visit(stopped.link('重新核对并导入'));
      const batch = await dispatcher.submit(/\/confirmation$/);
      expect(batch.text).to.include(done);
      expect(await counts()).to.deep.equal([2, 1]);
      expect((await dispatcher.visit(list)).text).to.not.include('已停止');
    });

    it('are undone when the process stops, and leave a trace', async () => {
      let stopped: Promise<void> | undefined;
      await whileHeld(async () => {
        await stateAfter(confirmation);
        stopped = stopWork();
      });
      await stopped;
      expect(await counts()).to.deep.equal([0, 0]);
      const said = await dispatcher.visit(`${address}/state`);
      expect([said.status, said.text.includes('系统正在停止')]).to.deep.equal([503, true]);
      expect((await dispatcher.visit(`${address}/state`)).text).to.include(`没有保存任何${thing}`);
    });

    it('are refused when they hold something else than was shown, without a trace', async () => {
      await dispatcher.submit(confirmation);
      const again = await send(['A1', 'A2']);
      const refused = await dispatcher.send(`${again.path}/confirmation`, {
        ...{ idempotencyKey: newId(), shown: 'x' },
      });
      expect(refused.status).to.equal(409);
      expect(await ImportRun.count({ where: { townId: town.id, batchId: null } })).to.equal(0);
    });

    async function aRun(values: { aliveAt: Date }): Promise<void> {
      await ImportRun.create({
        uploadId,
        kind,
        townId: town.id,
        userId: (await Upload.findByPk(uploadId))!.userId,
        fileName: file.name,
        holder: newId(),
        startedAt: new Date('2026-11-20T01:00:00Z'),
        ...values,
      });
    }
  });

describe('work that outlasts its answer', () => {
  const begun = { kind: 'reading' as const, form: { values: {}, errors: [] } };

  it('says how far it is until it ended, and ends at its next rows when the process stops', async () => {
    const [uploadId, userId] = [newId(), newId()];
    let next = (): void => undefined;
    const works = createWorks<never>();
    const work = works.begin({ ...begun, uploadId, userId }, async (report) => {
      for (let rows = 500; ; rows += 500) {
        report.read(rows);
        await new Promise<void>((resolve) => (next = resolve));
      }
    });
    await sleep(10);
    expect([work.rowsRead, work.ended, works.of(userId, uploadId) === work]).to.deep.equal([
      500,
      false,
      true,
    ]);
    expect(works.of(newId(), uploadId), 'of somebody else').to.equal(null);
    next();
    await sleep(10);
    expect(work.rowsRead).to.equal(1000);
    const stopped = stopWork();
    next();
    await stopped;
    expect([work.ended, await endsSoon(work)]).to.deep.equal([true, true]);
    expect(await work.result.catch(({ sentence }: { sentence: string }) => sentence)).to.equal(
      'hotline.errors.importStopped',
    );
  });
});
