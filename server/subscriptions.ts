import { goUpAsGroup, goUpInDanger } from './case-routing/going-up.service.ts';
import { lapseOffer } from './case-routing/hand-over.service.ts';
import { giveBackForRedo } from './case-routing/redo.service.ts';
import { moveCaseDeadlines } from './cases/case-deadlines.service.ts';
import { onCaseEvent } from './cases/case-action.service.ts';
import { takeMergedAlong } from './cases/merger.service.ts';
import { CASE_ACTIONS } from './cases/lifecycle.rules.ts';
import { onCalendarChange } from './deadlines/calendar.service.ts';
import { dropFollowUp } from './follow-ups/opening.service.ts';
import { moveTicketDeadlines } from './hotline/ticket-deadlines.service.ts';
import { freezeAgreement } from './documents/documents.service.ts';
import { moveSessions } from './mediation/sessions.service.ts';

/** After these a case may be somebody else's. */
const CHANGES_DESK = [
  ...(['route', 'reassign', 'takeOver', 'handBack', 'acceptHandOver', 'goUp'] as const),
  'takeIn' as const,
];

/** What sets off what, where a feature may not call the other one: in the same transaction as the event. */
export function subscribeFeatures(): void {
  for (const action of CASE_ACTIONS) onCaseEvent(action, lapseOffer);
  for (const action of CHANGES_DESK) {
    onCaseEvent(action, takeMergedAlong);
    onCaseEvent(action, moveSessions);
  }
  onCaseEvent('recordContact', goUpInDanger);
  onCaseEvent('recordClaims', goUpAsGroup);
  onCaseEvent('linkTicket', goUpAsGroup);
  onCaseEvent('takeIn', goUpAsGroup);
  onCalendarChange(moveCaseDeadlines);
  onCalendarChange(moveTicketDeadlines);
  onCaseEvent('sign', freezeAgreement);
  onCaseEvent('followUp', giveBackForRedo);
  onCaseEvent('reopen', dropFollowUp);
  onCaseEvent('void', dropFollowUp);
}
