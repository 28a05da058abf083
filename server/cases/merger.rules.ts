import type { Level } from '../directory/directory.rules.ts';
import { isOverdue } from '../deadlines/clocks.rules.ts';
import { daysBetween, type CalendarDay } from '../shared/calendar-day.ts';
import type { ClaimType } from './case.rules.ts';
import { TO_BE_MERGED, type CaseState } from './lifecycle.rules.ts';

/** What decides whether, and how, two cases become one. */
export interface MergedCase {
  id: string;
  townId: string;
  state: CaseState;
  level: Level | null;
  enterpriseId: string | null;
  /** Every worker agreed that the enterprise's own committee mediates, and nobody wishes not to be named. */
  enterpriseConsent: boolean;
  receivedAt: Date;
  imported: boolean;
  /** Not to accept it, or to declare it void, is proposed and not decided. */
  proposed: boolean;
}

export type MergeHindrance =
  'same' | 'otherTown' | 'imported' | 'drafted' | 'closed' | 'proposed' | 'committee';

/** Why these two cannot become one; null when they can. */
export function mergeHindrance(one: MergedCase, other: MergedCase): MergeHindrance | null {
  const both = [one, other];
  if (one.id === other.id) return 'same';
  if (one.townId !== other.townId) return 'otherTown';
  if (both.some(({ imported }) => imported)) return 'imported';
  if (both.some(({ state }) => state === 'awaitingSignature')) return 'drafted';
  if (!both.every(({ state }) => TO_BE_MERGED.includes(state))) return 'closed';
  if (both.some(({ proposed }) => proposed)) return 'proposed';
  return mayStay(one, other).length === 0 ? 'committee' : null;
}

/**
 * The cases of the two that can stay, the proposed one first: the one that is further on, as what was decided in it is not
 * undone; where both are as far, either, the older first. A committee takes in only workers of its own enterprise who
 * agreed to it (DOMAIN §0, 5).
 */
export function mayStay<T extends MergedCase>(one: T, other: T): T[] {
  const further = TO_BE_MERGED.indexOf(one.state) - TO_BE_MERGED.indexOf(other.state);
  const [first, second] = one.receivedAt <= other.receivedAt ? [one, other] : [other, one];
  const candidates = further === 0 ? [first, second] : [further > 0 ? one : other];
  return candidates.filter((staying) => {
    const going = staying === one ? other : one;
    return staying.level !== 'enterprise' || mayKnow(staying.enterpriseId, going);
  });
}

/** Whether the committee of an enterprise may know of a case: consent to one committee is none to another. */
export function mayKnow(
  committeeOf: string | null,
  { enterpriseId, enterpriseConsent }: Pick<MergedCase, 'enterpriseId' | 'enterpriseConsent'>,
): boolean {
  return enterpriseConsent && enterpriseId === committeeOf;
}

/** Whom a look-up value knows again. */
export interface KnownPerson {
  idNumberHash: string | null;
  phoneHash: string | null;
}

/** Whether two workers are one: the ID number decides where both gave theirs, else the phone. */
export function isSamePerson(one: KnownPerson, other: KnownPerson): boolean {
  if (one.idNumberHash !== null && other.idNumberHash !== null)
    return one.idNumberHash === other.idNumberHash;
  return one.phoneHash !== null && one.phoneHash === other.phoneHash;
}

/** The workers of the case that goes, each with the worker of the staying case who is the same person, if any. */
export function pairWorkers<T extends KnownPerson>(
  staying: readonly T[],
  going: readonly T[],
): { worker: T; same: T | null }[] {
  const free = new Set(staying);
  return going.map((worker) => {
    const same = [...free].find((other) => isSamePerson(other, worker)) ?? null;
    if (same) free.delete(same);
    return { worker, same };
  });
}

interface TypedClaim {
  type: ClaimType;
  claimedFen: number | null;
}

/**
 * What becomes of the claims of somebody who is in both cases: a type that the staying case has not joins it; of the
 * same type nobody can tell whether it is more money or the same money again, so it stays where it was and is shown.
 */
export function joinClaims<T extends TypedClaim>(
  staying: readonly T[],
  going: readonly T[],
): { joining: T[]; repeated: { going: T; staying: T }[] } {
  const already = (claim: T): T | undefined => staying.find(({ type }) => type === claim.type);
  return {
    joining: going.filter((claim) => !already(claim)),
    repeated: going.flatMap((claim) => {
      const there = already(claim);
      return there ? [{ going: claim, staying: there }] : [];
    }),
  };
}

interface Timed {
  receivedAt: Date;
  receivedOn: CalendarDay;
  firstRoutedAt: Date | null;
  firstContactAt: Date | null;
  workerConsentOn: CalendarDay | null;
  statutoryDueOn: CalendarDay | null;
  extendedTo: CalendarDay | null;
}

/**
 * The days of the case that stays. Its 15 days run from the first application that either received, and never begin
 * again (企业劳动争议协商调解规定 29); an extension binds only who signed it, so it holds where both have one, the earlier.
 */
export function clocksTogether(staying: Timed, going: Timed): Timed {
  const first = staying.receivedAt <= going.receivedAt ? staying : going;
  const { extendedTo } = staying;
  return {
    receivedAt: first.receivedAt,
    receivedOn: first.receivedOn,
    firstRoutedAt: earlier(staying.firstRoutedAt, going.firstRoutedAt),
    firstContactAt: earlier(staying.firstContactAt, going.firstContactAt),
    workerConsentOn: earlier(staying.workerConsentOn, going.workerConsentOn),
    statutoryDueOn: earlier(staying.statutoryDueOn, going.statutoryDueOn),
    extendedTo: extendedTo && going.extendedTo ? earlier(extendedTo, going.extendedTo) : null,
  };
}

/** The day on which the days of both together were over, as the earlier application counts; null while they are not. */
export function expiredTogether(staying: Timed, going: Timed, today: CalendarDay): CalendarDay | null {
  const { extendedTo, statutoryDueOn } = clocksTogether(staying, going);
  const end = extendedTo ?? statutoryDueOn;
  return end !== null && isOverdue(end, today) ? end : null;
}

function earlier<T extends Date | CalendarDay>(one: T | null, other: T | null): T | null {
  if (one === null || other === null) return one ?? other;
  return one <= other ? one : other;
}

/** Workers of both together; who is in both is one. */
export function workersTogether(staying: number, going: number, same: number): number {
  return Math.max(staying + going - same, 1);
}

/**
 * Of cases in the order of their receipt, the latest first: for each respondent (`subject`, null for nobody) the latest that
 * has others within the days before it, with how many they are together.
 */
export function openTogether<T extends { receivedOn: CalendarDay }>(
  cases: readonly T[],
  subject: (one: T) => string | null,
  days: number,
): { latest: T; count: number }[] {
  const groups = new Map<string, T[]>();
  for (const one of cases) {
    const of = subject(one);
    if (of !== null) groups.set(of, [...(groups.get(of) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    for (const [index, latest] of group.entries()) {
      const near = group
        .slice(index)
        .filter(({ receivedOn }) => daysBetween(receivedOn, latest.receivedOn) <= days);
      if (near.length > 1) return [{ latest, count: near.length }];
    }
    return [];
  });
}
