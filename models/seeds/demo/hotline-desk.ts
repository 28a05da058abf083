import type { WhereOptions } from 'sequelize';
import { importCallbacks } from '../../../server/hotline/import-callbacks.service.ts';
import { replyToTicket } from '../../../server/hotline/reply.service.ts';
import { extendTicket, signTickets } from '../../../server/hotline/ticket-handling.service.ts';
import { addDays, instantOf, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import { setClock } from '../../../server/shared/clock.ts';
import { writeXlsx } from '../../../server/shared/spreadsheets/write-xlsx.ts';
import { DisputeCase } from '../../cases.ts';
import { inTx } from '../../dialect.ts';
import { Ticket } from '../../tickets.ts';
import type { Random } from './random.ts';
import type { DemoTown } from './town.ts';

/** How many tickets are written in one transaction. */
const AT_A_TIME = 100;

/** What the dispatcher writes, by how the case ended. */
const ANSWERS: Record<string, string> = {
  settledAtOnce: '经调解，双方已达成协议，约定款项一次付清，我们将核实到账情况。',
  settledByInstalments: '经调解，双方已达成分期支付协议，我们将督促单位按期履行。',
  reconciled: '经调解，双方已自行和解，争议已经了结。',
  failed: '经调解，双方未能达成协议，已书面告知您申请仲裁的权利和途径。',
  open: '本件正在调解中，调解员已与您联系，结果将及时告知您。',
};

const SETTLED: readonly string[] = ['settledAtOnce', 'settledByInstalments', 'reconciled'];

/** The dispatcher's other half: signing for tickets, answering the hotline, and what its callbacks hear. */
export class HotlineDesk {
  private readonly demo: DemoTown;
  private readonly random: Random;

  constructor(demo: DemoTown, random: Random) {
    this.demo = demo;
    this.random = random;
  }

  /** Signs for everything that was sent before an instant, four times a day; now and then a round is missed. */
  async sign(until: Date): Promise<void> {
    const waiting = await Ticket.findAll({
      where: { townId: this.demo.town.id, handling: 'awaitingSigning' },
      attributes: ['id', 'clockFrom', 'signDueAt'],
      order: [['clockFrom', 'ASC']],
    });
    const rounds = new Map<number, string[]>();
    for (const { id, clockFrom, signDueAt } of waiting) {
      if (clockFrom! >= until) continue;
      const late = this.random.chance(0.02) ? 4 : 0;
      const at = Math.min(until.getTime(), signDueAt!.getTime() + (late - 1) * 3_600_000);
      const round = Math.max(at, clockFrom!.getTime());
      rounds.set(round, [...(rounds.get(round) ?? []), id]);
    }
    await this.each(
      [...rounds].sort(([a], [b]) => a - b),
      async ([at, ids]) => {
        setClock(() => new Date(at));
        await signTickets(this.demo.dispatchers[0], ids);
      },
    );
  }

  /** Answers what the mediators have ended by a day, on the afternoon of that end. */
  async answerEnded(until: CalendarDay): Promise<void> {
    const open = await this.inWork({});
    const ended = open.flatMap((ticket) => {
      const closedOn = ticket.disputeCase?.closedOn;
      return closedOn && closedOn <= until ? [{ ticket, closedOn }] : [];
    });
    ended.sort((a, b) => (a.closedOn < b.closedOn ? -1 : 1));
    await this.each(ended, ({ ticket, closedOn }) => this.answer(ticket, instantOf(closedOn, '17:45')));
  }

  /** What is signed for and in a case, with what its answer tells. */
  private inWork(where: WhereOptions<Ticket>): Promise<Ticket[]> {
    return Ticket.findAll({
      where: { townId: this.demo.town.id, handling: 'signed', state: 'linked', redoneOn: null, ...where },
      include: [
        { model: DisputeCase, as: 'disputeCase', attributes: ['closedOn', 'outcome', 'firstContactAt'] },
      ],
      order: [['replyDueOn', 'ASC']],
    });
  }

  /** One answer as the case stands; what is still open is not resolved. */
  private async answer({ id, version, disputeCase }: Ticket, at: Date): Promise<void> {
    setClock(() => at);
    const outcome = disputeCase?.outcome ?? null;
    const resolved = outcome !== null && SETTLED.includes(outcome);
    const contacted = disputeCase?.firstContactAt ?? null;
    await replyToTicket(this.demo.dispatchers[0], id, version, {
      text: ANSWERS[outcome ?? 'open'] ?? '经办理，本件已经办结，理由和其他途径已书面告知您。',
      contactedAt: contacted && contacted < at ? contacted : new Date(at.getTime() - 3_600_000),
      channel: 'call',
      verdict: resolved ? this.random.pick(['true', 'true', 'partlyTrue'] as const) : 'partlyTrue',
      resolved,
      unresolvedReason: resolved
        ? null
        : outcome
          ? '双方未能达成一致，已告知仲裁权利。'
          : '仍在调解期限内，正在调解。',
    });
  }

  /** The hotline's file of callbacks: most callers are satisfied; who is not is answered again two days later. */
  async callBack(on: CalendarDay, unsatisfied = 0.03): Promise<void> {
    const replied = await Ticket.findAll({
      where: { townId: this.demo.town.id, handling: 'replied' },
      attributes: ['number', 'repliedOn', 'redoCount', 'resolved'],
      order: [['number', 'ASC']],
    });
    const rows = replied.flatMap(({ number, repliedOn, redoCount, resolved }) => {
      if (addDays(repliedOn!, 2) > on) return [];
      const content = redoCount > 0 || resolved === false ? 0 : unsatisfied;
      const draw = this.random.next();
      const said = draw < content ? '不满意' : draw < 0.1 ? '一般' : draw < 0.32 ? '基本满意' : '满意';
      const reached = !this.random.chance(0.08);
      const day = addDays(repliedOn!, 2);
      return [[number, `${day} ${reached ? '10:20' : '15:40'}`, reached ? '是' : '否', reached ? said : '']];
    });
    if (rows.length === 0) return;
    setClock(() => instantOf(on, '18:00'));
    const header = ['工单编号', '回访时间', '是否接通', '满意度'];
    const bytes = await writeXlsx([{ name: '回访', headerRows: 1, rows: [header, ...rows] }]);
    const file = { townId: this.demo.town.id, userId: this.demo.dispatchers[0].userId, sha256: '' };
    await importCallbacks({ ...file, fileName: `${on}回访结果.xlsx` }, bytes);
  }

  /** Answers what was to be redone, two days after it was ordered. */
  async redo(on: CalendarDay): Promise<void> {
    const ordered = await this.inWork({ redoneOn: on });
    await this.each(ordered, (ticket) => this.answer(ticket, instantOf(addDays(on, 2), '16:00')));
  }

  /** A year's tickets to their archive, a quarter at a time; what is answered after `until` waits for its callback. */
  async workOff(from: CalendarDay, until: CalendarDay): Promise<void> {
    await this.sign(instantOf(until, '17:30'));
    await this.answerEnded(until);
    for (let day = from; day <= until; day = addDays(day, 91)) {
      await this.callBack(day);
      await this.redo(day);
    }
  }

  /** The tickets of these days: a few not signed for, some answered while their case goes on, one extended, two redone. */
  async present(now: CalendarDay): Promise<void> {
    await this.sign(instantOf(addDays(now, -1), '11:00'));
    await this.answerEnded(addDays(now, -1));
    const working = await this.inWork({});
    const late = working.filter(({ replyDueOn }) => replyDueOn < now);
    for (const ticket of late.filter((_, index) => index % 4 > 0))
      await this.answer(ticket, instantOf(ticket.replyDueOn, '16:20'));
    const [next] = working.filter(({ replyDueOn }) => replyDueOn >= now);
    if (next) {
      setClock(() => instantOf(now, '08:10'));
      const wish = { days: 3, explanation: '企业需要核对工资台账，申请延期三个工作日。' };
      await extendTicket(this.demo.dispatchers[0], next.id, next.version, wish);
    }
    await this.callBack(addDays(now, -1), 0.12);
  }

  private async each<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
    for (let start = 0; start < things.length; start += AT_A_TIME) {
      const some = things.slice(start, start + AT_A_TIME);
      await inTx(async () => {
        for (const thing of some) await work(thing);
      });
    }
  }
}
