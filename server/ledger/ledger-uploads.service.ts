import { may, type Reader } from '../accounts/access.rules.ts';
import { takeFaultyRows, type FaultySource } from '../hotline/faulty-rows.service.ts';
import { openMappings, type SavedMapping } from '../hotline/import-mappings.queries.ts';
import { recognisedMapping, saveMapping, type MappingName } from '../hotline/import-mappings.service.ts';
import type { Report } from '../hotline/import-progress.service.ts';
import { importWork } from '../hotline/import-work.service.ts';
import {
  keepMapping,
  keepUpload,
  openUpload,
  takeUpload,
  type OpenUpload,
  type UploadedFile,
} from '../hotline/uploads.service.ts';
import { Unacceptable } from '../shared/errors.ts';
import { chosenHeaders, type HeaderTexts } from '../shared/spreadsheets/chosen-headers.rules.ts';
import { joinRows, type KeptRows } from '../shared/spreadsheets/faulty-rows.ts';
import { headerOfLedger, lookAt, readLedger } from './import-ledger.service.ts';
import type { LedgerFindings, LedgerToRead } from './import-ledger.service.ts';
import { LEDGER_KEYS, recogniseLedger, type LedgerKey } from './ledger-columns.rules.ts';
import { NO_LEDGER_MAPPING, type LedgerMapping } from './ledger-mapping.rules.ts';
import { chosenValues, type ChosenMeanings } from './ledger-texts.rules.ts';
import { prepareLedger, storeLedger, type PreparedLedger } from './store-ledger.service.ts';

/** As much as a person reads; the whole is in the file of faulty rows. */
const ON_PAGE = { mostFaults: 100 };

/** A ledger that waits for its confirmation. */
export type LedgerUpload = Omit<OpenUpload<'ledger'>, 'bytes'>;

/** How a person corrects the reading of a ledger: its columns, what its texts mean, or by a kept mapping. */
export type LedgerChoice =
  | { part: 'columns'; headers: HeaderTexts<LedgerKey> }
  | { part: 'values'; meanings: ChosenMeanings }
  /** Null for none. */
  | { part: 'saved'; mappingId: string | null };

/**
 * How an uploaded ledger is read at first: by the town's named mapping for its headers, else as the town's last one was
 * where that fits; else at least its texts mean what they meant in the newest of the town's mappings.
 * @throws Unacceptable beside `file` when it cannot be read or has no header, beside `townId` for a town out of reach
 */
export async function firstLedgerMapping(
  reader: Reader,
  townId: string,
  bytes: Uint8Array,
): Promise<LedgerMapping> {
  if (!may(reader, 'ledger.import', { townId })) throw new Unacceptable('errors.notInList', {}, 'townId');
  const saved = await openMappings('ledger', townId);
  const { headerRow, problems, firstRows } = await headerOfLedger(bytes, NO_LEDGER_MAPPING);
  const named = recognisedMapping(firstRows, saved, lookAt);
  if (named) return named;
  const last = saved.find(({ name }) => name === '')?.mapping;
  if (last && (await headerOfLedger(bytes, last)).problems.length === 0) return last;
  if (headerRow === null) throw new Unacceptable(problems[0]!.sentence, problems[0]!.values, 'file');
  return { ...NO_LEDGER_MAPPING, ...(saved[0] && { values: saved[0].mapping.values }) };
}

/** Keeps a ledger until it is confirmed; gives its id. */
export async function keepLedger(
  reader: Reader,
  townId: string,
  file: UploadedFile,
  mapping: LedgerMapping,
): Promise<string> {
  return keepUpload('ledger', reader, townId, file, mapping);
}

/** What importing an upload would do, and the town's mappings that are in use. */
export interface LedgerPreview {
  upload: LedgerUpload;
  findings: LedgerFindings;
  saved: SavedMapping<'ledger'>[];
}

/** @throws NotFound, Unacceptable */
export async function previewLedger(
  reader: Reader,
  uploadId: string,
  report?: Report,
): Promise<LedgerPreview> {
  const { bytes, ...upload } = await openUpload('ledger', reader, uploadId);
  const findings = await readLedger({ ...upload, source: bytes }, undefined, { ...ON_PAGE, report });
  return { upload, findings, saved: await openMappings('ledger', upload.townId) };
}

/**
 * Reads an upload by other columns, its texts by other meanings, or by a kept mapping, from now on.
 * @throws NotFound, and Unacceptable when the mapping is none of the town's in use
 */
export async function chooseLedgerReading(
  reader: Reader,
  uploadId: string,
  choice: LedgerChoice,
  report?: Report,
): Promise<void> {
  const { bytes, ...upload } = await openUpload('ledger', reader, uploadId);
  const mapping = await chosenMapping({ ...upload, source: bytes }, choice, report);
  await keepMapping('ledger', reader, uploadId, mapping);
}

async function chosenMapping(
  file: LedgerToRead & { source: Uint8Array },
  choice: LedgerChoice,
  report?: Report,
): Promise<LedgerMapping> {
  const { townId, mapping, source } = file;
  if (choice.part === 'saved') {
    const { mappingId } = choice;
    const chosen = (await openMappings('ledger', townId)).find(({ id }) => id === mappingId);
    if (mappingId !== null && !chosen) throw new Unacceptable('errors.notInList', {}, 'mappingId');
    return chosen?.mapping ?? NO_LEDGER_MAPPING;
  }
  if (choice.part === 'columns') {
    const { firstRows } = await headerOfLedger(source, mapping);
    const recognise = (chosen: LedgerMapping['columns']) => recogniseLedger(firstRows, chosen);
    return { ...mapping, columns: chosenHeaders(LEDGER_KEYS, recognise, choice.headers) };
  }
  const { texts } = await readLedger(file, undefined, { report });
  return { ...mapping, values: chosenValues(choice.meanings, texts, mapping.values) };
}

type PreparedUpload = PreparedLedger & { uploadId: string; batchId: string };

/**
 * Reads an upload as it is to be stored, outside of any transaction.
 * @throws NotFound, Stale when it holds something else than was shown, Unacceptable also when there is nothing to store
 */
async function prepareLedgerUpload(
  reader: Reader,
  uploadId: string,
  { shown }: { shown: string },
  report: Report,
): Promise<PreparedUpload> {
  const { bytes, ...upload } = await openUpload('ledger', reader, uploadId);
  const file = { ...upload, source: bytes, userId: reader.userId };
  const prepared = await prepareLedger(file, { shown, report });
  const { batchId } = prepared;
  if (batchId === null) throw new Unacceptable('ledger.errors.nothingToStore');
  return { ...prepared, uploadId, batchId };
}

/**
 * Stores a prepared upload, which is then removed; gives the id of the batch. Belongs into a transaction.
 * @throws NotFound when it was stored before, Stale when something that it rests on has changed meanwhile
 */
async function storeLedgerUpload(prepared: PreparedUpload, report: Report): Promise<string> {
  await takeUpload(prepared.uploadId, prepared.file.mapping);
  await storeLedger(prepared, report);
  return prepared.batchId;
}

/** Keeps how an upload is read under a name. @throws NotFound, and Unacceptable beside `mappingName` when it is taken */
export function keepLedgerReading(reader: Reader, uploadId: string, naming: MappingName): Promise<void> {
  const headersOf = async (bytes: Uint8Array, mapping: LedgerMapping): Promise<string[]> =>
    (await headerOfLedger(bytes, mapping)).headers;
  return saveMapping('ledger', reader, uploadId, naming, headersOf);
}

/** Reading and storing an upload, as far as that may take longer than an answer. */
export const ledgerWork = importWork<LedgerPreview, LedgerChoice, { shown: string }, PreparedUpload>({
  kind: 'ledger',
  address: '/ledgers',
  said: { stored: 'ledger.batch.done', applied: 'ledger.preview.applied' },
  preview: previewLedger,
  choose: chooseLedgerReading,
  prepare: prepareLedgerUpload,
  store: storeLedgerUpload,
});

/** The faulty rows of a ledger, to be corrected; who took them is audited. @throws NotFound, Unacceptable */
export function exportFaultyLedgerRows(
  reader: Reader,
  from: FaultySource,
): Promise<KeptRows & { fileName: string }> {
  return takeFaultyRows('ledger', reader, from, (uploadId) => ofUpload(reader, uploadId));
}

async function ofUpload(reader: Reader, uploadId: string): Promise<KeptRows & { fileName: string }> {
  const { bytes, ...upload } = await openUpload('ledger', reader, uploadId);
  const parts: KeptRows[] = [];
  await readLedger({ ...upload, source: bytes }, ({ faulty }, { headers }) => {
    if (faulty.length > 0) parts.push({ headers, faultyRows: faulty });
  });
  return { fileName: upload.fileName, ...joinRows(parts) };
}
