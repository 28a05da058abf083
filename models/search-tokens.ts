const WORD_CHARACTERS = /[\p{L}\p{N}]+/gu;

/**
 * The words of a text for its index: every two neighbouring characters as one word of hexadecimal digits (工资 is
 * u5de5u8d44), because neither database finds Chinese words of two characters by itself.
 */
export function searchTokens(...texts: (string | null | undefined)[]): string {
  const tokens = new Set<string>();
  for (const text of texts)
    for (const word of wordsOf(text ?? '')) for (const token of bigrams(word)) tokens.add(token);
  return [...tokens].join(' ');
}

/** The words of a row's index with those of further texts. */
export function addSearchTokens(tokens: string, ...texts: (string | null | undefined)[]): string {
  return [...new Set(`${tokens} ${searchTokens(...texts)}`.split(' '))].join(' ').trim();
}

/** The words by which an index is asked for a text; a single character means every word that begins with it. */
export function queryTokens(text: string): string[] {
  return wordsOf(text).flatMap((word) => (word.length === 1 ? [`${hex(word[0]!)}*`] : bigrams(word)));
}

function wordsOf(text: string): string[][] {
  return (text.toLowerCase().normalize('NFKC').match(WORD_CHARACTERS) ?? []).map((word) => [...word]);
}

function bigrams(characters: string[]): string[] {
  if (characters.length === 1) return [hex(characters[0]!)];
  return characters.slice(1).map((character, index) => hex(characters[index]!) + hex(character));
}

function hex(character: string): string {
  return `u${character.codePointAt(0)!.toString(16)}`;
}
