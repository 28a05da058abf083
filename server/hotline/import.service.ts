import { inTx } from '../../models/dialect.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { joinRows, type KeptRows } from '../shared/spreadsheets/faulty-rows.ts';
import { takeFaultyRows, type FaultySource } from './faulty-rows.service.ts';
import { chosenCategories, chosenColumns, type MappingChoice } from './import-mapping.rules.ts';
import { openMappings, type SavedMapping } from './import-mappings.queries.ts';
import { recognisedMapping, saveMapping, type MappingName } from './import-mappings.service.ts';
import { UNWATCHED, type Report } from './import-progress.service.ts';
import { readImport } from './import-reading.service.ts';
import type { FileToRead, Findings, ReadingBounds } from './import-reading.service.ts';
import { prepareImport, storeImport } from './import-storing.service.ts';
import type { FileToImport, ImportDecision, PreparedImport } from './import-storing.service.ts';
import { importWork } from './import-work.service.ts';
import { NO_MAPPING, type TicketMapping } from './mapping.rules.ts';
import { lookAt, recogniseTickets } from './ticket-file.ts';
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
export async function previewImport(file: FileToRead, bounds: ReadingBounds = {}): Promise<Findings> {
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
 * How an uploaded file is read at first: by the town's named mapping for its headers, else as the town's last import was,
 * where that fits.
 * @throws Unacceptable beside `file` when it cannot be read or has no header
 */
export async function firstMapping(
  reader: Reader,
  townId: string,
  bytes: Uint8Array,
): Promise<TicketMapping> {
  if (!may(reader, 'tickets.import', { townId })) throw new Unacceptable('errors.notInList', {}, 'townId');
  const saved = await openMappings('tickets', townId);
  const plain = await lookAt(bytes, NO_MAPPING);
  const named = recognisedMapping(plain.firstRows, saved, (firstRows, mapping) => {
    const { layout, problems } = recogniseTickets(firstRows, mapping);
    return { headers: layout.headers, problems };
  });
  if (named) return named;
  const last = saved.find(({ name }) => name === '')?.mapping;
  if (last && (await lookAt(bytes, last)).problems.length === 0) return last;
  const { headerRow, problems } = plain;
  if (headerRow === null) throw new Unacceptable(problems[0]!.sentence, problems[0]!.values, 'file');
  return NO_MAPPING;
}

/** What importing an upload would do, and the town's mappings that are in use. */
export interface Preview {
  upload: Omit<OpenUpload, 'bytes'>;
  findings: Findings;
  saved: SavedMapping<'tickets'>[];
}

/** @throws NotFound, Unacceptable */
export async function previewUpload(reader: Reader, uploadId: string, report?: Report): Promise<Preview> {
  const { bytes, ...upload } = await openUpload('tickets', reader, uploadId);
  const findings = await previewImport({ ...upload, source: bytes }, { report });
  return { upload, findings, saved: await openMappings('tickets', upload.townId) };
}

/**
 * Reads an upload by other columns or a kept mapping, or takes only the rows of the ticked categories, from now on.
 * @throws NotFound, and Unacceptable when no category is ticked or the mapping is none of the town's in use
 */
export async function chooseReading(
  reader: Reader,
  uploadId: string,
  choice: MappingChoice,
  report?: Report,
): Promise<void> {
  const { bytes, ...upload } = await openUpload('tickets', reader, uploadId);
  const { mapping } = upload;
  if (choice.part === 'saved') {
    const { mappingId } = choice;
    const chosen = (await openMappings('tickets', upload.townId)).find(({ id }) => id === mappingId);
    if (mappingId !== null && !chosen) throw new Unacceptable('errors.notInList', {}, 'mappingId');
    return keepMapping('tickets', reader, uploadId, chosen?.mapping ?? NO_MAPPING);
  }
  if (choice.part === 'columns') {
    const { firstRows } = await lookAt(bytes, mapping);
    const columns = chosenColumns(firstRows, choice.headers);
    return keepMapping('tickets', reader, uploadId, { ...mapping, columns });
  }
  const { categories } = await previewImport({ ...upload, source: bytes }, { report });
  const offered = categories.map(([category]) => category);
  const ticked = choice.ticked.filter((category) => offered.includes(category));
  if (ticked.length === 0) throw new Unacceptable('hotline.errors.categoryWanted', {}, 'category');
  await keepMapping('tickets', reader, uploadId, {
    ...mapping,
    only: chosenCategories(ticked, offered, mapping.only),
  });
}

/**
 * Reads an upload as it is to be stored, outside of any transaction.
 * @throws NotFound, Stale, and Unacceptable also when there is nothing to store
 */
export async function prepareUpload(
  reader: Reader,
  uploadId: string,
  decision: ImportDecision,
  report?: Report,
): Promise<PreparedUpload> {
  const { bytes, ...upload } = await openUpload('tickets', reader, uploadId);
  const file = { ...upload, source: bytes, userId: reader.userId };
  const prepared = await prepareImport(file, decision, { report });
  const { batchId } = prepared;
  if (batchId === null) throw new Unacceptable('hotline.errors.nothingToStore');
  return { ...prepared, uploadId, batchId };
}

export type PreparedUpload = PreparedImport & { uploadId: string; batchId: string };

/**
 * Stores a prepared upload, which is then removed; gives the id of the batch.
 * @throws NotFound when it was stored before, Stale when something that it rests on has changed meanwhile
 */
export async function storeUpload(prepared: PreparedUpload, report = UNWATCHED): Promise<string> {
  return inTx(async () => {
    await takeUpload(prepared.uploadId, prepared.file.mapping);
    await storeImport(prepared, report);
    return prepared.batchId;
  });
}

/** Keeps how an upload is read under a name. @throws NotFound, and Unacceptable beside `mappingName` when it is taken */
export function keepReading(reader: Reader, uploadId: string, naming: MappingName): Promise<void> {
  return saveMapping(
    'tickets',
    reader,
    uploadId,
    naming,
    async (bytes, mapping) => (await lookAt(bytes, mapping)).layout.headers,
  );
}

/** Reading and storing an upload, as far as that may take longer than an answer. */
export const ticketWork = importWork<Preview, MappingChoice, ImportDecision, PreparedUpload>({
  kind: 'tickets',
  address: '/imports',
  said: { stored: 'hotline.batch.done', applied: 'hotline.preview.applied' },
  preview: previewUpload,
  choose: chooseReading,
  prepare: prepareUpload,
  store: storeUpload,
});

/** The faulty rows of an upload, to be corrected; who took them is audited. @throws NotFound, Unacceptable */
export function exportFaultyRows(
  reader: Reader,
  from: FaultySource,
): Promise<KeptRows & { fileName: string }> {
  return takeFaultyRows('tickets', reader, from, (uploadId) => ofUpload(reader, uploadId));
}

async function ofUpload(reader: Reader, uploadId: string): Promise<KeptRows & { fileName: string }> {
  const { bytes, ...upload } = await openUpload('tickets', reader, uploadId);
  const parts: KeptRows[] = [];
  await readImport({ ...upload, source: bytes }, ({ faulty }, { headers }) => {
    parts.push({ headers, faultyRows: faulty });
  });
  return { fileName: upload.fileName, ...joinRows(parts) };
}
