import { createHash } from 'node:crypto';
import { Op } from 'sequelize';
import { Enterprise } from '../../models/directory.ts';
import { Warning, WarningEvaluation } from '../../models/warnings.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { courseOf, type Course } from './warning-course.rules.ts';
import { loadWageFacts } from './warning-facts.queries.ts';
import {
  evaluateWarning,
  NO_FACTS,
  WARNING_SETTINGS,
  type Evaluation,
  type WageFacts,
  type WarningSettings,
} from './warning.rules.ts';

/** What the rules say of an enterprise now, beside what they said last. */
export interface Assessment {
  enterprise: Enterprise;
  facts: WageFacts;
  settings: WarningSettings;
  evaluation: Evaluation;
  inputsHash: string;
  latest: WarningEvaluation | null;
  warning: Warning | null;
  course: Course;
  /** Nothing that is kept would differ. */
  unchanged: boolean;
}

/** What the rules say of some enterprises of one town on a day, read in sets; nothing is written. */
export async function assess(
  townId: string,
  enterpriseIds: string[],
  day: CalendarDay,
): Promise<Assessment[]> {
  const settings = await settingsOf(townId, day);
  const [facts, enterprises, evaluations, warnings, calendar] = await Promise.all([
    loadWageFacts(enterpriseIds, day, settings),
    Enterprise.findAll({ where: { id: enterpriseIds } }),
    WarningEvaluation.findAll({ where: { latestKey: enterpriseIds } }),
    Warning.findAll({ where: { openKey: enterpriseIds } }),
    currentCalendar(),
  ]);
  const latestOf = new Map(evaluations.map((row) => [row.enterpriseId, row]));
  const warningOf = new Map(warnings.map((row) => [row.enterpriseId, row]));
  const looked = thresholds(settings);
  return enterprises.map((enterprise) => {
    const its = facts.get(enterprise.id)!;
    const warning = warningOf.get(enterprise.id) ?? null;
    const latest = latestOf.get(enterprise.id) ?? null;
    const evaluation = evaluateWarning(its, day, looked, calendar);
    const course = courseOf(warning, evaluation, its.verifications, day, settings);
    const inputsHash = hashOf(its, looked, evaluation);
    const unchanged = isUnchanged(inputsHash, latest, its, course, warning);
    return {
      enterprise,
      facts: its,
      settings: looked,
      evaluation,
      inputsHash,
      latest,
      warning,
      course,
      unchanged,
    };
  });
}

/** The next enterprises of a town in the order of their ids. */
export async function enterprisesAfter(townId: string, after: string, most: number): Promise<string[]> {
  const rows = await Enterprise.findAll({
    where: { townId, id: { [Op.gt]: after } },
    attributes: ['id'],
    order: [['id', 'ASC']],
    limit: most,
    raw: true,
  });
  return rows.map(({ id }) => id);
}

function thresholds(settings: WarningSettings): WarningSettings {
  return Object.fromEntries(WARNING_SETTINGS.map((key) => [key, settings[key]])) as WarningSettings;
}

/** The same as long as facts, thresholds and the rules that hold are; a further day late alone is nothing new. */
function hashOf(facts: WageFacts, settings: WarningSettings, evaluation: Evaluation): string {
  const { ruleVersion, level, provincial, crimeAmount, hits } = evaluation;
  const rules = hits.map(({ rule }) => rule);
  const inputs = { facts, settings, ruleVersion, level, provincial, crimeAmount, rules };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}

function isUnchanged(
  inputsHash: string,
  latest: WarningEvaluation | null,
  facts: WageFacts,
  { step, watchUntil }: Course,
  warning: Warning | null,
): boolean {
  if (step !== 'none' && step !== 'kept') return false;
  if ((warning?.watchUntil ?? null) !== watchUntil) return false;
  // Of an enterprise of which nothing is known, nothing is kept.
  if (latest === null) return warning === null && JSON.stringify(facts) === JSON.stringify(NO_FACTS);
  return latest.inputsHash === inputsHash;
}
