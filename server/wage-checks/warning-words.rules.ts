/** What led to an evaluation; each has its word (`warnings.causes`). */
export const EVALUATION_CAUSES = [
  ...(['nightly', 'complaint', 'payment', 'claims', 'signal', 'clearance'] as const),
  ...(['report', 'finding', 'byHand'] as const),
] as const;
export type EvaluationCause = (typeof EVALUATION_CAUSES)[number];

/** What a line of a warning's history can tell. */
export const WARNING_EVENTS = [
  ...(['raised', 'lowered', 'kept', 'ended'] as const),
  ...(['openCase', 'joinCase', 'complete', 'clear'] as const),
] as const;
export type WarningEventAction = (typeof WARNING_EVENTS)[number];
