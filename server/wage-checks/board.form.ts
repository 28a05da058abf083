import { optionalId, optionalInteger, optionalText, type Posted } from '../shared/form.ts';
import { isId } from '../shared/ids.ts';
import { readFilter } from '../shared/list-address.ts';
import type { BoardFilter } from './board.queries.ts';

/** The filter of the board's address; the running year where none is named. */
export function readBoardFilter(query: Posted, year: number): BoardFilter {
  const filter = readFilter(
    {
      year: optionalInteger(2000, 2100),
      village: optionalId(),
      officer: optionalText(36),
      q: optionalText(100),
      page: optionalInteger(1, 100_000),
    },
    query,
  );
  const { officer, ...rest } = filter;
  const chosen = officer === 'me' || isId(officer) ? { officer } : {};
  return { ...rest, ...chosen, year: filter.year ?? year, page: filter.page ?? 1 };
}
