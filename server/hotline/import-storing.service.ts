import { deserialize, serialize } from 'node:v8';
import type { CreationAttributes } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { isUniqueViolation, type StoredRows } from '../../models/dialect.ts';
import { lookupHash } from '../../models/encryption.ts';
import { insertStored, storedRows } from '../../models/rows.ts';
import { ImportBatch, KeptRowsPart, SourceRowsPart, Ticket } from '../../models/tickets.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { recordCaseEvent } from '../cases/case-action.service.ts';
import { withoutPersonalData } from '../cases/privacy.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { changesOf } from '../directory/changes.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { dayOf } from '../shared/calendar-day.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import { newId } from '../shared/ids.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { rememberReading } from './import-mappings.service.ts';
import { sealRows } from './kept-rows.ts';
import { UNWATCHED } from './import-progress.service.ts';
import { asStored, draftOf, readImport } from './import-reading.service.ts';
import type {
  ChangedTicket,
  FileToRead,
  Findings,
  PlacedRow,
  ReadingBounds,
} from './import-reading.service.ts';
import type { TicketDraft, TicketLayout } from './import.rules.ts';
import { takeTicketAction } from './ticket-action.service.ts';
import { asGiven, dueDatesFrom, dueDaysFrom, replyDeadline, signDueFrom } from './ticket-clocks.rules.ts';
import type { TicketDueDates } from './ticket-clocks.rules.ts';
import { OPEN_HANDLINGS } from './ticket-handling.rules.ts';
import { reopened } from './ticket-handling.service.ts';

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

/** An import that was read and compared; all that is left is to store it. */
export interface PreparedImport {
  file: Omit<FileToImport, 'source'>;
  findings: Findings;
  /** Null when there is nothing to store. */
  batchId: string | null;
  /** The new tickets, some hundred at a time: rows of 50,000 tickets as objects would take 100 MB of heap. */
  fresh: Buffer[];
  chosen: ChangedTicket[];
  faulty: Buffer[];
  /** The rows of the new tickets as they stand in the file, sealed. */
  sources: Buffer[];
}

/**
 * Reads a file, compares it, and makes its rows ready: whatever takes time, and no transaction is open meanwhile.
 * @throws Unacceptable when the file cannot be read, Stale when it holds something else than was shown
 */
export async function prepareImport(
  { source, ...file }: FileToImport,
  { takeOver, shown }: ImportDecision,
  bounds: ReadingBounds = {},
): Promise<PreparedImport> {
  const [wanted, batchId] = [new Set(takeOver), newId()];
  const fresh: Buffer[] = [];
  const chosen: ChangedTicket[] = [];
  const faulty: Buffer[] = [];
  const sources: Buffer[] = [];
  const dueDatesOf = await dueDatesIn(file.townId);
  const findings = await readImport(
    { ...file, source },
    (sorted, { headers }) => {
      const place = { townId: file.townId, batchId, sourcePart: sources.length };
      const tickets = sorted.fresh.map((row) => ticketOf(row, place, dueDatesOf(row.draft)));
      if (tickets.length > 0) {
        fresh.push(serialize(storedRows(Ticket, tickets)));
        sources.push(
          sealRows(Object.fromEntries(sorted.fresh.map(({ draft, cells }) => [draft.number, cells]))),
        );
      }
      chosen.push(...sorted.changed.filter(({ ticket, cameBack }) => cameBack || wanted.has(ticket.id)));
      if (sorted.faulty.length > 0) faulty.push(sealRows({ headers, faultyRows: sorted.faulty }));
    },
    bounds,
  );
  const [problem] = findings.problems;
  if (problem) throw new Unacceptable(problem.sentence, problem.values, 'file');
  if (shown !== undefined && shown !== findings.fingerprint) throw new Stale();
  const empty = fresh.length === 0 && chosen.length === 0;
  return { file, findings, batchId: empty ? null : batchId, fresh, chosen, faulty, sources };
}

/**
 * Stores a prepared import as one batch; belongs into a transaction.
 * @throws Stale when one of its numbers was stored, or one of its tickets changed, by somebody else meanwhile
 */
export async function storeImport(prepared: PreparedImport, report = UNWATCHED): Promise<void> {
  const { file, findings, batchId, fresh, chosen, faulty, sources } = prepared;
  if (batchId === null) return;
  await storeBatch(batchId, prepared);
  await rememberReading('tickets', { ...file, headers: findings.layout.headers });
  let stored = 0;
  for (const part of fresh) {
    const rows = deserialize(part) as StoredRows;
    await storeNew(rows);
    report.stored((stored += rows.length));
  }
  for (const change of chosen) await takeOver(file.userId, change, findings.layout);
  for (const [position, bytes] of faulty.entries()) await KeptRowsPart.create({ batchId, position, bytes });
  for (const [position, bytes] of sources.entries())
    await SourceRowsPart.create({ batchId, position, bytes });
}

async function storeBatch(id: string, { file, findings, chosen }: PreparedImport): Promise<void> {
  const { townId, fileName, sha256, mapping, userId } = file;
  const { counts } = findings;
  await ImportBatch.create({
    id,
    townId,
    kind: 'tickets',
    fileName,
    sha256,
    rowCount: counts.rows,
    newCount: counts.new,
    knownCount: counts.known,
    changedCount: chosen.length,
    unwantedCount: counts.unwanted,
    faultyCount: counts.faulty,
    mapping,
    headers: findings.layout.headers,
    createdById: userId,
  });
  await recordAudit(userId, {
    action: 'tickets.import',
    objectType: 'importBatch',
    objectId: id,
    detail: { townId, fileName, sha256, ...counts, takenOver: chosen.length },
  });
}

/** The due dates of a ticket as its row says it; of the thousands of a file most were sent on the same few days. */
async function dueDatesIn(townId: string): Promise<(draft: TicketDraft) => TicketDueDates> {
  const [settings, calendar] = await Promise.all([settingsOf(townId), currentCalendar()]);
  const known = new Map<string, ReturnType<typeof dueDaysFrom>>();
  return (draft) => {
    const clockFrom = draft.dispatchedAt ?? draft.receivedAt;
    const day = dayOf(clockFrom);
    const days = known.get(day) ?? dueDaysFrom(clockFrom, settings, calendar);
    known.set(day, days);
    return asGiven({ ...days, ...signDueFrom(clockFrom, settings, calendar) }, draft);
  };
}

function ticketOf(
  { draft, notes, rowHash, villageId }: PlacedRow,
  place: { townId: string; batchId: string; sourcePart: number },
  dueDates: TicketDueDates,
): CreationAttributes<Ticket> {
  return {
    id: newId(),
    townId: place.townId,
    batchId: place.batchId,
    sourcePart: place.sourcePart,
    villageId,
    clockFrom: dueDates.clockFrom,
    signDueAt: dueDates.signDueAt,
    replyDueOn: dueDates.replyDueOn,
    contactDueOn: dueDates.contactDueOn,
    receivedOn: dayOf(draft.receivedAt),
    callerPhoneHash: phoneHash(draft.callerPhone),
    notes,
    rowHash,
    // A wide object that is spread in front of other fields is copied fifteen times as slowly.
    ...draft,
    anonymous: draft.anonymous ?? false,
  };
}

async function storeNew(rows: StoredRows): Promise<void> {
  try {
    await insertStored(Ticket, rows);
  } catch (error) {
    throw isUniqueViolation(error) ? new Stale() : error;
  }
}

/** What the audit keeps of a change: no name and no number, wherever they stand. */
function masksFor(names: readonly string[]) {
  const text = (written: string): string => withoutPersonalData(written, names);
  return {
    callerName: maskName,
    callerPhone: maskPhone,
    ...{ title: text, content: text, address: text, respondentText: text },
  };
}

/** Only the fields that changed are written, and only while nobody else has changed the ticket. */
async function takeOver(
  userId: string | null,
  { ticket, draft, fields, notes, rowHash, villageId, alarms, cameBack }: ChangedTicket,
  layout: TicketLayout,
): Promise<void> {
  const stored = draftOf(ticket);
  const next = { ...stored, ...Object.fromEntries(fields.map((field) => [field, asStored(draft)[field]])) };
  const kept = ticket.notes.filter(({ column }) => !layout.headers.includes(column));
  const values = {
    ...next,
    anonymous: next.anonymous ?? false,
    villageId: fields.includes('villageText') ? villageId : ticket.villageId,
    receivedOn: dayOf(next.receivedAt),
    callerPhoneHash: phoneHash(next.callerPhone),
    notes: [...kept, ...notes],
    rowHash,
    ...(await movedDueDates(ticket, fields, next)),
    version: ticket.version + 1,
  };
  const [updated] = await Ticket.update(values, { where: { id: ticket.id, version: ticket.version } });
  if (updated !== 1) throw new Stale();
  await recordAudit(userId, {
    action: 'tickets.takeOver',
    objectType: 'ticket',
    objectId: ticket.id,
    detail: changesOf(stored, next, masksFor([stored.callerName ?? '', next.callerName ?? ''])),
  });
  if (cameBack) await bringBack(userId, ticket.id);
  if (ticket.caseId !== null) await tellCase(userId, ticket.caseId, next.number, alarms);
}

const MOVING = ['dispatchedAt', 'receivedAt', 'givenSignDueAt', 'givenReplyDueOn'] as const;

/** A file that corrects when a ticket was sent, called or due moves its clocks as long as they run. */
async function movedDueDates(
  { townId, handling, extensionDays, redoneOn }: Ticket,
  fields: readonly (keyof TicketDraft)[],
  draft: TicketDraft,
): Promise<Partial<TicketDueDates>> {
  const moves = MOVING.some((field) => fields.includes(field));
  if (!moves || redoneOn !== null || !OPEN_HANDLINGS.includes(handling)) return {};
  const [settings, calendar] = await Promise.all([settingsOf(townId), currentCalendar()]);
  const clockFrom = draft.dispatchedAt ?? draft.receivedAt;
  const { givenReplyDueOn } = draft;
  const clocked = { clockFrom, extensionDays, redoneOn, givenReplyDueOn };
  const { dueOn: replyDueOn } = replyDeadline(clocked, settings, calendar);
  return { ...dueDatesFrom(clockFrom, draft, settings, calendar), replyDueOn };
}

async function bringBack(userId: string | null, ticketId: string): Promise<void> {
  const ticket = (await Ticket.findByPk(ticketId))!;
  await takeTicketAction(ticket, userId, 'reopen', null, () => reopened(ticket, ticket.dispatchedAt!));
}

/** Who handles the case learns from its history that the complaint has changed. */
async function tellCase(
  userId: string | null,
  caseId: string,
  number: string,
  alarms: readonly ExplanationLine[],
): Promise<void> {
  const disputeCase = await DisputeCase.findByPk(caseId, { rejectOnEmpty: true });
  const words = alarms.map(({ values }) => values['words']).join('、');
  await recordCaseEvent(disputeCase, 'changeTicket', userId, disputeCase.state, {
    number,
    alarmWords: words,
  });
}

/** A masked number, or two in one cell, cannot be looked up. */
function phoneHash(phone: string | null): string | null {
  return phone !== null && /^\d+$/.test(phone) ? lookupHash(phone) : null;
}
