import { normaliseEnterpriseName } from './enterprise-name.rules.ts';

/** Characters that a name or alias of an enterprise may have. */
export const NAME_LENGTH = 200;
export const MOST_ALIASES = 20;

/** A name as it is compared and sorted, no longer than a name: some characters become several half-width ones. */
export function nameKey(name: string): string {
  return [...normaliseEnterpriseName(name)].slice(0, NAME_LENGTH).join('');
}

/** The aliases in a text of one per line (or separated by ；、), each once and none of them the name itself. */
export function readAliases(text: string, name: string): string[] {
  const seen = new Set([nameSpelling(name)]);
  return text
    .split(/[\r\n;；、]/)
    .map((alias) => alias.replace(/\s+/g, ' ').trim())
    .filter((alias) => {
      const key = nameSpelling(alias);
      if (key === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** A name without what only looks different: width, case and spaces. */
export function nameSpelling(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s/g, '');
}
