import { tidyCreditCode } from './credit-code.rules.ts';

const NOT_A_LETTER = /[^\p{L}\p{N}]/gu;
const LEGAL_FORM =
  /(?:个体工商户|(?:特殊)?普通合伙|有限合伙|有限责任公司|股份有限公司|有限公司|股份公司|(?<!分)公司)$/u;

/**
 * An enterprise name without what people write differently: width of characters, case, spaces, punctuation, the
 * marks (not the content) of brackets, and the legal form at its end (有限公司, 有限责任公司, 股份有限公司, 公司, 个体工商户).
 * 厂, 店, 集团, 分公司 and the trade stay: they tell one firm from another (企业名称登记管理规定 6).
 */
export function normaliseEnterpriseName(name: string): string {
  const letters = tidyName(name).replace(NOT_A_LETTER, '');
  const withoutForm = letters.replace(LEGAL_FORM, '');
  return withoutForm === '' ? letters : withoutForm;
}

/** A normalised name without the town's places at its beginning: what people call the firm. */
export function nameWithoutPlaces(name: string, places: readonly string[]): string {
  return splitPlaces(normaliseEnterpriseName(name), places).rest;
}

/** What the matching needs to know of an enterprise of the directory. */
export interface KnownEnterprise {
  id: string;
  name: string;
  creditCode: string | null;
  aliases: readonly string[];
}

export type MatchedBy = 'creditCode' | 'name' | 'alias' | 'normalisedName';

/** An enterprise that was recognised, and by what. */
export interface EnterpriseMatch {
  enterpriseId: string;
  matchedBy: MatchedBy;
}

interface PlacedName {
  id: string;
  places: string;
}

/** Look-up tables over a directory; built once for many tickets. */
export interface EnterpriseIndex {
  byCreditCode: Map<string, Set<string>>;
  byName: Map<string, Set<string>>;
  byAlias: Map<string, Set<string>>;
  byNormalisedName: Map<string, Set<string>>;
  byNameWithoutPlaces: Map<string, PlacedName[]>;
  places: readonly string[];
}

/**
 * Prepares a town's directory for `matchEnterprise`; `places` are the town's places that may begin a name, the
 * province first (`namePlaces` of the town's settings).
 */
export function indexEnterprises(
  enterprises: Iterable<KnownEnterprise>,
  places: readonly string[],
): EnterpriseIndex {
  const index: EnterpriseIndex = {
    byCreditCode: new Map(),
    byName: new Map(),
    byAlias: new Map(),
    byNormalisedName: new Map(),
    byNameWithoutPlaces: new Map(),
    places,
  };
  for (const { id, name, creditCode, aliases } of enterprises) {
    if (creditCode) addTo(index.byCreditCode, tidyCreditCode(creditCode), id);
    addTo(index.byName, tidyName(name), id);
    for (const alias of aliases) addTo(index.byAlias, tidyName(alias), id);
    for (const known of [name, ...aliases]) {
      addTo(index.byNormalisedName, normaliseEnterpriseName(known), id);
      const { rest, places: begun } = splitPlaces(normaliseEnterpriseName(known), places);
      const others = index.byNameWithoutPlaces.get(rest) ?? [];
      index.byNameWithoutPlaces.set(rest, [...others, { id, places: begun }]);
    }
  }
  return index;
}

/**
 * The enterprise that a ticket means: by credit code, else by its exact name, by an alias, by its normalised name.
 * Last, a place of the town that begins only one of the two names does not matter (江阴市祝塘宏达针织 and 宏达针织), two
 * different ones do (江苏宏达针织 and 江阴宏达针织 are registered apart). Where several enterprises fit equally, null:
 * a person decides.
 */
export function matchEnterprise(
  index: EnterpriseIndex,
  asked: { creditCode: string | null; text: string | null },
): EnterpriseMatch | null {
  const text = asked.text ?? '';
  const normalised = normaliseEnterpriseName(text);
  const ways: [MatchedBy, () => Iterable<string>][] = [
    ['creditCode', () => index.byCreditCode.get(tidyCreditCode(asked.creditCode ?? '')) ?? []],
    ['name', () => index.byName.get(tidyName(text)) ?? []],
    ['alias', () => index.byAlias.get(tidyName(text)) ?? []],
    ['normalisedName', () => index.byNormalisedName.get(normalised) ?? []],
    ['normalisedName', () => withoutPlaces(index, normalised)],
  ];
  for (const [matchedBy, find] of ways) {
    const found = new Set(find());
    if (found.size > 1) return null;
    for (const enterpriseId of found) return { enterpriseId, matchedBy };
  }
  return null;
}

function withoutPlaces(index: EnterpriseIndex, normalised: string): string[] {
  const { rest, places } = splitPlaces(normalised, index.places);
  return (index.byNameWithoutPlaces.get(rest) ?? [])
    .filter((known) => isPartOf(known.places, places) || isPartOf(places, known.places))
    .map(({ id }) => id);
}

/** Takes the known places off the beginning of a name; at least two characters of the name remain. */
function splitPlaces(normalised: string, places: readonly string[]): { places: string; rest: string } {
  let rest = normalised;
  let begun = '';
  places.forEach((place, level) => {
    const short = place.replace(/(?:省|市|县|区|镇|乡|街道)$/u, '');
    const written = [place, short].find((form) => rest.startsWith(form) && rest.length >= form.length + 2);
    if (written === undefined) return;
    rest = rest.slice(written.length);
    begun += `${level},`;
  });
  return { places: begun, rest };
}

function isPartOf(some: string, all: string): boolean {
  return some.split(',').every((level) => all.split(',').includes(level));
}

function tidyName(name: string): string {
  return name.normalize('NFKC').toUpperCase().replace(/\s/g, '');
}

function addTo(map: Map<string, Set<string>>, key: string, id: string): void {
  if (key === '') return;
  const ids = map.get(key);
  if (ids) ids.add(id);
  else map.set(key, new Set([id]));
}
