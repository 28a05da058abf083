import { listHref } from '../shared/list-address.ts';
import type { WarningLevel } from '../directory/directory.rules.ts';

/** Which warnings a list shows; the names are those of its address. Without `state` only the open ones. */
export interface WarningFilter {
  level?: WarningLevel;
  village?: string;
  /** Who has an open action. */
  officer?: string;
  /** An action is late, or the warning is red or late: what the home page counts. */
  pressing?: 'overdue' | 'redOrOverdue';
  provincial?: 'yes';
  state?: 'ended' | 'all';
}

/** The address of the list that a filter describes. */
export function warningListHref(filter: WarningFilter): string {
  return listHref('/warnings', filter);
}
