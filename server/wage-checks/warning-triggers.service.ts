import type { DisputeCase } from '../../models/cases.ts';
import { today } from '../shared/clock.ts';
import { evaluateEnterprise } from './warning.service.ts';
import type { EvaluationCause } from './warning-words.rules.ts';

/** Evaluates the enterprise of a case after an event of it, in the same transaction (`subscriptions.ts`). */
export function evaluateAfter(cause: EvaluationCause) {
  return async ({ enterpriseId }: DisputeCase): Promise<void> => {
    if (enterpriseId !== null) await evaluateEnterprise(enterpriseId, today(), cause);
  };
}
