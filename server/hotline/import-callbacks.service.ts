import { inTx } from '../../models/dialect.ts';
import { updateRows } from '../../models/rows.ts';
import { ImportBatch, Ticket, TicketReply } from '../../models/tickets.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { now } from '../shared/clock.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { inBatches, openTable } from '../shared/spreadsheets/open-sheet.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import type { RowFault } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { lookAhead } from './import-callbacks-known.queries.ts';
import {
  ordersRedo,
  readCallbackRow,
  recogniseCallbacks,
  standingFault,
  standingOf,
  type CallbackDraft,
  type CallbackLayout,
} from './import-callbacks.rules.ts';
import { NO_MAPPING } from './mapping.rules.ts';
import { takeTicketAction } from './ticket-action.service.ts';
import { redone } from './ticket-handling.service.ts';
import { keepUpload, openUpload, takeUpload, type OpenUpload } from './uploads.service.ts';

/** A callback that is to be taken, with its ticket. */
export interface Callback {
  ticketId: string;
  draft: CallbackDraft;
}

/** What a file of callbacks holds: rows = new + known + faulty; of the new ones how many order a redo. */
export interface CallbackFindings {
  counts: { rows: number; new: number; known: number; faulty: number; redo: number; unreached: number };
  problems: { sentence: string }[];
  faults: RowFault[];
  callbacks: Callback[];
}

/** Reads a file of callbacks and compares it with the town's tickets; nothing is stored. @throws Unacceptable */
export async function readCallbacks(townId: string, source: Uint8Array | string): Promise<CallbackFindings> {
  const { layout, problems, rows } = await openTable(source, recogniseCallbacks);
  const findings: CallbackFindings = {
    counts: { rows: 0, new: 0, known: 0, faulty: 0, redo: 0, unreached: 0 },
    problems,
    faults: [],
    callbacks: [],
  };
  const seen = new Set<string>();
  for await (const sources of inBatches(rows)) await sortRows(townId, sources, layout, seen, findings);
  return findings;
}

async function sortRows(
  townId: string,
  sources: SpreadsheetRow[],
  layout: CallbackLayout,
  seen: Set<string>,
  { counts, faults, callbacks }: CallbackFindings,
): Promise<void> {
  const time = now();
  const read = sources.map((source) => ({ source, outcome: readCallbackRow(source, layout, time) }));
  const known = await lookAhead(
    townId,
    read.flatMap(({ outcome }) => (outcome.kind === 'taken' ? [outcome.draft.number] : [])),
  );
  const faulty = (found: RowFault[]): void => {
    counts.faulty++;
    faults.push(...found);
  };
  for (const { source, outcome } of read) {
    if (outcome.kind === 'empty') continue;
    counts.rows++;
    if (outcome.kind !== 'taken') {
      faulty(outcome.kind === 'faulty' ? outcome.faults : []);
      continue;
    }
    const { draft } = outcome;
    const ticket = known.get(draft.number);
    const standing = standingOf(draft, ticket);
    if (standing === 'known') counts.known++;
    else if (standing !== 'new') faulty([standingFault(source, layout, standing)]);
    else if (seen.has(draft.number)) faulty([standingFault(source, layout, 'repeated')]);
    else {
      seen.add(draft.number);
      counts.new++;
      if (ordersRedo(draft)) counts.redo++;
      if (!draft.reached) counts.unreached++;
      callbacks.push({ ticketId: ticket!.id, draft });
    }
  }
}

/** A file of callbacks to be stored; `userId` is null for the command line. */
export interface CallbackFile {
  townId: string;
  fileName: string;
  sha256: string;
  userId: string | null;
}

/**
 * Stores the callbacks of a file: a ticket whose worker is satisfied, or was not reached, is closed; any other is redone
 * with a new due day. Belongs into a transaction.
 * @throws Stale when somebody has acted on one of the tickets meanwhile
 */
export async function storeCallbacks(
  file: CallbackFile,
  { counts, callbacks }: CallbackFindings,
): Promise<string> {
  const { townId, fileName, sha256, userId } = file;
  const { id: batchId } = await ImportBatch.create({
    ...{ townId, kind: 'callbacks', fileName, sha256, mapping: {}, createdById: userId },
    ...{ rowCount: counts.rows, newCount: counts.new, knownCount: counts.known },
    ...{ unwantedCount: 0, faultyCount: counts.faulty },
  });
  const tickets = await Ticket.findAll({ where: { id: callbacks.map(({ ticketId }) => ticketId) } });
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  for (const { ticketId, draft } of callbacks)
    await storeCallback(byId.get(ticketId), draft, batchId, userId);
  await recordAudit(userId, {
    action: 'tickets.importCallbacks',
    objectType: 'importBatch',
    objectId: batchId,
    detail: { townId, fileName, sha256, ...counts },
  });
  return batchId;
}

async function storeCallback(
  ticket: Ticket | undefined,
  draft: CallbackDraft,
  batchId: string,
  userId: string | null,
): Promise<void> {
  if (ticket?.handling !== 'replied') throw new Stale();
  const { callbackAt, reached, satisfaction, resolved } = draft;
  await updateRows(
    TicketReply,
    {
      ...{ calledBackAt: callbackAt, reached, satisfaction },
      ...{ calledResolved: resolved, callbackBatchId: batchId },
    },
    { ticketId: ticket.id, round: ticket.redoCount },
  );
  const heard = { satisfaction, resolved: resolved ?? ticket.resolved };
  const redo = ordersRedo(draft);
  await takeTicketAction(ticket, userId, redo ? 'redo' : 'close', null, async () => {
    const change = redo ? await redone(ticket) : {};
    return {
      set: { ...change.set, ...heard },
      detail: { ...change.detail, reached, satisfaction, resolved },
    };
  });
}

/** Reads and stores a file at once, as the command line does. @throws Unacceptable when it cannot be read */
export async function importCallbacks(
  file: CallbackFile,
  source: Uint8Array | string,
): Promise<CallbackFindings> {
  const findings = await readCallbacks(file.townId, source);
  const [problem] = findings.problems;
  if (problem) throw new Unacceptable(problem.sentence, {}, 'file');
  if (findings.counts.new > 0) await inTx(() => storeCallbacks(file, findings));
  return findings;
}

// Uploads

/** Keeps a file of callbacks until it is confirmed. @throws Unacceptable when it cannot be read, or beside `townId` */
export async function keepCallbacks(
  reader: Reader,
  townId: string,
  file: { fileName: string; bytes: Buffer },
): Promise<string> {
  if (!may(reader, 'tickets.importCallbacks', { townId }))
    throw new Unacceptable('errors.notInList', {}, 'townId');
  const { problems } = await openTable(file.bytes, recogniseCallbacks);
  if (problems[0]) throw new Unacceptable(problems[0].sentence, {}, 'file');
  return keepUpload('callbacks', reader, townId, file, NO_MAPPING);
}

/** What storing an upload would do. @throws NotFound, Unacceptable */
export async function previewCallbacks(
  reader: Reader,
  uploadId: string,
): Promise<{ upload: OpenUpload<'callbacks'>; findings: CallbackFindings }> {
  const upload = await openUpload('callbacks', reader, uploadId);
  return { upload, findings: await readCallbacks(upload.townId, upload.bytes) };
}

/** Stores an upload as it was shown. @throws NotFound, Stale when it would do something else by now */
export async function confirmCallbacks(
  reader: Reader,
  { upload, findings }: { upload: OpenUpload<'callbacks'>; findings: CallbackFindings },
  shown: number,
): Promise<void> {
  if (findings.counts.new !== shown || findings.counts.new === 0) throw new Stale();
  await inTx(async () => {
    await takeUpload(upload.id, upload.mapping);
    await storeCallbacks({ ...upload, userId: reader.userId }, findings);
  });
}
