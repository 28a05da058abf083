import type { CreationAttributes, Model, ModelStatic } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { CaseEvent, Claim, Claimant, DisputeCase, Respondent, RoutingDecision } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { lookupHash } from '../../models/encryption.ts';
import { Contact } from '../../models/mediation.ts';
import { insertRows } from '../../models/rows.ts';
import { searchTokens } from '../../models/search-tokens.ts';
import { demoComplaints, type DemoComplaint } from '../../models/seeds/demo/complaints.ts';
import { personName, phoneNumber } from '../../models/seeds/demo/names.ts';
import { seededRandom, type Random } from '../../models/seeds/demo/random.ts';
import { fillTown, type DemoTown } from '../../models/seeds/demo/town.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import { Ticket } from '../../models/tickets.ts';
import { loadDesks } from '../../server/case-routing/town.queries.ts';
import type { Desk } from '../../server/case-routing/proposal.rules.ts';
import { caseNumber } from '../../server/cases/case-number.rules.ts';
import type { CaseAction, Outcome } from '../../server/cases/lifecycle.rules.ts';
import {
  addDays,
  dayOf,
  daysBetween,
  instantOf,
  type CalendarDay,
} from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';

/** The days of receipt of the first and the last case; nothing in the town depends on the day of the run. */
export const FIRST_DAY: CalendarDay = '2017-01-01';
export const LAST_DAY: CalendarDay = '2026-11-20';
const OPEN_FOR_DAYS = 20;

/** How a thousand cases end. */
const OUTCOMES = {
  settledAtOnce: 600,
  settledByInstalments: 200,
  reconciled: 80,
  failed: 40,
  declined: 25,
  withdrawn: 20,
  lostContact: 10,
  transferred: 10,
  notLabour: 10,
  duplicate: 5,
} as const satisfies Partial<Record<Outcome, number>>;
const PER_STRETCH = Object.values(OUTCOMES).reduce<number>((sum, count) => sum + count, 0);
const MEAN_CLAIM_FEN = 1_215_000;
const ROWS_AT_A_TIME = 500;

/**
 * Fills a migrated database with one town and this many cases over ten years, with their tickets, parties, claims,
 * histories, agreements and payments. The same every time, but for the ids of people and places.
 */
export async function fillBenchTown(cases: number): Promise<void> {
  const random = seededRandom(100_000);
  const town = await openTown(random);
  const registry = new Registry(town, await loadDesks(town.town.id), await enterprisesOf(town), random);
  const stretches = Math.ceil(cases / PER_STRETCH);
  const days = daysBetween(FIRST_DAY, LAST_DAY);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const complaints = demoComplaints(
      {
        prefix: `BN${String(stretch).padStart(4, '0')}`,
        from: addDays(FIRST_DAY, Math.floor((days * stretch) / stretches)),
        to: addDays(FIRST_DAY, Math.floor((days * (stretch + 1)) / stretches)),
        totalFen: PER_STRETCH * MEAN_CLAIM_FEN,
        outcomes: OUTCOMES,
      },
      town.enterprises,
      random,
    ).slice(0, cases - stretch * PER_STRETCH);
    const rows = new Rows();
    for (const complaint of complaints) registry.addCase(complaint, rows);
    await inTx(() => rows.store());
  }
}

/** The demo's town with its people and enterprises, on the day on which it begins. */
export async function openTown(random: Random): Promise<DemoTown> {
  const area = await Area.findOne({ where: { kind: 'town' } });
  setClock(() => instantOf('2022-01-01', '08:00'));
  try {
    return await fillTown(area!, random);
  } finally {
    setClock();
  }
}

async function enterprisesOf({ town }: DemoTown): Promise<Map<string, Enterprise>> {
  const enterprises = await Enterprise.findAll({ where: { townId: town.id } });
  return new Map(enterprises.map((enterprise) => [enterprise.name, enterprise]));
}

/** Rows by model, parents before children. */
class Rows {
  private readonly byModel = new Map<ModelStatic<Model>, object[]>(
    [
      DisputeCase,
      Ticket,
      Respondent,
      Claimant,
      Claim,
      RoutingDecision,
      CaseEvent,
      Contact,
      Settlement,
      Instalment,
      Payment,
    ].map((model) => [model as ModelStatic<Model>, []]),
  );

  add<M extends Model>(model: ModelStatic<M>, row: CreationAttributes<M>): void {
    this.byModel.get(model)!.push(row);
  }

  async store(): Promise<void> {
    for (const [model, rows] of this.byModel) {
      for (let start = 0; start < rows.length; start += ROWS_AT_A_TIME)
        await insertRows(model, rows.slice(start, start + ROWS_AT_A_TIME) as CreationAttributes<Model>[]);
    }
  }
}

/** What is known while a case's rows are written. */
interface Course {
  id: string;
  complaint: DemoComplaint;
  desk: Desk;
  receivedOn: CalendarDay;
  /** The day on which it was closed; null while it is open. */
  closedOn: CalendarDay | null;
}

const SETTLED: readonly Outcome[] = ['settledAtOnce', 'settledByInstalments', 'reconciled'];

/** Writes cases as the services leave them behind. */
class Registry {
  private readonly town: DemoTown;
  private readonly desks: Desk[];
  private readonly enterprises: ReadonlyMap<string, Enterprise>;
  private readonly random: Random;
  private lastId = 0;
  private lastNumber = 0;

  constructor(town: DemoTown, desks: Desk[], enterprises: ReadonlyMap<string, Enterprise>, random: Random) {
    this.town = town;
    this.desks = desks;
    this.enterprises = enterprises;
    this.random = random;
  }

  addCase(complaint: DemoComplaint, rows: Rows): void {
    const receivedOn = dayOf(complaint.receivedAt);
    const open = daysBetween(receivedOn, LAST_DAY) < OPEN_FOR_DAYS || this.random.chance(0.002);
    const course: Course = {
      id: this.newId(),
      complaint,
      desk: this.deskFor(complaint),
      receivedOn,
      closedOn: open ? null : addDays(receivedOn, this.random.between(3, 14)),
    };
    const claimants = this.claimantsOf(course, rows);
    const hasTicket = this.random.chance(0.85);
    this.addCaseRow(course, claimants, hasTicket, rows);
    if (hasTicket) this.addTicket(course, rows);
    this.addHistory(course, rows);
    if (course.closedOn !== null && SETTLED.includes(complaint.outcome))
      this.addAgreement(course, course.closedOn, claimants, rows);
  }

  /** Ordered like the ids of the program, and the same every time. */
  private newId(): string {
    return `01900000-0000-7000-8000-${(++this.lastId).toString(16).padStart(12, '0')}`;
  }

  private deskFor({ enterprise }: DemoComplaint): Desk {
    const { villageId, id } = this.enterprises.get(enterprise.name)!;
    const share = this.random.next();
    const own = share < 0.1 ? this.desks.filter(({ enterpriseId }) => enterpriseId === id) : [];
    const village =
      share < 0.65
        ? this.desks.filter(({ areaId, level }) => level === 'village' && areaId === villageId)
        : [];
    const desks =
      [own, village].find((some) => some.length > 0) ?? this.desks.filter(({ level }) => level === 'town');
    return this.random.pick(desks);
  }

  private claimantsOf({ id: caseId, complaint }: Course, rows: Rows): { id: string; fen: number }[] {
    const share = this.random.next();
    const count = share < 0.88 ? 1 : share < 0.96 ? 2 : 5;
    const fen = Math.floor(complaint.amountFen / count);
    return Array.from({ length: count }, (_, index) => {
      const id = this.newId();
      const phone = index === 0 ? complaint.caller.phone : phoneNumber(this.random);
      rows.add(Claimant, {
        id,
        caseId,
        position: index + 1,
        name: index === 0 ? complaint.caller.name : personName(this.random),
        gender: complaint.caller.male ? 'male' : 'female',
        phone,
        phoneHash: lookupHash(phone),
        migrant: complaint.caller.migrant,
      });
      rows.add(Claim, {
        id: this.newId(),
        caseId,
        claimantId: id,
        type: complaint.type,
        claimedFen: fen,
        verifiedFen: fen,
        agreedFen: fen,
      });
      return { id, fen };
    });
  }

  private addCaseRow(course: Course, claimants: { fen: number }[], hasTicket: boolean, rows: Rows): void {
    const { id, complaint, desk, receivedOn, closedOn } = course;
    const { receivedAt, outcome, enterprise, content, title } = complaint;
    const { id: enterpriseId, villageId } = this.enterprises.get(enterprise.name)!;
    const claimedFen = claimants.reduce((sum, { fen }) => sum + fen, 0);
    const workers = this.random.chance(0.005) ? 12 : claimants.length;
    const number = caseNumber(
      '祝劳调〔{year}〕{number:6}号',
      Number(receivedOn.slice(0, 4)),
      ++this.lastNumber,
    );
    rows.add(Respondent, {
      id: this.newId(),
      caseId: id,
      position: 1,
      part: 'employer',
      enterpriseId,
      name: enterprise.name,
    });
    rows.add(DisputeCase, {
      id,
      townId: this.town.town.id,
      villageId,
      enterpriseId,
      number,
      source: hasTicket ? 'hotline' : 'walkIn',
      level: desk.level,
      firstLevel: this.random.chance(0.94) ? desk.level : 'village',
      roomId: desk.roomId,
      mediatorId: desk.mediatorId,
      state: closedOn ? 'closed' : 'inMediation',
      outcome: closedOn === null ? null : outcome,
      performance: closedOn && SETTLED.includes(outcome) ? 'fulfilled' : null,
      primaryType: complaint.type,
      title,
      facts: content,
      respondentName: enterprise.name,
      workers,
      collective: workers >= 10,
      hasTicket,
      receivedAt,
      receivedOn,
      routedAt: hoursAfter(receivedAt, 3),
      firstRoutedAt: hoursAfter(receivedAt, 3),
      takenOverAt: hoursAfter(receivedAt, 24),
      firstContactAt: hoursAfter(receivedAt, 25),
      workerConsentOn: addDays(receivedOn, 2),
      respondentConsentOn: addDays(receivedOn, 2),
      acceptedOn: addDays(receivedOn, 2),
      statutoryDueOn: addDays(receivedOn, 17),
      effectiveOn: closedOn,
      closedOn,
      ...(closedOn ? {} : { dueOn: addDays(receivedOn, 17), dueKind: 'statutory' }),
      claimedFen,
      verifiedFen: claimedFen,
      agreedFen: closedOn && SETTLED.includes(outcome) ? claimedFen : null,
      searchTokens: searchTokens(title, enterprise.name, number, complaint.number),
      createdById: this.town.dispatchers[0].userId,
      createdAt: receivedAt,
    });
  }

  private addTicket({ id: caseId, complaint, receivedOn }: Course, rows: Rows): void {
    const { caller, enterprise } = complaint;
    rows.add(Ticket, {
      id: this.newId(),
      townId: this.town.town.id,
      villageId: this.enterprises.get(enterprise.name)!.villageId,
      caseId,
      number: complaint.number,
      state: 'linked',
      receivedAt: complaint.receivedAt,
      receivedOn,
      callerName: caller.name,
      callerPhone: caller.phone,
      callerPhoneHash: lookupHash(caller.phone),
      gender: caller.male ? 'male' : 'female',
      migrant: caller.migrant,
      channel: '电话',
      title: complaint.title,
      content: complaint.content,
      category: '劳动和社会保障/劳动报酬',
      address: `${enterprise.village}工业集中区`,
      villageText: enterprise.village,
      respondentText: enterprise.name,
      respondentCreditCode: enterprise.creditCode,
      workers: 1,
      amountFen: complaint.amountFen,
      rowHash: this.newId(),
      createdAt: complaint.receivedAt,
    });
  }

  /** Routing, contacts and the line of every action that the case has seen. */
  private addHistory({ id: caseId, complaint, desk, closedOn }: Course, rows: Rows): void {
    const { receivedAt, outcome } = complaint;
    const dispatcherId = this.town.dispatchers[0].userId;
    const { mediatorId, roomId, level } = desk;
    let hours = 0;
    const record = (
      action: CaseEvent['action'],
      detail: CaseEvent['detail'] = {},
      actorId = mediatorId,
    ): void => {
      rows.add(CaseEvent, {
        id: this.newId(),
        caseId,
        at: hoursAfter(receivedAt, (hours += 9)),
        actorId,
        action,
        detail,
      });
    };
    record('register', { source: 'hotline', tickets: 1 }, dispatcherId);
    record(
      'route',
      { level, room: desk.roomName, mediator: desk.mediatorName, rule: 'village' },
      dispatcherId,
    );
    rows.add(RoutingDecision, {
      id: this.newId(),
      caseId,
      at: hoursAfter(receivedAt, 3),
      decidedById: dispatcherId,
      rule: 'village',
      proposedLevel: level,
      proposedRoomId: roomId,
      level,
      roomId,
      mediatorId,
      inputs: { workers: 1, amountFen: complaint.amountFen },
    });
    record('takeOver');
    for (const party of ['worker', 'respondent'] as const) {
      record('recordContact', { channel: 'call', party, reached: 'yes' });
      rows.add(Contact, {
        id: this.newId(),
        caseId,
        at: hoursAfter(receivedAt, hours),
        byId: mediatorId,
        channel: 'call',
        party,
        reached: 'yes',
        note: '已听取诉求，说明调解自愿、免费和15日期限，约定与单位核对考勤和工资。',
        mood: 'worried',
        risk: 'none',
      });
    }
    record('accept', { workerConsentOn: addDays(dayOf(receivedAt), 2) });
    record('recordClaims', { claimedFen: complaint.amountFen, verifiedFen: complaint.amountFen });
    if (closedOn) for (const action of endingWith(outcome)) record(action);
  }

  private addAgreement(
    { id: caseId, complaint, desk }: Course,
    signedOn: CalendarDay,
    claimants: { id: string; fen: number }[],
    rows: Rows,
  ): void {
    const settlementId = this.newId();
    const kind = complaint.outcome as Settlement['kind'];
    rows.add(Settlement, {
      id: settlementId,
      caseId,
      openKey: caseId,
      kind,
      terms:
        '双方确认欠付金额，单位按约定日期转入申请人本人账户；逾期的，申请人可就全部未付金额申请支付令或申请仲裁。',
      draftedById: desk.mediatorId,
      totalFen: claimants.reduce((sum, { fen }) => sum + fen, 0),
      signedOn,
    });
    if (kind === 'reconciled') return;
    const parts = kind === 'settledByInstalments' ? 2 : 1;
    for (const { id: claimantId, fen } of claimants) {
      for (let part = 0; part < parts; part++) {
        const instalmentId = this.newId();
        const dueOn = addDays(signedOn, part * 30);
        const amountFen = Math.max(100, Math.floor(fen / parts));
        rows.add(Instalment, { id: instalmentId, settlementId, caseId, claimantId, dueOn, amountFen });
        rows.add(Payment, {
          id: this.newId(),
          caseId,
          instalmentId,
          claimantId,
          amountFen,
          paidOn: dueOn,
          manner: 'bankTransfer',
          proof: `银行转账凭证 ${dueOn.replaceAll('-', '')}`,
          state: 'verified',
          recordedById: desk.mediatorId,
          decidedById: this.town.dispatchers[0].userId,
          decidedAt: hoursAfter(complaint.receivedAt, 24 * 30),
        });
      }
    }
  }
}

function endingWith(outcome: Outcome): CaseAction[] {
  switch (outcome) {
    case 'settledAtOnce':
      return ['draftSettlement', 'sign', 'recordPayment', 'verifyPayment'];
    case 'settledByInstalments':
      return ['draftSettlement', 'sign', 'recordPayment', 'verifyPayment', 'recordPayment', 'verifyPayment'];
    case 'reconciled':
      return ['draftSettlement', 'sign'];
    default:
      return ['fail'];
  }
}

function hoursAfter(instant: Date, hours: number): Date {
  return new Date(instant.getTime() + hours * 3_600_000);
}
