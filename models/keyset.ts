import {
  Op,
  type FindOptions,
  type Model,
  type ModelStatic,
  type OrderItem,
  type WhereOptions,
} from 'sequelize';
import type { Turn } from '../server/shared/list-address.ts';

/** The order of a list: by a column, and by id where that is equal. Read `back`, it is turned round. */
export interface ListOrder<C extends string = string> {
  column: C;
  descending: boolean;
}

/** The row that a page begins behind. */
export interface Edge {
  value: unknown;
  id: string;
}

export function orderBy({ column, descending }: ListOrder, back: boolean): OrderItem[] {
  const direction = descending === back ? 'ASC' : 'DESC';
  return [
    [column, direction],
    ['id', direction],
  ];
}

/**
 * The rows behind an edge. `>= AND (> OR id >)` is a range of the index in both databases; a comparison of pairs is
 * none in MariaDB.
 */
export function behind({ value, id }: Edge, { column, descending }: ListOrder, back: boolean): WhereOptions {
  const onward = descending === back;
  const beyond = onward ? Op.gt : Op.lt;
  return {
    [column]: { [onward ? Op.gte : Op.lte]: value },
    [Op.or]: [{ [column]: { [beyond]: value } }, { id: { [beyond]: id } }],
  };
}

/** Several answers in the same order as one, each row once. */
export function merge<C extends string, T extends { id: string } & Record<C, string | number | Date | null>>(
  answers: T[][],
  { column, descending }: ListOrder<C>,
  back: boolean,
): T[] {
  const [only] = answers;
  if (answers.length === 1) return only!;
  const sign = descending === back ? 1 : -1;
  const distinct = [...new Map(answers.flat().map((row) => [row.id, row])).values()];
  return distinct.sort((a, b) => sign * (compare(a[column], b[column]) || compare(a.id, b.id)));
}

function compare<V extends string | number | Date | null>(a: V, b: V): number {
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A page of a list; `newer` and `older` are the rows to turn from, where there is more on that side. */
export interface KeysetPage<M> {
  rows: M[];
  total: number;
  newer: string | null;
  older: string | null;
}

/**
 * A page of the rows that fit `query`, in the order of `column` and id, or with `descending` against it. A row to turn
 * from that is not among them (any more) gives the first page.
 */
export async function keysetPage<M extends Model & { id: string }>(
  model: ModelStatic<M>,
  column: keyof M & string,
  query: FindOptions & { where: WhereOptions },
  turn: Turn,
  size: number,
  { descending = false } = {},
): Promise<KeysetPage<M>> {
  const order = { column, descending };
  const turnAt = turn.after ?? turn.before;
  const edge = turnAt
    ? await model.findOne({ where: { [Op.and]: [query.where, { id: turnAt }] } as WhereOptions })
    : null;
  const back = edge !== null && turn.after === undefined;
  const beyond = edge ? [behind({ value: edge[column], id: edge.id }, order, back)] : [];
  const [found, total] = await Promise.all([
    model.findAll({
      ...query,
      where: { [Op.and]: [query.where, ...beyond] } as WhereOptions,
      order: orderBy(order, back),
      limit: size + 1,
    }),
    model.count({ where: query.where }),
  ]);
  return { ...turned(found, edge !== null, back, size), total };
}

/** The page among `size + 1` rows that were read from an edge, or from the beginning. */
export function turned<M extends { id: string }>(
  found: M[],
  fromEdge: boolean,
  back: boolean,
  size: number,
): Omit<KeysetPage<M>, 'total'> {
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (back) rows.reverse();
  return {
    rows,
    newer: (back ? more : fromEdge) ? (rows[0]?.id ?? null) : null,
    older: back || more ? (rows.at(-1)?.id ?? null) : null,
  };
}
