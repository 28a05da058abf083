import type { ExplanationLine } from '../shared/explanation.ts';
import type { HeldRule, RoutingNote } from './routing.rules.ts';

/** What a routing decision keeps of the rules that held when it was taken. */
export interface DecisionBasis {
  explanation: ExplanationLine[];
  /** The rules that held beside the one that decided. */
  besides: HeldRule[];
  /** What is to be done by all of them. */
  notes: RoutingNote[];
}

/** Reads what a decision looked at (`recordedInputs`). */
export function basisOf({ inputs }: { inputs: unknown }): DecisionBasis {
  const { explanation = [], besides = [], notes = [] } = inputs as Partial<DecisionBasis>;
  return { explanation, besides, notes };
}
