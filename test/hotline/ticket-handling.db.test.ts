import { expect } from 'chai';
import { createHash } from 'node:crypto';
import type { Area } from '../../models/areas.ts';
import { Contact } from '../../models/mediation.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { SourceRowsPart, Ticket, TicketEvent, TicketReply } from '../../models/tickets.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { importCallbacks, readCallbacks } from '../../server/hotline/import-callbacks.service.ts';
import { exportReplies } from '../../server/hotline/import-replies.service.ts';
import { confirmImport } from '../../server/hotline/import.service.ts';
import { NO_MAPPING } from '../../server/hotline/mapping.rules.ts';
import { replySheets } from '../../server/hotline/import-replies.presenter.ts';
import { composeReply } from '../../server/hotline/reply-text.presenter.ts';
import {
  correctReply,
  loadReplyDraft,
  replyToTicket,
  type NewReply,
} from '../../server/hotline/reply.service.ts';
import { ticketListHref } from '../../server/hotline/ticket-filter.rules.ts';
import { readTicketFilter } from '../../server/hotline/ticket-list.form.ts';
import { listTickets } from '../../server/hotline/ticket-list.queries.ts';
import * as service from '../../server/hotline/ticket-handling.service.ts';
import { loadIndicators } from '../../server/reports/indicator.queries.ts';
import { hotlineRate } from '../../server/reports/hotline-rates.rules.ts';
import { COUNTED_TICKETS, MISSED_TICKET_NAMES } from '../../server/hotline/ticket-filter.rules.ts';
import { dayOf, instantOf } from '../../server/shared/calendar-day.ts';
import { now, setClock } from '../../server/shared/clock.ts';
import { readSpreadsheet } from '../../server/shared/spreadsheets/read-spreadsheet.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';
import { translator } from '../../server/web/language.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aReader, aTicket, aTown, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

const HEADER = ['工单编号', '来电时间', '诉求人', '联系电话', '标题', '派发时间', '受理员', '办理结果'];
const chinese = translator('zh-CN');

/** Monday 16 November 2026, the tickets sent at 09:00. */
const MONDAY = '2026-11-16';
const at = (day: string, time = '09:00'): void => setClock(() => instantOf(day, time));

describe('the life of a ticket', () => {
  useDatabase();
  let town: Area;
  let village: Area;
  let dispatcher: Reader;
  let clerk: Reader;

  beforeEach(async () => {
    at(MONDAY, '10:00');
    await seedReference('江阴市');
    town = await aTown('祝塘镇');
    village = await aVillage(town, '建南村', 1);
    dispatcher = await aReader(['dispatcher', town]);
    clerk = await aReader(['dispatcher', village]);
  });
  afterEach(() => setClock());

  async function imported(number: string, values: Partial<Record<string, Cell>> = {}): Promise<Ticket> {
    await importRows([[number, values]]);
    return (await Ticket.findOne({ where: { townId: town.id, number } }))!;
  }

  async function importRows(rows: [string, Partial<Record<string, Cell>>][]) {
    const lines = rows.map(([number, values]) => {
      const usual: Record<string, Cell> = {
        工单编号: number,
        来电时间: `${MONDAY} 08:00`,
        诉求人: '张三',
        联系电话: '13812345678',
        标题: '拖欠工资',
        派发时间: `${MONDAY} 09:00`,
        受理员: '0912号',
      };
      return HEADER.map((header) => (header in values ? values[header]! : (usual[header] ?? null)));
    });
    const bytes = await writeXlsx([{ name: '工单', headerRows: 1, rows: [HEADER, ...lines] }]);
    return confirmImport({
      ...{ townId: town.id, source: bytes, mapping: NO_MAPPING, fileName: '工单.xlsx' },
      ...{ sha256: createHash('sha256').update(bytes).digest('hex'), userId: dispatcher.userId },
    });
  }

  /** A ticket that is signed for and belongs to a case. */
  async function inWork(number: string): Promise<Ticket> {
    const ticket = await imported(number);
    const disputeCase = await aCase(town).fromHotline().routedTo('village').saved();
    await Contact.create({
      ...{ caseId: disputeCase.id, at: instantOf(MONDAY, '11:00'), byId: dispatcher.userId },
      ...{ channel: 'visit', party: 'worker', reached: 'yes' },
    });
    await ticket.update({ state: 'linked', caseId: disputeCase.id });
    await service.signTicket(dispatcher, ticket.id, ticket.version);
    return ticket.reload();
  }

  const answer: NewReply = {
    text: '已达成协议。',
    contactedAt: instantOf(MONDAY, '11:00'),
    channel: 'call',
    verdict: 'true',
    resolved: true,
    unresolvedReason: null,
  };

  async function answered(number: string, day = '2026-11-18'): Promise<Ticket> {
    const ticket = await inWork(number);
    at(day);
    await replyToTicket(dispatcher, ticket.id, ticket.version, answer);
    return ticket.reload();
  }

  async function callbacks(...rows: Cell[][]): Promise<Uint8Array> {
    const header = ['工单编号', '回访时间', '是否接通', '满意度', '是否解决'];
    return writeXlsx([{ name: '回访', headerRows: 1, rows: [header, ...rows] }]);
  }
  const heard = async (...rows: Cell[][]) =>
    importCallbacks(
      { townId: town.id, fileName: '回访.xlsx', sha256: '', userId: dispatcher.userId },
      await callbacks(...rows),
    );

  const eventsOf = async (ticketId: string) =>
    (await TicketEvent.findAll({ where: { ticketId }, order: ['at', 'id'] })).map(({ action }) => action);

  describe('arriving', () => {
    it('waits for signing, with its due dates counted from the sending', async () => {
      const ticket = await imported('A1');
      expect(ticket).to.include({
        handling: 'awaitingSigning',
        replyDueOn: '2026-11-23',
        contactDueOn: '2026-11-18',
      });
      expect(ticket.signDueAt).to.deep.equal(instantOf(MONDAY, '15:00'));
      const late = await imported('A2', { 派发时间: null, 来电时间: '2022-01-06 09:03' });
      expect(late.signDueAt).to.deep.equal(instantOf('2022-01-06', '15:03'));
      expect(late.handling).to.equal('awaitingSigning');
    });

    it('keeps the row of the file unreadable in the table', async () => {
      const { batchId } = await imported('A1');
      const part = await SourceRowsPart.findOne({ where: { batchId: batchId! } });
      expect(part!.bytes.toString('utf8')).not.to.include('13812345678').and.not.to.include('张三');
    });
  });

  describe('signing', () => {
    it('is done once; whoever comes second is told so', async () => {
      const ticket = await imported('A1');
      const deputy = await aReader(['dispatcher', town]);
      const outcomes = await Promise.allSettled([
        service.signTicket(dispatcher, ticket.id, 0),
        service.signTicket(deputy, ticket.id, 0),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
      await ticket.reload();
      expect(ticket).to.include({ handling: 'signed', version: 1 });
      expect(await eventsOf(ticket.id)).to.deep.equal(['sign']);
    });

    it('of many leaves alone what somebody has signed for, and what lies out of reach', async () => {
      const [first, second] = [await imported('A1'), await imported('A2')];
      const far = await imported('A3');
      const other = await aVillage(town, '文林村', 2);
      await far.update({ villageId: other.id });
      await second.update({ villageId: village.id });
      await service.signTicket(dispatcher, first.id, null);
      expect(await service.signTickets(clerk, [first.id, second.id, far.id])).to.equal(1);
      expect(await service.signTickets(dispatcher, [first.id, second.id, far.id])).to.equal(1);
      const handled = await Ticket.findAll({ where: { townId: town.id } });
      expect(handled.map(({ handling }) => handling)).to.deep.equal(['signed', 'signed', 'signed']);
    });
  });

  describe('returning', () => {
    const wish = { returnReason: 'jurisdiction', explanation: '企业在青阳镇' } as const;

    it('is asked for by a village, decided by the town, and asked once', async () => {
      const ticket = await imported('A1');
      await ticket.update({ villageId: village.id });
      expect(await refusal(service.returnTicket(clerk, ticket.id, 0, 'jurisdiction'))).to.equal(
        'errors.notFound',
      );
      await service.askReturn(clerk, ticket.id, 0, wish);
      expect(
        await refusal(service.decideReturn(clerk, ticket.id, 1, { decision: 'approve', explanation: null })),
      ).to.equal('errors.notFound');
      await service.decideReturn(dispatcher, ticket.id, 1, { decision: 'refuse', explanation: '属本镇' });
      await ticket.reload();
      expect(ticket).to.include({ state: 'awaitingRouting', returnRequest: 'refused', returnReason: null });
      expect(await refusal(service.askReturn(clerk, ticket.id, 2, wish))).to.equal(
        'handling.obstacles.notAskedBefore',
      );
      expect(await eventsOf(ticket.id)).to.deep.equal(['askReturn', 'refuseReturn']);
    });

    it('that the town approves goes back, and nobody approves their own', async () => {
      const ticket = await imported('A1');
      await service.askReturn(dispatcher, ticket.id, 0, wish);
      const approval = { decision: 'approve', explanation: null } as const;
      expect(await refusal(service.decideReturn(dispatcher, ticket.id, 1, approval))).to.equal(
        'handling.errors.ownRequest',
      );
      await service.decideReturn(await aReader(['dispatcher', town]), ticket.id, 1, approval);
      await ticket.reload();
      expect(ticket).to.include({ state: 'returned', handling: 'returned', returnReason: 'jurisdiction' });
    });

    it('is asked for within a working day of the arrival', async () => {
      const ticket = await imported('A1');
      at('2026-11-17', '23:00');
      await service.askReturn(dispatcher, ticket.id, 0, wish);
      const late = await imported('A2');
      at('2026-11-19');
      expect(await refusal(service.askReturn(dispatcher, late.id, 0, wish))).to.equal(
        'handling.obstacles.inReturnTime',
      );
    });

    it('is not possible once the ticket belongs to a case', async () => {
      const ticket = await inWork('A1');
      expect(
        await refusal(service.returnTicket(dispatcher, ticket.id, ticket.version, 'duplicate')),
      ).to.equal('handling.obstacles.waitsForRouting');
    });

    it('that was a mistake is taken back: the ticket stands as before, its clocks never stopped', async () => {
      const ticket = await imported('A1');
      await service.signTicket(dispatcher, ticket.id, 0);
      await service.returnTicket(dispatcher, ticket.id, 1, 'duplicate');
      await service.undoReturn(dispatcher, ticket.id, 2, { explanation: '点错' });
      await ticket.reload();
      expect(ticket).to.include({
        state: 'awaitingRouting',
        handling: 'signed',
        returnReason: null,
        pingPong: 0,
      });
      expect(ticket.replyDueOn).to.equal('2026-11-23');
    });

    it('that the hotline answers by sending it again is counted, by hand', async () => {
      const ticket = await imported('A1');
      await service.returnTicket(dispatcher, ticket.id, 0, 'jurisdiction');
      at('2026-11-19');
      const early = { sentAt: instantOf(MONDAY, '09:30') };
      expect(await refusal(service.reopenTicket(dispatcher, ticket.id, 1, early))).to.equal(
        'sentOn: handling.errors.sentBeforeReturn',
      );
      await service.reopenTicket(dispatcher, ticket.id, 1, { sentAt: instantOf('2026-11-19', '08:30') });
      await ticket.reload();
      expect(ticket).to.include({
        state: 'awaitingRouting',
        handling: 'awaitingSigning',
        pingPong: 1,
        replyDueOn: '2026-11-26',
      });
    });

    it('that comes back in a file reopens the ticket; the same file again changes nothing', async () => {
      const ticket = await imported('A1');
      await service.returnTicket(dispatcher, ticket.id, 0, 'jurisdiction');
      await importRows([['A1', {}]]);
      expect((await ticket.reload()).state).to.equal('returned');
      at('2026-11-19');
      const again = await importRows([['A1', { 派发时间: '2026-11-19 08:30' }]]);
      expect(again.findings.cameBackCount).to.equal(1);
      await ticket.reload();
      expect(ticket).to.include({
        state: 'awaitingRouting',
        handling: 'awaitingSigning',
        pingPong: 1,
        replyDueOn: '2026-11-26',
      });
      await importRows([['A1', { 派发时间: '2026-11-19 08:30' }]]);
      expect((await ticket.reload()).pingPong).to.equal(1);
      expect(await eventsOf(ticket.id)).to.deep.equal(['return', 'reopen']);
    });
  });

  describe('extending', () => {
    it('moves the due day once, before it is over, by no more than the town allows', async () => {
      const ticket = await inWork('A1');
      const extend = (days: number, version: number) =>
        service.extendTicket(dispatcher, ticket.id, version, { days, explanation: '核对台账' });
      expect(await refusal(extend(6, ticket.version))).to.equal('days: handling.errors.tooLong');
      await extend(3, ticket.version);
      await ticket.reload();
      expect(ticket.replyDueOn).to.equal('2026-11-26');
      expect(await refusal(extend(1, ticket.version))).to.equal('handling.obstacles.notExtended');
      const late = await inWork('A2');
      at('2026-11-24');
      const wish = { days: 1, explanation: '晚了' };
      expect(await refusal(service.extendTicket(dispatcher, late.id, late.version, wish))).to.equal(
        'handling.obstacles.beforeExpiry',
      );
    });
  });

  describe('answering', () => {
    it('proposes a text from the case without anybody’s number, and the contact on record', async () => {
      const ticket = await inWork('A1');
      await aCase(town).saved();
      const { answered: facts, contact } = await loadReplyDraft(dispatcher, ticket.id);
      expect(contact).to.deep.equal({ at: instantOf(MONDAY, '11:00'), channel: 'visit' });
      const text = composeReply({ ...facts, respondent: '张老板13812345678' }, chinese);
      expect(text).to.include('138****5678').and.not.include('13812345678').and.not.include('张三');
    });

    it('stops the clock, and is refused before the call, in the future, and without a case', async () => {
      const ticket = await inWork('A1');
      at('2026-11-18');
      const reply = (contactedAt: Date) =>
        replyToTicket(dispatcher, ticket.id, ticket.version, { ...answer, contactedAt });
      expect(await refusal(reply(instantOf('2026-11-15')))).to.equal('contactedOn: errors.dayBefore');
      expect(await refusal(reply(instantOf('2026-11-19')))).to.equal('contactedOn: errors.dayAfter');
      const minute = 60_000;
      expect(
        await refusal(reply(new Date(ticket.receivedAt.getTime() - minute))),
        'before the call, that day',
      ).to.equal('contactedTime: handling.errors.contactBeforeCall');
      expect(await refusal(reply(new Date(now().getTime() + minute))), 'later today').to.equal(
        'contactedTime: handling.errors.contactToCome',
      );
      expect(await TicketReply.count({ where: { ticketId: ticket.id } })).to.equal(0);
      await reply(instantOf(MONDAY, '11:00'));
      await ticket.reload();
      expect(ticket).to.include({
        handling: 'replied',
        repliedOn: '2026-11-18',
        contactedOn: MONDAY,
        resolved: true,
      });
      const waiting = await imported('A2');
      await service.signTicket(dispatcher, waiting.id, 0);
      expect(await refusal(replyToTicket(dispatcher, waiting.id, 1, answer))).to.equal(
        'handling.obstacles.inCase',
      );
    });

    it('is corrected until it has left for the hotline; when it was given stays', async () => {
      const ticket = await answered('A1');
      expect((await loadReplyDraft(dispatcher, ticket.id)).saved!.text).to.equal(answer.text);
      at('2026-11-19');
      const better = { ...answer, text: '已付清。', contactedAt: instantOf('2026-11-17', '10:00') };
      await correctReply(dispatcher, ticket.id, ticket.version, better);
      await ticket.reload();
      expect(ticket).to.include({ handling: 'replied', repliedOn: '2026-11-18', contactedOn: '2026-11-17' });
      const replies = await TicketReply.findAll({ where: { ticketId: ticket.id } });
      expect(replies.map(({ text, repliedAt }) => [text, dayOf(repliedAt)])).to.deep.equal([
        ['已付清。', '2026-11-18'],
      ]);
      expect((await eventsOf(ticket.id)).slice(-2)).to.deep.equal(['reply', 'correctReply']);
      await exportReplies(dispatcher, [ticket.id], () => Promise.resolve(new Uint8Array()));
      await ticket.reload();
      expect(await refusal(correctReply(dispatcher, ticket.id, ticket.version, better))).to.equal(
        'handling.obstacles.notExported',
      );
    });

    it('names no day for a caller who is anonymous and left no number, and only for such a one', async () => {
      const ticket = await inWork('A1');
      const nobody = { ...answer, channel: 'unreachable' as const, contactedAt: null };
      const reply = () => replyToTicket(dispatcher, ticket.id, ticket.version, nobody);
      expect(await refusal(reply())).to.equal('channel: handling.errors.reachable');
      await ticket.update({ anonymous: true, callerPhone: null });
      await reply();
      await ticket.reload();
      expect(ticket).to.include({ handling: 'replied', contactedOn: null });
      let row: unknown[] = [];
      await exportReplies(dispatcher, [ticket.id], (files) => {
        row = replySheets(files, chinese, '')[0]!.rows[1]!;
        return Promise.resolve(new Uint8Array());
      });
      expect(row).to.include('否（匿名，无法联系）');
    });

    it('is done by one of two who answer at once, and stored once', async () => {
      const ticket = await inWork('A1');
      const deputy = await aReader(['dispatcher', town]);
      at('2026-11-18');
      const outcomes = await Promise.allSettled(
        [dispatcher, deputy].map((reader) => replyToTicket(reader, ticket.id, ticket.version, answer)),
      );
      expect(outcomes.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
      expect(await TicketReply.count({ where: { ticketId: ticket.id } })).to.equal(1);
    });
  });

  describe('the file of answers', () => {
    const exported = async (ids: string[] = []) => {
      const bytes = await exportReplies(dispatcher, ids, (files) =>
        writeXlsx(replySheets(files, chinese, '某人')),
      );
      const rows: Cell[][] = [];
      for await (const { sheet, cells } of readSpreadsheet(bytes)) if (sheet === '工单答复') rows.push(cells);
      return rows;
    };

    it('has the columns of the hotline’s own, with those of the answer filled or added', async () => {
      await answered('A1');
      const [header, row] = await exported();
      expect(header).to.deep.equal([
        ...HEADER,
        ...['答复时间', '是否联系', '联系时间', '是否属实', '是否解决', '未解决原因'],
      ]);
      expect(row).to.deep.equal([
        ...[
          'A1',
          `${MONDAY} 08:00`,
          '张三',
          '13812345678',
          '拖欠工资',
          `${MONDAY} 09:00`,
          '0912号',
          '已达成协议。',
        ],
        ...['2026-11-18 09:00', '是（电话）', `${MONDAY} 11:00`, '属实', '是'],
      ]);
    });

    it('takes what has not left yet, or what is ticked, and says so in the history once', async () => {
      const ticket = await answered('A1');
      expect(await exported()).to.have.length(2);
      expect(await refusal(exported())).to.equal('undefined: handling.errors.noReplies');
      expect(await exported([ticket.id])).to.have.length(2);
      expect((await eventsOf(ticket.id)).filter((action) => action === 'exportReply')).to.have.length(1);
      expect(await refusal(exportReplies(clerk, [ticket.id], () => expect.fail('out of reach')))).to.equal(
        'undefined: handling.errors.noReplies',
      );
    });
  });

  describe('callbacks', () => {
    it('close what was satisfied or not reached, and order a redo of the rest; the same file again changes nothing', async () => {
      const [good, away, bad] = [await answered('A1'), await answered('A2'), await answered('A3')];
      at('2026-11-20', '17:00');
      const rows: Cell[][] = [
        ['A1', '2026-11-20 10:00', '是', '基本满意', '是'],
        ['A2', '2026-11-20 10:10', '否', '', ''],
        ['A3', '2026-11-20 10:20', '是', '不满意', '否'],
        ['X9', '2026-11-20 10:30', '是', '满意', '是'],
      ];
      const { counts, faults } = await heard(...rows);
      expect(counts).to.deep.equal({ rows: 4, new: 3, known: 0, faulty: 1, redo: 1, unreached: 1 });
      expect(faults.map(({ row, reason }) => [row, reason.sentence])).to.deep.equal([
        [5, 'callbacks.faults.unknownNumber'],
      ]);
      for (const ticket of [good, away, bad]) await ticket.reload();
      expect(good).to.include({ handling: 'closed', satisfaction: 'mostlySatisfied', resolved: true });
      expect(away).to.include({ handling: 'closed', satisfaction: null, resolved: true });
      expect(bad).to.include({
        handling: 'signed',
        satisfaction: 'unsatisfied',
        resolved: false,
        redoCount: 1,
        repliedOn: null,
        replyDueOn: '2026-11-25',
      });
      const again = await readCallbacks(town.id, await callbacks(...rows));
      expect(again.counts).to.include({ new: 0, known: 3, faulty: 1 });
    });

    it('may be satisfied after the redo, which has an answer of its own', async () => {
      const ticket = await answered('A1');
      at('2026-11-20', '17:00');
      await heard(['A1', '2026-11-20 10:00', '是', '不满意', '']);
      await ticket.reload();
      expect(
        await refusal(
          service.extendTicket(dispatcher, ticket.id, ticket.version, { days: 1, explanation: '不行' }),
        ),
      ).to.equal('handling.obstacles.firstRound');
      at('2026-11-24');
      await replyToTicket(dispatcher, ticket.id, ticket.version, {
        ...answer,
        contactedAt: instantOf('2026-11-23', '15:00'),
      });
      at('2026-11-26');
      await heard(['A1', '2026-11-25 10:00', '是', '满意', '是']);
      await ticket.reload();
      expect(ticket).to.include({
        handling: 'closed',
        satisfaction: 'satisfied',
        resolved: true,
        redoCount: 1,
        contactedOn: MONDAY,
      });
      const replies = await TicketReply.findAll({ where: { ticketId: ticket.id }, order: ['round'] });
      expect(replies.map(({ round, satisfaction }) => [round, satisfaction])).to.deep.equal([
        [0, 'unsatisfied'],
        [1, 'satisfied'],
      ]);
    });
  });

  describe('the rates of the report', () => {
    it('count by the formulas, and every figure opens the tickets that it counts', async () => {
      await answered('A1');
      await answered('A2', '2026-11-24');
      const back = await imported('A3');
      await service.returnTicket(dispatcher, back.id, 0, 'duplicate');
      const late = await imported('A4');
      at(MONDAY, '16:00');
      await service.signTicket(dispatcher, late.id, 0);
      at('2026-11-25', '18:00');
      await heard(
        ['A1', '2026-11-20 10:00', '是', '满意', ''],
        ['A2', '2026-11-25 10:00', '是', '不满意', '否'],
      );
      const { handling: counts } = await loadIndicators({
        townIds: [town.id],
        villageId: null,
        period: { from: MONDAY, to: '2026-11-30' },
        basis: 'received',
      });
      expect(counts).to.deep.equal({
        ...{ assigned: 4, signedInTime: 1, due: 2, closed: 1, closedInTime: 1, resolved: 1, rated: 2 },
        ...{ satisfied: 1, returned: 1, redone: 1, contactedInTime: 2 },
        ...{ notSignedInTime: 2, notClosedInTime: 1, unresolved: 0, discontent: 1, notContactedInTime: 1 },
      });
      expect(hotlineRate('sign', counts)).to.equal('25.00');
      expect(hotlineRate('onTime', counts)).to.equal('50.00');
      expect(hotlineRate('satisfaction', counts)).to.equal('50.00');
      expect(hotlineRate('return', counts)).to.equal('25.00');
      for (const counted of [...COUNTED_TICKETS, ...MISSED_TICKET_NAMES]) {
        const address = ticketListHref({ counted, receivedFrom: MONDAY, receivedTo: '2026-11-30' });
        const query = Object.fromEntries(new URL(address, 'http://x').searchParams);
        expect((await listTickets(dispatcher, readTicketFilter(query))).total, counted).to.equal(
          counts[counted],
        );
      }
    });

    it('accuse nobody of what still has time, was never to be done or was never asked', async () => {
      const missed = async () => {
        const lists = MISSED_TICKET_NAMES.map(async (counted) => {
          const { rows } = await listTickets(dispatcher, { counted });
          return rows.map(({ ticket }) => [counted, ticket.number]);
        });
        return (await Promise.all(lists)).flat();
      };
      const cases = { caseId: (await aCase(town).fromHotline().saved()).id };
      await aTicket(town, MONDAY, { number: 'LEDGER-1', ...cases });
      await aTicket(town, MONDAY, { number: 'LEDGER-2', ...cases, handling: 'closed', repliedOn: MONDAY });
      await imported('A1');
      at(MONDAY, '15:00');
      expect(await missed()).to.deep.equal([]);
      at(MONDAY, '15:01');
      expect(await missed()).to.deep.equal([['notSignedInTime', 'A1']]);
      at('2026-11-18', '18:00');
      expect(await missed()).to.deep.equal([['notSignedInTime', 'A1']]);
      at('2026-11-19');
      expect(await missed()).to.deep.equal([
        ['notSignedInTime', 'A1'],
        ['notContactedInTime', 'A1'],
      ]);
      at('2026-11-24');
      expect(await missed())
        .to.have.length(3)
        .and.deep.include(['notClosedInTime', 'A1']);
    });

    it('miss what was answered as not resolved', async () => {
      const ticket = await inWork('A1');
      at('2026-11-17');
      const unresolved = { resolved: false, unresolvedReason: '企业不同意' };
      await replyToTicket(dispatcher, ticket.id, ticket.version, { ...answer, ...unresolved });
      const { rows } = await listTickets(dispatcher, { counted: 'unresolved' });
      expect(rows.map(({ ticket: { number } }) => number)).to.deep.equal(['A1']);
    });

    it('are unknown where there is nothing to divide by', async () => {
      const nothing = await loadIndicators({
        townIds: [town.id],
        villageId: null,
        period: { from: '2021-01-01', to: '2021-12-31' },
        basis: 'received',
      });
      expect(hotlineRate('sign', nothing.handling)).to.equal(null);
    });
  });

  it('is found by its handling and by what is overdue, in the list', async () => {
    await answered('A1');
    await inWork('A2');
    at('2026-11-25');
    await imported('A3');
    const numbers = async (filter: Parameters<typeof listTickets>[1]) =>
      (await listTickets(dispatcher, filter)).rows.map(({ ticket }) => ticket.number);
    expect(await numbers({ handling: 'toExport' })).to.deep.equal(['A1']);
    expect(await numbers({ handling: 'signed' })).to.deep.equal(['A2']);
    expect(await numbers({ handling: 'awaitingSigning' })).to.deep.equal(['A3']);
    expect(await numbers({ due: 'overdue' })).to.have.members(['A2', 'A3']);
  });
});
