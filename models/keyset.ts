import { Op, type FindOptions, type Model, type ModelStatic, type WhereOptions } from 'sequelize';
import type { Turn } from '../server/shared/list-address.ts';

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
  const turnAt = turn.after ?? turn.before;
  const edge = turnAt
    ? await model.findOne({ where: { [Op.and]: [query.where, { id: turnAt }] } as WhereOptions })
    : null;
  const back = edge !== null && turn.after === undefined;
  const beyond = back === descending ? Op.gt : Op.lt;
  const direction = back === descending ? 'ASC' : 'DESC';
  const conditions = [query.where];
  if (edge) {
    conditions.push({
      [Op.or]: [
        { [column]: { [beyond]: edge[column] } },
        { [column]: edge[column], id: { [beyond]: edge.id } },
      ],
    });
  }
  const [found, total] = await Promise.all([
    model.findAll({
      ...query,
      where: { [Op.and]: conditions } as WhereOptions,
      order: [
        [column, direction],
        ['id', direction],
      ],
      limit: size + 1,
    }),
    model.count({ where: query.where }),
  ]);
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (back) rows.reverse();
  return {
    rows,
    total,
    newer: (back ? more : edge !== null) ? (rows[0]?.id ?? null) : null,
    older: (back || more) && rows.length > 0 ? rows.at(-1)!.id : null,
  };
}
