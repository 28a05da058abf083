import { listHref } from '../shared/list-address.ts';
import type { Industry, WarningLevel } from './directory.rules.ts';

/** Enterprises of a town that lie in no village. */
export const NO_VILLAGE = 'none';

/** Which enterprises a list shows; the names are those of its address. Without `active` only the active ones. */
export interface EnterpriseFilter {
  /** A part of the name, of an alias or of the credit code. */
  q?: string;
  /** A village by its id, or NO_VILLAGE. */
  village?: string;
  industry?: Industry;
  committee?: 'yes' | 'no';
  warning?: WarningLevel;
  active?: 'no' | 'all';
  /** Nobody answers for it today, or the reader does. */
  answered?: 'nobody' | 'me';
}

/** The list of the enterprises for which nobody answers, or for which the reader does. */
export function answeredHref(answered: NonNullable<EnterpriseFilter['answered']>): string {
  return listHref('/enterprises', { answered });
}
