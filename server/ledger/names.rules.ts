import {
  matchEnterprise,
  normaliseEnterpriseName,
  type EnterpriseIndex,
  type EnterpriseMatch,
  type MatchedBy,
} from '../directory/enterprise-name.rules.ts';
import { tidyCreditCode } from '../directory/credit-code.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';

/** The cases of a town's ledgers that name an enterprise in one spelling and belong to none of the directory. */
export interface WrittenName {
  /** The case with the smallest id stands for the name. */
  caseId: string;
  townId: string;
  name: string;
  cases: number;
  workers: number;
  firstOn: CalendarDay;
  lastOn: CalendarDay;
}

/** The spellings that differ only in what people write differently, the most frequent one first. */
export interface NamedCases extends Omit<WrittenName, 'caseId' | 'name'> {
  id: string;
  names: string[];
}

/** Puts spellings of one name together, town by town; the names with the most cases come first. */
export function groupNames(written: readonly WrittenName[]): NamedCases[] {
  const groups = new Map<string, WrittenName[]>();
  for (const one of written) {
    const key = `${one.townId} ${normaliseEnterpriseName(one.name) || one.name}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map(together).sort(byCases);
}

function together(spellings: WrittenName[]): NamedCases {
  const ordered = [...spellings].sort((a, b) => b.cases - a.cases || (a.name < b.name ? -1 : 1));
  const sum = (of: 'cases' | 'workers'): number => spellings.reduce((all, one) => all + one[of], 0);
  const sorted = (of: 'caseId' | 'firstOn' | 'lastOn'): string[] => spellings.map((one) => one[of]).sort();
  return {
    id: sorted('caseId')[0]!,
    townId: spellings[0]!.townId,
    names: ordered.map(({ name }) => name),
    cases: sum('cases'),
    workers: sum('workers'),
    firstOn: sorted('firstOn')[0]!,
    lastOn: sorted('lastOn').at(-1)!,
  };
}

function byCases(a: NamedCases, b: NamedCases): number {
  return b.cases - a.cases || b.workers - a.workers || (a.id < b.id ? -1 : 1);
}

const STRENGTHS: readonly MatchedBy[] = ['creditCode', 'name', 'alias', 'normalisedName'];

/**
 * The enterprise that the spellings of a name mean, as the import of a ledger recognises it, and the best reason; null
 * when none of them means one, or two of them mean two.
 */
export function proposedEnterprise(names: readonly string[], index: EnterpriseIndex): EnterpriseMatch | null {
  const matches = names.flatMap((text) => matchEnterprise(index, { creditCode: null, text }) ?? []);
  if (new Set(matches.map(({ enterpriseId }) => enterpriseId)).size !== 1) return null;
  const strength = ({ matchedBy }: EnterpriseMatch): number => STRENGTHS.indexOf(matchedBy);
  return matches.reduce((best, match) => (strength(match) < strength(best) ? match : best));
}

/** The enterprises with this text in a name or an alias, or with this credit code. */
export function enterprisesNamed(index: EnterpriseIndex, text: string): string[] {
  const part = normaliseEnterpriseName(text);
  const coded = index.byCreditCode.get(tidyCreditCode(text)) ?? [];
  const named = [...index.byNormalisedName].flatMap(([name, ids]) =>
    part !== '' && name.includes(part) ? [...ids] : [],
  );
  return [...new Set([...coded, ...named])];
}

/** What a person says of a name: an enterprise that was offered, or the text of another one. */
export interface NameChoice {
  nameId: string;
  enterpriseId: string | null;
  typed: string | null;
  /** The text whose enterprises were offered; what is typed after that has not been looked up yet. */
  asked: string | null;
}

/** The name of a form field about one name: an offered enterprise, the text of another one, or what was looked up. */
export const nameField = (part: 'enterprise' | 'other' | 'asked', nameId: string): string =>
  `${part}-${nameId}`;

export type NameDecision =
  { enterpriseId: string } | { problem: 'nothingChosen' | 'notFound' | 'chooseFound' };

/** Which enterprise a choice means; a text must say which by itself, else what it finds is offered. */
export function decideName({ enterpriseId, typed, asked }: NameChoice, index: EnterpriseIndex): NameDecision {
  if (enterpriseId !== null && (typed === null || typed === asked)) return { enterpriseId };
  if (typed === null) return { problem: 'nothingChosen' };
  const match = matchEnterprise(index, { creditCode: typed, text: typed });
  if (match) return { enterpriseId: match.enterpriseId };
  return { problem: enterprisesNamed(index, typed).length === 0 ? 'notFound' : 'chooseFound' };
}
