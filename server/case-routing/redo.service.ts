import type { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { actAsSystem } from '../cases/case-action.service.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { redoDeadline } from '../deadlines/clocks.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { isDanger } from '../mediation/mediation.rules.ts';
import { today } from '../shared/clock.ts';
import { receiverAbove, receiverAgain, type Receiver } from './receivers.queries.ts';

/**
 * Gives a case whose follow-up went badly back to be done again (重办), with a deadline; its outcome stays (DOMAIN §2).
 * Where the call heard of danger, somebody of the town does it.
 */
export async function giveBackForRedo(
  { id }: DisputeCase,
  { detail }: Pick<CaseEvent, 'detail'>,
): Promise<void> {
  if (detail['redo'] !== true) return;
  await actAsSystem(
    id,
    'redo',
    ({ redoOn }) => redoOn === null,
    async (disputeCase) => {
      const danger = isDanger(detail['risk']);
      const { receiver, roomId, mediatorId } = await receiverOfRedo(disputeCase, danger);
      const same = mediatorId === disputeCase.mediatorId;
      const settings = await settingsOf(disputeCase.townId);
      const { dueOn: redoDueOn } = redoDeadline(today(), settings, await currentCalendar(), danger);
      return {
        set: { redoOn: today(), roomId, mediatorId, ...(same ? {} : { takenOverAt: null }) },
        detail: { receiver, redoDueOn },
      };
    },
  );
}

/** The level stays, because the case was settled there. */
function receiverOfRedo(disputeCase: DisputeCase, danger: boolean): Promise<Omit<Receiver, 'level'>> {
  return danger && disputeCase.level !== 'town'
    ? receiverAbove(disputeCase, 'town')
    : receiverAgain(disputeCase);
}
