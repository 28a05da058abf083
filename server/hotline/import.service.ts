import { inTx } from '../../models/dialect.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { faultyRowsOfBatch, lastMapping } from './import-batches.queries.ts';
import { joinRows, type KeptRows } from './import-kept-rows.ts';
import { chosenCategories, chosenColumns, type MappingChoice } from './import-mapping.rules.ts';
import { readImport, type FileToRead, type Findings } from './import-reading.service.ts';
import { prepareImport, storeImport } from './import-storing.service.ts';
import type { FileToImport, ImportDecision, PreparedImport } from './import-storing.service.ts';
import { NO_MAPPING, type TicketMapping } from './mapping.rules.ts';
import { openTicketFile, type TicketFile } from './ticket-file.ts';
import { keepMapping, openUpload, takeUpload } from './uploads.service.ts';
import type { OpenUpload } from './uploads.service.ts';

/** How often an import is begun again that somebody else overtook. */
const MOST_ATTEMPTS = 5;

export interface ImportResult {
  /** Null when there was nothing to store. */
  batchId: string | null;
  takenOver: number;
  findings: Findings;
}

/** Reads a file and says what importing it would do; nothing is stored. @throws Unacceptable */
export async function previewImport(
  file: FileToRead,
  bounds: { mostFaults?: number } = {},
): Promise<Findings> {
  return readImport(file, undefined, bounds);
}

/**
 * Stores every new ticket of a file and takes over the chosen changes, all as one batch or nothing. The whole is begun
 * again when one of its numbers is stored, or one of its tickets changed, by somebody else meanwhile.
 * @throws Unacceptable when the file cannot be read, Stale when it holds something else than was shown
 */
export async function confirmImport(
  file: FileToImport,
  decision: ImportDecision = { takeOver: [] },
  bounds: { mostFaults?: number } = {},
): Promise<ImportResult> {
  for (let attempt = 1; ; attempt++) {
    const prepared = await prepareImport(file, decision, bounds);
    const { findings, batchId, chosen } = prepared;
    try {
      await inTx(() => storeImport(prepared));
      return { batchId, takenOver: chosen.length, findings };
    } catch (error) {
      if (!(error instanceof Stale) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

// Uploads

/**
 * How an uploaded file is read at first: as the town's last import was, where that fits.
 * @throws Unacceptable beside `file` when it cannot be read or has no header
 */
export async function firstMapping(
  reader: Reader,
  townId: string,
  bytes: Uint8Array,
): Promise<TicketMapping> {
  if (!may(reader, 'tickets.import', { townId })) throw new Unacceptable('errors.notInList', {}, 'townId');
  const proposed = await lastMapping(townId);
  const first = await lookAt(bytes, proposed);
  const fits = first.problems.length === 0;
  const mapping = fits ? proposed : NO_MAPPING;
  const { headerRow, problems } = fits ? first : await lookAt(bytes, mapping);
  if (headerRow === null) throw new Unacceptable(problems[0]!.sentence, problems[0]!.values, 'file');
  return mapping;
}

/** What importing an upload would do. @throws NotFound, Unacceptable */
export async function previewUpload(
  reader: Reader,
  uploadId: string,
): Promise<{ upload: Omit<OpenUpload, 'bytes'>; findings: Findings }> {
  const { bytes, ...upload } = await openUpload(reader, uploadId);
  return { upload, findings: await previewImport({ ...upload, source: bytes }) };
}

/**
 * Reads an upload by other columns, or takes only the rows of the ticked categories, from now on.
 * @throws NotFound, and Unacceptable when no category is ticked
 */
export async function chooseReading(reader: Reader, uploadId: string, choice: MappingChoice): Promise<void> {
  const { bytes, ...upload } = await openUpload(reader, uploadId);
  const { mapping } = upload;
  if (choice.part === 'columns') {
    const { firstRows } = await lookAt(bytes, mapping);
    const columns = chosenColumns(firstRows, choice.headers);
    return keepMapping(reader, uploadId, { ...mapping, columns });
  }
  const { categories } = await previewImport({ ...upload, source: bytes });
  const offered = categories.map(([category]) => category);
  const ticked = choice.ticked.filter((category) => offered.includes(category));
  if (ticked.length === 0) throw new Unacceptable('hotline.errors.categoryWanted', {}, 'category');
  await keepMapping(reader, uploadId, { ...mapping, only: chosenCategories(ticked, offered, mapping.only) });
}

/**
 * Reads an upload as it is to be stored, outside of any transaction.
 * @throws NotFound, Stale, and Unacceptable also when there is nothing to store
 */
export async function prepareUpload(
  reader: Reader,
  uploadId: string,
  decision: ImportDecision,
): Promise<PreparedUpload> {
  const { bytes, ...upload } = await openUpload(reader, uploadId);
  const prepared = await prepareImport({ ...upload, source: bytes, userId: reader.userId }, decision);
  const { batchId } = prepared;
  if (batchId === null) throw new Unacceptable('hotline.errors.nothingToStore');
  return { ...prepared, uploadId, batchId };
}

export type PreparedUpload = PreparedImport & { uploadId: string; batchId: string };

/**
 * Stores a prepared upload, which is then removed; gives the id of the batch.
 * @throws NotFound when it was stored before, Stale when something that it rests on has changed meanwhile
 */
export async function storeUpload(prepared: PreparedUpload): Promise<string> {
  return inTx(async () => {
    await takeUpload(prepared.uploadId, prepared.file.mapping);
    await storeImport(prepared);
    return prepared.batchId;
  });
}

/** The faulty rows of an upload, to be corrected; who took them is audited. @throws NotFound, Unacceptable */
export async function exportFaultyRows(
  reader: Reader,
  from: { uploadId: string } | { batchId: string },
): Promise<KeptRows & { fileName: string }> {
  const rows =
    'batchId' in from ? await faultyRowsOfBatch(reader, from.batchId) : await ofUpload(reader, from.uploadId);
  await inTx(() =>
    recordAudit(reader.userId, {
      action: 'tickets.exportFaultyRows',
      ...('batchId' in from
        ? { objectType: 'importBatch', objectId: from.batchId }
        : { objectType: 'upload', objectId: from.uploadId }),
      detail: { fileName: rows.fileName, rows: rows.faultyRows.length },
    }),
  );
  return rows;
}

async function ofUpload(reader: Reader, uploadId: string): Promise<KeptRows & { fileName: string }> {
  const { bytes, ...upload } = await openUpload(reader, uploadId);
  const parts: KeptRows[] = [];
  await readImport({ ...upload, source: bytes }, ({ faulty }, { headers }) => {
    parts.push({ headers, faultyRows: faulty });
  });
  return { fileName: upload.fileName, ...joinRows(parts) };
}

/** Opens a file as far as its header. */
async function lookAt(bytes: Uint8Array, mapping: TicketMapping): Promise<Omit<TicketFile, 'rows'>> {
  const { rows, ...file } = await openTicketFile(bytes, mapping);
  for await (const _ of rows) break;
  return file;
}
