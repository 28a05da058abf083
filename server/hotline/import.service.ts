import type { CreationAttributes } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { inTx, insertRows, isUniqueViolation, LostRace } from '../../models/dialect.ts';
import { lookupHash } from '../../models/encryption.ts';
import { ImportBatch, Ticket, type TicketNote } from '../../models/tickets.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { villagesOf } from '../directory/areas.queries.ts';
import { changesOf } from '../directory/changes.rules.ts';
import { dayOf } from '../shared/calendar-day.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { faultyRowsOfBatch, lastMapping } from './import-batches.queries.ts';
import { sealRows, type KeptRows } from './import-kept-rows.ts';
import { chosenCategories, chosenColumns, type MappingChoice } from './import-mapping.rules.ts';
import { asStored, draftOf, readImport } from './import-reading.service.ts';
import type { ChangedTicket, FileToRead, Findings, SortedRows } from './import-reading.service.ts';
import type { TicketRow } from './import-tally.rules.ts';
import type { TicketLayout } from './import.rules.ts';
import { villageFinder } from './import-villages.rules.ts';
import { NO_MAPPING, type TicketMapping } from './mapping.rules.ts';
import { openTicketFile, type TicketFile } from './ticket-file.ts';
import { keepMapping, keepUpload, openUpload, removeUpload } from './uploads.service.ts';
import type { OpenUpload, UploadedFile } from './uploads.service.ts';

/** A file to be imported; `userId` is null for the command line. */
export interface FileToImport extends FileToRead {
  fileName: string;
  sha256: string;
  userId: string | null;
}

/** What a person decided on the preview: the known tickets to take over, and what the preview showed. */
export interface ImportDecision {
  takeOver: string[];
  /** The fingerprint of the findings that were shown; without it nothing is compared. */
  shown?: string;
}

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
  { takeOver, shown }: ImportDecision = { takeOver: [] },
  bounds: { mostFaults?: number } = {},
): Promise<ImportResult> {
  return inTx(async () => {
    const storing = await beginStoring(file, new Set(takeOver));
    const findings = await readImport(file, storing.take, bounds);
    const [problem] = findings.problems;
    if (problem) throw new Unacceptable(problem.sentence, problem.values, 'file');
    if (shown !== undefined && shown !== findings.fingerprint) throw new Stale();
    return { batchId: await storing.finish(findings), takenOver: storing.takenOver(), findings };
  });
}

// Uploads

/**
 * Keeps an uploaded file for its preview; gives its id. It is read as the town's last import was, where that fits.
 * @throws Unacceptable beside `file` when it cannot be read or has no header
 */
export async function keepImport(reader: Reader, townId: string, file: UploadedFile): Promise<string> {
  if (!may(reader, 'tickets.import', { townId })) throw new Unacceptable('errors.notInList', {}, 'townId');
  const proposed = await lastMapping(townId);
  const first = await lookAt(file.bytes, proposed);
  const fits = first.problems.length === 0;
  const mapping = fits ? proposed : NO_MAPPING;
  const { headerRow, problems } = fits ? first : await lookAt(file.bytes, mapping);
  if (headerRow === null) throw new Unacceptable(problems[0]!.sentence, problems[0]!.values, 'file');
  return keepUpload(reader, townId, file, mapping);
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
 * Imports an upload, which is then removed; gives the id of the batch.
 * @throws NotFound, Stale, and Unacceptable also when there is nothing to store
 */
export async function confirmUpload(
  reader: Reader,
  uploadId: string,
  decision: ImportDecision,
): Promise<string> {
  return inTx(async () => {
    const { bytes, ...upload } = await openUpload(reader, uploadId);
    const { batchId } = await confirmImport({ ...upload, source: bytes, userId: reader.userId }, decision);
    if (batchId === null) throw new Unacceptable('hotline.errors.nothingToStore');
    await removeUpload(uploadId);
    return batchId;
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
  const { upload, findings } = await previewUpload(reader, uploadId);
  const { layout, faultyRows } = findings;
  return { fileName: upload.fileName, headers: layout.headers, faultyRows };
}

/** Opens a file as far as its header. */
async function lookAt(bytes: Uint8Array, mapping: TicketMapping): Promise<Omit<TicketFile, 'rows'>> {
  const { rows, ...file } = await openTicketFile(bytes, mapping);
  for await (const _ of rows) break;
  return file;
}

// Storing

const MASKS = { callerName: maskName, callerPhone: maskPhone };

type FindVillage = (text: string | null) => string | null;

async function beginStoring(file: FileToImport, wanted: ReadonlySet<string>) {
  const findVillage = await villageFinderOf(file.townId);
  let batch: ImportBatch | undefined;
  let takenOver = 0;

  async function take({ fresh, changed }: SortedRows, layout: TicketLayout): Promise<void> {
    const chosen = changed.filter(({ ticket }) => wanted.has(ticket.id));
    if (fresh.length === 0 && chosen.length === 0) return;
    batch ??= await openBatch(file);
    await storeNew(fresh, { townId: file.townId, batchId: batch.id, layout, findVillage });
    for (const change of chosen) await takeOver(file.userId, change, layout, findVillage);
    takenOver += chosen.length;
  }

  async function finish({ counts, layout, faultyRows }: Findings): Promise<string | null> {
    if (!batch) return null;
    await batch.update({
      rowCount: counts.rows,
      newCount: counts.new,
      knownCount: counts.known,
      changedCount: takenOver,
      unwantedCount: counts.unwanted,
      faultyCount: counts.faulty,
      faults: sealRows({ headers: layout.headers, faultyRows }),
    });
    await recordAudit(file.userId, {
      action: 'tickets.import',
      objectType: 'importBatch',
      objectId: batch.id,
      detail: { townId: file.townId, fileName: file.fileName, sha256: file.sha256, ...counts, takenOver },
    });
    return batch.id;
  }

  return { take, finish, takenOver: () => takenOver };
}

/** Tickets name their batch, so that it is there before its counts are. */
async function openBatch({ townId, fileName, sha256, mapping, userId }: FileToImport): Promise<ImportBatch> {
  return ImportBatch.create({
    townId,
    kind: 'tickets',
    fileName,
    sha256,
    rowCount: 0,
    newCount: 0,
    knownCount: 0,
    unwantedCount: 0,
    faultyCount: 0,
    mapping,
    faults: '',
    createdById: userId,
  });
}

interface Destination {
  townId: string;
  batchId: string;
  layout: TicketLayout;
  findVillage: FindVillage;
}

async function storeNew(rows: TicketRow[], destination: Destination): Promise<void> {
  try {
    await insertRows(
      Ticket,
      rows.map((row) => ticketOf(row, destination)),
    );
  } catch (error) {
    throw isUniqueViolation(error) ? new LostRace() : error;
  }
}

function ticketOf(
  { draft, notes, rowHash }: TicketRow,
  { townId, batchId, layout, findVillage }: Destination,
): CreationAttributes<Ticket> {
  const villageId = findVillage(draft.villageText);
  return {
    ...asStored(draft),
    anonymous: draft.anonymous ?? false,
    id: newId(),
    townId,
    batchId,
    villageId,
    receivedOn: dayOf(draft.receivedAt),
    callerPhoneHash: phoneHash(draft.callerPhone),
    notes: [...notes, ...villageNote(draft.villageText, villageId, layout)],
    rowHash,
  };
}

/** Only the fields that changed are written, and only while nobody else has changed the ticket. */
async function takeOver(
  userId: string | null,
  { ticket, draft, fields, notes, rowHash }: ChangedTicket,
  layout: TicketLayout,
  findVillage: FindVillage,
): Promise<void> {
  const stored = draftOf(ticket);
  const next = { ...stored, ...Object.fromEntries(fields.map((field) => [field, asStored(draft)[field]])) };
  const villageId = fields.includes('villageText') ? findVillage(next.villageText) : ticket.villageId;
  const kept = ticket.notes.filter(({ column }) => !layout.headers.includes(column));
  const values = {
    ...next,
    anonymous: next.anonymous ?? false,
    villageId,
    receivedOn: dayOf(next.receivedAt),
    callerPhoneHash: phoneHash(next.callerPhone),
    notes: [...kept, ...notes, ...villageNote(draft.villageText, villageId, layout)],
    rowHash,
    version: ticket.version + 1,
  };
  const [updated] = await Ticket.update(values, { where: { id: ticket.id, version: ticket.version } });
  if (updated !== 1) throw new LostRace();
  await recordAudit(userId, {
    action: 'tickets.takeOver',
    objectType: 'ticket',
    objectId: ticket.id,
    detail: changesOf(stored, next, MASKS),
  });
}

async function villageFinderOf(townId: string): Promise<FindVillage> {
  const [town, villages] = await Promise.all([Area.findByPk(townId), villagesOf([townId])]);
  const find = villageFinder(villages, town?.name ?? '');
  return (text) => (text === null ? null : find(text));
}

/** A village that the town does not know is noted as the hotline wrote it. */
function villageNote(
  text: string | null,
  villageId: string | null,
  { columns, headers }: TicketLayout,
): TicketNote[] {
  if (text === null || villageId !== null || columns.village === undefined) return [];
  return [{ column: headers[columns.village] ?? '', value: text }];
}

/** A masked number, or two in one cell, cannot be looked up. */
function phoneHash(phone: string | null): string | null {
  return phone !== null && /^\d+$/.test(phone) ? lookupHash(phone) : null;
}
