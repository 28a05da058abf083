import { COMPOUND_SURNAMES } from '../shared/personal-data.rules.ts';

/** The national lines that stand on every card: city services, labour office, union, legal aid (DOMAIN §4). */
export const HOTLINES = ['12345', '12333', '12351', '12348'] as const;

/** Why a card is taken back. */
export const REVOCATION_REASONS = ['lost', 'misused', 'damaged', 'closed'] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** The cards of one page of A4. */
export const CARDS_ON_A_SHEET = 10;
/** More cards than this are not printed at once. */
export const MOST_PRINTED = 200;

/** How cards are printed: ten on a page to be cut, or one on a page to be put up. */
export const PRINT_FORMATS = ['sheet', 'single'] as const;
export type PrintFormat = (typeof PRINT_FORMATS)[number];

/** What a card is for: an enterprise or a whole village, and within an enterprise one informant. */
export interface CardObject {
  enterpriseId: string | null;
  villageId: string | null;
  informantId: string | null;
}

/** What no second card in force may be for. */
export function openKeyOf({ enterpriseId, villageId, informantId }: CardObject): string {
  return `${enterpriseId ?? villageId}:${informantId ?? ''}`;
}

/** The surname of a name: all that a card says of an officer or a mediator. */
export function surnameOf(name: string): string {
  const characters = [...name.trim()];
  const two = characters.slice(0, 2).join('');
  return characters.length > 2 && COMPOUND_SURNAMES.has(two) ? two : (characters[0] ?? '');
}

/** A list in parts of a size, the last one shorter. */
export function inSheets<T>(cards: readonly T[], size = CARDS_ON_A_SHEET): T[][] {
  return Array.from({ length: Math.ceil(cards.length / size) }, (_, sheet) =>
    cards.slice(sheet * size, (sheet + 1) * size),
  );
}
