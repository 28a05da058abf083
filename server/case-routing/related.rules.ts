import type { Level } from '../directory/directory.rules.ts';
import type { CaseState, Outcome } from '../cases/lifecycle.rules.ts';
import { nameWithoutPlaces } from '../directory/enterprise-name.rules.ts';
import { NO_DISPUTE } from '../reports/indicators.rules.ts';
import { daysBetween, type CalendarDay } from '../shared/calendar-day.ts';
import type { Complaint } from './proposal.rules.ts';

/** Names that name nobody. */
const NOBODY = /^(?:被申请人)?(?:不详|不明|未知|不清楚|无)$/u;

/** Against whom it is: the enterprise, else the name that the complaint writes, normalised; null when nobody is named. */
export function subjectOf(
  enterpriseId: string | null,
  respondentText: string | null,
  places: readonly string[],
): string | null {
  if (enterpriseId !== null) return enterpriseId;
  const name = nameWithoutPlaces(respondentText ?? '', places);
  return name === '' || NOBODY.test(name) ? null : `name:${name}`;
}

/** Another ticket that waits; `subject` as `subjectOf` gives it. */
export interface WaitingTicket {
  id: string;
  number: string;
  villageId: string | null;
  receivedAt: Date;
  receivedOn: CalendarDay;
  phoneHash: string | null;
  /** As recognised. */
  enterpriseId: string | null;
  subject: string | null;
  workers: number;
}

/** A case against the same enterprise or name, or of the same worker. */
export interface NearbyCase {
  id: string;
  number: string | null;
  title: string;
  villageId: string | null;
  enterpriseId: string | null;
  subject: string | null;
  state: CaseState;
  level: Level | null;
  outcome: Outcome | null;
  receivedAt: Date;
  receivedOn: CalendarDay;
  workers: number;
  ticketNumbers: string[];
  /** Its workers, each by the look-up value of the phone, else by an id. */
  complainants: string[];
  /** Look-up values of their ID numbers. */
  idNumberHashes: string[];
}

/** What else is there around some complaints of a town. */
export interface Surroundings {
  waiting: readonly WaitingTicket[];
  cases: readonly NearbyCase[];
}

interface Windows {
  repeatWindowDays: number;
  mergeWindowDays: number;
  namePlaces: readonly string[];
}

/** Different workers who complained of the enterprise in the days before a complaint, those of the complaint included. */
export function countComplainants(
  complaint: Complaint,
  enterpriseId: string | null,
  { waiting, cases }: Surroundings,
  { repeatWindowDays }: Windows,
): number {
  const workers = new Set(complaint.phoneHashes.length > 0 ? complaint.phoneHashes : [complaint.id]);
  if (enterpriseId === null) return workers.size;
  const before = (other: { id: string; receivedAt: Date; receivedOn: CalendarDay }): boolean =>
    other.id !== complaint.id &&
    other.receivedAt <= complaint.receivedAt &&
    daysBetween(other.receivedOn, complaint.receivedOn) <= repeatWindowDays;
  for (const ticket of waiting)
    if (ticket.enterpriseId === enterpriseId && before(ticket)) workers.add(ticket.phoneHash ?? ticket.id);
  for (const other of cases) {
    const disputed = other.outcome === null || !NO_DISPUTE.includes(other.outcome);
    if (other.enterpriseId === enterpriseId && disputed && before(other))
      for (const worker of other.complainants) workers.add(worker);
  }
  return workers.size;
}

/** What a dispatcher looks at before making a new case. */
export interface Related {
  /** Waiting tickets and open cases against the same enterprise or name within the merge window, before or after. */
  sameEnterprise: Surroundings;
  /** Waiting tickets and cases of a worker with the same phone or ID number: the complaint may be there already. */
  duplicates: Surroundings;
  /** The workers of the complaint and of everything on the same enterprise; they count towards a group. */
  workersTogether: number;
}

/** What is around one complaint, as far as `visible` lets its reader know of it. */
export function relatedTo(
  complaint: Complaint,
  enterpriseId: string | null,
  { waiting, cases }: Surroundings,
  { mergeWindowDays, namePlaces }: Windows,
  visible: (other: WaitingTicket | NearbyCase) => boolean,
): Related {
  const near = (other: WaitingTicket | NearbyCase): boolean =>
    other.id !== complaint.id &&
    Math.abs(daysBetween(other.receivedOn, complaint.receivedOn)) <= mergeWindowDays &&
    visible(other);
  const subject = subjectOf(enterpriseId, complaint.respondentText, namePlaces);
  const ofEnterprise = (other: WaitingTicket | NearbyCase): boolean =>
    subject !== null && other.subject === subject && near(other);
  const isOpen = ({ state }: NearbyCase): boolean => state !== 'closed';
  const sameEnterprise = {
    waiting: waiting.filter(ofEnterprise),
    cases: cases.filter((other) => isOpen(other) && ofEnterprise(other)),
  };
  const samePhone = (hash: string | null): boolean => hash !== null && complaint.phoneHashes.includes(hash);
  const samePerson = ({ complainants, idNumberHashes }: NearbyCase): boolean =>
    complainants.some(samePhone) || idNumberHashes.some((hash) => complaint.idNumberHashes.includes(hash));
  return {
    sameEnterprise,
    duplicates: {
      waiting: waiting.filter((other) => samePhone(other.phoneHash) && near(other)),
      cases: cases.filter(
        (other) =>
          other.id !== complaint.id && samePerson(other) && (isOpen(other) ? visible(other) : near(other)),
      ),
    },
    workersTogether: [...sameEnterprise.waiting, ...sameEnterprise.cases].reduce(
      (sum, { workers }) => sum + workers,
      Math.max(complaint.workers ?? 1, 1),
    ),
  };
}
