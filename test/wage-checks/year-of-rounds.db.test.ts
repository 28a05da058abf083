import { expect } from 'chai';
import type { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { Notice } from '../../models/notifications.ts';
import { seededRandom } from '../../models/seeds/demo/random.ts';
import { WageCheck, WageFinding, WageReport } from '../../models/wage-checks.ts';
import { Warning, WarningEvaluation } from '../../models/warnings.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { addDays, instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { setClock, today } from '../../server/shared/clock.ts';
import { loadBoard } from '../../server/wage-checks/board.queries.ts';
import { recordFinding, type FindingValues } from '../../server/wage-checks/findings.service.ts';
import { remindInformants } from '../../server/wage-checks/reminders.service.ts';
import type { ReportValues } from '../../server/wage-checks/reports.rules.ts';
import { takeReport } from '../../server/wage-checks/reports.service.ts';
import { leaveOut, openRound } from '../../server/wage-checks/rounds.service.ts';
import type { WageSigns } from '../../server/wage-checks/wage-checks.rules.ts';
import { assess } from '../../server/wage-checks/warning-evaluation.queries.ts';
import { evaluateWarnings } from '../../server/wage-checks/warning-night.service.ts';
import { useDatabase } from '../support/database.ts';
import {
  anEnterprise,
  anInformant,
  aReader,
  aResponsibility,
  aTown,
  aUser,
  aVillage,
} from '../support/factories.ts';
import { ExpectedWarning, tellingsOf, type Habits, type Telling } from '../support/wage-year.ts';

const SEED = 2028;
const ENTERPRISES = 120;
/** A leap year. */
const [FIRST, LAST] = ['2028-01-01', '2028-12-31'];
const MONTHS = Array.from({ length: 12 }, (_, index) => `2028-${String(index + 1).padStart(2, '0')}`);
/** From here on seven enterprises are there, respectively no longer: new, closed, and left out. */
const CHANGE = '2028-07-01';

const NO_SIGNS: WageSigns = {
  ...{ arrearsPeople: 0, arrearsFen: 0, arrearsSince: null, deferredUntil: null, deferralConsent: null },
  ...{ belowMinimum: null, leaversUnpaid: null, leaversUnpaidSince: null, risks: [] },
};

/** An enterprise with its people, what will be told of it, and what should come of it. */
interface Player {
  enterprise: Enterprise;
  habits: Habits;
  informant: Reader | null;
  officer: Reader;
  tellings: Telling[];
  expected: ExpectedWarning;
  fate: 'stays' | 'new' | 'closes' | 'leftOut';
}

describe('a year of rounds', function () {
  this.timeout(600_000);
  useDatabase();
  let town: Area;
  let dispatcher: Reader;
  let players: Player[];
  /** By enterprise and month, as they are told here. */
  const checked = new Map<string, number>();
  const reminders = { expected: 0 };
  const differences: string[] = [];

  before(async () => {
    at(FIRST);
    await settle();
    for (let day = FIRST; day <= LAST; day = addDays(day, 1)) await live(day);
  });
  after(() => setClock());

  const at = (day: CalendarDay, time = '10:00') => setClock(() => instantOf(day, time));
  const run = <T>(job: (context: { day: CalendarDay; inTurn: typeof inTx }) => Promise<T>) =>
    job({ day: today(), inTurn: inTx });
  const monthsOf = ({ fate }: Player): string[] =>
    MONTHS.filter((month) => {
      const late = `${month}-01` >= CHANGE;
      return fate === 'new' ? late : fate === 'closes' || fate === 'leftOut' ? !late : true;
    });

  async function settle(): Promise<void> {
    const random = seededRandom(SEED);
    town = await aTown();
    dispatcher = await aReader(['dispatcher', town]);
    const villages = await Promise.all(
      ['建南村', '文林村', '河湘村', '金庄村'].map((name, index) => aVillage(town, name, index)),
    );
    const officers: Reader[] = [];
    for (const village of villages) {
      const user = await aUser('责任人', 'officer', town);
      await aResponsibility(user, { village, isLead: true });
      officers.push((await findSignedIn(user.id))!.reader);
    }
    players = [];
    for (let index = 0; index < ENTERPRISES; index++) {
      const [village, officer] = [villages[index % 4]!, officers[index % 4]!];
      const fate =
        index % 17 === 3 ? 'new' : index % 17 === 5 ? 'closes' : index % 17 === 9 ? 'leftOut' : 'stays';
      const habits: Habits = {
        ...{ payDay: random.between(5, 25), headcount: random.between(8, 120) },
        late: random.pick([0, 0, 1, 1, 3]),
        informant: random.chance(0.6) ? random.pick([10, 9, 7, 0]) : null,
        // Nobody of the last village ever looks.
        officer: index % 4 === 3 ? 0 : random.pick([10, 9, 6]),
      };
      const enterprise = await anEnterprise(town, `企业${index}`, {
        ...{ villageId: village.id, headcount: habits.headcount, active: fate !== 'new' },
      });
      const informant = habits.informant === null ? null : await anInformant(enterprise);
      const player: Player = {
        ...{ enterprise, habits, officer, fate, expected: new ExpectedWarning(), tellings: [] },
        informant: informant && (await findSignedIn(informant.userId))!.reader,
      };
      const last = player.fate === 'closes' || player.fate === 'leftOut' ? addDays(CHANGE, -1) : LAST;
      player.tellings = tellingsOf(monthsOf(player), habits, random).filter(({ day }) => day <= last);
      players.push(player);
    }
  }

  /** A day: the round, what people tell, the reminders, and the night. */
  async function live(day: CalendarDay): Promise<void> {
    at(day, '00:30');
    if (day === CHANGE) await change();
    await run(openRound);
    at(day);
    if (day === CHANGE) await leaveSomeOut();
    for (const player of players) {
      for (const telling of player.tellings.filter((one) => one.day === day)) await tell(player, telling);
    }
    countReminders(day);
    if (['15', '16', '19', '20'].includes(day.slice(8))) await run(remindInformants);
    await run(evaluateWarnings);
    for (const player of players) look(player, day);
    await compare(day);
    if (addDays(day, 1).endsWith('-01')) await compareFromScratch(day);
  }

  async function change(): Promise<void> {
    for (const { enterprise, fate } of players)
      if (fate === 'new' || fate === 'closes') await enterprise.update({ active: fate === 'new' });
  }

  async function leaveSomeOut(): Promise<void> {
    for (const { enterprise } of players.filter(({ fate }) => fate === 'leftOut'))
      await leaveOut(dispatcher, await checkId(enterprise, '2028-07'), {
        ...{ reason: 'seasonal', explanation: null },
      });
  }

  async function checkId({ id: enterpriseId }: Enterprise, month: string): Promise<string> {
    const check = await WageCheck.findOne({
      where: { enterpriseId, month },
      attributes: ['id'],
      rejectOnEmpty: true,
    });
    return check.id;
  }

  async function tell(player: Player, telling: Telling): Promise<void> {
    const { month, by, owed, early } = telling;
    const id = await checkId(player.enterprise, month);
    const signs = owed
      ? { ...NO_SIGNS, arrearsPeople: owed.people, arrearsFen: owed.fen, arrearsSince: owed.since }
      : NO_SIGNS;
    if (by === 'informant') {
      await takeReport(player.informant!, id, null, reportOf(player.habits, telling, signs));
    } else {
      const reported = player.tellings.some(
        (one) => one.by === 'informant' && one.month === month && one.day <= telling.day,
      );
      const finding: FindingValues = {
        ...{ ...signs, manner: 'visit', foundOn: telling.day, verdict: reported ? 'confirms' : 'noReport' },
        ...{
          payState: owed ? 'unpaid' : early ? 'notDue' : 'paid',
          promisedOn: null,
          workers: [],
          note: null,
        },
      };
      await recordFinding(player.officer, id, finding);
      const key = `${player.enterprise.id} ${month}`;
      checked.set(key, (checked.get(key) ?? 0) + 1);
    }
    player.expected.hear(telling);
    look(player, telling.day);
  }

  function reportOf({ headcount, payDay }: Habits, telling: Telling, signs: WageSigns): ReportValues {
    const { owed, early, month } = telling;
    const unpaidPeople = owed?.people ?? 0;
    const paidPeople = early ? 0 : headcount - unpaidPeople;
    return {
      ...{ headcount, migrants: null, women: null, dispatched: null, overAge: null, payDay, paidPeople },
      ...{ unpaidPeople, grossFen: null, netFen: null, ...signs, channel: 'bank', wageSlips: true },
      paidOn: paidPeople === 0 ? null : `${month}-${String(payDay).padStart(2, '0')}`,
      ...{ protection: {}, nothingUnusual: owed === null, note: null },
    };
  }

  function look(player: Player, day: CalendarDay): void {
    const [month, before] = [day.slice(0, 7), addDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7)];
    const due = player.informant ? monthsOf(player).filter((one) => one === month || one === before) : [];
    player.expected.look(day, due);
  }

  /** Whoever serves, is due to report and has not: on the 15th and on the 19th. */
  function countReminders(day: CalendarDay): void {
    if (!['15', '19'].includes(day.slice(8))) return;
    const month = day.slice(0, 7);
    reminders.expected += players.filter(
      (player) =>
        player.informant &&
        monthsOf(player).includes(month) &&
        !player.tellings.some((one) => one.by === 'informant' && one.month === month && one.day <= day),
    ).length;
  }

  /** The level that is kept is the one expected here. */
  async function compare(day: CalendarDay): Promise<void> {
    const kept = await Enterprise.findAll({ attributes: ['id', 'warningLevel'], raw: true });
    const levels = new Map(kept.map(({ id, warningLevel }) => [id, warningLevel]));
    for (const { enterprise, expected } of players) {
      const level = levels.get(enterprise.id) ?? null;
      if (level !== expected.level)
        differences.push(`${day} ${enterprise.name}: ${level}, not ${expected.level}`);
    }
  }

  /** What is kept is what the rules say when they read everything anew. */
  async function compareFromScratch(day: CalendarDay): Promise<void> {
    const ids = players.map(({ enterprise }) => enterprise.id);
    const latest = await WarningEvaluation.findAll({ where: { latestKey: ids } });
    const open = await Warning.findAll({ where: { openKey: ids } });
    for (const { enterprise, evaluation } of await assess(town.id, ids, day)) {
      const { id, name, warningLevel } = enterprise;
      const last = latest.find(({ enterpriseId }) => enterpriseId === id);
      const rules = (some: readonly { rule: string }[]) => some.map(({ rule }) => rule).join();
      const warning = open.find(({ enterpriseId }) => enterpriseId === id);
      if ((last?.level ?? null) !== evaluation.level || rules(last?.hits ?? []) !== rules(evaluation.hits))
        differences.push(
          `${day} ${name}: ${rules(last?.hits ?? [])}, from scratch ${rules(evaluation.hits)}`,
        );
      if ((warning?.level ?? null) !== warningLevel) differences.push(`${day} ${name}: two levels`);
    }
  }

  it('has one check for every enterprise and month in which it was there, and no other', async () => {
    const kept = await WageCheck.findAll({ attributes: ['enterpriseId', 'month', 'state'], raw: true });
    const keys = kept.map(({ enterpriseId, month }) => `${enterpriseId} ${month}`);
    const wanted = players.flatMap((player) =>
      // What is left out has a check that says so.
      (player.fate === 'leftOut' ? MONTHS : monthsOf(player)).map(
        (month) => `${player.enterprise.id} ${month}`,
      ),
    );
    expect(keys.length).to.equal(new Set(keys).size);
    expect(keys.sort()).to.deep.equal(wanted.sort());
    expect(kept.filter(({ state }) => state === 'leftOut')).to.have.length(
      players.filter(({ fate }) => fate === 'leftOut').length * 6,
    );
  });

  it('keeps every report and every finding once', async () => {
    const told = players.flatMap(({ tellings }) => tellings);
    expect(await WageReport.count()).to.equal(told.filter(({ by }) => by === 'informant').length);
    expect(await WageFinding.count()).to.equal(told.filter(({ by }) => by === 'officer').length);
    expect(told.length, 'a year in which something happened').to.be.greaterThan(1_000);
  });

  it('covers what was checked of what was due, in every village and month', async () => {
    const board = await loadBoard(dispatcher, { year: 2028, page: 1 });
    const said = board.villages.flatMap(({ id, byMonth }) =>
      [...byMonth].map(([month, { due, checked: done }]) => `${id} ${month}: ${done}/${due}`),
    );
    const villages = [...new Set(players.map(({ enterprise }) => enterprise.villageId))];
    const counted = villages.flatMap((id) =>
      MONTHS.map((month) => {
        const due = players.filter(
          (player) => player.enterprise.villageId === id && monthsOf(player).includes(month),
        );
        const done = due.filter(({ enterprise }) => checked.has(`${enterprise.id} ${month}`));
        return `${id} ${month}: ${done.length}/${due.length}`;
      }),
    );
    expect(said.sort()).to.deep.equal(counted.sort());
    expect(
      said.filter((line) => line.includes(': 0/')),
      'a village where nobody looks',
    ).to.have.length(12);
  });

  it('calls nothing fine that nobody has checked', async () => {
    const checks = await WageCheck.findAll({ raw: true });
    for (const { enterpriseId, month, state, checkedOn } of checks) {
      const seen = checked.has(`${enterpriseId} ${month}`);
      expect(checkedOn !== null).to.equal(seen);
      if (!seen) expect(state).to.be.oneOf(['open', 'reported', 'leftOut']);
    }
    expect(checks.some(({ state }) => state === 'reported')).to.equal(true);
  });

  it('has on every day the warnings that another count expects, and at each month’s end the same from scratch', () => {
    expect(differences).to.deep.equal([]);
    const levels = new Set(players.map(({ expected }) => expected.level));
    expect([...levels]).to.include.members([null, 'blue', 'yellow', 'red']);
  });

  it('opens one case for each warning that turned red, or joins it', async () => {
    const red = players.filter(({ expected }) => expected.reds > 0).map(({ enterprise }) => enterprise.id);
    const cases = await DisputeCase.findAll({ attributes: ['enterpriseId'], raw: true });
    expect(red.length).to.be.greaterThan(5);
    expect(cases.map(({ enterpriseId }) => enterpriseId).sort()).to.deep.equal(red.sort());
  });

  it('reminds on the 15th and on the 19th exactly who had not reported', async () => {
    expect(reminders.expected).to.be.greaterThan(100);
    expect(await Notice.count({ where: { template: 'round.report' } })).to.equal(reminders.expected);
  });
});
