import { goUpInDanger } from './case-routing/going-up.service.ts';
import { onCaseEvent } from './cases/case-action.service.ts';

/** What sets off what, where a feature may not call the other one: in the same transaction as the event. */
export function subscribeFeatures(): void {
  onCaseEvent('recordContact', goUpInDanger);
}
