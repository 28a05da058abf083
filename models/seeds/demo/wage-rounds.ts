import type { CreationAttributes } from 'sequelize';
import { addMonths, lastDayOf, monthOf, payDayIn } from '../../../server/wage-checks/rounds.rules.ts';
import { openRound } from '../../../server/wage-checks/rounds.service.ts';
import {
  listKeyOf,
  stateOf,
  type PayState,
  type Verdict,
} from '../../../server/wage-checks/wage-checks.rules.ts';
import { reportedPayState } from '../../../server/wage-checks/reports.rules.ts';
import { currentCalendar } from '../../../server/deadlines/calendar.queries.ts';
import type { Calendar } from '../../../server/deadlines/working-days.rules.ts';
import { whoAnswersFor } from '../../../server/directory/duties.queries.ts';
import { addDays, instantOf, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import { newId } from '../../../server/shared/ids.ts';
import { Area } from '../../areas.ts';
import { inTx } from '../../dialect.ts';
import { Enterprise } from '../../directory.ts';
import { Informant } from '../../one-duty.ts';
import { insertRows } from '../../rows.ts';
import { RoundExemption, WageCheck, WageFinding, WageReport } from '../../wage-checks.ts';
import { seededRandom, type Random } from './random.ts';

const MONTHS = 12;
/** Every so many enterprises one is behind with its wages, in these last months. */
const IN_ARREARS = 17;

/** Who is left out, by whom. */
interface Town {
  townId: string;
  dispatcherId: string;
}

/** The rounds of the last twelve months with what informants reported and officers found; the running one is half done. */
export async function loadRounds({ townId, dispatcherId }: Town, today: CalendarDay): Promise<void> {
  const random = seededRandom(20_261_101);
  const present = monthOf(today);
  await leaveSomeOut(townId, dispatcherId, addMonths(present, -MONTHS + 1));
  for (let back = MONTHS - 1; back >= 0; back--)
    await openRound({ day: `${addMonths(present, -back)}-01`, inTurn: inTx });
  const round = new DemoRound(random, await currentCalendar(), today);
  await round.prepare(townId);
  const checks = await WageCheck.findAll({
    where: { townId },
    order: [
      ['month', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  for (const check of checks) round.play(check);
  await inTx(() => round.store());
}

async function leaveSomeOut(townId: string, byId: string, fromMonth: string): Promise<void> {
  const enterprises = await Enterprise.findAll({ where: { townId }, order: ['id'], attributes: ['id'] });
  const reasons = ['seasonal', 'dormant', 'movedAway'] as const;
  for (const [index, reason] of reasons.entries()) {
    const enterpriseId = enterprises[index * 31 + 9]?.id;
    if (!enterpriseId) continue;
    const at = instantOf(`${fromMonth}-01`, '09:00');
    await RoundExemption.create({ townId, enterpriseId, reason, fromMonth, openKey: enterpriseId, byId, at });
  }
}

const PROMISED_DAYS = 10;

/** Plays what a month brought to an enterprise. */
class DemoRound {
  readonly #random: Random;
  readonly #calendar: Calendar;
  readonly #today: CalendarDay;
  readonly #enterprises = new Map<
    string,
    { headcount: number; index: number; level: Enterprise['warningLevel'] }
  >();
  readonly #positions = new Map<string, number>();
  readonly #informants = new Map<string, Informant>();
  readonly #officers = new Map<string, string>();
  readonly #checks: WageCheck[] = [];
  readonly #reports: CreationAttributes<WageReport>[] = [];
  readonly #findings: CreationAttributes<WageFinding>[] = [];

  constructor(random: Random, calendar: Calendar, today: CalendarDay) {
    this.#random = random;
    this.#calendar = calendar;
    this.#today = today;
  }

  async prepare(townId: string): Promise<void> {
    const enterprises = await Enterprise.findAll({ where: { townId }, order: ['id'] });
    for (const [index, { id, headcount, warningLevel }] of enterprises.entries())
      this.#enterprises.set(id, { headcount: headcount ?? 20, index, level: warningLevel });
    for (const { id, position } of await Area.findAll({ where: { parentId: townId } }))
      this.#positions.set(id, position);
    for (const informant of await Informant.findAll({ where: { townId, activeTo: null } }))
      this.#informants.set(informant.enterpriseId, informant);
    const duties = await whoAnswersFor(enterprises, this.#today);
    for (const [id, [first]] of duties) if (first) this.#officers.set(id, first.officerId);
  }

  play(check: WageCheck): void {
    const { headcount, index } = this.#enterprises.get(check.enterpriseId)!;
    if (check.leftOutReason !== null) return;
    const payDay = [5, 8, 10, 15, 18][index % 5]!;
    const payDueOn = payDayIn(check.month, payDay, this.#calendar);
    check.set({ payDay, payDueOn });
    const age = monthsBefore(check.month, this.#today);
    const behind = index % IN_ARREARS === 5 && age <= 1 + (index % 3);
    const people = behind ? Math.max(1, Math.round(headcount * 0.2)) : 0;
    const arrears = {
      arrearsPeople: people,
      arrearsFen: people * 420_000,
      arrearsSince: behind ? payDueOn : null,
    };
    const reported = this.#report(check, headcount, behind ? arrears : null);
    this.#find(check, arrears, reported, age);
    this.#checks.push(check);
  }

  #report(check: WageCheck, headcount: number, arrears: Arrears | null): PayState | null {
    const informant = this.#informants.get(check.enterpriseId);
    const reportedOn = addDays(`${check.month}-08`, this.#random.between(0, 11));
    if (!informant || reportedOn > this.#today || this.#random.chance(0.12)) return null;
    const { payDay, payDueOn } = check;
    const due = payDueOn! <= reportedOn;
    const told = arrears && due ? arrears : { arrearsPeople: 0, arrearsFen: 0, arrearsSince: null };
    const paid = due ? headcount - told.arrearsPeople : 0;
    const report = {
      ...{ id: newId(), checkId: check.id, enterpriseId: check.enterpriseId, source: 'informant' as const },
      ...{ informantId: informant.id, reporterId: informant.userId, openKey: `${check.id}:${informant.id}` },
      ...{ headcount, migrants: Math.round(headcount * 0.6), women: Math.round(headcount * 0.45) },
      ...{
        payDay,
        payDueOn,
        paidOn: due ? payDueOn : null,
        paidPeople: paid,
        unpaidPeople: told.arrearsPeople,
      },
      ...{
        grossFen: headcount * 560_000,
        netFen: paid * 495_000,
        ...told,
        channel: 'bank' as const,
        wageSlips: true,
      },
      protection: { contractPercent: 100, insurancePercent: 96, injuryPercent: 100, safety: 'yes' as const },
      ...{ nothingUnusual: told.arrearsPeople === 0, reportedOn, createdAt: instantOf(reportedOn, '12:30') },
    };
    this.#reports.push(report);
    check.set({ reportedOn });
    return reportedPayState(report, payDueOn, reportedOn);
  }

  #find(check: WageCheck, arrears: Arrears, reported: PayState | null, age: number): void {
    const officerId = this.#officers.get(check.enterpriseId);
    const month = check.month;
    const latest = age === 0 ? this.#today : lastDayOf(month);
    const looksOn = addDays(`${month}-14`, this.#random.between(0, 14));
    // What was looked at too early was looked at again, except this month.
    const foundOn = age > 0 && looksOn < check.payDueOn! ? check.payDueOn! : looksOn;
    const looked =
      officerId !== undefined && foundOn <= latest && this.#random.chance(age === 0 ? 0.75 : 0.93);
    const due = check.payDueOn! <= foundOn;
    const owed = arrears.arrearsPeople > 0 && due;
    const payState: PayState = !due ? 'notDue' : owed ? 'partly' : 'paid';
    const verdict: Verdict =
      reported === null ? 'noReport' : owed && reported === 'paid' ? 'contradicts' : 'confirms';
    const told = owed ? arrears : { arrearsPeople: 0, arrearsFen: 0, arrearsSince: null };
    const promisedOn = owed ? addDays(foundOn, PROMISED_DAYS) : null;
    const finding = looked ? { payState, verdict, ...told, promisedOn } : null;
    if (looked)
      this.#findings.push({
        ...{ checkId: check.id, enterpriseId: check.enterpriseId, officerId, foundOn, ...finding! },
        manner: this.#random.pick(['visit', 'visit', 'call', 'documents']),
        createdAt: instantOf(foundOn, '15:00'),
      });
    const reports = reported ? [{ payState: reported, ...(reported === 'partly' ? arrears : NOTHING) }] : [];
    const state = stateOf({ leftOut: false, rectifying: false, finding, reports });
    const village = this.#positions.get(check.villageId ?? '') ?? null;
    const { level } = this.#enterprises.get(check.enterpriseId)!;
    check.set({ state, listKey: listKeyOf(village, state, level), payState: finding?.payState ?? reported });
    if (finding) check.set({ checkedOn: foundOn, checkedById: officerId!, promisedOn, ...NOTHING });
    if (owed && (finding || reported === 'partly'))
      check.set({ arrearsPeople: arrears.arrearsPeople, arrearsFen: arrears.arrearsFen });
  }

  async store(): Promise<void> {
    const rows = this.#checks.map((check) => check.get({ plain: true }));
    await WageCheck.destroy({ where: { id: rows.map(({ id }) => id) } });
    await insertRows(WageCheck, rows);
    await insertRows(WageReport, this.#reports);
    await insertRows(WageFinding, this.#findings);
  }
}

type Arrears = Pick<WageFinding, 'arrearsPeople' | 'arrearsFen' | 'arrearsSince'>;
const NOTHING = { arrearsPeople: 0, arrearsFen: 0 };

function monthsBefore(month: string, today: CalendarDay): number {
  const count = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
  return count(today) - count(month);
}
