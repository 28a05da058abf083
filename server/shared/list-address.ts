import type { z } from 'zod';
import { optionalId, readForm, type Posted } from './form.ts';

type Filter<S extends z.ZodRawShape> = {
  [K in keyof S]?: Exclude<z.output<S[K]>, null>;
};

/** The filter in the address of a list; what is empty or not one of its values is left out. */
export function readFilter<S extends z.ZodRawShape>(shape: S, query: Posted): Filter<S> {
  const filter: Filter<S> = {};
  for (const key of Object.keys(shape) as (keyof S & string)[]) {
    const read = readForm({ value: shape[key]! }, { value: query[key] });
    if (read.ok && read.values.value !== null)
      filter[key] = read.values.value as Exclude<z.output<S[typeof key]>, null>;
  }
  return filter;
}

/** The row after or before which the page of a list begins, by its id; without either the list begins anew. */
export interface Turn {
  after?: string;
  before?: string;
}

export function readTurn(query: Posted): Turn {
  return readFilter({ after: optionalId(), before: optionalId() }, query);
}

/** The address of a list with this filter. */
export function listHref(path: string, filter: object): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined) as [string, string][];
  const query = new URLSearchParams(given).toString();
  return query === '' ? path : `${path}?${query}`;
}
