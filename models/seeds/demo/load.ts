import { createHash } from 'node:crypto';
import { Op } from 'sequelize';
import { confirmImport } from '../../../server/hotline/import.service.ts';
import { NO_MAPPING } from '../../../server/hotline/mapping.rules.ts';
import { loadDirectory } from '../../../server/case-routing/town.queries.ts';
import { markBreaches } from '../../../server/settlements/default.service.ts';
import { addDays, dayOf, instantOf, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import { now as clockNow, setClock, today } from '../../../server/shared/clock.ts';
import { evaluateWarnings } from '../../../server/wage-checks/warning-night.service.ts';
import { writeXlsx } from '../../../server/shared/spreadsheets/write-xlsx.ts';
import { Area } from '../../areas.ts';
import type { DisputeCase } from '../../cases.ts';
import { inTx } from '../../dialect.ts';
import { Notice } from '../../notifications.ts';
import { demoComplaints, hotlineSheet, LABOUR_CATEGORY, type DemoComplaint } from './complaints.ts';
import { DeskWork } from './desk-work.ts';
import { recordVisits } from './duties.ts';
import { HotlineDesk } from './hotline-desk.ts';
import { callWorkers } from './follow-ups.ts';
import { bringTo, presentComplaints, registerWalkIns } from './present.ts';
import { seededRandom, type Random } from './random.ts';
import { changeStaff } from './staff.ts';
import { bringTheLaw, handOutCards } from './net.ts';
import { fillTown, type DemoTown } from './town.ts';
import { loadRounds } from './wage-rounds.ts';

/** Cases that the dispatcher routes before the mediators go on, so that the load spreads over the rooms. */
const AT_A_TIME = 30;

/**
 * Loads the demo town: a town whose 2022 gives golden sentence 1 and whose 2023 gives golden sentence 2 (the sums are
 * calibrated to published ones; every name is invented), and open work on every desk around today.
 */
export async function loadDemo(say: (line: string) => void): Promise<void> {
  const random = seededRandom(20_221_102);
  const [now, moment] = [today(), clockNow()];
  try {
    setClock(() => instantOf('2022-01-01', '08:00'));
    const town = await Area.findOne({ where: { kind: 'town' } });
    const demo = await fillTown(town!, random);
    const work = new DeskWork(demo, await loadDirectory(demo.town.id), random, moment);
    // Its own numbers, so that the sums of the years stay as they are calibrated.
    const hotline = new HotlineDesk(demo, seededRandom(12_345));
    say(`people and ${demo.enterprises.length} enterprises`);
    await loadYear(
      work,
      demo,
      random,
      { title: '2022年度12345热线诉求工单明细', others: 240, paidUntil: '2022-12-31' },
      complaintsOf2022(demo, random),
    );
    await hotline.workOff('2022-02-10', '2023-01-10');
    say('2022: 673 tickets of the hotline');
    await loadYear(
      work,
      demo,
      random,
      { title: '2023年1-10月12345热线诉求工单明细', others: 60, paidUntil: '2023-11-02', inFull: true },
      complaintsOf2023(demo, random),
    );
    await hotline.workOff('2023-02-10', '2023-11-20');
    say('2023: recovered wages');
    await loadPresent(work, demo, random, moment, hotline);
    work.at(instantOf(now, '08:00'));
    await evaluateWarnings({ day: now, inTurn: inTx });
    await readOldNotices(now);
    say(`open work around ${now}`);
  } finally {
    setClock();
  }
}

/** What people were told long ago they have read. */
async function readOldNotices(now: CalendarDay): Promise<void> {
  const createdAt = { [Op.lt]: instantOf(addDays(now, -3)) };
  await Notice.update({ unread: false, readAt: instantOf(now) }, { where: { unread: true, createdAt } });
}

/** 660 settled and 13 failed of 673, ¥8,175,230 involved. */
function complaintsOf2022({ enterprises }: DemoTown, random: Random): DemoComplaint[] {
  const outcomes = { settledAtOnce: 430, settledByInstalments: 140, reconciled: 90, failed: 9, declined: 4 };
  const plan = { prefix: 'JY2022', from: '2022-01-04', to: '2022-12-20', totalFen: 817_523_000, outcomes };
  return demoComplaints(plan, enterprises, random);
}

/** 184 workers recovered ¥3,096,300.00 by 2 November, 169 of them migrant workers ¥2,987,800.00. */
function complaintsOf2023({ enterprises }: DemoTown, random: Random): DemoComplaint[] {
  const period = { from: '2023-01-03', to: '2023-10-20' };
  const migrants = {
    ...period,
    prefix: 'JY2023',
    totalFen: 298_780_000,
    outcomes: { settledAtOnce: 129, settledByInstalments: 40 },
  };
  const locals = { ...period, prefix: 'JY2023B', totalFen: 10_850_000, outcomes: { settledAtOnce: 15 } };
  const of = (plan: typeof migrants | typeof locals, migrant: boolean): DemoComplaint[] =>
    demoComplaints(plan, enterprises, random).map((complaint) => ({
      ...complaint,
      caller: { ...complaint.caller, migrant },
    }));
  return [...of(migrants, true), ...of(locals, false)].sort(
    (a, b) => a.receivedAt.getTime() - b.receivedAt.getTime(),
  );
}

interface YearFile {
  title: string;
  others: number;
  paidUntil: CalendarDay;
  inFull?: boolean;
}

/** Imports a year's file, then routes and works its tickets to their end. */
async function loadYear(
  work: DeskWork,
  demo: DemoTown,
  random: Random,
  file: YearFile,
  complaints: DemoComplaint[],
): Promise<void> {
  await importFile(work, demo, random, file.title, file.others, complaints);
  for (let start = 0; start < complaints.length; start += AT_A_TIME) {
    await inTx(async () => {
      const routed: [DemoComplaint, DisputeCase][] = [];
      for (const complaint of complaints.slice(start, start + AT_A_TIME)) {
        const enterpriseConsent = complaint.enterprise.hasCommittee && random.chance(0.8);
        routed.push([complaint, await work.route(complaint, { enterpriseConsent })]);
      }
      for (const [complaint, disputeCase] of routed) {
        await work.workThrough(complaint, disputeCase, file.paidUntil, file.inFull);
      }
    });
  }
}

async function importFile(
  work: DeskWork,
  demo: DemoTown,
  random: Random,
  title: string,
  others: number,
  complaints: DemoComplaint[],
): Promise<void> {
  const latest = Math.max(...complaints.map(({ receivedAt }) => receivedAt.getTime()));
  work.at(new Date(latest + 3_600_000));
  const bytes = await writeXlsx([hotlineSheet(title, complaints, others, random)]);
  await confirmImport({
    townId: demo.town.id,
    source: bytes,
    mapping: { ...NO_MAPPING, only: { category: [LABOUR_CATEGORY] } },
    fileName: `${title}.xlsx`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    userId: demo.dispatchers[0].userId,
  });
}

/** The running year and the open work, some of it on the desks of the printed accounts. */
async function loadPresent(
  work: DeskWork,
  demo: DemoTown,
  random: Random,
  moment: Date,
  hotline: HotlineDesk,
): Promise<void> {
  const now = dayOf(moment);
  const { past, open } = presentComplaints(demo, random, now, moment);
  await loadYear(
    work,
    demo,
    random,
    { title: '本年度12345热线诉求工单', others: 40, paidUntil: addDays(now, -9) },
    past,
  );
  await hotline.workOff(addDays(now, -280), addDays(now, -10));
  const latest = open.map(({ complaint }) => complaint);
  await importFile(work, demo, random, '近期12345热线诉求工单', 20, latest);
  for (const each of open) await bringTo(each, work, demo, now);
  await hotline.present(now);
  await registerWalkIns(work, demo, random, now);
  await callWorkers(work, demo, now);
  await changeStaff(work, demo, now);
  await recordVisits(
    { townId: demo.town.id, dispatcher: demo.dispatchers[0], enterprises: demo.enterprises },
    now,
  );
  await handOutCards(demo, now);
  await bringTheLaw(demo, now);
  await loadRounds({ townId: demo.town.id, dispatcherId: demo.dispatchers[0].userId }, now);
  await markBreaches({ day: now, inTurn: inTx });
}
