import { may, type Reader } from '../accounts/access.rules.ts';
import { takeFaultyRows, type FaultySource } from '../hotline/faulty-rows.service.ts';
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
import { headerOfLedger, readLedger, type LedgerFindings } from './import-ledger.service.ts';
import { LEDGER_KEYS, recogniseLedger, type LedgerKey } from './ledger-columns.rules.ts';
import { lastLedgerMapping } from './ledger-batches.queries.ts';
import { NO_LEDGER_MAPPING, type LedgerMapping } from './ledger-mapping.rules.ts';
import { chosenValues, type ChosenMeanings } from './ledger-texts.rules.ts';
import { prepareLedger, storeLedger, type PreparedLedger } from './store-ledger.service.ts';

/** As much as a person reads; the whole is in the file of faulty rows. */
const ON_PAGE = { mostFaults: 100 };

/** A ledger that waits for its confirmation. */
export type LedgerUpload = Omit<OpenUpload<'ledger'>, 'bytes'>;

/** How a person corrects the reading of a ledger: its columns, or what its texts mean. */
export type LedgerChoice =
  { part: 'columns'; headers: HeaderTexts<LedgerKey> } | { part: 'values'; meanings: ChosenMeanings };

/**
 * How an uploaded ledger is read at first: as the town's last one was; its columns only where they fit.
 * @throws Unacceptable beside `file` when it cannot be read or has no header, beside `townId` for a town out of reach
 */
export async function firstLedgerMapping(
  reader: Reader,
  townId: string,
  bytes: Uint8Array,
): Promise<LedgerMapping> {
  if (!may(reader, 'ledger.import', { townId })) throw new Unacceptable('errors.notInList', {}, 'townId');
  const last = await lastLedgerMapping(townId);
  if (last && (await headerOfLedger(bytes, last)).problems.length === 0) return last;
  const { headerRow, problems } = await headerOfLedger(bytes, NO_LEDGER_MAPPING);
  if (headerRow === null) throw new Unacceptable(problems[0]!.sentence, problems[0]!.values, 'file');
  return { ...NO_LEDGER_MAPPING, ...(last && { values: last.values }) };
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

/** What importing an upload would do. @throws NotFound, Unacceptable */
export async function previewLedger(
  reader: Reader,
  uploadId: string,
): Promise<{ upload: LedgerUpload; findings: LedgerFindings }> {
  const { bytes, ...upload } = await openUpload('ledger', reader, uploadId);
  return { upload, findings: await readLedger({ ...upload, source: bytes }, undefined, ON_PAGE) };
}

/** Reads an upload by other columns, or its texts by other meanings, from now on. @throws NotFound, Unacceptable */
export async function chooseLedgerReading(
  reader: Reader,
  uploadId: string,
  choice: LedgerChoice,
): Promise<void> {
  const { bytes, ...upload } = await openUpload('ledger', reader, uploadId);
  const { mapping } = upload;
  if (choice.part === 'columns') {
    const { firstRows } = await headerOfLedger(bytes, mapping);
    const recognise = (chosen: LedgerMapping['columns']) => recogniseLedger(firstRows, chosen);
    const columns = chosenHeaders(LEDGER_KEYS, recognise, choice.headers);
    return keepMapping('ledger', reader, uploadId, { ...mapping, columns });
  }
  const { texts } = await readLedger({ ...upload, source: bytes });
  const values = chosenValues(choice.meanings, texts, mapping.values);
  await keepMapping('ledger', reader, uploadId, { ...mapping, values });
}

export type PreparedUpload = PreparedLedger & { uploadId: string; batchId: string };

/**
 * Reads an upload as it is to be stored, outside of any transaction.
 * @throws NotFound, Stale when it holds something else than was shown, Unacceptable also when there is nothing to store
 */
export async function prepareLedgerUpload(
  reader: Reader,
  uploadId: string,
  shown: string,
): Promise<PreparedUpload> {
  const { bytes, ...upload } = await openUpload('ledger', reader, uploadId);
  const prepared = await prepareLedger({ ...upload, source: bytes, userId: reader.userId }, { shown });
  const { batchId } = prepared;
  if (batchId === null) throw new Unacceptable('ledger.errors.nothingToStore');
  return { ...prepared, uploadId, batchId };
}

/**
 * Stores a prepared upload, which is then removed; gives the id of the batch. Belongs into a transaction.
 * @throws NotFound when it was stored before, Stale when something that it rests on has changed meanwhile
 */
export async function storeLedgerUpload(prepared: PreparedUpload): Promise<string> {
  await takeUpload(prepared.uploadId, prepared.file.mapping);
  await storeLedger(prepared);
  return prepared.batchId;
}

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
