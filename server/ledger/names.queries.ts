import { asNumber, selectRows } from '../../models/dialect.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { loadDirectory } from '../case-routing/town.queries.ts';
import type { RoutableEnterprise, TownDirectory } from '../case-routing/proposal.rules.ts';
import { villagesOf } from '../directory/areas.queries.ts';
import type { MatchedBy } from '../directory/enterprise-name.rules.ts';
import { townsToImport, type TownChoice } from '../hotline/batches.queries.ts';
import type { Turn } from '../shared/list-address.ts';
import { UNKNOWN_RESPONDENT } from './ledger.rules.ts';
import { enterprisesNamed, groupNames, proposedEnterprise } from './names.rules.ts';
import type { NameChoice, NamedCases, WrittenName } from './names.rules.ts';

const PAGE = 25;
/** More enterprises than a person looks through; a longer text finds fewer. */
const MOST_FOUND = 20;

/** An enterprise that can be chosen, with the name of its village. */
export interface OfferedEnterprise extends Pick<RoutableEnterprise, 'id' | 'name'> {
  village: string | null;
}

/** A name of the page: the enterprise that it probably means, and those that a typed text found. */
export interface NameRow extends NamedCases {
  town: string;
  proposal: { enterprise: OfferedEnterprise; matchedBy: MatchedBy } | null;
  found: OfferedEnterprise[];
  /** How many more were found than are offered. */
  moreFound: number;
}

export interface NamesPage {
  rows: NameRow[];
  /** How many names there are, and of how many an enterprise is proposed. */
  counts: { all: number; proposed: number };
  total: number;
  newer: string | null;
  older: string | null;
  severalTowns: boolean;
}

/** The respondent names of these towns' ledger cases that have no enterprise. Cases whose ledger names nobody are left out. */
export async function namesWithoutEnterprise(townIds: string[]): Promise<NamedCases[]> {
  const rows = await selectRows<Record<keyof WrittenName, unknown>>(
    `SELECT MIN(id) AS caseId, townId, respondentName AS name, COUNT(*) AS cases, SUM(workers) AS workers,
       MIN(receivedOn) AS firstOn, MAX(receivedOn) AS lastOn
     FROM cases
     WHERE ledgerBatchId IN (SELECT id FROM import_batches WHERE townId IN (:townIds) AND kind = 'ledger')
       AND enterpriseId IS NULL AND respondentName <> :nobody
     GROUP BY townId, respondentName`,
    { townIds, nobody: UNKNOWN_RESPONDENT },
  );
  return groupNames(
    rows.map(({ cases, workers, ...texts }) => ({
      ...(texts as Omit<WrittenName, 'cases' | 'workers'>),
      cases: asNumber(cases),
      workers: asNumber(workers),
    })),
  );
}

/** How many names of the reader's towns wait for an enterprise. */
export async function countNames(reader: Reader): Promise<number> {
  const towns = await townsToImport('ledger', reader);
  return (await namesWithoutEnterprise(towns.map(({ id }) => id))).length;
}

/** A page of the names of the reader's towns; what `choices` type is looked up. */
export async function listNames(
  reader: Reader,
  { proposed = false, turn }: { proposed?: boolean; turn: Turn },
  choices: readonly NameChoice[] = [],
): Promise<NamesPage> {
  const towns = await townsToImport('ledger', reader);
  const all = await namesWithoutEnterprise(towns.map(({ id }) => id));
  const townIds = [...new Set(all.map(({ townId }) => townId))];
  const directories = await directoriesOf(townIds);
  const matched = all.filter(({ names, townId }) =>
    proposedEnterprise(names, directories.get(townId)!.index),
  );
  const listed = proposed ? matched : all;
  const [from, to] = cut(listed, turn);
  const villages = new Map((await villagesOf(townIds)).map(({ id, name }) => [id, name]));
  const rowOf = (named: NamedCases): NameRow =>
    withOffers(named, directories.get(named.townId)!, { towns, villages, choices });
  return {
    rows: listed.slice(from, to).map(rowOf),
    counts: { all: all.length, proposed: matched.length },
    total: listed.length,
    newer: from > 0 ? (listed[from]?.id ?? null) : null,
    older: to < listed.length ? (listed[to - 1]?.id ?? null) : null,
    severalTowns: towns.length > 1,
  };
}

/** The directories of towns, each prepared for recognising names. */
export async function directoriesOf(townIds: readonly string[]): Promise<Map<string, TownDirectory>> {
  const loaded = townIds.map(async (id) => [id, await loadDirectory(id)] as const);
  return new Map(await Promise.all(loaded));
}

/** Where a page begins and ends; a name to turn from that has its enterprise by now gives the first page. */
function cut(listed: readonly NamedCases[], { after, before }: Turn): [from: number, to: number] {
  const at = listed.findIndex(({ id }) => id === (after ?? before));
  const from = at === -1 ? 0 : after === undefined ? Math.max(0, at - PAGE) : at + 1;
  return [from, from + PAGE];
}

function withOffers(
  named: NamedCases,
  { enterprises, index }: TownDirectory,
  {
    towns,
    villages,
    choices,
  }: { towns: TownChoice[]; villages: Map<string, string>; choices: readonly NameChoice[] },
): NameRow {
  const offered = (id: string): OfferedEnterprise[] => {
    const enterprise = enterprises.get(id);
    if (!enterprise) return [];
    const { name, villageId } = enterprise;
    return [{ id, name, village: villages.get(villageId ?? '') ?? null }];
  };
  const match = proposedEnterprise(named.names, index);
  const [enterprise] = match ? offered(match.enterpriseId) : [];
  const { typed = null } = choices.find(({ nameId }) => nameId === named.id) ?? {};
  const found = typed === null ? [] : enterprisesNamed(index, typed).filter((id) => id !== enterprise?.id);
  return {
    ...named,
    town: towns.find(({ id }) => id === named.townId)?.name ?? '',
    proposal: match && enterprise ? { enterprise, matchedBy: match.matchedBy } : null,
    found: found.slice(0, MOST_FOUND).flatMap(offered),
    moreFound: Math.max(0, found.length - MOST_FOUND),
  };
}
