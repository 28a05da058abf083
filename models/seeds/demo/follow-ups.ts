import { recordCall, type Call } from '../../../server/follow-ups/calls.service.ts';
import { openFollowUps } from '../../../server/follow-ups/opening.service.ts';
import { answerRedo } from '../../../server/follow-ups/redo.service.ts';
import { addDays, instantOf, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import { DisputeCase } from '../../cases.ts';
import { inTx } from '../../dialect.ts';
import { FollowUp } from '../../follow-ups.ts';
import type { DeskWork } from './desk-work.ts';
import type { DemoTown } from './town.ts';

const PLEASED: Call = {
  ...{ reached: 'yes', performance: 'kept', satisfaction: 'satisfied', retaliation: false },
  ...{ hiddenRisk: false, mood: 'calm', risk: 'none', note: '钱已经收到，谢谢调解员。' },
};
const ANGRY: Call = {
  ...{ ...PLEASED, performance: 'partly', satisfaction: 'unsatisfied', mood: 'angry', risk: 'petition' },
  note: '加班费没有算清楚，希望再核一次考勤。',
};
const IN_VAIN: Call = {
  ...{ reached: 'no', performance: null, satisfaction: null, retaliation: null },
  ...{ hiddenRisk: null, mood: null, risk: null, note: null },
};
/** What the workers say, one after the other. */
const ANSWERS: Call[] = [
  PLEASED,
  { ...PLEASED, satisfaction: 'mostlySatisfied', note: null },
  PLEASED,
  { ...PLEASED, satisfaction: 'fair', mood: 'worried', note: '等得有点久。' },
  { ...PLEASED, satisfaction: 'declined', note: null },
  PLEASED,
];

/** Calls of these weeks: most are made, a redo helped, a case lies on a desk to be done again, and some calls are due. */
export async function callWorkers(work: DeskWork, demo: DemoTown, today: CalendarDay): Promise<void> {
  const { clerk } = demo;
  await openOn(addDays(today, -12), work);
  const due = await dueCalls();
  const [first, second, ...others] = due;
  if (first) await recordCall(clerk, first.id, ANGRY);
  for (const [index, { id }] of others.slice(0, -2).entries())
    await recordCall(clerk, id, ANSWERS[index % ANSWERS.length]!);
  if (second) await recordCall(clerk, second.id, IN_VAIN);
  if (first) await doAgain(first, work, demo, today);
  await openOn(addDays(today, -1), work);
  const printed = Object.values(demo.desks).map(({ mediatorId }) => mediatorId);
  const onDesk = (await dueCalls()).find(({ disputeCase }) =>
    printed.includes(disputeCase!.mediatorId ?? ''),
  );
  if (onDesk) await recordCall(clerk, onDesk.id, ANGRY);
}

async function openOn(day: CalendarDay, work: DeskWork): Promise<void> {
  work.at(instantOf(day, '09:30'));
  await openFollowUps({ day, inTurn: inTx });
}

function dueCalls(): Promise<FollowUp[]> {
  return FollowUp.findAll({
    where: { state: 'due' },
    include: [{ model: DisputeCase, as: 'disputeCase' }],
    order: [
      ['dueOn', 'ASC'],
      ['id', 'ASC'],
    ],
  });
}

/** The mediator does it again, and the next call hears that it helped. */
async function doAgain(
  { caseId }: FollowUp,
  work: DeskWork,
  demo: DemoTown,
  today: CalendarDay,
): Promise<void> {
  work.at(instantOf(addDays(today, -10), '15:00'));
  const disputeCase = (await DisputeCase.findByPk(caseId))!;
  const answer = '与单位重新核对了考勤，补发的加班费已当面结清。';
  await answerRedo(work.mediatorOf(disputeCase), caseId, disputeCase.version, { answer });
  work.at(instantOf(addDays(today, -3), '10:00'));
  const again = await FollowUp.findOne({ where: { caseId, state: 'due' } });
  await recordCall(demo.clerk, again!.id, { ...PLEASED, note: '加班费补上了。' });
}
