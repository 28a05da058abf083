import type { DisputeCase } from '../../models/cases.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase } from '../cases/case-action.service.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { addDays } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { Conflict } from '../shared/errors.ts';

/**
 * Says what was done again (重办): the worker is called once more after as many days as after a closing; outcome and
 * closing day stay as they were.
 */
export function answerRedo(
  reader: Reader,
  caseId: string,
  version: number,
  { answer }: { answer: string },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'answerRedo', version, async ({ townId, closedOn }) => {
    const asked = await FollowUp.findOne({
      where: { caseId, redo: true, redoAnsweredOn: null },
      order: [['round', 'DESC']],
    });
    if (!asked) throw new Conflict();
    await FollowUp.update(
      { redoAnsweredOn: today(), redoAnsweredById: reader.userId, redoAnswer: answer },
      { where: { id: asked.id } },
    );
    const { followUpDays } = await settingsOf(townId);
    const dueOn = addDays(today(), followUpDays);
    await FollowUp.create({ caseId, townId, round: asked.round + 1, closedOn: closedOn!, dueOn });
    return { set: { redoOn: null, followUpOn: dueOn }, detail: { followUpOn: dueOn } };
  });
}
