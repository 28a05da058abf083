import { createHash, type Hash } from 'node:crypto';
import type { TownSettings } from '../../config/town.ts';
import { Area } from '../../models/areas.ts';
import { lookupHash } from '../../models/encryption.ts';
import { Ticket } from '../../models/tickets.ts';
import { alarmsAmong, findHits } from '../case-routing/routing.rules.ts';
import { villagesOf } from '../directory/areas.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { now } from '../shared/clock.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import { createImportTally } from '../shared/spreadsheets/import-tally.rules.ts';
import type {
  FaultyRow,
  ImportCounts,
  ImportTally,
  TakenRow,
} from '../shared/spreadsheets/import-tally.rules.ts';
import { inBatches } from '../shared/spreadsheets/open-sheet.ts';
import type { Cell, SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import type { RowFault } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { Recognition, TicketColumns } from './columns.rules.ts';
import { UNWATCHED, type Report } from './import-progress.service.ts';
import { createRemarks, type Remark } from './import-remarks.rules.ts';
import { changedFields, readTicketRow, ticketIdentity } from './import.rules.ts';
import type { TicketDraft, TicketLayout } from './import.rules.ts';
import { villageFinder } from './import-villages.rules.ts';
import type { TicketMapping } from './mapping.rules.ts';
import { complaintText } from './ticket.rules.ts';
import { openTicketFile } from './ticket-file.ts';

/** A hotline file of a town and how it is read. */
export interface FileToRead {
  townId: string;
  /** The bytes, or the path of the file: it may be read more than once. */
  source: Uint8Array | string;
  mapping: TicketMapping;
}

/** A row with the village of the town that it names; one that the town does not have is noted as the file writes it. */
export interface PlacedRow extends TakenRow<TicketDraft> {
  villageId: string | null;
  /** The row as it stands in the file. */
  cells: Cell[];
}

/** A known ticket with other values, the fields in which it differs, and the alarms that its new words sound. */
export interface ChangedTicket extends PlacedRow {
  ticket: Ticket;
  fields: (keyof TicketDraft)[];
  alarms: ExplanationLine[];
  /** It was returned, and the hotline sent it again afterwards (又派回来): that needs nobody's tick. */
  cameBack: boolean;
}

/** Rows of a file, a few hundred at a time: what is to be stored or could be taken over, and what is faulty. */
export interface SortedRows {
  fresh: PlacedRow[];
  changed: ChangedTicket[];
  faulty: FaultyRow[];
}

/** A field of a known ticket as it is stored and as the file says it. */
export interface FieldChange {
  field: keyof TicketDraft;
  before: TicketDraft[keyof TicketDraft];
  after: TicketDraft[keyof TicketDraft];
}

/** What a file holds. Everything is counted; what is listed is bounded. */
export interface Findings {
  counts: ImportCounts;
  layout: TicketLayout;
  /** The name of the sheet that was read; undefined for a .csv file. */
  sheet: string | undefined;
  /** When there are any, no row was read. */
  problems: Recognition['problems'];
  firstRows: SpreadsheetRow[];
  faultCount: number;
  faults: RowFault[];
  /** What rows that can be stored say that could not be read, by column. */
  remarks: Remark[];
  changedCount: number;
  /** Those that sound an alarm or came back first. */
  changed: {
    ticketId: string;
    number: string;
    row: number;
    changes: FieldChange[];
    alarms: ExplanationLine[];
    cameBack: boolean;
  }[];
  /** Returned tickets that the hotline sent again. */
  cameBackCount: number;
  sample: TicketDraft[];
  /** Rows by category, the most frequent first. */
  categories: [category: string, rows: number][];
  /** Two readings with the same fingerprint would store and take over the same. */
  fingerprint: string;
}

/** How much of a reading is listed, and who watches it. */
export interface ReadingBounds {
  mostFaults?: number;
  report?: Report;
}

/** How much of a file is listed. */
const MOST = { faults: 1_000, changed: 500, sample: 10 };

/**
 * Reads a whole file and compares it with the tickets that the town has; `take` gets the rows as they are read. Nothing
 * is stored and no transaction needed.
 * @throws Unacceptable when the file cannot be read
 */
export async function readImport(
  file: FileToRead,
  take: (rows: SortedRows, layout: TicketLayout) => void = () => undefined,
  { mostFaults = MOST.faults, report = UNWATCHED }: ReadingBounds = {},
): Promise<Findings> {
  const findVillage = await villageFinderOf(file.townId);
  const { layout, sheet, problems, firstRows, rows } = await openTicketFile(file.source, file.mapping);
  const tally = createImportTally(ticketIdentity(layout, lookupHash));
  const list = createListing(mostFaults);
  const fingerprint = createHash('sha256').update(JSON.stringify(file.mapping));
  for await (const sources of inBatches(rows)) {
    const sorted = await sortRows(file.townId, sources, layout, tally, findVillage);
    list.add(sorted);
    for (const { ticket, rowHash } of sorted.changed)
      addToPrint(fingerprint, [ticket.id, ticket.version, rowHash]);
    take(sorted, layout);
    report.read(tally.counts.rows);
  }
  addToPrint(fingerprint, tally.counts);
  return {
    ...list.listed(),
    counts: tally.counts,
    layout,
    sheet,
    problems,
    firstRows,
    categories: [...tally.categories].sort(([a, rows], [b, more]) => more - rows || (a < b ? -1 : 1)),
    fingerprint: fingerprint.digest('hex'),
  };
}

function addToPrint(fingerprint: Hash, value: unknown): void {
  fingerprint.update(JSON.stringify(value));
}

async function sortRows(
  townId: string,
  sources: SpreadsheetRow[],
  layout: TicketLayout,
  tally: ImportTally<TicketDraft>,
  findVillage: FindVillage,
): Promise<SortedRows> {
  const time = now();
  const read = sources.map((source) => ({ source, outcome: readTicketRow(source, layout, time) }));
  const numbers = read.flatMap(({ outcome }) => (outcome.kind === 'taken' ? [outcome.draft.number] : []));
  const hashes = await storedHashes(townId, numbers);
  const classified = read.map(({ source, outcome }) => {
    const hash = outcome.kind === 'taken' ? hashes.get(outcome.draft.number) : undefined;
    return tally.add(source, outcome, hash);
  });
  const placed = (kind: 'new' | 'changed'): PlacedRow[] =>
    classified.flatMap((row, index) =>
      row.kind === kind ? [place(row, read[index]!.source.cells, layout, findVillage)] : [],
    );
  return {
    fresh: placed('new'),
    faulty: classified.flatMap((row) => (row.kind === 'faulty' ? [row] : [])),
    changed: await changedTickets(townId, placed('changed'), layout.columns),
  };
}

function place(
  row: TakenRow<TicketDraft>,
  cells: Cell[],
  { columns, headers }: TicketLayout,
  findVillage: FindVillage,
): PlacedRow {
  const text = row.draft.villageText;
  const villageId = text === null ? null : findVillage(text);
  if (text === null || villageId !== null || columns.village === undefined)
    return { ...row, cells, villageId };
  const note = { column: headers[columns.village] ?? '', value: text };
  return { ...row, cells, villageId, notes: [...row.notes, note] };
}

async function storedHashes(townId: string, numbers: string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const stored = await Ticket.findAll({
    where: { townId, number: numbers },
    attributes: ['number', 'rowHash'],
    raw: true,
  });
  return new Map(stored.map(({ number, rowHash }) => [number, rowHash]));
}

/** A row with another fingerprint may differ only in columns that this file lacks; then nothing changed. */
async function changedTickets(
  townId: string,
  rows: PlacedRow[],
  columns: TicketColumns,
): Promise<ChangedTicket[]> {
  if (rows.length === 0) return [];
  const settings = await settingsOf(townId);
  const stored = await Ticket.findAll({ where: { townId, number: rows.map(({ draft }) => draft.number) } });
  const byNumber = new Map(stored.map((ticket) => [ticket.number, ticket]));
  return rows.flatMap((row) => {
    const ticket = byNumber.get(row.draft.number);
    const fields = ticket ? changedFields(draftOf(ticket), asStored(row.draft), columns) : [];
    if (!ticket || fields.length === 0) return [];
    const cameBack = sentAgain(ticket, row.draft.dispatchedAt);
    return [{ ...row, ticket, fields, alarms: newAlarms(ticket, row.draft, settings), cameBack }];
  });
}

/** The same file again says nothing new; only a later sending brings a returned ticket back. */
function sentAgain({ state, returnedAt }: Ticket, dispatchedAt: Date | null): boolean {
  return state === 'returned' && dispatchedAt !== null && returnedAt !== null && dispatchedAt > returnedAt;
}

/** The alarms that a text sounds by words that did not stand in it before. */
function newAlarms(before: Ticket, after: TicketDraft, settings: TownSettings): ExplanationLine[] {
  const known = findHits(complaintText(before), settings, []).map(({ id }) => id);
  return alarmsAmong(findHits(complaintText(after), settings, known));
}

/** A stored ticket as its row would say it. */
export function draftOf(ticket: Ticket): TicketDraft {
  return {
    number: ticket.number,
    receivedAt: ticket.receivedAt,
    callerName: ticket.callerName,
    callerPhone: ticket.callerPhone,
    gender: ticket.gender as TicketDraft['gender'],
    title: ticket.title,
    content: ticket.content,
    category: ticket.category,
    address: ticket.address,
    villageText: ticket.villageText,
    respondentText: ticket.respondentText,
    respondentCreditCode: ticket.respondentCreditCode,
    workers: ticket.workers,
    amountFen: ticket.amountFen,
    anonymous: ticket.anonymous,
    channel: ticket.channel,
    migrant: ticket.migrant,
    dispatchedAt: ticket.dispatchedAt,
    givenSignDueAt: ticket.givenSignDueAt,
    givenReplyDueOn: ticket.givenReplyDueOn,
  };
}

/** A ticket that does not say that it is anonymous is not. */
export function asStored(draft: TicketDraft): TicketDraft {
  return { ...draft, anonymous: draft.anonymous ?? false };
}

type FindVillage = (text: string) => string | null;

async function villageFinderOf(townId: string): Promise<FindVillage> {
  const [town, villages] = await Promise.all([Area.findByPk(townId), villagesOf([townId])]);
  return villageFinder(villages, town?.name ?? '');
}

/** Collects what a preview lists, each list up to its bound. */
function createListing(mostFaults: number) {
  const listed = {
    faultCount: 0,
    faults: [] as RowFault[],
    changedCount: 0,
    cameBackCount: 0,
    sample: [] as TicketDraft[],
  };
  const alarming: Findings['changed'] = [];
  const changedOnly: Findings['changed'] = [];
  const remarks = createRemarks();
  function add({ fresh, changed, faulty }: SortedRows): void {
    listed.sample.push(...fresh.slice(0, MOST.sample - listed.sample.length).map(({ draft }) => draft));
    listed.changedCount += changed.length;
    listed.cameBackCount += changed.filter(({ cameBack }) => cameBack).length;
    for (const change of changed) {
      const list = change.alarms.length > 0 || change.cameBack ? alarming : changedOnly;
      if (list.length < MOST.changed) list.push(listedChange(change));
    }
    for (const row of faulty) {
      listed.faultCount += row.faults.length;
      listed.faults.push(...row.faults.slice(0, mostFaults - listed.faults.length));
    }
    for (const { notes } of [...fresh, ...changed])
      for (const { column, value } of notes) remarks.add(column, value);
  }
  return {
    add,
    listed: () => ({
      ...listed,
      changed: [...alarming, ...changedOnly].slice(0, MOST.changed),
      remarks: remarks.list(),
    }),
  };
}

function listedChange({
  ticket,
  draft,
  row,
  fields,
  alarms,
  cameBack,
}: ChangedTicket): Findings['changed'][number] {
  const before = draftOf(ticket);
  const after = asStored(draft);
  return {
    ticketId: ticket.id,
    number: draft.number,
    row,
    changes: fields.map((field) => ({ field, before: before[field], after: after[field] })),
    alarms,
    cameBack,
  };
}
