import { AuditEntry } from '../../models/accounts.ts';
import { requireTx } from '../../models/dialect.ts';
import { insertRows } from '../../models/rows.ts';

/** What is kept of an act: what it was done to, and details without personal data. */
export interface AuditedAct {
  action: string;
  objectType?: string;
  objectId?: string;
  detail?: Record<string, unknown>;
}

/** Writes who did what into the open transaction. `userId` is null for the system itself. */
export async function recordAudit(userId: string | null, act: AuditedAct): Promise<void> {
  requireTx();
  await insertRows(AuditEntry, [{ userId, ...act }]);
}

/** Writes many acts of one transaction, as of an import. */
export async function recordAudits(userId: string | null, acts: AuditedAct[]): Promise<void> {
  requireTx();
  await insertRows(
    AuditEntry,
    acts.map((act) => ({ userId, ...act })),
  );
}
