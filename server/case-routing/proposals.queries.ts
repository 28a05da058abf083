import { Op } from 'sequelize';
import { Claimant, RoutingDecision, type DisputeCase } from '../../models/cases.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { countRows, findRows } from '../../models/rows.ts';
import { saying, Ticket } from '../../models/tickets.ts';
import { may, townsFor, type Reader } from '../accounts/access.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { alarmsOf, ticketsWithin } from '../hotline/ticket.queries.ts';
import { amountOf, workersOf } from '../hotline/ticket-words.rules.ts';
import { complaintText } from '../hotline/ticket.rules.ts';
import type { Turn } from '../shared/list-address.ts';
import { leadName } from '../shared/personal-data.rules.ts';
import {
  proposeRoute,
  recogniseEnterprise,
  type Answers,
  type Complaint,
  type RoutableEnterprise,
  type RouteProposal,
  type TownDirectory,
} from './proposal.rules.ts';
import { findHits } from './routing.rules.ts';
import { countComplainants, relatedTo, type Related, type Surroundings } from './related.rules.ts';
import { loadSurroundings } from './surroundings.queries.ts';
import { desksAt, loadDirectory } from './town.queries.ts';

/** How many tickets the routing table shows, and how many can be confirmed at once. */
export const ROUTING_PAGE = 50;

/** A proposal and what else is around the complaint. */
export interface ProposedRoute extends RouteProposal {
  surroundings: Surroundings;
  settings: TownDirectory['settings'];
  /** The town's enterprises, to choose another one. */
  enterprises: RoutableEnterprise[];
}

/** A waiting ticket in the routing table. */
export interface RoutingRow {
  ticket: Ticket;
  proposal: ProposedRoute;
  related: Related;
}

/** A page of the routing table. */
export type RoutingPage = Omit<KeysetPage<Ticket>, 'rows'> & { rows: RoutingRow[] };

/** So many urgent tickets stand at the head of every page; more of them stand in their places, marked as well. */
const MOST_URGENT = 20;

/** The waiting tickets whose words sound an alarm, oldest first. */
async function findUrgent(reader: Reader): Promise<Ticket[]> {
  const towns = townsFor(reader, 'tickets.route');
  const sounding = await Promise.all(
    towns.map(async (townId) => {
      const { dangerWords, petitionWords } = await settingsOf(townId);
      return { [Op.and]: [{ townId }, saying([...dangerWords, ...petitionWords])] };
    }),
  );
  const found = await Ticket.findAll({
    where: {
      [Op.and]: [ticketsWithin(reader, 'tickets.route'), { state: 'awaitingRouting' }, { [Op.or]: sounding }],
    },
    order: [
      ['receivedAt', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: MOST_URGENT,
  });
  const alarms = await alarmsOf(found);
  // A word can stand in a harmless phrase.
  return found.filter((_, index) => alarms[index]!.length > 0);
}

/**
 * A page of the tickets that wait for routing within the reader's reach, each with its proposal: urgent ones first, on
 * every page, the others oldest first.
 */
export async function listRouting(reader: Reader, turn: Turn): Promise<RoutingPage> {
  const where = { [Op.and]: [ticketsWithin(reader, 'tickets.route'), { state: 'awaitingRouting' as const }] };
  const urgent = await findUrgent(reader);
  const others = { [Op.and]: [where, { id: { [Op.notIn]: urgent.map(({ id }) => id) } }] };
  const page = await keysetPage(Ticket, 'receivedAt', { where: others }, turn, ROUTING_PAGE - urgent.length);
  const tickets = [...urgent, ...page.rows];
  const proposals = new Map<string, ProposedRoute>();
  for (const townId of new Set(tickets.map((ticket) => ticket.townId))) {
    const complaints = tickets
      .filter((ticket) => ticket.townId === townId)
      .map((ticket) => complaintOf(ticket));
    const proposed = await proposeRoutes(townId, complaints);
    for (const proposal of proposed) proposals.set(proposal.complaint.id, proposal);
  }
  return {
    ...page,
    total: page.total + urgent.length,
    rows: tickets.map((ticket) => {
      const proposal = proposals.get(ticket.id)!;
      return { ticket, proposal, related: relatedFor(reader, proposal) };
    }),
  };
}

/** What the reader may know of what is around a complaint. */
export function relatedFor(reader: Reader, proposal: ProposedRoute): Related {
  const { complaint, enterprise, surroundings, settings } = proposal;
  const { townId } = complaint;
  return relatedTo(complaint, enterprise?.id ?? null, surroundings, settings, (other) =>
    'level' in other
      ? may(reader, 'cases.read', { townId, villageId: other.villageId, enterpriseId: other.enterpriseId })
      : may(reader, 'tickets.read', { townId, villageId: other.villageId }),
  );
}

/** The proposals for complaints of one town; each counts beside the open cases of its mediator for those after it. */
async function proposeRoutes(
  townId: string,
  complaints: Complaint[],
  answers: Answers = {},
  directory?: TownDirectory,
): Promise<ProposedRoute[]> {
  const town = directory ?? (await loadDirectory(townId));
  const recognised = complaints.map((complaint) => recogniseEnterprise(complaint, answers, town));
  const enterpriseIds = new Set(recognised.flatMap(({ enterprise }) => enterprise?.id ?? []));
  const desks = await desksAt(town.seats);
  const enterprises = [...town.enterprises.values()];
  const surroundings = await loadSurroundings(townId, complaints, [...enterpriseIds], town);
  return complaints.map((complaint, index) => {
    const enterpriseId = recognised[index]!.enterprise?.id ?? null;
    const complainants = countComplainants(complaint, enterpriseId, surroundings, town.settings);
    const proposal = proposeRoute(
      complaint,
      recognised[index]!,
      complainants,
      answers,
      town.settings,
      desks.map((desk) => ({ ...desk })),
    );
    for (const desk of desks)
      if (desk.mediatorId === proposal.desk?.mediatorId) desk.proposedAbove = (desk.proposedAbove ?? 0) + 1;
    return { ...proposal, surroundings, settings: town.settings, enterprises };
  });
}

/**
 * The proposal for one ticket. A directory that was loaded a moment ago for other tickets of the town saves loading it.
 * @throws Unacceptable when the answers name an enterprise that the directory does not have
 */
export async function proposeForTicket(
  ticket: Ticket,
  answers: Answers = {},
  directory?: TownDirectory,
): Promise<ProposedRoute> {
  const complaint = complaintOf(ticket, answers);
  const [proposal] = await proposeRoutes(ticket.townId, [complaint], answers, directory);
  return proposal!;
}

/** The proposal for a case, from its own words; the consent that it has on record stands. */
export async function proposeForCase(
  disputeCase: DisputeCase,
  answers: Answers = {},
): Promise<ProposedRoute> {
  const complaint = await complaintOfCase(disputeCase);
  const enterpriseConsent = answers.enterpriseConsent ?? disputeCase.enterpriseConsent;
  const keptHits = answers.keptHits ?? (await hitsStillKept(complaint));
  const [proposal] = await proposeRoutes(disputeCase.townId, [complaint], {
    ...answers,
    enterpriseConsent,
    keptHits,
  });
  return proposal!;
}

/** What a case complains of, in its own words, and of whom. */
export async function complaintOfCase(disputeCase: DisputeCase): Promise<Complaint> {
  const { id, townId, villageId, enterpriseId, workers, receivedAt, receivedOn } = disputeCase;
  const claimants = await findRows(
    Claimant,
    { caseId: id },
    { attributes: ['name', 'phoneHash', 'idNumberHash'] },
  );
  return {
    id,
    townId,
    villageId,
    text: complaintText({ title: disputeCase.title, content: disputeCase.facts }),
    respondentText: disputeCase.respondentName,
    respondentCreditCode: null,
    enterpriseId,
    workers,
    amountFen: disputeCase.claimedFen,
    anonymous: (await countRows(Ticket, { caseId: id, anonymous: true })) > 0,
    receivedAt,
    receivedOn,
    phoneHashes: claimants.flatMap(({ phoneHash }) => phoneHash ?? []),
    idNumberHashes: claimants.flatMap(({ idNumberHash }) => idNumberHash ?? []),
    partyNames: [disputeCase.respondentName, ...claimants.map(({ name }) => name)],
  };
}

/** The keywords in a case's text but those that were dismissed when it was last routed; undefined when it never was. */
async function hitsStillKept({ id: caseId, townId, text }: Complaint): Promise<string[] | undefined> {
  const last = await RoutingDecision.findOne({
    where: { caseId },
    order: [
      ['at', 'DESC'],
      ['id', 'DESC'],
    ],
  });
  if (!last) return undefined;
  const { hits = [] } = last.inputs as { hits?: { kind: string; word: string; dismissed: boolean }[] };
  const dismissed = hits.filter((hit) => hit.dismissed).map(({ kind, word }) => `${kind}:${word}`);
  const found = findHits(text, await settingsOf(townId), dismissed);
  return found.filter((hit) => !hit.dismissed).map(({ id }) => id);
}

/** What a ticket complains of; how many people it is about as the dispatcher says, else the ticket. */
function complaintOf(ticket: Ticket, { workers }: Answers = {}): Complaint {
  const { id, townId, villageId, respondentText, callerName, anonymous, receivedAt, receivedOn } = ticket;
  return {
    id,
    townId,
    villageId,
    text: complaintText(ticket),
    respondentText,
    respondentCreditCode: ticket.respondentCreditCode,
    enterpriseId: null,
    workers: workers ?? workersOf(ticket).count,
    amountFen: amountOf(ticket).fen,
    anonymous,
    receivedAt,
    receivedOn,
    phoneHashes: ticket.callerPhoneHash ? [ticket.callerPhoneHash] : [],
    idNumberHashes: [],
    partyNames: [callerName && leadName(callerName), respondentText].filter((name) => name !== null),
  };
}
