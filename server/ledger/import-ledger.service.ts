import { createHash } from 'node:crypto';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { lookupHash } from '../../models/encryption.ts';
import { Ticket } from '../../models/tickets.ts';
import { villagesOf } from '../directory/areas.queries.ts';
import { UNWATCHED, type Report } from '../hotline/import-progress.service.ts';
import { createRemarks, type Remark } from '../hotline/import-remarks.rules.ts';
import { villageFinder } from '../hotline/import-villages.rules.ts';
import { today } from '../shared/clock.ts';
import { createImportTally } from '../shared/spreadsheets/import-tally.rules.ts';
import type {
  FaultyRow,
  ImportCounts,
  ImportTally,
  TakenRow,
} from '../shared/spreadsheets/import-tally.rules.ts';
import { inBatches, openTable } from '../shared/spreadsheets/open-sheet.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { missingOnlyColumns } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { RowFault, RowOutcome } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { recogniseLedger, type LedgerHeader } from './ledger-columns.rules.ts';
import type { LedgerMapping } from './ledger-mapping.rules.ts';
import { ledgerIdentity, numberTakenFault, readLedgerRow } from './ledger.rules.ts';
import type { LedgerDraft, LedgerLayout } from './ledger.rules.ts';
import { createTextCount, type LedgerTexts } from './ledger-texts.rules.ts';
import { meaningsBy, type Meant } from './ledger-values.rules.ts';

/** A ledger of a town and how it is read. */
export interface LedgerToRead {
  townId: string;
  /** The bytes, or the path of the file. */
  source: Uint8Array | string;
  mapping: LedgerMapping;
}

/** A closed case with the village of the town that its row names. */
export interface PlacedCase extends TakenRow<LedgerDraft> {
  villageId: string | null;
}

/** Rows of a ledger, a few hundred at a time. */
export interface SortedCases {
  fresh: PlacedCase[];
  faulty: FaultyRow[];
}

/** What a ledger holds. Everything is counted; what is listed is bounded. */
export interface LedgerFindings {
  counts: ImportCounts;
  layout: LedgerLayout;
  /** The name of the sheet that was read; undefined for a .csv file. */
  sheet: string | undefined;
  problems: LedgerHeader['problems'];
  firstRows: SpreadsheetRow[];
  faults: RowFault[];
  faultCount: number;
  changedCount: number;
  /** Known cases with other values; they stay as they are. */
  changed: { number: string; row: number }[];
  /** What rows that can be stored say that could not be read, by column. */
  remarks: Remark[];
  sample: Pick<PlacedCase, 'draft' | 'villageId'>[];
  /** What stands in the columns whose texts have a meaning. */
  texts: LedgerTexts;
  /** Two readings with the same fingerprint would store the same. */
  fingerprint: string;
}

/** How much of a reading is listed, and who watches it. */
export interface ReadingBounds {
  mostFaults?: number;
  report?: Report;
}

const MOST = { faults: 1_000, changed: 500, sample: 10 };

/**
 * Reads a whole ledger and compares it with the cases that the town has; `take` gets the rows as they are read. Nothing
 * is stored and no transaction needed.
 * @throws Unacceptable when the file cannot be read
 */
export async function readLedger(
  file: LedgerToRead,
  take: (rows: SortedCases, layout: LedgerLayout) => void = () => undefined,
  { mostFaults = MOST.faults, report = UNWATCHED }: ReadingBounds = {},
): Promise<LedgerFindings> {
  const { columns, headers, sheet, problems, firstRows, rows } = await openTable(file.source, (top) =>
    lookAt(top, file.mapping),
  );
  const layout: LedgerLayout = { columns, headers, only: file.mapping.only };
  const tally = createImportTally(ledgerIdentity(layout, lookupHash));
  const findVillage = await villageFinderOf(file.townId);
  const meant = meaningsBy(file.mapping.values);
  const texts = createTextCount(layout, file.mapping.values);
  const remarks = createRemarks();
  const listed = {
    faults: [] as RowFault[],
    faultCount: 0,
    changedCount: 0,
    changed: [] as LedgerFindings['changed'],
    sample: [] as LedgerFindings['sample'],
  };
  for await (const sources of inBatches(rows)) {
    texts.add(sources);
    const { fresh, changed, faulty } = await sortRows(file.townId, sources, { layout, meant }, tally);
    const placed = fresh.map((row) => place(row, layout, findVillage));
    for (const { faults } of faulty) {
      listed.faultCount += faults.length;
      listed.faults.push(...faults.slice(0, mostFaults - listed.faults.length));
    }
    listed.changedCount += changed.length;
    const known = changed.map(({ row, draft }) => ({ row, number: draft.number }));
    listed.changed.push(...known.slice(0, MOST.changed - listed.changed.length));
    for (const { column, value } of placed.flatMap(({ notes }) => notes)) remarks.add(column, value);
    listed.sample.push(...placed.slice(0, MOST.sample - listed.sample.length));
    take({ fresh: placed, faulty }, layout);
    report.read(tally.counts.rows);
  }
  const { counts } = tally;
  const print = createHash('sha256').update(JSON.stringify([file.mapping, counts]));
  return {
    ...{ counts, layout, sheet, problems, firstRows, texts: texts.list() },
    remarks: remarks.list(),
    ...listed,
    fingerprint: print.digest('hex'),
  };
}

/** Opens a ledger as far as its header. @throws Unacceptable when it cannot be read */
export async function headerOfLedger(
  source: Uint8Array | string,
  mapping: LedgerMapping,
): Promise<LedgerHeader & { firstRows: SpreadsheetRow[] }> {
  const { rows, ...header } = await openTable(source, (top) => lookAt(top, mapping));
  for await (const _ of rows) break;
  return header;
}

/** The header of a ledger among its first rows, and what keeps it from being read by this mapping. */
export function lookAt(top: SpreadsheetRow[], { columns: chosen, only }: LedgerMapping): LedgerHeader {
  const header = recogniseLedger(top, chosen);
  const missing = header.headerRow === null ? [] : missingOnlyColumns({ columns: header.columns, only });
  const absent = missing.map((column) => ({
    sentence: 'ledger.errors.onlyColumnMissing',
    values: { column },
  }));
  return { ...header, problems: [...header.problems, ...absent] };
}

interface SortedRows {
  fresh: TakenRow<LedgerDraft>[];
  changed: TakenRow<LedgerDraft>[];
  faulty: FaultyRow[];
}

async function sortRows(
  townId: string,
  sources: SpreadsheetRow[],
  { layout, meant }: { layout: LedgerLayout; meant: Meant },
  tally: ImportTally<LedgerDraft>,
): Promise<SortedRows> {
  const day = today();
  const read = sources.map((source) => ({ source, outcome: readLedgerRow(source, layout, meant, day) }));
  const numbers = read.flatMap(({ outcome }) => (outcome.kind === 'taken' ? [outcome.draft.number] : []));
  const { hashes, taken } = await storedUnder(townId, numbers);
  const sorted: SortedRows = { fresh: [], changed: [], faulty: [] };
  for (const { source, outcome } of read) {
    const checked =
      outcome.kind === 'taken' && taken.has(outcome.draft.number)
        ? refused(source, outcome, layout)
        : outcome;
    const stored = checked.kind === 'taken' ? hashes.get(checked.draft.number) : undefined;
    const row = tally.add(source, checked, stored);
    if (row.kind === 'new') sorted.fresh.push(row);
    if (row.kind === 'changed') sorted.changed.push(row);
    if (row.kind === 'faulty') sorted.faulty.push(row);
  }
  return sorted;
}

function refused(
  source: SpreadsheetRow,
  { category }: Extract<RowOutcome<LedgerDraft>, { kind: 'taken' }>,
  layout: LedgerLayout,
): RowOutcome<LedgerDraft> {
  return { kind: 'faulty', category, faults: [numberTakenFault(source, layout)] };
}

/** What the town has under these numbers: fingerprints of ledger cases, and numbers of what no ledger brought. */
async function storedUnder(
  townId: string,
  numbers: string[],
): Promise<{ hashes: Map<string, string>; taken: Set<string> }> {
  const hashes = new Map<string, string>();
  const taken = new Set<string>();
  if (numbers.length === 0) return { hashes, taken };
  const where = { townId, number: numbers };
  const [cases, tickets] = await Promise.all([
    DisputeCase.findAll({ where, attributes: ['number', 'ledgerRowHash'], raw: true }),
    Ticket.findAll({ where, attributes: ['number'], raw: true }),
  ]);
  for (const { number, ledgerRowHash } of cases)
    if (ledgerRowHash === null) taken.add(number!);
    else hashes.set(number!, ledgerRowHash);
  for (const { number } of tickets) if (!hashes.has(number)) taken.add(number);
  return { hashes, taken };
}

type FindVillage = (text: string) => string | null;

async function villageFinderOf(townId: string): Promise<FindVillage> {
  const [town, villages] = await Promise.all([Area.findByPk(townId), villagesOf([townId])]);
  return villageFinder(villages, town?.name ?? '');
}

/** A village that the town does not have is noted as the file writes it. */
function place(
  row: TakenRow<LedgerDraft>,
  { columns, headers }: LedgerLayout,
  findVillage: FindVillage,
): PlacedCase {
  const { village } = row.draft;
  const villageId = village === null ? null : findVillage(village);
  if (village === null || villageId !== null || columns.village === undefined) return { ...row, villageId };
  return {
    ...row,
    villageId,
    notes: [...row.notes, { column: headers[columns.village] ?? '', value: village }],
  };
}
