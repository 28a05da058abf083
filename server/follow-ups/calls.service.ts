import { inTx } from '../../models/dialect.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actAsSystem, actOnCase } from '../cases/case-action.service.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { checkDanger } from '../mediation/danger-words.rules.ts';
import type { Mood, Risk } from '../mediation/mediation.rules.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, Forbidden } from '../shared/errors.ts';
import { findFollowUp, hasMediated } from './follow-up.queries.ts';
import { isConclusive, needsRedo, redoHelped, type Heard } from './follow-up.rules.ts';

/** What the clerk writes down; everything but the note is null of a call that reached nobody. */
export interface Call extends Heard {
  retaliation: boolean | null;
  hiddenRisk: boolean | null;
  mood: Mood | null;
  risk: Risk | null;
  note: string | null;
  /** The note speaks of danger, and was read again: there is none. */
  noDanger?: boolean;
}

/**
 * Records a call to the worker. What it ends is archived, or where it went badly given back to be done again
 * (`subscriptions.ts`); a call in vain is tried again. The event names no person and no word of the worker.
 * @throws Unacceptable for a note that speaks of danger, of which nothing is said; NotFound, Forbidden for whoever mediated the case, Conflict when somebody was quicker
 */
export function recordCall(reader: Reader, followUpId: string, call: Call): Promise<void> {
  return inTx(async () => {
    const followUp = await findFollowUp(reader, followUpId);
    if (followUp.state !== 'due') throw new Conflict('follow-ups.errors.done');
    if (await hasMediated(reader.userId, followUp.disputeCase))
      throw new Forbidden('follow-ups.errors.ownCase');
    const done = isConclusive(call.reached, followUp.attempts);
    if (call.reached === 'yes')
      checkDanger(
        { ...call, noDanger: call.noDanger === true },
        await settingsOf(followUp.disputeCase.townId),
      );
    const redo = needsRedo(call);
    await actOnCase(reader, followUp.caseId, 'followUp', null, async () => {
      await (done ? finish(reader, followUp, call, redo) : addAttempt(followUp));
      const { reached, performance: kept, satisfaction } = call;
      const risk = call.risk === 'none' ? null : call.risk;
      return {
        set: done ? { followUpOn: null } : {},
        detail: { round: followUp.round, reached, kept, satisfaction, risk, redo },
      };
    });
    if (!done) return;
    await judgeRedoBefore(followUp, call);
    if (!redo) await archive(followUp.caseId);
  });
}

async function finish(
  { userId }: Reader,
  { id, attempts }: FollowUp,
  { noDanger: _, ...call }: Call,
  redo: boolean,
): Promise<void> {
  const values = { ...call, redo, calledAt: now(), calledOn: today(), calledById: userId };
  const [finished] = await FollowUp.update(
    { ...values, state: 'done' },
    { where: { id, state: 'due', attempts } },
  );
  if (finished === 0) throw new Conflict('follow-ups.errors.done');
}

async function addAttempt({ id, attempts }: FollowUp): Promise<void> {
  const [added] = await FollowUp.update(
    { attempts: attempts + 1 },
    { where: { id, state: 'due', attempts } },
  );
  if (added === 0) throw new Conflict('follow-ups.errors.done');
}

/** Says of the redo that this call asks about whether it changed anything. */
async function judgeRedoBefore({ caseId, round }: FollowUp, call: Call): Promise<void> {
  const before = await FollowUp.findOne({ where: { caseId, round: round - 1, redo: true } });
  if (!before || before.reached === null) return;
  const { reached, performance, satisfaction } = before;
  const helped = redoHelped({ reached, performance, satisfaction }, call);
  await FollowUp.update({ redoHelped: helped }, { where: { id: before.id } });
}

async function archive(caseId: string): Promise<void> {
  await actAsSystem(
    caseId,
    'archive',
    ({ archivedOn }) => archivedOn === null,
    () => ({ set: { archivedOn: today() } }),
  );
}
