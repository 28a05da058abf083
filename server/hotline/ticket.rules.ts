import type { RevealReason } from '../cases/privacy.rules.ts';

/** Where a ticket stands: it waits for the dispatcher, belongs to a case, or went back to the hotline. */
export const TICKET_STATES = ['awaitingRouting', 'linked', 'returned'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** Why a ticket goes back to the hotline (退单). */
export const RETURN_REASONS = [
  'jurisdiction',
  'notLabour',
  'inArbitration',
  'duplicate',
  'wrongRespondent',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Why a caller's number may be seen (个人信息保护法 6, 51); of the reasons of a case those that a ticket can have. */
export const CALLER_REVEAL_REASONS = ['contactParty', 'checkIdentity'] as const satisfies RevealReason[];
export type CallerRevealReason = (typeof CALLER_REVEAL_REASONS)[number];

/** What a ticket says, title first; the places of keywords count in this text. */
export function complaintText({ title, content }: { title: string | null; content: string | null }): string {
  return [title, content].filter((part) => part !== null && part !== '').join('\n');
}

/** The beginning of a text in one line, with an ellipsis where it goes on. */
export function beginningOf(text: string, most: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
