/** A village of the town, as far as its name is compared. */
export interface NamedVillage {
  id: string;
  name: string;
}

const SUFFIX = /(?:村民委员会|居民委员会|村委会|居委会|社区|村)$/;

/**
 * Finds the village that a file's text names: by its whole name, or without 村 or 社区 where that is no other's name.
 * The town's name may stand before it.
 */
export function villageFinder(villages: NamedVillage[], townName: string): (text: string) => string | null {
  const whole = idsByName(villages, (name) => compared(name));
  const bare = idsByName(villages, (name) => withoutSuffix(compared(name)));
  const town = compared(townName);
  return (text) => {
    const said = compared(text);
    const name = said.startsWith(town) && said !== town ? said.slice(town.length) : said;
    return whole.get(name) ?? bare.get(withoutSuffix(name)) ?? null;
  };
}

/** A name that two villages share is nobody's. */
function idsByName(villages: NamedVillage[], keyOf: (name: string) => string): Map<string, string | null> {
  const ids = new Map<string, string | null>();
  for (const { id, name } of villages) ids.set(keyOf(name), ids.has(keyOf(name)) ? null : id);
  return ids;
}

function compared(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '');
}

function withoutSuffix(name: string): string {
  return name.replace(SUFFIX, '') || name;
}
