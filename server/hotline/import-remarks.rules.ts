/** Texts of a column that could not be read, or name no village of the town, and are kept as they stand. */
export interface Remark {
  column: string;
  /** How many rows. */
  rows: number;
  /** The texts, the most frequent first, up to the bound; `others` counts the rows of the rest. */
  texts: [text: string, rows: number][];
  others: number;
}

const MOST_TEXTS = 30;
const MOST_COUNTED = 10_000;

/** Counts the texts of each column that were kept as they stand. */
export function createRemarks() {
  const columns = new Map<string, { rows: number; texts: Map<string, number> }>();

  function add(column: string, text: string): void {
    const counted = columns.get(column) ?? { rows: 0, texts: new Map<string, number>() };
    columns.set(column, counted);
    counted.rows++;
    const before = counted.texts.get(text);
    if (before !== undefined || counted.texts.size < MOST_COUNTED) counted.texts.set(text, (before ?? 0) + 1);
  }

  function list(): Remark[] {
    return [...columns].map(([column, { rows, texts }]) => {
      const listed = [...texts].sort(([, a], [, b]) => b - a).slice(0, MOST_TEXTS);
      const others = rows - listed.reduce((sum, [, count]) => sum + count, 0);
      return { column, rows, texts: listed, others };
    });
  }

  return { add, list };
}
