import type { CalendarDay } from '../shared/calendar-day.ts';

/** A person of the net as the choice of a co-mediator sees them. */
export interface Candidate {
  name: string;
  area: string;
  phone: string | null;
}

/** What is known of whoever stands on a side of the dispute. */
export interface Sides {
  /** The workers and the respondents. */
  partyNames: readonly string[];
  /** The enterprises' contact persons, and the mediators who sit on their committees. */
  enterprisePeople: readonly string[];
  /** Every phone of a party, of an enterprise or of its contact person. */
  phones: readonly string[];
}

/**
 * What speaks against a co-mediator: they are a party, or the directory knows them as the enterprise's. The directory keeps
 * no employer of a person, so that names and phones are all there is to compare.
 */
export function tieTo({ name, phone }: Candidate, sides: Sides): 'party' | 'enterprise' | null {
  if (sides.partyNames.includes(name)) return 'party';
  if (sides.enterprisePeople.includes(name)) return 'enterprise';
  return phone !== null && sides.phones.includes(phone) ? 'enterprise' : null;
}

/** Of those who mediate or mediated along, who is named as present on a day before they first did so. */
export function joinedLater<C extends { name: string; since: CalendarDay }>(
  attendees: string,
  day: CalendarDay,
  coMediators: readonly C[],
): C[] {
  const joined = new Set(coMediators.flatMap(({ name, since }) => (since <= day ? name : [])));
  return coMediators.filter(({ name }) => !joined.has(name) && isNamed(attendees, name));
}

/** Whether a name stands in a text as a whole, whatever office stands before it: 王明 is not in 王明华. */
function isNamed(text: string, name: string): boolean {
  const behind = text.split(name).slice(1);
  return behind.some((rest) => !/^[^\P{L}和与及等]/u.test(rest));
}

const BETWEEN = ' · ';

/** A candidate as the field offers them: the name first, so that typing the name finds them. */
export function candidateText({ name, area }: Candidate, kind: string): string {
  return [name, area, kind].join(BETWEEN);
}

/** The candidates whom a typed text means: those of this name, in the named area where one is named. */
export function meantBy<C extends Candidate>(text: string, candidates: readonly C[]): C[] {
  const [name, area] = text.split(BETWEEN).map((part) => part.trim());
  return candidates.filter((each) => each.name === name && (area === undefined || each.area === area));
}
