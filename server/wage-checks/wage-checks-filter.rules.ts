import type { WarningLevel } from '../directory/directory.rules.ts';
import type { CheckState } from './wage-checks.rules.ts';

/** What of a round is looked at: what nobody has checked yet, what was checked, a state, or all of it. */
export const SHOWN = [
  ...(['unchecked', 'checked', 'reported', 'contradicted', 'arrears', 'rectifying', 'notDue'] as const),
  ...(['fine', 'leftOut', 'all'] as const),
] as const satisfies readonly (CheckState | 'unchecked' | 'checked' | 'all')[];
export type Shown = (typeof SHOWN)[number];

/** The filter of the officers' list. */
export interface CheckFilter {
  month: string;
  village?: string;
  show?: Shown;
  /** The id of an officer, or `me`. */
  officer?: string;
  level?: WarningLevel;
}
