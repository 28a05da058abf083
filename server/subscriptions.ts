import { goUpInDanger } from './case-routing/going-up.service.ts';
import { giveBackForRedo } from './case-routing/redo.service.ts';
import { moveCaseDeadlines } from './cases/case-deadlines.service.ts';
import { onCaseEvent } from './cases/case-action.service.ts';
import { onCalendarChange } from './deadlines/calendar.service.ts';
import { dropFollowUp } from './follow-ups/opening.service.ts';
import { moveTicketDeadlines } from './hotline/ticket-deadlines.service.ts';
import { freezeAgreement } from './documents/documents.service.ts';

/** What sets off what, where a feature may not call the other one: in the same transaction as the event. */
export function subscribeFeatures(): void {
  onCaseEvent('recordContact', goUpInDanger);
  onCalendarChange(moveCaseDeadlines);
  onCalendarChange(moveTicketDeadlines);
  onCaseEvent('sign', freezeAgreement);
  onCaseEvent('followUp', giveBackForRedo);
  onCaseEvent('reopen', dropFollowUp);
  onCaseEvent('void', dropFollowUp);
}
