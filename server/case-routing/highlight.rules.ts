import type { KeywordHit } from './routing.rules.ts';

/** A piece of the text with the hit that covers it, if any; for highlighting. */
export interface TextPiece {
  text: string;
  hit: KeywordHit | null;
}

/** Cuts a text at its hits, so that they can be highlighted; of overlapping hits the first is shown. */
export function highlightHits(text: string, hits: readonly KeywordHit[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const hit of hits) {
    if (hit.start < at) continue;
    if (hit.start > at) pieces.push({ text: text.slice(at, hit.start), hit: null });
    pieces.push({ text: text.slice(hit.start, hit.end), hit });
    at = hit.end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: null });
  return pieces;
}
