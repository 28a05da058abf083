import { nameSpelling } from './names.rules.ts';
import type { EnterpriseRow, RowRemark } from './import-enterprises.rules.ts';
import type { Industry } from './directory.rules.ts';

/** The values of an enterprise that an import can bring. */
export interface ImportedValues {
  name: string;
  creditCode: string | null;
  villageId: string | null;
  industry: Industry;
  headcount: number | null;
  contactName: string | null;
  contactPhone: string | null;
  hasCommittee: boolean;
  active: boolean;
}

/** An enterprise of the directory, as far as an import compares it. */
export type StoredEnterprise = ImportedValues & { id: string; version: number; aliases: string[] };

export type NewEnterprise = ImportedValues & { aliases: string[] };

export interface ChangedEnterprise {
  stored: StoredEnterprise;
  values: ImportedValues;
  newAliases: string[];
}

/** The rows of a file by what becomes of them; `known` says nothing new. */
export interface SortedRows {
  fresh: NewEnterprise[];
  changed: ChangedEnterprise[];
  known: number;
  faults: RowRemark[];
}

/** A row whose village was looked up; undefined where the file leaves it open. */
export type PlacedRow = EnterpriseRow & { villageId?: string };

/**
 * Compares the rows of a file with the directory of a town: an enterprise is recognised by its credit code, else by
 * its name. A row that contradicts another one, or the directory, is faulty.
 */
export function sortRows(rows: Iterable<PlacedRow>, directory: readonly StoredEnterprise[]): SortedRows {
  const byCode = new Map(
    directory.filter(({ creditCode }) => creditCode).map((stored) => [stored.creditCode, stored]),
  );
  const byName = new Map(directory.map((stored) => [nameSpelling(stored.name), stored]));
  const earlier = new Map<string, PlacedRow>();
  const sorted: SortedRows = { fresh: [], changed: [], known: 0, faults: [] };
  for (const row of rows) {
    const keys = [`name ${nameSpelling(row.name)}`, ...(row.creditCode ? [`code ${row.creditCode}`] : [])];
    const repeated = keys.map((key) => earlier.get(key)).find((first) => first !== undefined);
    for (const key of keys) if (!earlier.has(key)) earlier.set(key, row);
    if (repeated) {
      if (sameContent(repeated, row)) sorted.known++;
      else sorted.faults.push(repetition(row, repeated));
      continue;
    }
    const coded = row.creditCode ? byCode.get(row.creditCode) : undefined;
    const named = byName.get(nameSpelling(row.name));
    const contradiction = contradictionOf(row, coded, named);
    const stored = coded ?? named;
    if (contradiction) sorted.faults.push(contradiction);
    else if (!stored) sorted.fresh.push(newEnterprise(row));
    else {
      const change = changeOf(stored, row);
      if (change) sorted.changed.push(change);
      else sorted.known++;
    }
  }
  return sorted;
}

function sameContent({ row: _, ...one }: PlacedRow, { row: __, ...other }: PlacedRow): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function repetition(row: PlacedRow, first: PlacedRow): RowRemark {
  const values = { first: first.row };
  return row.creditCode !== undefined && row.creditCode === first.creditCode
    ? {
        row: row.row,
        column: 'creditCode',
        value: row.creditCode,
        reason: 'faults.creditCodeRepeated',
        values,
      }
    : { row: row.row, column: 'name', value: row.name, reason: 'faults.nameRepeated', values };
}

function contradictionOf(
  { row, name, creditCode }: PlacedRow,
  coded: StoredEnterprise | undefined,
  named: StoredEnterprise | undefined,
): RowRemark | null {
  if (coded && named && coded !== named)
    return { row, column: 'name', value: name, reason: 'faults.nameOfAnother' };
  if (!coded && named?.creditCode && creditCode)
    return { row, column: 'creditCode', value: creditCode, reason: 'faults.creditCodeDiffers' };
  return null;
}

function newEnterprise(row: PlacedRow): NewEnterprise {
  return {
    name: row.name,
    creditCode: row.creditCode ?? null,
    villageId: row.villageId ?? null,
    industry: row.industry ?? 'other',
    headcount: row.headcount ?? null,
    contactName: row.contactName ?? null,
    contactPhone: row.contactPhone ?? null,
    hasCommittee: row.hasCommittee ?? false,
    active: row.active ?? true,
    aliases: row.aliases,
  };
}

/** What a row changes of an enterprise, or null; a new name keeps the old one as an alias. */
function changeOf(stored: StoredEnterprise, row: PlacedRow): ChangedEnterprise | null {
  const renamed = nameSpelling(stored.name) !== nameSpelling(row.name);
  const values: ImportedValues = {
    name: renamed ? row.name : stored.name,
    creditCode: row.creditCode ?? stored.creditCode,
    villageId: row.villageId ?? stored.villageId,
    industry: row.industry ?? stored.industry,
    headcount: row.headcount ?? stored.headcount,
    contactName: row.contactName ?? stored.contactName,
    contactPhone: row.contactPhone ?? stored.contactPhone,
    hasCommittee: row.hasCommittee ?? stored.hasCommittee,
    active: row.active ?? stored.active,
  };
  const present = new Set([values.name, ...stored.aliases].map(nameSpelling));
  const newAliases = [...row.aliases, ...(renamed ? [stored.name] : [])].filter(
    (alias) => !present.has(nameSpelling(alias)),
  );
  const same = (Object.keys(values) as (keyof ImportedValues)[]).every((key) => values[key] === stored[key]);
  return same && newAliases.length === 0 ? null : { stored, values, newAliases };
}
