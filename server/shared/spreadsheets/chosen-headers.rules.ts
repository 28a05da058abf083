import type { ChosenHeaders, FoundHeader } from './headers.rules.ts';

/** A file's header text for every key; an empty text for none. */
export type HeaderTexts<K extends string> = Record<K, string>;

type Found = Pick<FoundHeader<string>, 'headers' | 'columns'>;

/** The name of the form field in which the header of a key is chosen. */
export const columnField = (key: string): string => `column-${key}`;

/** The header texts that a recognition found for each key. */
export function headerTexts<K extends string>(
  keys: readonly K[],
  { headers, columns }: { headers: string[]; columns: Partial<Record<K, number>> },
): HeaderTexts<K> {
  const textOf = (column: number | undefined): string =>
    column === undefined ? '' : (headers[column] ?? '');
  return Object.fromEntries(keys.map((key) => [key, textOf(columns[key])])) as HeaderTexts<K>;
}

/**
 * The columns chosen by hand as a mapping that says no more than it must: what `recognise` finds anyway stays out, so
 * that the mapping fits the next file even where that lacks a column.
 */
export function chosenHeaders<K extends string>(
  keys: readonly K[],
  recognise: (chosen: ChosenHeaders<K>) => Found,
  wanted: HeaderTexts<K>,
): ChosenHeaders<K> {
  const found = headerTexts(keys, recognise({}));
  const different = Object.fromEntries(
    keys.filter((key) => wanted[key] !== found[key]).map((key) => [key, wanted[key]]),
  ) as ChosenHeaders<K>;
  const result = headerTexts(keys, recognise(different));
  return keys.every((key) => result[key] === wanted[key]) ? different : { ...wanted };
}
