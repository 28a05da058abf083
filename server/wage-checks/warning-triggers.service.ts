import type { DisputeCase } from '../../models/cases.ts';
import { Warning } from '../../models/warnings.ts';
import { today } from '../shared/clock.ts';
import { evaluateEnterprise } from './warning.service.ts';
import type { EvaluationCause } from './warning-words.rules.ts';

/** Evaluates the enterprise of a case after an event of it, in the same transaction (`subscriptions.ts`). */
export function evaluateAfter(cause: EvaluationCause) {
  return async ({ enterpriseId }: DisputeCase): Promise<void> => {
    if (enterpriseId !== null) await evaluateEnterprise(enterpriseId, today(), cause);
  };
}

/** The same after what can only better a warning: where none is open, there is nothing to evaluate. */
export function evaluateWarned(cause: EvaluationCause) {
  const evaluate = evaluateAfter(cause);
  return async (disputeCase: DisputeCase): Promise<void> => {
    if (
      await Warning.findOne({ where: { openKey: disputeCase.enterpriseId }, attributes: ['id'], raw: true })
    )
      await evaluate(disputeCase);
  };
}
