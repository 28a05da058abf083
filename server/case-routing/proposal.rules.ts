import type { TownSettings } from '../../config/town.ts';
import type { Industry, Level, WarningLevel } from '../directory/directory.rules.ts';
import { matchEnterprise, type EnterpriseIndex, type MatchedBy } from '../directory/enterprise-name.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { Unacceptable } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import { chooseMediator, findHits, routeComplaint, type RoutingProposal } from './routing.rules.ts';

/** What is to be routed: a ticket, or a case without one. Amounts in fen. */
export interface Complaint {
  /** The id of the ticket or case. */
  id: string;
  townId: string;
  villageId: string | null;
  /** Title and words of the complaint; the places of keywords count in it. */
  text: string;
  respondentText: string | null;
  respondentCreditCode: string | null;
  /** The enterprise that somebody has already said it is. */
  enterpriseId: string | null;
  workers: number | null;
  amountFen: number | null;
  anonymous: boolean;
  receivedAt: Date;
  receivedOn: CalendarDay;
  /** Look-up values of the workers' phones. */
  phoneHashes: readonly string[];
  /** Look-up values of their ID numbers. */
  idNumberHashes: readonly string[];
  partyNames: readonly string[];
}

/** What the dispatcher knows or decides beyond the complaint's words. */
export interface Answers {
  /** Name, alias or credit code of the enterprise; null: none of the directory; absent: as recognised. */
  enterprise?: string | null;
  /** The worker agreed, on record, that the enterprise's own committee mediates (DOMAIN §0, 5). */
  enterpriseConsent?: boolean;
  /** How many people the complaint is about; absent or null: as the ticket says. */
  workers?: number | null;
  /** The ids of the keyword hits that count; absent: all. */
  keptHits?: readonly string[];
}

/** An enterprise as routing sees it. */
export interface RoutableEnterprise {
  id: string;
  name: string;
  creditCode: string | null;
  villageId: string | null;
  hasCommittee: boolean;
  warningLevel: WarningLevel | null;
  industry: Industry;
}

/** A town's enterprises and settings; loaded once for many complaints. */
export interface TownDirectory {
  settings: TownSettings;
  enterprises: ReadonlyMap<string, RoutableEnterprise>;
  index: EnterpriseIndex;
  seats: readonly Seat[];
}

/** A mediator in a room. */
export interface Seat {
  roomId: string;
  roomName: string;
  level: Level;
  areaId: string;
  enterpriseId: string | null;
  mediatorId: string;
  mediatorName: string;
  /** The enterprises on whose committees the mediator sits. */
  boundTo: readonly string[];
}

/** Where a case can go. */
export interface Desk extends Seat {
  openCases: number;
  /** Complaints further up on the same page for which this mediator is proposed; they count as open cases. */
  proposedAbove?: number;
}

/** Where a complaint should go and why, with everything that the decision looked at. */
export interface RouteProposal {
  complaint: Complaint;
  enterprise: RoutableEnterprise | null;
  matchedBy: MatchedBy | 'chosen' | null;
  enterpriseConsent: boolean;
  complainantsInWindow: number;
  routing: RoutingProposal;
  /** The mediator with the fewest open cases of the room that the rule names; null when nobody mediates there. */
  desk: Desk | null;
  /** Whose turn it would be, were it not for the proposals further up on the page. */
  insteadOf: Desk | null;
  /** Everywhere the case could go. */
  desks: Desk[];
}

/**
 * The enterprise that a complaint means, and by what it was recognised.
 * @throws Unacceptable (field enterprise) when the dispatcher named one that the directory does not have
 */
export function recogniseEnterprise(
  complaint: Complaint,
  { enterprise: named }: Answers,
  { enterprises, index }: TownDirectory,
): Pick<RouteProposal, 'enterprise' | 'matchedBy'> {
  const { enterpriseId, respondentText: text, respondentCreditCode: creditCode } = complaint;
  const match = enterpriseId
    ? ({ enterpriseId, matchedBy: 'chosen' } as const)
    : matchEnterprise(index, { creditCode, text });
  if (named === null) return { enterprise: null, matchedBy: null };
  const id =
    named === undefined
      ? match?.enterpriseId
      : matchEnterprise(index, { creditCode: named, text: named })?.enterpriseId;
  const enterprise = enterprises.get(id ?? '') ?? null;
  if (named !== undefined && !enterprise)
    throw new Unacceptable('routing.errors.enterpriseUnknown', {}, 'enterprise');
  if (!enterprise) return { enterprise, matchedBy: null };
  return { enterprise, matchedBy: match?.enterpriseId === enterprise.id ? match.matchedBy : 'chosen' };
}

/** Where a complaint goes by the rules of DOMAIN §5 and the people who are there today. */
export function proposeRoute(
  complaint: Complaint,
  recognised: Pick<RouteProposal, 'enterprise' | 'matchedBy'>,
  complainantsInWindow: number,
  { enterpriseConsent = false, keptHits }: Answers,
  settings: TownSettings,
  allDesks: readonly Desk[],
): RouteProposal {
  const { enterprise } = recognised;
  const desks = allDesks.filter((desk) => takesDispute(desk, complaint, enterprise));
  const routing = routeComplaint(
    {
      ...complaint,
      workerConsentsToEnterprise: enterpriseConsent,
      enterprise: enterprise && {
        ...enterprise,
        complainantsInWindow,
        mediatorAvailable: desks.some(({ level }) => level === 'enterprise'),
      },
      ticketVillageId: complaint.villageId,
      staffedVillageIds: new Set(
        desks.filter(({ level }) => level === 'village').map(({ areaId }) => areaId),
      ),
      dismissedHits: dismissedAmong(complaint.text, keptHits, settings),
    },
    settings,
  );
  return {
    complaint,
    ...recognised,
    enterpriseConsent,
    complainantsInWindow,
    routing,
    ...deskAmong(desks, routing),
    desks,
  };
}

/** The places of keywords that the dispatcher unticked; while nobody answered, none. */
function dismissedAmong(text: string, keptHits: Answers['keptHits'], settings: TownSettings): string[] {
  if (keptHits === undefined) return [];
  const found = findHits(text, settings, []).map(({ id }) => id);
  return found.filter((id) => !keptHits.includes(id));
}

/** Whose turn it is in the room that takes it, and who had been chosen if nothing stood above on the page. */
function deskAmong(
  desks: readonly Desk[],
  { level, villageId }: RouteProposal['routing'],
): Pick<RouteProposal, 'desk' | 'insteadOf'> {
  const inRoom = desks.filter(
    (desk) => desk.level === level && (villageId === null || desk.areaId === villageId),
  );
  const alone = chooseMediator(inRoom, ({ openCases }) => openCases);
  const desk = chooseMediator(inRoom, ({ openCases, proposedAbove = 0 }) => openCases + proposedAbove);
  return { desk, insteadOf: alone?.mediatorId === desk?.mediatorId ? null : alone };
}

/** A committee's room takes its own enterprise's disputes only; who sits on that committee takes them nowhere else. */
export function takesDispute(
  desk: Desk,
  { partyNames }: Pick<Complaint, 'partyNames'>,
  enterprise: Pick<RoutableEnterprise, 'id'> | null,
): boolean {
  if (desk.level !== 'enterprise') return !enterprise || !desk.boundTo.includes(enterprise.id);
  return desk.enterpriseId === (enterprise?.id ?? null) && !partyNames.includes(desk.mediatorName);
}

/** A room and a mediator in it. */
export interface DeskKey {
  roomId: string;
  mediatorId: string;
}

/** A room and a mediator as the value of an option. */
export function deskValue({ roomId, mediatorId }: DeskKey): string {
  return `${roomId}:${mediatorId}`;
}

/** The room and mediator that such a value means; undefined for anything else. */
export function readDesk(text: string): DeskKey | undefined {
  const [roomId, mediatorId, ...rest] = text.split(':');
  return isId(roomId) && isId(mediatorId) && rest.length === 0 ? { roomId, mediatorId } : undefined;
}

/** What a person decided about a proposal. */
export interface RouteChoice extends Answers {
  /** The proposal that stood on the page; when another one stands now, the person sees that first. */
  seen?: DeskKey;
  /** Where the case goes instead of the proposal, which needs a reason. */
  desk?: DeskKey;
  reason?: string | null;
}

/**
 * Where the case goes: as proposed, or where the person chose.
 * @throws Unacceptable when nobody is there, the proposal changed, the reason is missing, or the worker would be
 * disclosed to the employer without having consented
 */
export function decideRoute(proposal: RouteProposal, choice: RouteChoice): Desk {
  const { desk: proposed } = proposal;
  const decided = choice.desk ? deskAt(proposal, choice.desk) : asSeen(proposal, choice.seen);
  if (!decided) {
    throw new Unacceptable(choice.desk ? 'routing.errors.deskGone' : 'routing.errors.nobody', {}, 'desk');
  }
  const otherwise = choice.desk && !(proposed && isAt(proposed, decided));
  if (otherwise && !choice.reason) throw new Unacceptable('routing.errors.reasonWanted', {}, 'reason');
  if (decided.level === 'enterprise') checkDisclosure(proposal);
  return decided;
}

function asSeen(proposal: RouteProposal, seen: DeskKey | undefined): Desk | null {
  if (!seen) return proposal.desk;
  const same = proposal.desk?.roomId === seen.roomId ? deskAt(proposal, seen) : null;
  if (!same) throw new Unacceptable('routing.errors.proposalChanged', {}, 'desk');
  return same;
}

function deskAt({ desks }: RouteProposal, place: DeskKey): Desk | null {
  return desks.find((desk) => isAt(desk, place)) ?? null;
}

export function isAt(desk: DeskKey, place: DeskKey): boolean {
  return desk.roomId === place.roomId && desk.mediatorId === place.mediatorId;
}

/** The committee contains the employer's people (DOMAIN §0, 5): never without consent, never an anonymous worker. */
function checkDisclosure({ complaint, enterprise, enterpriseConsent }: RouteProposal): void {
  if (complaint.anonymous) throw new Unacceptable('routing.errors.anonymous', {}, 'desk');
  if (!enterprise?.hasCommittee) throw new Unacceptable('routing.errors.noCommittee', {}, 'desk');
  if (!enterpriseConsent) throw new Unacceptable('routing.errors.consentWanted', {}, 'consent');
}

/** What a routing decision keeps: the values it looked at and the thresholds of that day. */
export function recordedInputs(proposal: RouteProposal, settings: TownSettings) {
  const { complaint, enterprise, matchedBy, enterpriseConsent, complainantsInWindow, routing, desk } =
    proposal;
  const { groupWorkers, townAmountFen, repeatComplaints, repeatWindowDays } = settings;
  const { crimeSingleFen, crimeSingleMonths, crimeGroupFen, crimeGroupWorkers } = settings;
  return {
    workers: complaint.workers,
    amountFen: complaint.amountFen,
    anonymous: complaint.anonymous,
    villageId: complaint.villageId,
    enterprise: enterprise && {
      id: enterprise.id,
      matchedBy,
      villageId: enterprise.villageId,
      hasCommittee: enterprise.hasCommittee,
      warningLevel: enterprise.warningLevel,
      industry: enterprise.industry,
      complainantsInWindow,
    },
    enterpriseConsent,
    hits: routing.hits.map(({ kind, word, dismissed }) => ({ kind, word, dismissed })),
    explanation: routing.explanation,
    besides: routing.besides,
    notes: routing.notes,
    proposedMediatorId: desk?.mediatorId ?? null,
    openCases: desk?.openCases ?? null,
    thresholds: {
      groupWorkers,
      townAmountFen,
      repeatComplaints,
      repeatWindowDays,
      crimeSingleFen,
      crimeSingleMonths,
      crimeGroupFen,
      crimeGroupWorkers,
    },
  };
}
