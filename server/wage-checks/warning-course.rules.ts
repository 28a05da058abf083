import type { TownSettings } from '../../config/town.ts';
import { addWorkingDays, type Calendar } from '../deadlines/working-days.rules.ts';
import type { WarningLevel } from '../directory/directory.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { addMonths, dayIn, monthOf } from './rounds.rules.ts';
import { highest, rankOf, type Evaluation } from './warning.rules.ts';

/** What an evaluation does to the warning of an enterprise. */
export const COURSE_STEPS = ['raised', 'lowered', 'kept', 'ended', 'none'] as const;
export type CourseStep = (typeof COURSE_STEPS)[number];

/** An open warning as the last evaluation left it. */
export interface Standing {
  level: WarningLevel;
  /** The part of the level that wages owed have caused. */
  arrearsLevel: WarningLevel | null;
  /** `WageFacts.verifications` at that time. */
  verifications: number;
  /** It was red, and the months of watching that follow are not over. */
  wasRed: boolean;
  /** The end of the watching; null before it begins. */
  watchUntil: CalendarDay | null;
}

export interface Course extends Omit<Standing, 'level'> {
  step: CourseStep;
  level: WarningLevel | null;
  /** The level stands only because nobody verified a payment. */
  held: boolean;
}

/**
 * What becomes of a warning: raised at once; lowered, where wages were owed, only by an evaluation that a newly verified
 * payment led to; any other cause ends with itself. Red is followed by months of watching without new arrears (江苏省
 * 工资支付条例 40; DOMAIN §6).
 */
export function courseOf(
  standing: Standing | null,
  evaluation: Pick<Evaluation, 'arrearsLevel' | 'otherLevel'>,
  verifications: number,
  day: CalendarDay,
  { warningWatchMonths }: Pick<TownSettings, 'warningWatchMonths'>,
): Course {
  const verified = standing !== null && verifications > standing.verifications;
  const arrearsLevel = highest(evaluation.arrearsLevel, verified ? null : (standing?.arrearsLevel ?? null));
  const active = highest(arrearsLevel, evaluation.otherLevel);
  const watch = watchOf(standing, arrearsLevel, active, day, warningWatchMonths);
  const level = highest(active, watch.watchUntil === null ? null : 'blue');
  return {
    step: stepOf(standing?.level ?? null, level),
    ...{ level, arrearsLevel, verifications, ...watch },
    held: rankOf(arrearsLevel) > rankOf(evaluation.arrearsLevel),
  };
}

/** The watching begins when red is over and nothing is owed, begins again after new arrears, and ends after its months. */
function watchOf(
  standing: Standing | null,
  arrearsLevel: WarningLevel | null,
  active: WarningLevel | null,
  day: CalendarDay,
  months: number,
): Pick<Standing, 'wasRed' | 'watchUntil'> {
  const wasRed = active === 'red' || (standing?.wasRed ?? false);
  if (!wasRed || active === 'red' || arrearsLevel !== null) return { wasRed, watchUntil: null };
  const watchUntil = standing?.watchUntil ?? dayIn(addMonths(monthOf(day), months), Number(day.slice(8)));
  return day < watchUntil ? { wasRed, watchUntil } : { wasRed: false, watchUntil: null };
}

function stepOf(before: WarningLevel | null, after: WarningLevel | null): CourseStep {
  const [was, is] = [rankOf(before), rankOf(after)];
  if (is === 0) return was === 0 ? 'none' : 'ended';
  if (is === was) return 'kept';
  return is > was ? 'raised' : 'lowered';
}

/** What is to be done about a warning (DOMAIN §6), and by whom: who leads at the enterprise, or the town's dispatcher. */
export const WARNING_ACTIONS = {
  visit: 'officer',
  // 江苏省工资支付条例 36: the enterprise itself reports its arrears to the county, with a plan.
  selfReport: 'officer',
  supervision: 'town',
  repaymentPlan: 'officer',
  // 江苏省工会劳动法律监督条例 20
  opinion: 'officer',
  countyReport: 'town',
  dailyFollowUp: 'officer',
  // 保障农民工工资支付条例 63
  emergencyFund: 'town',
  provincialReport: 'town',
} as const satisfies Record<string, 'officer' | 'town'>;
export type WarningActionKind = keyof typeof WARNING_ACTIONS;
export const WARNING_ACTION_KINDS = Object.keys(WARNING_ACTIONS) as WarningActionKind[];

/** An action with its deadline. */
export interface WantedAction {
  kind: WarningActionKind;
  dueOn: CalendarDay;
}

type ActionSettings = Pick<
  TownSettings,
  'warningBlueVisitWorkingDays' | 'warningYellowVisitWorkingDays' | 'warningPlanWorkingDays'
>;

/** What a level asks for, counted from the day on which it was reached; today's is due today, worked or not. */
export function actionsAt(
  level: WarningLevel,
  provincial: boolean,
  day: CalendarDay,
  settings: ActionSettings,
  calendar: Calendar,
): WantedAction[] {
  const within = (days: number): CalendarDay => addWorkingDays(calendar, day, days).day;
  const visit = within(settings.warningYellowVisitWorkingDays);
  const plan = within(settings.warningPlanWorkingDays);
  const wanted: Record<WarningLevel, WantedAction[]> = {
    blue: [{ kind: 'visit', dueOn: within(settings.warningBlueVisitWorkingDays) }],
    yellow: [
      { kind: 'visit', dueOn: visit },
      { kind: 'selfReport', dueOn: visit },
    ],
    orange: [
      { kind: 'supervision', dueOn: within(1) },
      { kind: 'repaymentPlan', dueOn: plan },
      { kind: 'opinion', dueOn: plan },
    ],
    red: [
      { kind: 'countyReport', dueOn: day },
      { kind: 'dailyFollowUp', dueOn: within(1) },
      { kind: 'emergencyFund', dueOn: within(1) },
    ],
  };
  return [...(provincial ? [{ kind: 'provincialReport' as const, dueOn: day }] : []), ...wanted[level]];
}

/** How the actions that are still open change with the level. */
export interface ActionPlan {
  add: WantedAction[];
  /** Open already, but due earlier by now. */
  hasten: WantedAction[];
  /** No longer asked for. */
  lapse: WarningActionKind[];
}

/** A higher level adds to what is open, a lower one drops what it does not ask for, and what was asked is never put off. */
export function planActions(
  step: CourseStep,
  open: readonly WantedAction[],
  wanted: readonly WantedAction[],
): ActionPlan {
  const openOf = ({ kind }: WantedAction) => open.find((action) => action.kind === kind);
  return {
    add: wanted.filter((action) => !openOf(action)),
    hasten: wanted.filter((action) => action.dueOn < (openOf(action)?.dueOn ?? '')),
    lapse:
      step === 'lowered' || step === 'ended'
        ? open.map(({ kind }) => kind).filter((kind) => !wanted.some((action) => action.kind === kind))
        : [],
  };
}
