import { recordClaims } from '../../../server/cases/claims.service.ts';
import {
  decideProposal,
  failCase,
  loseContact,
  proposeDecline,
  withdrawCase,
} from '../../../server/cases/closing.service.ts';
import type { Reader } from '../../../server/accounts/access.rules.ts';
import { confirmRoute } from '../../../server/case-routing/routing.service.ts';
import type { RouteChoice, TownDirectory } from '../../../server/case-routing/proposal.rules.ts';
import { acceptCase, logContact, takeOver } from '../../../server/mediation/mediation.service.ts';
import type { SettlementKind } from '../../../server/settlements/settlement.rules.ts';
import { recordPayment, verifyPayment } from '../../../server/settlements/payments.service.ts';
import { draftSettlement, signSettlement } from '../../../server/settlements/settlements.service.ts';
import { addDays, dayOf, instantOf, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import { now, setClock } from '../../../server/shared/clock.ts';
import { formatYuan } from '../../../server/shared/money.ts';
import { Claimant, type DisputeCase } from '../../cases.ts';
import { findRow, findRows } from '../../rows.ts';
import { Instalment, Payment } from '../../settlements.ts';
import { Ticket } from '../../tickets.ts';
import type { DemoComplaint } from './complaints.ts';
import { idNumber } from './names.ts';
import type { Random } from './random.ts';
import type { DemoTown } from './town.ts';

/** The people of the demo town at work: every step goes through the services, at the hour at which it happened. */
export class DeskWork {
  private readonly demo: DemoTown;
  private readonly directory: TownDirectory;
  private readonly random: Random;
  private readonly latest: Date;

  /** Nothing that they do lies ahead of `latest`, at which the demo is made. */
  constructor(demo: DemoTown, directory: TownDirectory, random: Random, latest: Date) {
    this.demo = demo;
    this.directory = directory;
    this.random = random;
    this.latest = latest;
  }

  /** The dispatcher confirms where a ticket goes, three hours after it came in. */
  async route(complaint: DemoComplaint, choice: RouteChoice = {}): Promise<DisputeCase> {
    this.at(new Date(complaint.receivedAt.getTime() + 3 * 3_600_000));
    const ticket = await findRow(Ticket, { townId: this.demo.town.id, number: complaint.number });
    const [dispatcher] = this.demo.dispatchers;
    return confirmRoute(dispatcher, ticket!.id, ticket!.version, choice, () =>
      Promise.resolve(this.directory),
    );
  }

  /** The mediator takes over on the next day and calls the worker. */
  async takeOver(disputeCase: DisputeCase, on: CalendarDay): Promise<DisputeCase> {
    this.at(instantOf(on, '09:20'));
    const mediator = this.mediatorOf(disputeCase);
    await takeOver(mediator, disputeCase.id, disputeCase.version);
    this.at(instantOf(on, '09:40'));
    const note = '已听取诉求，说明调解自愿、免费和15日期限，约定与单位核对考勤和工资。';
    const contact = {
      at: now(),
      channel: 'call',
      party: 'worker',
      reached: 'yes',
      note,
      risk: 'none',
    } as const;
    return logContact(mediator, disputeCase.id, {
      ...contact,
      mood: this.random.pick(['calm', 'worried', 'angry']),
    });
  }

  async accept(disputeCase: DisputeCase, on: CalendarDay): Promise<DisputeCase> {
    this.at(instantOf(on, '15:00'));
    const consents = { workerConsentOn: on, respondentConsentOn: on };
    return acceptCase(this.mediatorOf(disputeCase), disputeCase.id, disputeCase.version, consents);
  }

  /** Writes down who the worker is and what was verified and agreed, in fen. */
  async recordClaims(
    disputeCase: DisputeCase,
    complaint: DemoComplaint,
    agreedFen: number | null,
  ): Promise<DisputeCase> {
    const { name, male, migrant, phone } = complaint.caller;
    const claimant = await findRow(Claimant, { caseId: disputeCase.id });
    const amounts = { claimedFen: complaint.amountFen, verifiedFen: complaint.amountFen, agreedFen };
    return recordClaims(this.mediatorOf(disputeCase), disputeCase.id, disputeCase.version, claimant!.id, {
      name,
      gender: male ? 'male' : 'female',
      migrant,
      overRetirementAge: false,
      idNumber: idNumber(this.random, migrant, male),
      phone,
      claims: [{ type: complaint.type, ...amounts }],
    });
  }

  async draft(disputeCase: DisputeCase, kind: SettlementKind, dueOn: CalendarDay[]): Promise<DisputeCase> {
    const total = disputeCase.agreedFen ?? 0;
    const part = Math.floor(total / Math.max(1, dueOn.length) / 100) * 100;
    const schedule = dueOn.map((day, index) => ({
      dueOn: day,
      amountFen: index === dueOn.length - 1 ? total - part * index : part,
    }));
    const terms =
      total > 0
        ? `双方确认欠付金额，单位向申请人支付人民币${formatYuan(total)}元，按约定日期转入申请人本人账户；逾期的，申请人可就全部未付金额申请支付令或申请仲裁。`
        : '双方已自行和解并履行完毕，再无争议。';
    return draftSettlement(this.mediatorOf(disputeCase), disputeCase.id, disputeCase.version, {
      kind,
      terms,
      schedule,
    });
  }

  sign(disputeCase: DisputeCase, on: CalendarDay): Promise<DisputeCase> {
    this.at(instantOf(on, '16:30'));
    return signSettlement(this.mediatorOf(disputeCase), disputeCase.id, disputeCase.version, {
      signedOn: on,
    });
  }

  /** Records what was paid on the due day of each instalment up to `until`; the town's dispatcher verifies it. */
  async pay(disputeCase: DisputeCase, until: CalendarDay, verified = true): Promise<void> {
    const instalments = await findRows(Instalment, { caseId: disputeCase.id }, { order: [['dueOn', 'ASC']] });
    for (const { id, dueOn, amountFen } of instalments.filter((instalment) => instalment.dueOn <= until)) {
      this.at(instantOf(dueOn, '17:00'));
      const proof = `银行转账凭证 ${dueOn.replaceAll('-', '')}-${this.random.between(100, 999)}`;
      await recordPayment(this.mediatorOf(disputeCase), disputeCase.id, {
        instalmentId: id,
        amountFen,
        paidOn: dueOn,
        manner: 'bankTransfer',
        proof,
      });
      if (!verified) continue;
      this.at(instantOf(dueOn, '17:25'));
      const payment = await findRow(Payment, { instalmentId: id });
      await verifyPayment(this.demo.dispatchers[0], disputeCase.id, payment!.id);
    }
  }

  /** Works a case from its ticket to the outcome that the plan has for it; everything is paid by `paidUntil`. */
  async workThrough(
    complaint: DemoComplaint,
    routed: DisputeCase,
    paidUntil: CalendarDay,
    inFull = false,
  ): Promise<void> {
    const received = dayOf(complaint.receivedAt);
    const signedOn = earlier(addDays(received, this.random.between(4, 8)), paidUntil);
    const { outcome } = complaint;
    const contacted = await this.takeOver(routed, addDays(received, 1));
    if (outcome === 'declined') return this.decline(contacted);
    if (outcome === 'lostContact' || outcome === 'withdrawn') return this.giveUp(contacted, outcome);
    const accepted = await this.accept(contacted, addDays(received, 2));
    if (outcome === 'failed') return this.fail(await this.recordClaims(accepted, complaint, null));
    const agreedFen = inFull
      ? complaint.amountFen
      : roundedShare(complaint.amountFen, 0.85 + this.random.next() * 0.15);
    const claimed = await this.recordClaims(accepted, complaint, outcome === 'reconciled' ? null : agreedFen);
    const dueOn = this.dueDays(outcome as SettlementKind, signedOn, paidUntil);
    await this.sign(await this.draft(claimed, outcome as SettlementKind, dueOn), signedOn);
    await this.pay(routed, paidUntil);
  }

  private dueDays(kind: SettlementKind, signedOn: CalendarDay, paidUntil: CalendarDay): CalendarDay[] {
    if (kind === 'reconciled') return [];
    if (kind === 'settledAtOnce') return [signedOn];
    const second = earlier(addDays(signedOn, 30), paidUntil);
    return second > signedOn ? [signedOn, second] : [signedOn];
  }

  private async decline(disputeCase: DisputeCase): Promise<void> {
    const wish = {
      reason: 'partyRefuses',
      explanation: '单位明确表示不愿调解，已记录并告知仲裁权利。',
    } as const;
    const proposed = await proposeDecline(
      this.mediatorOf(disputeCase),
      disputeCase.id,
      disputeCase.version,
      wish,
    );
    await decideProposal(this.demo.dispatchers[0], disputeCase.id, proposed.version, true);
  }

  private async giveUp(disputeCase: DisputeCase, outcome: 'lostContact' | 'withdrawn'): Promise<void> {
    const end = outcome === 'lostContact' ? loseContact : withdrawCase;
    const reason =
      outcome === 'lostContact' ? '三日内五次电话未接通，登记地址无人。' : '申请人表示不再要求处理。';
    await end(this.mediatorOf(disputeCase), disputeCase.id, disputeCase.version, { reason });
  }

  private async fail(disputeCase: DisputeCase): Promise<void> {
    this.at(new Date(now().getTime() + 9 * 86_400_000));
    const reason = '双方对金额分歧较大，未能达成协议，已书面告知申请仲裁的权利。';
    await failCase(this.mediatorOf(disputeCase), disputeCase.id, disputeCase.version, {
      referral: 'arbitration',
      reason,
    });
  }

  mediatorOf(disputeCase: DisputeCase): Reader {
    return this.demo.mediators.get(disputeCase.mediatorId!)!;
  }

  at(instant: Date): void {
    const then = instant < this.latest ? instant : this.latest;
    setClock(() => then);
  }
}

function earlier(a: CalendarDay, b: CalendarDay): CalendarDay {
  return a < b ? a : b;
}

function roundedShare(fen: number, share: number): number {
  return Math.max(10_000, Math.round((fen * share) / 10_000) * 10_000);
}
