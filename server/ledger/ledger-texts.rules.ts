import { cellText } from '../shared/spreadsheets/cell-values.rules.ts';
import { isBlank, type SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { cellOf, comparable, isWanted } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { LedgerLayout } from './ledger.rules.ts';
import {
  knownMeaning,
  MEANINGS,
  ownMeaning,
  REST,
  VALUE_KEYS,
  type ValueKey,
  type ValueTable,
  type ValueTables,
} from './ledger-values.rules.ts';

/** A text of a column as the file writes it first, and in how many rows it stands. */
export interface LedgerText {
  text: string;
  rows: number;
  /** What it means by itself; null when that is not known, or it is one of the rest. */
  meaning: string | null;
  /** Whether it is understood without the mapping. */
  known: boolean;
}

/**
 * The most frequent texts of each column whose texts have a meaning: `others` are further ones that are not listed, and
 * `rest` is what all mean that are not named.
 */
export type LedgerTexts = Record<ValueKey, { texts: LedgerText[]; others: number; rest: string | null }>;

/** The name of the form field in which the meaning of a text is chosen; `*` is that of all the other texts. */
export const valueField = (key: ValueKey, text: string): string => `${key}:${comparable(text)}`;

/** Meanings chosen by hand: by field name, empty where none is chosen. */
export type ChosenMeanings = Record<string, string>;

/** More texts of one column than a person goes through. */
const MOST_TEXTS = 100;
/** A longer text is a story and no value. */
const LONGEST_TEXT = 200;

/** Counts the texts of the wanted rows by column, each once however it is spaced. */
export function createTextCount(layout: LedgerLayout, values: ValueTables) {
  const counted = new Map(VALUE_KEYS.map((key) => [key, new Map<string, { text: string; rows: number }>()]));
  function add(sources: readonly SpreadsheetRow[]): void {
    for (const source of sources)
      if (!isBlank(source.cells) && isWanted(source, layout))
        for (const key of VALUE_KEYS) count(key, source);
  }
  function count(key: ValueKey, source: SpreadsheetRow): void {
    const text = cellText(cellOf(source, layout, key));
    if (text === '' || text === REST || text.length > LONGEST_TEXT) return;
    const texts = counted.get(key)!;
    const same = texts.get(comparable(text));
    if (same) same.rows++;
    else texts.set(comparable(text), { text, rows: 1 });
  }
  function listed(key: ValueKey): LedgerTexts[ValueKey] {
    const all = [...counted.get(key)!.values()].sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
    const texts = all.slice(0, MOST_TEXTS).map(({ text, rows }) => ({
      ...{ text, rows, meaning: ownMeaning(key, text, values[key]) },
      known: knownMeaning(key, text) !== undefined,
    }));
    return { texts, others: all.length - texts.length, rest: values[key][REST] ?? null };
  }
  const list = (): LedgerTexts => ({
    outcome: listed('outcome'),
    type: listed('type'),
    level: listed('level'),
  });
  return { add, list };
}

/**
 * The meanings chosen by hand as tables that say no more than they must: what is understood anyway stays out, unless
 * the rest has a meaning, which comes before. What earlier tables say of texts that were not listed stays.
 */
export function chosenValues(chosen: ChosenMeanings, listed: LedgerTexts, before: ValueTables): ValueTables {
  const table = <V extends string>(key: ValueKey, meanings: readonly V[], earlier: ValueTable<V>) =>
    tableOf(key, meanings, chosen, listed[key].texts, earlier);
  return {
    outcome: table('outcome', MEANINGS.outcome, before.outcome),
    type: table('type', MEANINGS.type, before.type),
    level: table('level', MEANINGS.level, before.level),
  };
}

/** A text that the form did not hold, because the file is read by other columns by now, keeps what was said of it. */
function tableOf<V extends string>(
  key: ValueKey,
  meanings: readonly V[],
  chosen: ChosenMeanings,
  listed: readonly LedgerText[],
  before: ValueTable<V>,
): ValueTable<V> {
  const offered = new Set(listed.map(({ text }) => comparable(text)));
  const earlier = Object.entries<V>(before);
  const isListed = (written: string): boolean =>
    offered.has(comparable(written)) && chosen[valueField(key, written)] !== undefined;
  const absent = earlier.filter(([written]) => written !== REST && !isListed(written));
  const choice = (text: string): V | null =>
    meanings.find((value) => value === chosen[valueField(key, text)]) ?? null;
  const rest = choice(REST);
  const named = listed.flatMap(({ text }): [string, V][] => {
    const value = choice(text);
    const isSaid = value === null || (rest === null && value === knownMeaning(key, text));
    return isSaid ? [] : [[text, value]];
  });
  const others: [string, V][] = rest === null ? [] : [[REST, rest]];
  return Object.fromEntries([...absent, ...named, ...others]);
}
