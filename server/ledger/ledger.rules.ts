import type { ClaimType, Source } from '../cases/case.rules.ts';
import type { Outcome, Performance } from '../cases/lifecycle.rules.ts';
import type { Level } from '../directory/directory.rules.ts';
import { dayOf, yearOf, type CalendarDay } from '../shared/calendar-day.ts';
import {
  cellText,
  readAmountFen,
  readCode,
  readCount,
  readInstant,
  toHalfWidth,
  type Reading,
} from '../shared/spreadsheets/cell-values.rules.ts';
import { countsInWan } from '../shared/spreadsheets/headers.rules.ts';
import type { RowIdentity } from '../shared/spreadsheets/import-tally.rules.ts';
import { isBlank, type Cell, type SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { cellOf, faultOf, isWanted, RowReader } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { RowOutcome, SheetLayout } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { LEDGER_KEYS, type LedgerKey } from './ledger-columns.rules.ts';
import { sourceMeant, type Meant } from './ledger-values.rules.ts';

/** A closed case as its row says it; amounts in fen, null is unknown and not zero. */
export interface LedgerDraft {
  number: string;
  receivedOn: CalendarDay;
  closedOn: CalendarDay;
  enterprise: string | null;
  village: string | null;
  type: ClaimType;
  level: Level | null;
  outcome: Outcome;
  claimedFen: number | null;
  agreedFen: number | null;
  recoveredFen: number | null;
  /** The day of the money, where there is any. */
  recoveredOn: CalendarDay | null;
  workers: number;
  migrantWorkers: number | null;
  /** The migrant workers' share of the money: all when all are migrants, else as the file says or unknown. */
  migrantFen: number | null;
  source: Source;
}

/** Stands as the respondent of a case whose ledger names none. */
export const UNKNOWN_RESPONDENT = '被申请人不详';

export type LedgerLayout = SheetLayout<LedgerKey>;

/** The longest text of each key in characters; a longer one makes the row faulty, for nothing is cut. */
const MAX_LENGTHS = Object.fromEntries(
  LEDGER_KEYS.map((key) => [key, key === 'number' ? 60 : key === 'village' ? 100 : 200]),
) as Record<LedgerKey, number>;

/** What one row below the header is: empty, not wanted, faulty with every fault, or a closed case. */
export function readLedgerRow(
  source: SpreadsheetRow,
  layout: LedgerLayout,
  meant: Meant,
  today: CalendarDay,
): RowOutcome<LedgerDraft> {
  if (isBlank(source.cells)) return { kind: 'empty' };
  const category = cellText(cellOf(source, layout, 'outcome'));
  if (!isWanted(source, layout)) return { kind: 'unwanted', category };
  const row = new RowReader(source, layout, { maxLengths: MAX_LENGTHS, sentences: 'ledger.faults' });
  const draft = readDraft(row, meant, today);
  return draft && row.faults.length === 0
    ? { kind: 'taken', category, draft, notes: row.notes }
    : { kind: 'faulty', category, faults: row.faults };
}

/** How the cases of a ledger are told apart. */
export function ledgerIdentity(
  layout: LedgerLayout,
  hash: (text: string) => string,
): RowIdentity<LedgerDraft> {
  return {
    hash: (draft, notes) => hash(JSON.stringify([draft, notes])),
    repeated: (source, first) => faultOf(source, layout, 'number', 'hotline.faults.repeated', { first }),
  };
}

/** The fault of a row whose number belongs to a case or ticket that no ledger brought. */
export function numberTakenFault(source: SpreadsheetRow, layout: LedgerLayout) {
  return faultOf(source, layout, 'number', 'ledger.faults.numberTaken');
}

/** Reads a row field by field; null when it lacks what every case has. */
function readDraft(row: RowReader<LedgerKey>, meant: Meant, today: CalendarDay): LedgerDraft | null {
  const number = row.required('number', readCode(row.cell('number')));
  const receivedOn = row.required('receivedOn', readDay(row.cell('receivedOn')));
  const outcome = readOutcome(row, meant.outcome);
  const closedOn = readDayIfAny(row, 'closedOn') ?? receivedOn;
  const enterprise = row.text('enterprise');
  const village = row.text('village');
  const type = readMeaning(row, 'type', meant.type) ?? 'other';
  const level = readMeaning(row, 'level', meant.level);
  const people = readPeople(row);
  const money = readMoney(row, closedOn, people);
  const source = readMeaning(row, 'source', sourceMeant) ?? 'other';
  checkDays(row, { receivedOn, closedOn, recoveredOn: money.recoveredOn }, today);
  if (number === null || receivedOn === null || closedOn === null || outcome === null) return null;
  return {
    number: numberInTown(number, receivedOn),
    receivedOn,
    closedOn,
    enterprise,
    village,
    type,
    level,
    outcome,
    ...people,
    ...money,
    source,
  };
}

/**
 * A number that no other ledger of the town has: a mere count (序号) begins anew in the ledger of every year, and stands
 * with the year in which the case was received.
 */
export function numberInTown(number: string, receivedOn: CalendarDay): string {
  return /^\d{1,6}$/.test(number) ? `${yearOf(receivedOn)}-${number}` : number;
}

/** The outcome decides what a case counts as, so a text that means nothing is a fault and not a note. */
function readOutcome(row: RowReader<LedgerKey>, meant: Meant['outcome']) {
  const text = cellText(row.cell('outcome'));
  const outcome = meant(text) ?? null;
  if (outcome === null) row.fault('outcome', text === '' ? 'outcomeMissing' : 'outcomeUnknown');
  return outcome;
}

function readMeaning<V>(
  row: RowReader<LedgerKey>,
  key: 'type' | 'level' | 'source',
  meant: (text: string) => V | undefined,
): V | null {
  const text = cellText(row.cell(key));
  const value = meant(text);
  if (value !== undefined) return value;
  return row.optional<V>(key, { is: text === '' ? 'unknown' : 'unreadable' });
}

/** One worker where the number is empty. */
function readPeople(row: RowReader<LedgerKey>): Pick<LedgerDraft, 'workers' | 'migrantWorkers'> {
  const workers = row.optional('workers', readCount(row.cell('workers'))) ?? 1;
  const migrantWorkers = row.optional('migrantWorkers', readCountOrNone(row.cell('migrantWorkers')));
  if (migrantWorkers !== null && migrantWorkers > workers)
    row.fault('migrantWorkers', 'migrantsAboveWorkers', { workers });
  return { workers, migrantWorkers };
}

/** Of migrant workers there can be none, which is something else than unknown. */
function readCountOrNone(cell: Cell): Reading<number> {
  return /^0(?:\.0+)?人?$/.test(toHalfWidth(cellText(cell))) ? { is: 'value', value: 0 } : readCount(cell);
}

function readMoney(
  row: RowReader<LedgerKey>,
  closedOn: CalendarDay | null,
  { workers, migrantWorkers }: Pick<LedgerDraft, 'workers' | 'migrantWorkers'>,
): Pick<LedgerDraft, 'claimedFen' | 'agreedFen' | 'recoveredFen' | 'recoveredOn' | 'migrantFen'> {
  const amount = (key: LedgerKey): number | null =>
    row.amount(key, readAmountFen(row.cell(key), countsInWan(row.header(key)) ? 'wan' : 'yuan'));
  const [claimedFen, agreedFen, recoveredFen] = [amount('claimed'), amount('agreed'), amount('recovered')];
  const said = amount('migrantRecovered');
  if (said !== null && said > (recoveredFen ?? 0)) row.fault('migrantRecovered', 'migrantAboveRecovered');
  const paidOn = readDayIfAny(row, 'recoveredOn') ?? closedOn;
  const share = migrantWorkers === workers ? recoveredFen : migrantWorkers === 0 ? 0 : null;
  return {
    claimedFen,
    agreedFen,
    recoveredFen,
    recoveredOn: recoveredFen ? paidOn : null,
    migrantFen: said ?? (recoveredFen === null ? null : share),
  };
}

/** A day; its time, where the cell has one, is not kept. */
function readDay(cell: Cell): Reading<CalendarDay> {
  const instant = readInstant(cell);
  return instant.is === 'value' ? { is: 'value', value: dayOf(instant.value) } : instant;
}

/** A day that may be missing; one that cannot be read is a fault, because the case would count in the wrong year. */
function readDayIfAny(row: RowReader<LedgerKey>, key: 'closedOn' | 'recoveredOn'): CalendarDay | null {
  const reading = readDay(row.cell(key));
  if (reading.is === 'value') return reading.value;
  if (reading.is !== 'unknown') row.fault(key, 'dayUnreadable');
  return null;
}

function checkDays(
  row: RowReader<LedgerKey>,
  days: Partial<Record<'receivedOn' | 'closedOn' | 'recoveredOn', CalendarDay | null>>,
  today: CalendarDay,
): void {
  const late = (['receivedOn', 'closedOn', 'recoveredOn'] as const).find(
    (key) => (days[key] ?? today) > today,
  );
  if (late) row.fault(late, 'dayInFuture');
  if (days.receivedOn && days.closedOn && days.closedOn < days.receivedOn)
    row.fault('closedOn', 'closedBeforeReceived', { day: days.receivedOn });
}

/** How far an agreement of a ledger is known to be performed: all the agreed money was recovered, or it is not known. */
export function performanceOf({
  outcome,
  agreedFen,
  recoveredFen,
}: Pick<LedgerDraft, 'outcome' | 'agreedFen' | 'recoveredFen'>): Performance | null {
  const agreed = outcome === 'settledAtOnce' || outcome === 'settledByInstalments';
  return agreed && agreedFen && recoveredFen !== null && recoveredFen >= agreedFen ? 'fulfilled' : null;
}
