import { withoutNumbers } from '../cases/privacy.rules.ts';
import type { Translate } from '../shared/language.ts';
import type { Tone } from '../web/view-model.ts';
import type { ProposedRoute } from './proposals.queries.ts';
import { highlightHits } from './highlight.rules.ts';
import type { KeywordHit } from './routing.rules.ts';

/** A piece of what was complained. */
export interface Piece {
  text: string;
  /** How a word that a rule reads stands out; null for what is between such words. */
  mark: { tone: Tone; title: string } | null;
}

const HIT_TONES: Record<KeywordHit['kind'], Tone> = {
  danger: 'bad',
  petition: 'bad',
  absconding: 'bad',
  unpaidMonths: 'warn',
  construction: 'info',
  authority: 'info',
};

export const plain = (text: string): Piece => ({ text: withoutNumbers(text), mark: null });

/** The pieces of each line. */
export function paragraphsOf(pieces: Piece[]): Piece[][] {
  const paragraphs: Piece[][] = [[]];
  for (const piece of pieces) {
    const [first = '', ...lines] = piece.text.split('\n');
    paragraphs.at(-1)!.push({ ...piece, text: first });
    for (const text of lines) paragraphs.push([{ ...piece, text }]);
  }
  return paragraphs;
}

/** The complaint's words; those that a rule reads stand out. */
export function highlighted({ complaint, routing }: ProposedRoute, t: Translate): Piece[] {
  return highlightHits(complaint.text, routing.hits).map(({ text, hit }) => {
    if (!hit) return plain(text);
    const tone = hit.dismissed ? 'neutral' : HIT_TONES[hit.kind];
    return { text, mark: { tone, title: t(`routing.hits.${hit.kind}`) } };
  });
}
