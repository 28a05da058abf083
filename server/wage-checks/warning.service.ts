import { Enterprise } from '../../models/directory.ts';
import { holdRow, inTx, LostRace } from '../../models/dialect.ts';
import { Warning, WarningEvaluation, WarningEvent } from '../../models/warnings.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { newId } from '../shared/ids.ts';
import { reorderChecks } from './check-order.service.ts';
import { monthOf } from './rounds.rules.ts';
import { planWarningActions, tellRaised } from './warning-actions.service.ts';
import { caseOfRed } from './warning-case.service.ts';
import type { Course } from './warning-course.rules.ts';
import { assess, type Assessment } from './warning-evaluation.queries.ts';
import type { EvaluationCause } from './warning-words.rules.ts';
import { rankOf } from './warning.rules.ts';

/**
 * Evaluates the warning of an enterprise on a day, in one transaction: keeps the evaluation when it differs from the
 * last one, and raises, lowers or ends the warning with its actions, its case and the level that routing reads. Gives the
 * warning that is open afterwards. A day before the last evaluation changes nothing.
 */
export function evaluateEnterprise(
  enterpriseId: string,
  day: CalendarDay,
  cause: EvaluationCause,
): Promise<Warning | null> {
  return inTx(async () => {
    await holdRow('enterprises', enterpriseId);
    const enterprise = await Enterprise.findByPk(enterpriseId, { attributes: ['townId'] });
    if (!enterprise) return null;
    const [assessment] = await assess(enterprise.townId, [enterpriseId], day);
    const { latest, warning, unchanged } = assessment!;
    if (latest && latest.lastSeenOn > day) return warning;
    if (unchanged) {
      if (latest) await touchEvaluations([latest.id], day);
      return warning;
    }
    return keep(assessment!, day, cause);
  });
}

/** Notes that the rules still say the same. */
export async function touchEvaluations(ids: string[], day: CalendarDay): Promise<void> {
  await WarningEvaluation.update({ lastSeenOn: day }, { where: { id: ids } });
}

async function keep(
  assessment: Assessment,
  day: CalendarDay,
  cause: EvaluationCause,
): Promise<Warning | null> {
  const { course, warning, enterprise } = assessment;
  const evaluationId = await keepEvaluation(assessment, day, cause);
  if (course.step === 'none') return null;
  const row = rowOf(assessment, day, evaluationId);
  const after = await (warning ? change(warning, row) : Warning.create(row));
  await tellHistory(assessment, after.id, evaluationId);
  await planWarningActions(after, course.step, enterprise, day, warning?.provincial ?? false);
  if (course.step === 'raised') await tellRaised(after, enterprise);
  if (course.step === 'raised' && course.level === 'red') await caseOfRed(after, assessment);
  await Enterprise.update({ warningLevel: course.level }, { where: { id: enterprise.id } });
  if (course.step !== 'kept') await reorderChecks(enterprise.id, monthOf(day));
  return course.step === 'ended' ? null : after;
}

async function keepEvaluation(
  { enterprise, evaluation, facts, settings, inputsHash, latest }: Assessment,
  day: CalendarDay,
  cause: EvaluationCause,
): Promise<string> {
  if (latest) {
    const [replaced] = await WarningEvaluation.update(
      { latestKey: null },
      { where: { id: latest.id, latestKey: enterprise.id } },
    );
    if (replaced === 0) throw new LostRace();
  }
  const { ruleVersion, hits, level, provincial, crimeAmount, people, arrearsFen } = evaluation;
  const id = newId();
  await WarningEvaluation.create({
    ...{ id, townId: enterprise.townId, enterpriseId: enterprise.id, latestKey: enterprise.id },
    ...{ day, lastSeenOn: day, cause, ruleVersion, inputs: { facts, settings }, inputsHash },
    ...{ hits, level, provincial, crimeAmount, people, arrearsFen },
  });
  return id;
}

/** What of a warning an evaluation decides; of a warning that has ended, the level at which it ended stays. */
function rowOf(
  { enterprise, evaluation, course, warning }: Assessment,
  day: CalendarDay,
  evaluationId: string,
) {
  const level = course.level ?? warning!.level;
  // What nobody verified as paid still goes to the provincial list.
  const provincial = evaluation.provincial || (course.held && (warning?.provincial ?? false));
  const ended = course.step === 'ended';
  const { arrearsLevel, verifications, wasRed, watchUntil, held } = course;
  return {
    ...{ townId: enterprise.townId, villageId: enterprise.villageId, enterpriseId: enterprise.id },
    ...{ level, arrearsLevel, verifications, wasRed, watchUntil, held, provincial, evaluationId },
    crimeAmount: evaluation.crimeAmount,
    position: rankOf(level) * 2 + Number(provincial),
    openKey: ended ? null : enterprise.id,
    endedOn: ended ? day : null,
    openedOn: warning?.openedOn ?? day,
    levelSince: warning && (ended || course.step === 'kept') ? warning.levelSince : day,
    dueOn: warning?.dueOn ?? '9999-12-31',
  };
}

async function change(warning: Warning, row: ReturnType<typeof rowOf>): Promise<Warning> {
  const { id, version } = warning;
  const [changed] = await Warning.update({ ...row, version: version + 1 }, { where: { id, version } });
  if (changed === 0) throw new LostRace();
  return Warning.findByPk(id, { rejectOnEmpty: true });
}

async function tellHistory(
  { course, warning, enterprise, evaluation }: Assessment,
  warningId: string,
  evaluationId: string,
): Promise<void> {
  if (!isToldOf(course, warning)) return;
  const { step, level } = course;
  const fromLevel = warning?.level ?? null;
  await WarningEvent.create({
    ...{ warningId, actorId: null, action: step as Exclude<typeof step, 'none'>, evaluationId },
    ...{ fromLevel, toLevel: level, detail: { watchUntil: course.watchUntil, held: course.held } },
  });
  await recordAudit(null, {
    action: 'changeWarning',
    objectType: 'enterprise',
    objectId: enterprise.id,
    detail: { warningId, step, from: fromLevel, to: level, ruleVersion: evaluation.ruleVersion },
  });
}

/** A level that is kept is told of only when it begins to be held for want of a verified payment. */
function isToldOf({ step, held }: Course, warning: Warning | null): boolean {
  return step !== 'kept' || (held && !warning!.held);
}
