import { inTx } from '../../models/dialect.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { KeptRows } from '../shared/spreadsheets/faulty-rows.ts';
import { faultyRowsOfBatch } from './batches.queries.ts';

/** A file that still waits for its confirmation, or one that was stored. */
export type FaultySource = { uploadId: string } | { batchId: string };

/**
 * The faulty rows of a file, to be corrected: of a stored one those that it kept, of a waiting one what `ofUpload` reads;
 * who took them is audited. @throws NotFound, Unacceptable
 */
export async function takeFaultyRows(
  kind: 'tickets' | 'ledger',
  reader: Reader,
  from: FaultySource,
  ofUpload: (uploadId: string) => Promise<KeptRows & { fileName: string }>,
): Promise<KeptRows & { fileName: string }> {
  const rows =
    'batchId' in from ? await faultyRowsOfBatch(kind, reader, from.batchId) : await ofUpload(from.uploadId);
  await inTx(() =>
    recordAudit(reader.userId, {
      action: `${kind}.exportFaultyRows`,
      ...('batchId' in from
        ? { objectType: 'importBatch', objectId: from.batchId }
        : { objectType: 'upload', objectId: from.uploadId }),
      detail: { fileName: rows.fileName, rows: rows.faultyRows.length },
    }),
  );
  return rows;
}
