import type { Action } from '../accounts/access.rules.ts';
import type { LedgerMapping } from '../ledger/ledger-mapping.rules.ts';
import type { TicketMapping } from './mapping.rules.ts';

/** What a file that is uploaded and stored as a batch can hold, and the action by which a person may do that. */
export const FILE_KINDS = {
  tickets: 'tickets.import',
  callbacks: 'tickets.importCallbacks',
  ledger: 'ledger.import',
  enterprises: 'directory.import',
  wageTables: 'wageChecks.importTables',
} as const satisfies Record<string, Action>;
export type FileKind = keyof typeof FILE_KINDS;

/** Files whose reading a person can correct and keep under a name. */
export type MappedKind = 'tickets' | 'ledger';

/** How a file of each kind is read. */
export interface FileMappings {
  tickets: TicketMapping;
  callbacks: TicketMapping;
  ledger: LedgerMapping;
  /** By the known names of its columns. */
  enterprises: null;
  /** By the known names of its columns. */
  wageTables: null;
}
