import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import type { DisputeCase } from '../../models/cases.ts';
import { CaseEvent, CaseProposal, Claim, Claimant, Respondent, RoutingDecision } from '../../models/cases.ts';
import { Enterprise, Room } from '../../models/directory.ts';
import { Contact } from '../../models/mediation.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import { Ticket } from '../../models/tickets.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { runningClocks, type RunningClock } from '../deadlines/case-deadlines.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { clockedCaseOf, factsFor } from './case-action.service.ts';
import { findCase, placeOf } from './case.queries.ts';
import { CASE_ACTIONS, obstacle, type CaseAction } from './lifecycle.rules.ts';
import { privacyFor, type Privacy } from './privacy.rules.ts';

/** Everything that a case's page shows, as far as this reader may see it. */
export interface CasePage {
  disputeCase: DisputeCase;
  village: string | null;
  room: string | null;
  mediator: string | null;
  respondents: Respondent[];
  claimants: Claimant[];
  tickets: Ticket[];
  contacts: Contact[];
  events: CaseEvent[];
  proposal: CaseProposal | null;
  routing: RoutingDecision | null;
  settlement: Settlement | null;
  instalments: Instalment[];
  clocks: RunningClock[];
  privacy: Privacy;
  /** The actions that this reader may take now. */
  actions: ReadonlySet<CaseAction>;
  readerId: string;
}

/** Loads a case's page. @throws NotFound when the reader may not know of the case */
export async function loadCasePage(reader: Reader, caseId: string): Promise<CasePage> {
  const disputeCase = await findCase(reader, caseId);
  const settings = await settingsOf(disputeCase.townId);
  const [people, parties, history, agreement, clocked, facts] = await Promise.all([
    loadPlaceAndPeople(disputeCase),
    loadParties(caseId),
    loadHistory(caseId),
    loadAgreement(caseId),
    clockedCaseOf(disputeCase),
    factsFor(disputeCase),
  ]);
  const place = placeOf(disputeCase);
  const { proposal } = history;
  const open = (action: CaseAction): boolean =>
    may(reader, `cases.${action}`, place) &&
    obstacle(action, facts) === null &&
    fitsProposal(action, proposal, reader);
  return {
    disputeCase,
    ...people,
    ...parties,
    ...history,
    ...agreement,
    clocks: runningClocks(clocked, settings, await currentCalendar()),
    privacy: privacyFor(reader, place, disputeCase.takenOverAt !== null),
    actions: new Set(CASE_ACTIONS.filter(open)),
    readerId: reader.userId,
  };
}

/** While a proposal waits, only somebody else may decide it; nothing further can be proposed. */
function fitsProposal(action: CaseAction, proposal: CaseProposal | null, reader: Reader): boolean {
  switch (action) {
    case 'decline':
    case 'void':
      return proposal?.action === action && proposal.proposedById !== reader.userId;
    case 'refuseProposal':
      return proposal !== null && proposal.proposedById !== reader.userId;
    case 'proposeDecline':
    case 'proposeVoid':
      return proposal === null;
    default:
      return true;
  }
}

async function loadPlaceAndPeople({ villageId, roomId, mediatorId }: DisputeCase) {
  const [village, room, mediator] = await Promise.all([
    villageId ? Area.findByPk(villageId, { attributes: ['name'] }) : null,
    roomId ? Room.findByPk(roomId, { attributes: ['name'] }) : null,
    mediatorId ? User.findByPk(mediatorId, { attributes: ['displayName'] }) : null,
  ]);
  return {
    village: village?.name ?? null,
    room: room?.name ?? null,
    mediator: mediator?.displayName ?? null,
  };
}

async function loadParties(caseId: string) {
  const [respondents, claimants, claims, tickets] = await Promise.all([
    Respondent.findAll({
      where: { caseId },
      order: [['position', 'ASC']],
      include: [{ model: Enterprise, as: 'enterprise', attributes: ['id', 'name'] }],
    }),
    Claimant.findAll({ where: { caseId }, order: [['position', 'ASC']] }),
    Claim.findAll({ where: { caseId }, order: [['type', 'ASC']] }),
    Ticket.findAll({ where: { caseId }, order: [['receivedAt', 'ASC']] }),
  ]);
  for (const claimant of claimants)
    claimant.claims = claims.filter((claim) => claim.claimantId === claimant.id);
  return { respondents, claimants, tickets };
}

async function loadHistory(caseId: string) {
  const [contacts, events, proposal, routing] = await Promise.all([
    Contact.findAll({
      where: { caseId },
      order: [
        ['at', 'DESC'],
        ['id', 'DESC'],
      ],
      include: [{ model: User, as: 'by', attributes: ['displayName'] }],
    }),
    CaseEvent.findAll({
      where: { caseId },
      order: [
        ['at', 'DESC'],
        ['id', 'DESC'],
      ],
      include: [{ model: User, as: 'actor', attributes: ['displayName'] }],
    }),
    CaseProposal.findOne({
      where: { openKey: caseId },
      include: [{ model: User, as: 'proposedBy', attributes: ['displayName'] }],
    }),
    RoutingDecision.findOne({
      where: { caseId },
      order: [
        ['at', 'DESC'],
        ['id', 'DESC'],
      ],
    }),
  ]);
  return { contacts, events, proposal, routing };
}

async function loadAgreement(caseId: string) {
  const settlement = await Settlement.findOne({ where: { openKey: caseId } });
  if (!settlement) return { settlement, instalments: [] };
  const instalments = await Instalment.findAll({
    where: { settlementId: settlement.id },
    include: [
      { model: Claimant, as: 'claimant', attributes: ['id', 'name', 'position'] },
      {
        model: Payment,
        as: 'payments',
        separate: true,
        order: [
          ['paidOn', 'ASC'],
          ['id', 'ASC'],
        ],
        include: [
          { model: User, as: 'recordedBy', attributes: ['displayName'] },
          { model: User, as: 'decidedBy', attributes: ['displayName'] },
        ],
      },
    ],
    order: [
      ['dueOn', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  return { settlement, instalments };
}
