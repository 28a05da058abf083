import { goUpAsGroup, goUpInDanger } from './case-routing/going-up.service.ts';
import { lapseOffer } from './case-routing/hand-over.service.ts';
import { giveBackForRedo } from './case-routing/redo.service.ts';
import { moveCaseDeadlines } from './cases/case-deadlines.service.ts';
import { onCaseEvent } from './cases/case-action.service.ts';
import { takeMergedAlong } from './cases/merger.service.ts';
import { CASE_ACTIONS, LIFECYCLE, type CaseAction, type Transition } from './cases/lifecycle.rules.ts';
import { onCalendarChange } from './deadlines/calendar.service.ts';
import { dropFollowUp } from './follow-ups/opening.service.ts';
import { moveTicketDeadlines } from './hotline/ticket-deadlines.service.ts';
import { freezeAgreement } from './documents/documents.service.ts';
import { callOffSessions, moveSessions } from './mediation/sessions.service.ts';
import {
  tellDispatchers,
  tellMediator,
  tellOfDanger,
  tellOffered,
} from './notifications/case-notices.service.ts';
import { evaluateAfter, evaluateWarned } from './wage-checks/warning-triggers.service.ts';

const closes = (action: CaseAction): boolean => (LIFECYCLE[action] as Transition).to === 'closed';

/** After these a case may be somebody else's. */
const CHANGES_DESK = [
  ...(['route', 'reassign', 'takeOver', 'handBack', 'acceptHandOver', 'goUp'] as const),
  'takeIn' as const,
];

/** Who is told of which event of a case; made once, because a listener that is there already is not added again. */
const TELLS = [
  ['route', tellMediator('case.routed')],
  ['reassign', tellMediator('case.reassigned')],
  ['goUp', tellMediator('case.goneUp')],
  ['redo', tellMediator('case.redo')],
  ['draftFailure', tellMediator('case.failureDrafted')],
  ['markBreached', tellMediator('case.breached')],
  ['offerHandOver', tellOffered],
  ['proposeDecline', tellDispatchers('case.proposal')],
  ['proposeVoid', tellDispatchers('case.proposal')],
  ['recordPayment', tellDispatchers('case.verification')],
  ['reversePayment', tellDispatchers('case.verification')],
  ['recordContact', tellOfDanger],
  ['followUp', tellOfDanger],
] as const;

/** After these an enterprise's warning may be another one; made once, like `TELLS`. */
const WARNS = [
  ['register', evaluateAfter('complaint')],
  ['recordClaims', evaluateAfter('claims')],
  ['verifyPayment', evaluateWarned('payment')],
  ['verifyReversal', evaluateAfter('payment')],
] as const;

/**
 * What sets off what, where a feature may not call the other one: in the same transaction as the event. Whoever brings in
 * whole years leaves `warnings` out and has them evaluated at the end, as the nightly job does.
 */
export function subscribeFeatures({ warnings = true } = {}): void {
  for (const action of CASE_ACTIONS) onCaseEvent(action, lapseOffer);
  for (const action of CASE_ACTIONS.filter(closes)) onCaseEvent(action, callOffSessions);
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
  for (const [action, listener] of TELLS) onCaseEvent(action, listener);
  if (warnings) for (const [action, listener] of WARNS) onCaseEvent(action, listener);
}
