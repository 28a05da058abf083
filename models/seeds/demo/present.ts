import { proposeDecline, proposeVoid } from '../../../server/cases/closing.service.ts';
import { registerCase } from '../../../server/cases/register.service.ts';
import { addDays, dayOf, instantOf, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import type { DisputeCase } from '../../cases.ts';
import { inTx } from '../../dialect.ts';
import { demoComplaints, type DemoComplaint } from './complaints.ts';
import type { DeskWork } from './desk-work.ts';
import { personName, phoneNumber, VILLAGES, type DemoEnterprise } from './names.ts';
import type { Random } from './random.ts';
import type { DemoTown, PrintedDesk } from './town.ts';

/** How far a case of these days has come. */
type Stage =
  | 'arrived'
  | 'routed'
  | 'contacted'
  | 'inMediation'
  | 'drafted'
  | 'paying'
  | 'paidUnverified'
  | 'declineProposed'
  | 'voidProposed';

/** Open work: how many days ago the complaint came in, how far it is, whose it is, and what is special about it. */
interface OpenWork {
  daysAgo: number;
  stage: Stage;
  /** The printed account on whose desk it lies; else the rules decide. */
  desk?: PrintedDesk;
  change?: (complaint: DemoComplaint) => Partial<DemoComplaint>;
}

/** Half of what the town has lies on the desk of the printed mediator. */
const alternating = (stage: Stage, daysAgo: number[]): OpenWork[] =>
  daysAgo.map((days, index) => ({ daysAgo: days, stage, ...(index % 2 === 0 ? { desk: 'mediator' } : {}) }));

/** On one desk something of every kind: just come, waiting for consent, due today, overdue, to be signed, to be paid. */
const onDesk = (desk: PrintedDesk, stages: Partial<Record<Stage, number[]>>): OpenWork[] =>
  Object.entries(stages).flatMap(([stage, days]) =>
    days.map((daysAgo) => ({ daysAgo, stage: stage as Stage, desk })),
  );

const OPEN_WORK: OpenWork[] = [
  { daysAgo: 0, stage: 'arrived' },
  { daysAgo: 0, stage: 'arrived', change: () => ({ workers: 12, title: '集体讨薪', amountFen: 18_640_000 }) },
  {
    daysAgo: 0,
    stage: 'arrived',
    change: () => ({
      content: '在工地做木工，包工头拖欠三个月工资28000元，项目部说已经付给分包，要求总包先行支付。',
      amountFen: 2_800_000,
    }),
  },
  { daysAgo: 1, stage: 'arrived' },
  {
    daysAgo: 1,
    stage: 'arrived',
    change: () => ({ content: '厂里拖欠工资不发，情绪很激动，说再不给钱就跳楼，请尽快处理。' }),
  },
  {
    daysAgo: 1,
    stage: 'arrived',
    change: ({ caller }) => ({ anonymous: true, caller: { ...caller, name: '匿名' } }),
  },
  { daysAgo: 2, stage: 'arrived', change: () => ({ amountFen: 6_320_000 }) },
  { daysAgo: 3, stage: 'arrived' },
  {
    daysAgo: 5,
    stage: 'arrived',
    change: () => ({ content: '要求单位补缴社保，公司一直没有给我交社保。', title: '社保补缴' }),
  },
  {
    daysAgo: 0,
    stage: 'arrived',
    change: () => ({ content: '厂里说好的补偿一直不给，问了几次都没人理，再不解决就去市里上访。' }),
  },
  ...alternating('routed', [0, 1, 1, 2, 4]),
  ...alternating('contacted', [1, 2, 3, 5]),
  ...alternating('inMediation', [3, 5, 8, 11, 14, 16, 17, 19]),
  ...alternating('drafted', [6, 9, 13]),
  ...alternating('paying', [20, 27, 33, 38, 41]),
  ...alternating('paidUnverified', [12, 22, 25]),
  ...onDesk('village', {
    routed: [0, 4],
    contacted: [1, 3],
    inMediation: [8, 17, 20],
    drafted: [9],
    paying: [39, 41, 45],
    paidUnverified: [10],
  }),
  ...onDesk('committee', {
    routed: [1],
    contacted: [2],
    inMediation: [6, 17, 19],
    drafted: [11],
    paying: [41, 44],
  }),
  { daysAgo: 4, stage: 'declineProposed' },
  { daysAgo: 6, stage: 'voidProposed' },
];

/** How long before the demo is made the last complaints came: time enough for them to be read and routed. */
const AHEAD_MS = 4 * 3_600_000;

/** The complaints of the running year: most are settled, the last ones are on the desks; none lies ahead of `moment`. */
export function presentComplaints(demo: DemoTown, random: Random, today: CalendarDay, moment: Date) {
  const { enterprises } = demo;
  const settledUntil = addDays(today, -45);
  const outcomes = {
    settledAtOnce: 62,
    settledByInstalments: 18,
    reconciled: 9,
    failed: 3,
    declined: 1,
    withdrawn: 2,
    lostContact: 1,
  };
  const past = demoComplaints(
    { prefix: 'JYS', from: addDays(today, -300), to: settledUntil, totalFen: 131_460_000, outcomes },
    enterprises,
    random,
  );
  const plain = { settledAtOnce: OPEN_WORK.length };
  const blanks = demoComplaints(
    { prefix: 'JYN', from: today, to: today, totalFen: OPEN_WORK.length * 1_120_000, outcomes: plain },
    enterprises,
    random,
  );
  const open = OPEN_WORK.map((work, index): PlacedWork => {
    const morning = instantOf(addDays(today, -work.daysAgo), '08:00');
    const begun = Math.min(morning.getTime(), moment.getTime() - AHEAD_MS);
    const receivedAt = new Date(begun + index * 60_000);
    const complaint = against(enterpriseFor(work.desk, demo, index), { ...blanks[index]!, receivedAt });
    return { ...work, complaint: { ...complaint, ...work.change?.(complaint) } };
  });
  return { past, open };
}

/** Open work with the complaint that it is about. */
type PlacedWork = OpenWork & { complaint: DemoComplaint };

/** An enterprise of the desk's village, or the committee's own. */
function enterpriseFor(
  desk: PrintedDesk | undefined,
  { enterprises, committeeOf }: DemoTown,
  index: number,
): DemoEnterprise | null {
  if (desk === 'committee') return committeeOf;
  if (desk !== 'village') return null;
  const near = enterprises.filter(({ village, hasCommittee }) => village === VILLAGES[0] && !hasCommittee);
  return near[index % near.length] ?? null;
}

function against(enterprise: DemoEnterprise | null, complaint: DemoComplaint): DemoComplaint {
  if (!enterprise) return complaint;
  const content = complaint.content.replaceAll(complaint.enterprise.name, enterprise.name);
  return { ...complaint, enterprise, content };
}

/** Why the dispatcher sent a case to a desk that the rules may not have named. */
const REASONS: Record<PrintedDesk, string> = {
  mediator: '镇调解中心统一办理',
  village: '当事人住在村里，要求就近办理',
  committee: '劳动者同意由企业调解委员会先行调解',
};

/** Brings one complaint to the stage where it stands today. */
export async function bringTo(
  { stage, desk, complaint }: PlacedWork,
  work: DeskWork,
  demo: DemoTown,
  today: CalendarDay,
): Promise<void> {
  if (stage === 'arrived') return;
  const received = dayOf(complaint.receivedAt);
  const enterpriseConsent = desk === 'committee';
  const choice = desk ? { desk: demo.desks[desk], reason: REASONS[desk], enterpriseConsent } : {};
  const routed = await work.route(complaint, choice);
  if (stage === 'routed') return;
  await inTx(async () => {
    const contacted = await work.takeOver(routed, earlier(addDays(received, 1), today));
    if (stage === 'contacted') return;
    if (stage === 'declineProposed') {
      const explanation = '单位称双方是承揽关系，不同意调解。';
      return void (await proposeDecline(work.mediatorOf(contacted), contacted.id, contacted.version, {
        reason: 'partyRefuses',
        explanation,
      }));
    }
    if (stage === 'voidProposed') {
      const explanation = '与另一件为同一人同一事，录入重复。';
      return void (await proposeVoid(work.mediatorOf(contacted), contacted.id, contacted.version, {
        reason: 'enteredTwice',
        explanation,
      }));
    }
    const accepted = await work.accept(contacted, earlier(addDays(received, 2), today));
    if (stage === 'inMediation') return;
    const claimed = await work.recordClaims(accepted, complaint, complaint.amountFen);
    await agree(stage, claimed, received, work, today);
  });
}

async function agree(
  stage: Stage,
  claimed: DisputeCase,
  received: CalendarDay,
  work: DeskWork,
  today: CalendarDay,
): Promise<void> {
  const signedOn = addDays(received, 7);
  if (stage === 'drafted')
    return void (await work.draft(claimed, 'settledByInstalments', [addDays(today, 7), addDays(today, 37)]));
  if (stage === 'paidUnverified') {
    await work.sign(await work.draft(claimed, 'settledAtOnce', [signedOn]), signedOn);
    return work.pay(claimed, signedOn, false);
  }
  // The first instalment is paid; the second falls due 34 days after the signature: some have passed, some are ahead.
  await work.sign(
    await work.draft(claimed, 'settledByInstalments', [signedOn, addDays(signedOn, 34)]),
    signedOn,
  );
  await work.pay(claimed, signedOn);
}

/** Two workers who came to the town hall in person and whose cases await routing. */
export async function registerWalkIns(
  work: DeskWork,
  demo: DemoTown,
  random: Random,
  today: CalendarDay,
): Promise<void> {
  for (const [daysAgo, title] of [
    [1, '离职工资未结清'],
    [2, '拖欠两个月工资'],
  ] as const) {
    work.at(instantOf(addDays(today, -daysAgo), '10:30'));
    const enterprise = random.pick(demo.enterprises);
    const claims = [{ type: 'wages' as const, claimedFen: random.between(40, 160) * 10_000 }];
    await registerCase(demo.dispatchers[0], {
      townId: demo.town.id,
      villageId: null,
      source: 'walkIn',
      title,
      facts: `在${enterprise.name}上班，工资没有按时发放，多次催要未果，本人到镇里申请调解。`,
      primaryType: 'wages',
      receivedAt: instantOf(addDays(today, -daysAgo), '10:20'),
      respondents: [{ part: 'employer', name: enterprise.name }],
      claimants: [{ name: personName(random), phone: phoneNumber(random), migrant: true, claims }],
      workers: 1,
      applied: true,
    });
  }
}

function earlier(a: CalendarDay, b: CalendarDay): CalendarDay {
  return a < b ? a : b;
}
