import { Op } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import type { Ticket } from '../../models/tickets.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { casesWithin } from '../cases/case.queries.ts';
import { loadHandling, type TicketHandling } from '../hotline/handling.queries.ts';
import { alarmsOf, findTicket, placeOfTicket } from '../hotline/ticket.queries.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import type { Answers } from './proposal.rules.ts';
import { proposeForTicket, relatedFor, type ProposedRoute } from './proposals.queries.ts';
import type { Related } from './related.rules.ts';
import { alarmsAmong } from './routing.rules.ts';

/** Everything that a ticket's page shows. */
export interface TicketPage {
  ticket: Ticket;
  /** The reader may know who called. */
  seesCaller: boolean;
  /** The reader may see the caller's phone, with a reason. */
  mayReveal: boolean;
  village: string | null;
  disputeCase: Pick<DisputeCase, 'id' | 'number' | 'title'> | null;
  /** While the ticket waits and the reader may route it. */
  proposal: ProposedRoute | null;
  related: Related | null;
  /** While the ticket waits: danger and the like, by the words that count. */
  alarms: ExplanationLine[];
  handling: TicketHandling;
}

/** The ticket's case, when the reader may know of it. */
function findReachable(reader: Reader, caseId: string): Promise<DisputeCase | null> {
  return DisputeCase.findOne({
    where: { [Op.and]: [{ id: caseId }, casesWithin(reader, 'cases.read')] },
    attributes: ['id', 'number', 'title'],
  });
}

/** Loads a ticket's page with the proposal as the answers make it. @throws NotFound */
export async function loadTicketPage(
  reader: Reader,
  ticketId: string,
  answers: Answers = {},
): Promise<TicketPage> {
  const ticket = await findTicket(reader, ticketId);
  const { villageId, caseId } = ticket;
  const waits = ticket.state === 'awaitingRouting' && may(reader, 'tickets.route', placeOfTicket(ticket));
  const [village, disputeCase, proposal, handling] = await Promise.all([
    villageId ? Area.findByPk(villageId, { attributes: ['name'] }) : null,
    caseId ? findReachable(reader, caseId) : null,
    waits ? proposeForTicket(ticket, answers) : null,
    loadHandling(reader, ticket),
  ]);
  return {
    ticket,
    seesCaller: may(reader, 'tickets.seeCaller', placeOfTicket(ticket)),
    mayReveal: may(reader, 'tickets.reveal', placeOfTicket(ticket)),
    village: village?.name ?? null,
    disputeCase,
    proposal,
    related: proposal && relatedFor(reader, proposal),
    alarms: proposal ? alarmsAmong(proposal.routing.hits) : (await alarmsOf([ticket]))[0]!,
    handling,
  };
}
