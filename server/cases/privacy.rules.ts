import { covers, grantsFor, may, type Place, type Reader } from '../accounts/access.rules.ts';
import { leadName, maskIdNumber, maskName, maskPhone } from '../shared/personal-data.rules.ts';

/**
 * How much of a worker's data a reader sees of a case: `open` names, and numbers masked until revealed with a reason;
 * `call` what is needed to call the worker, that is names, and of the numbers only the workers' phones; `masked` masked
 * names; `hidden` nothing, as for a mediator who has not taken the case over.
 */
export type Privacy = 'open' | 'call' | 'masked' | 'hidden';

export function privacyFor(reader: Reader, place: Place, takenOver: boolean): Privacy {
  const reveals = grantsFor(reader, 'cases.reveal');
  if (reveals.some(({ grant, scope }) => scope === 'area' && covers(grant, place))) return 'open';
  if (takenOver && place.mediatorId === reader.userId && may(reader, 'cases.reveal', place)) return 'open';
  if (reveals.some(({ scope }) => scope === 'followUp') && may(reader, 'cases.reveal', place)) return 'call';
  const overviews = [...grantsFor(reader, 'reports.read'), ...grantsFor(reader, 'followUps.read')];
  return overviews.some(({ grant }) => covers(grant, place)) ? 'masked' : 'hidden';
}

/** A name as this reader sees it; null when it is hidden. */
export function seenName(name: string, privacy: Privacy): string | null {
  if (privacy === 'hidden') return null;
  return privacy === 'masked' ? maskName(name) : name;
}

/** Whom to call at a respondent, as far as the case or the directory knows. */
export function contactOf(respondent: {
  phone: string | null;
  enterprise?: { contactName: string | null; contactPhone: string | null } | null;
}): { person: string | null; phone: string | null } {
  const { phone, enterprise } = respondent;
  return { person: enterprise?.contactName ?? null, phone: phone ?? enterprise?.contactPhone ?? null };
}

const DIGIT = '[0-9０-９]';
/** Too short for a mobile number, without the 0 of an area code, and followed by what it counts. */
const AMOUNT = `(?<!${DIGIT}[-－ ]?)[1-9１-９]${DIGIT}{6,9}(?=(?:[.．]${DIGIT}+)?(?:万?元|件))`;
/** A bank account in groups of four, as it stands on a card. */
const ACCOUNT = `(?<!${DIGIT})${DIGIT}{4}(?<between>[ -])(?:${DIGIT}{4}\\k<between>){2,3}${DIGIT}{3,4}(?!${DIGIT})`;
const LONG_NUMBER = new RegExp(
  `(?<amount>${AMOUNT})|${ACCOUNT}|${DIGIT}{17}[0-9０-９Xx](?!${DIGIT})|${DIGIT}{7,}|` +
    `(?<!${DIGIT})[1１]${DIGIT}{2}(?<gap>[ -])${DIGIT}{4}\\k<gap>${DIGIT}{4}(?!${DIGIT})`,
  'g',
);

/** A text that people wrote freely, with the phone, ID and account numbers in it masked; amounts stay. */
export function withoutNumbers(text: string): string {
  return text.replace(LONG_NUMBER, (written: string, amount?: string) => {
    if (amount) return amount;
    const digits = written.replace(/[ -]/g, '');
    return digits.length === 18 ? maskIdNumber(digits) : maskPhone(digits);
  });
}

/** The same with the names of these people masked too, for whoever may not know them. */
export function withoutPersonalData(text: string, names: readonly string[]): string {
  return names
    .map(leadName)
    .filter((name) => [...name].length > 1)
    .reduce((masked, name) => masked.replaceAll(name, maskName(name)), withoutNumbers(text));
}

/** What a complaint tells: who wishes not to be named is not named by their own words either. */
export function toldBy(
  { anonymous, callerName }: { anonymous: boolean; callerName: string | null },
  text: string,
): string {
  return anonymous ? withoutPersonalData(text, callerName ? [callerName] : []) : text;
}

/** Who stands in a case, and how much of them a reader sees. */
interface SeenCase {
  privacy: Privacy;
  claimants: readonly { name: string }[];
  tickets: readonly { callerName: string | null }[];
  /** People of the cases that this one was split from or into. */
  namesBeside?: readonly string[];
}

/** What people wrote freely in a case, as this reader sees it: numbers always masked, names for who may not know them. */
export function seenText(text: string, { privacy, claimants, tickets, namesBeside = [] }: SeenCase): string {
  if (privacy === 'open' || privacy === 'call') return withoutNumbers(text);
  const callers = tickets.flatMap(({ callerName }) => callerName ?? []);
  return withoutPersonalData(text, [...claimants.map(({ name }) => name), ...callers, ...namesBeside]);
}

/** What can be seen in full one at a time: a number, or the complaint's text with the numbers written in it, and the reasons that may be given for it (个人信息保护法 6, 51). */
export const REVEAL_FIELDS = ['phone', 'idNumber', 'facts'] as const;
export type RevealField = (typeof REVEAL_FIELDS)[number];

export const REVEAL_REASONS = ['contactParty', 'checkIdentity', 'writeDocument', 'payWages'] as const;
export type RevealReason = (typeof REVEAL_REASONS)[number];
