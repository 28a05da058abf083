import { createHash } from 'node:crypto';
import { Respondent, RoutingDecision, type DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { insertRows, updateRows } from '../../models/rows.ts';
import { addSearchTokens } from '../../models/search-tokens.ts';
import { Ticket } from '../../models/tickets.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { answerOnce } from '../accounts/once.service.ts';
import { actOnCase } from '../cases/case-action.service.ts';
import { findCase } from '../cases/case.queries.ts';
import { suggestClaimType } from '../cases/claim-type.rules.ts';
import { toldBy, withoutNumbers } from '../cases/privacy.rules.ts';
import { createCase, type NewCase } from '../cases/register.service.ts';
import { findTicket } from '../hotline/ticket.queries.ts';
import { beginningOf } from '../hotline/ticket.rules.ts';
import { takeTicket } from '../hotline/ticket-state.service.ts';
import { now } from '../shared/clock.ts';
import { DomainError, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import {
  decideRoute,
  recordedInputs,
  type Desk,
  type DeskKey,
  type RouteChoice,
  type RouteProposal,
  type TownDirectory,
} from './proposal.rules.ts';
import { proposeForCase, proposeForTicket, type ProposedRoute } from './proposals.queries.ts';
import { claimantOf } from './ticket-claimant.ts';
import { loadDirectory } from './town.queries.ts';

const LONGEST_TITLE = 100;
const UNKNOWN_RESPONDENT = '被申请人不详';

/**
 * Confirms where a waiting ticket goes: makes its case, routes it, and records why. Without a choice it goes where the
 * rules propose.
 * @throws NotFound, Conflict (somebody has dealt with the ticket), Stale, or Unacceptable with the field that is wrong
 */
export function confirmRoute(
  reader: Reader,
  ticketId: string,
  version: number,
  choice: RouteChoice = {},
  directoryOf: (townId: string) => Promise<TownDirectory> = loadDirectory,
): Promise<DisputeCase> {
  return inTx(async () => {
    const ticket = await findTicket(reader, ticketId, 'tickets.route');
    await takeTicket(reader.userId, ticket, version, 'route');
    const proposal = await proposeForTicket(ticket, choice, await directoryOf(ticket.townId));
    const desk = decideRoute(proposal, choice);
    const wish = caseOf(ticket, proposal);
    checkReach(reader, wish.townId, wish.villageId, proposal);
    const disputeCase = await createCase(reader.userId, wish);
    await updateRows(Ticket, { caseId: disputeCase.id }, { id: ticketId });
    return send(reader, disputeCase.id, 'route', null, proposal, desk, choice.reason);
  });
}

/** A tick of the routing table: the ticket as it was shown, and the proposal that stood beside it. */
export interface Confirmation {
  ticketId: string;
  version: number;
  seen?: DeskKey;
}

/** What came of confirming many: how many were routed, and the others each with its sentence. */
export interface Confirmed {
  routed: number;
  failures: { number: string | null; sentence: string; values: Record<string, string | number> }[];
}

/**
 * Confirms the proposals of many tickets, each in a transaction of its own. The same form (`formKey`) sent twice routes
 * each ticket once and counts it both times.
 */
export async function confirmAll(
  reader: Reader,
  confirmations: readonly Confirmation[],
  formKey: string = newId(),
): Promise<Confirmed> {
  const directories = new Map<string, Promise<TownDirectory>>();
  const directoryOf = (townId: string): Promise<TownDirectory> => {
    const loaded = directories.get(townId) ?? loadDirectory(townId);
    directories.set(townId, loaded);
    return loaded;
  };
  const confirmed: Confirmed = { routed: 0, failures: [] };
  for (const confirmation of confirmations) {
    const { ticketId, version, seen } = confirmation;
    const sending = { key: keyOf(formKey, ticketId), userId: reader.userId, body: confirmation };
    try {
      await answerOnce(sending, async () => {
        const { id } = await confirmRoute(reader, ticketId, version, { seen }, directoryOf);
        return `/cases/${id}`;
      });
      confirmed.routed++;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      confirmed.failures.push({
        number: await numberOf(reader, ticketId),
        sentence: error.sentence,
        values: error.values,
      });
    }
  }
  return confirmed;
}

/** One key per ticket of a form. */
function keyOf(formKey: string, ticketId: string): string {
  return createHash('sha256').update(`${formKey} ${ticketId}`).digest('hex');
}

async function numberOf(reader: Reader, ticketId: string): Promise<string | null> {
  try {
    return (await findTicket(reader, ticketId)).number;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** Routes a case that was brought in person or handed back. */
export function routeCase(
  reader: Reader,
  caseId: string,
  version: number,
  choice: RouteChoice = {},
): Promise<DisputeCase> {
  return inTx(async () => {
    const proposal = await proposalOf(reader, caseId, choice);
    const desk = decideRoute(proposal, choice);
    return send(reader, caseId, 'route', version, proposal, desk, choice.reason);
  });
}

/** Gives a case that has a mediator to another one or to another room, always with a reason. Its clocks go on. */
export function reassignCase(
  reader: Reader,
  caseId: string,
  version: number,
  choice: RouteChoice & { desk: DeskKey; reason: string },
): Promise<DisputeCase> {
  return inTx(async () => {
    const proposal = await proposalOf(reader, caseId, choice);
    const desk = decideRoute(proposal, choice);
    return send(reader, caseId, 'reassign', version, proposal, desk, choice.reason);
  });
}

async function proposalOf(reader: Reader, caseId: string, choice: RouteChoice): Promise<ProposedRoute> {
  const disputeCase = await findCase(reader, caseId);
  const proposal = await proposeForCase(disputeCase, choice);
  const villageId = proposal.enterprise?.villageId ?? disputeCase.villageId;
  checkReach(reader, disputeCase.townId, villageId, proposal);
  return proposal;
}

/** Whoever routes within one village does not send a case out of their own sight. */
function checkReach(
  reader: Reader,
  townId: string,
  villageId: string | null,
  { enterprise }: RouteProposal,
): void {
  if (!may(reader, 'cases.route', { townId, villageId, enterpriseId: enterprise?.id ?? null }))
    throw new Unacceptable('routing.errors.outOfReach', {}, 'enterprise');
}

/** A case's area is its enterprise's village, else the ticket's (DOMAIN §3). */
function caseOf(ticket: Ticket, { enterprise, complaint }: RouteProposal): NewCase {
  const primaryType = suggestClaimType(complaint.text);
  const claims = [{ type: primaryType, claimedFen: complaint.amountFen }];
  return {
    townId: ticket.townId,
    villageId: enterprise?.villageId ?? ticket.villageId,
    source: 'hotline',
    title: toldBy(ticket, ticket.title ?? beginningOf(ticket.content ?? ticket.number, LONGEST_TITLE)),
    facts: ticket.content && toldBy(ticket, ticket.content),
    primaryType,
    receivedAt: ticket.receivedAt,
    respondents: [
      {
        part: 'employer',
        enterpriseId: enterprise?.id ?? null,
        name: enterprise?.name ?? withoutNumbers(ticket.respondentText ?? UNKNOWN_RESPONDENT),
      },
    ],
    claimants: [{ ...claimantOf(ticket), claims }],
    workers: complaint.workers ?? 1,
    ticketNumbers: [ticket.number],
    applied: false,
  };
}

/** Takes the action on the case and records the decision with what it looked at. */
async function send(
  reader: Reader,
  caseId: string,
  action: 'route' | 'reassign',
  version: number | null,
  proposal: ProposedRoute,
  desk: Desk,
  reason: string | null = null,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, action, version, async (disputeCase) => {
    const { level, roomId, mediatorId } = desk;
    const sameMediator = disputeCase.mediatorId === mediatorId;
    if (sameMediator && disputeCase.roomId === roomId)
      throw new Unacceptable('routing.errors.sameDesk', {}, 'desk');
    const decision = { caseId, decidedById: reader.userId, level, roomId, mediatorId, reason };
    await insertRows(RoutingDecision, [{ ...decision, ...proposedBy(proposal) }]);
    return {
      set: {
        level,
        firstLevel: disputeCase.firstLevel ?? level,
        roomId,
        mediatorId,
        enterpriseConsent: proposal.enterpriseConsent && !proposal.complaint.anonymous,
        ...(action === 'route' ? { routedAt: now(), firstRoutedAt: disputeCase.firstRoutedAt ?? now() } : {}),
        ...(sameMediator ? {} : { takenOverAt: null }),
        ...(await respondentOf(disputeCase, proposal)),
      },
      detail: {
        level,
        room: desk.roomName,
        mediator: desk.mediatorName,
        rule: proposal.routing.ruleCode,
        explanation: reason,
      },
    };
  });
}

/** What the decision keeps of the proposal: its rule, its desk and what it looked at. */
function proposedBy(proposal: ProposedRoute) {
  return {
    rule: proposal.routing.ruleCode,
    proposedLevel: proposal.desk?.level ?? null,
    proposedRoomId: proposal.desk?.roomId ?? null,
    inputs: recordedInputs(proposal, proposal.settings),
  };
}

/** An enterprise that the dispatcher recognised becomes the case's first respondent. */
async function respondentOf(disputeCase: DisputeCase, { enterprise }: RouteProposal) {
  if (!enterprise || enterprise.id === disputeCase.enterpriseId) return {};
  const { id: enterpriseId, name, villageId } = enterprise;
  await Respondent.update({ enterpriseId, name }, { where: { caseId: disputeCase.id, position: 1 } });
  return {
    enterpriseId,
    respondentName: name,
    villageId: villageId ?? disputeCase.villageId,
    searchTokens: addSearchTokens(disputeCase.searchTokens, name),
  };
}
