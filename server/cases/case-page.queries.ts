import { Op, type Order } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import {
  CaseEvent,
  CaseProposal,
  Claim,
  Claimant,
  DisputeCase,
  Respondent,
  RoutingDecision,
} from '../../models/cases.ts';
import { Enterprise, Person, Room } from '../../models/directory.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { GroupCase } from '../../models/groups.ts';
import { CoMediator, Contact, MediationSession } from '../../models/mediation.ts';
import { Instalment, LedgerRecovery, Payment, Settlement } from '../../models/settlements.ts';
import { Ticket } from '../../models/tickets.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { runningClocks, type RunningClock } from '../deadlines/case-deadlines.rules.ts';
import type { Calendar } from '../deadlines/working-days.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { mayReopen } from '../follow-ups/follow-up.rules.ts';
import { confirmationWays, type ConfirmationWay } from '../settlements/confirmation.rules.ts';
import { NEVER_PAID } from '../settlements/settlement.rules.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import { clockedCaseOf, factsOf } from './case-action.service.ts';
import { soundingsAmongCases } from './case-alarms.queries.ts';
import type { Sounding } from './case-alarms.rules.ts';
import { loadCaseOrigin, type CaseOrigin } from './case-origin.queries.ts';
import { casesWithin, findCase, placeOf } from './case.queries.ts';
import { EVENT_LINKS } from './event-links.rules.ts';
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
  /** The ids of the tickets that this reader may open. */
  readableTickets: ReadonlySet<string>;
  /** Who mediates beside the lead, the first one named first; and whose part in it has ended. */
  coMediators: CoMediator[];
  endedCoMediators: CoMediator[];
  contacts: Contact[];
  sessions: MediationSession[];
  events: CaseEvent[];
  proposal: CaseProposal | null;
  /** The call that set off a redo which is not answered yet. */
  redo: FollowUp | null;
  routing: RoutingDecision | null;
  /** What sounds now, the most urgent first. */
  alarms: Sounding[];
  settlement: Settlement | null;
  instalments: Instalment[];
  /** Drafts that were taken back, the latest first. */
  withdrawnDrafts: Settlement[];
  /** What a ledger of past years says was recovered. */
  ledgerRecovery: LedgerRecovery | null;
  /** The ways to make the agreement in force enforceable; none once the parties have filed for one. */
  confirmations: ConfirmationWay[];
  clocks: RunningClock[];
  privacy: Privacy;
  /** The actions that this reader may take now. */
  actions: ReadonlySet<CaseAction>;
  /** What only a collective case has. */
  group: GroupCase | null;
  /** From how many workers on a dispute is collective. */
  groupWorkers: number;
  /** Whom a collective dispute is reported to. */
  county: string;
  /** The cases that the history names, as far as the reader may see them, by id. */
  linkedCases: ReadonlyMap<string, string>;
  /** The cases that were merged into this one: what they go by, by id. Their events stand in its history. */
  mergedCases: ReadonlyMap<string, string>;
  /** The workers of those cases. */
  namesBeside: string[];
  /** The wage check and the warning behind the case. */
  origin: CaseOrigin;
  readerId: string;
}

/** Loads a case's page. @throws NotFound when the reader may not know of the case */
export async function loadCasePage(reader: Reader, caseId: string): Promise<CasePage> {
  const disputeCase = await findCase(reader, caseId);
  const mergedCases = await findMerged(reader, caseId);
  const [settings, calendar] = await Promise.all([settingsOf(disputeCase.townId), currentCalendar()]);
  const [whereabouts, parties, history, agreement, clocked, sounding] = await Promise.all([
    loadWhereabouts(disputeCase),
    loadParties(caseId),
    loadHistory(caseId, [...mergedCases.keys()]),
    loadAgreement(caseId),
    clockedCaseOf(disputeCase),
    soundingsAmongCases([caseId]),
  ]);
  const mediator = await nameEverybody(disputeCase, { ...history, ...agreement });
  const place = placeOf(disputeCase);
  const facts = factsOf(disputeCase, agreement);
  const { proposal } = history;
  const open = (action: CaseAction): boolean =>
    may(reader, `cases.${action}`, place) &&
    obstacle(action, facts) === null &&
    fitsProposal(action, proposal, reader) &&
    (action !== 'reopen' || mayReopen(disputeCase, reader.userId, today()));
  return {
    disputeCase,
    ...whereabouts,
    ...(await loadCoMediators(caseId)),
    mediator,
    ...parties,
    readableTickets: new Set(
      parties.tickets
        .filter(({ townId, villageId }) => may(reader, 'tickets.read', { townId, villageId }))
        .map(({ id }) => id),
    ),
    ...history,
    ...agreement,
    alarms: sounding.get(caseId) ?? [],
    redo: disputeCase.redoOn ? await askedAgain(caseId) : null,
    ledgerRecovery: disputeCase.ledgerBatchId ? await LedgerRecovery.findOne({ where: { caseId } }) : null,
    confirmations: confirmationsOf(disputeCase, parties.claimants, agreement.settlement, calendar),
    clocks: runningClocks(clocked, settings, calendar),
    privacy: privacyFor(reader, place, disputeCase.takenOverAt !== null),
    actions: new Set(CASE_ACTIONS.filter(open)),
    group: disputeCase.collective ? await GroupCase.findByPk(caseId) : null,
    groupWorkers: settings.groupWorkers,
    county: settings.countyAuthorityName,
    mergedCases,
    ...(await loadLinked(reader, disputeCase, history)),
    origin: await loadCaseOrigin(reader, caseId),
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

function confirmationsOf(
  { effectiveOn, level }: DisputeCase,
  claimants: readonly Claimant[],
  settlement: Settlement | null,
  calendar: Calendar,
): ConfirmationWay[] {
  if (!effectiveOn || !settlement || settlement.confirmation) return [];
  const types = claimants.flatMap(({ claims = [] }) => claims.map(({ type }) => type));
  return confirmationWays({ effectiveOn, level, types, totalFen: settlement.totalFen }, today(), calendar);
}

function askedAgain(caseId: string): Promise<FollowUp | null> {
  return FollowUp.findOne({
    where: { caseId, redo: true, redoAnsweredOn: null },
    order: [['round', 'DESC']],
  });
}

/** The worker of a case whom an address names. @throws NotFound */
export function claimantOf({ claimants }: CasePage, claimantId: string): Claimant {
  const claimant = claimants.find(({ id }) => id === claimantId);
  if (!claimant) throw new NotFound();
  return claimant;
}

async function loadWhereabouts({ villageId, roomId }: DisputeCase) {
  const [village, room] = await Promise.all([
    villageId ? Area.findByPk(villageId, { attributes: ['name'], raw: true }) : null,
    roomId ? Room.findByPk(roomId, { attributes: ['name'], raw: true }) : null,
  ]);
  return { village: village?.name ?? null, room: room?.name ?? null };
}

async function loadCoMediators(caseId: string): Promise<Pick<CasePage, 'coMediators' | 'endedCoMediators'>> {
  const named = await CoMediator.findAll({
    where: { caseId },
    include: [{ model: Person, as: 'person', include: [{ model: Area, as: 'area', attributes: ['name'] }] }],
    order: [
      ['namedAt', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  return {
    coMediators: named.filter(({ until }) => until === null),
    endedCoMediators: named.filter(({ until }) => until !== null),
  };
}

async function loadParties(caseId: string) {
  const [respondents, claimants, claims, tickets] = await Promise.all([
    Respondent.findAll({
      where: { caseId },
      order: [['position', 'ASC']],
      include: [
        { model: Enterprise, as: 'enterprise', attributes: ['id', 'name', 'contactName', 'contactPhone'] },
      ],
    }),
    Claimant.findAll({ where: { caseId }, order: [['position', 'ASC']] }),
    Claim.findAll({ where: { caseId }, order: [['type', 'ASC']], raw: true }),
    Ticket.findAll({ where: { caseId }, order: [['receivedAt', 'ASC']] }),
  ]);
  for (const claimant of claimants)
    claimant.claims = claims.filter((claim) => claim.claimantId === claimant.id);
  return { respondents, claimants, tickets };
}

/** What was merged into a case, as far as the reader may know of it: a duplicate may be kept from a committee. */
async function findMerged(reader: Reader, caseId: string): Promise<Map<string, string>> {
  const merged = await DisputeCase.findAll({
    where: { [Op.and]: [{ mergedIntoId: caseId }, casesWithin(reader, 'cases.read')] },
    attributes: ['id', 'number', 'title'],
    raw: true,
  });
  return new Map(merged.map(({ id, number, title }) => [id, number ?? title]));
}

/** What happened in the case; its events and those of the cases that were merged into it. */
async function loadHistory(caseId: string, mergedIds: string[]) {
  const latestFirst: Order = [
    ['at', 'DESC'],
    ['id', 'DESC'],
  ];
  const [contacts, sessions, events, proposal, routing] = await Promise.all([
    Contact.findAll({
      where: { caseId },
      include: [{ model: Claimant, as: 'claimant', attributes: ['id', 'name'] }],
      order: latestFirst,
    }),
    MediationSession.findAll({
      where: { caseId },
      include: [{ model: Room, as: 'room', attributes: ['name'] }],
      order: [
        ['startsAt', 'DESC'],
        ['id', 'DESC'],
      ],
    }),
    CaseEvent.findAll({ where: { caseId: [caseId, ...mergedIds] }, order: latestFirst }),
    CaseProposal.findOne({ where: { openKey: caseId } }),
    RoutingDecision.findOne({ where: { caseId }, order: latestFirst }),
  ]);
  return { contacts, sessions, events, proposal, routing };
}

/**
 * The cases to which events lead or into which this one was merged: what they go by, of those that this reader may open,
 * and whose names people may have written here, because they were in this case or it came out of theirs.
 */
async function loadLinked(
  reader: Reader,
  { id: caseId, mergedIntoId }: DisputeCase,
  { events, contacts, sessions }: Pick<CasePage, 'events' | 'contacts' | 'sessions'>,
): Promise<Pick<CasePage, 'linkedCases' | 'namesBeside'>> {
  const named = events.flatMap(({ caseId: of, detail }) => [
    of,
    ...EVENT_LINKS.flatMap((name) => detail[name] ?? []).map(String),
  ]);
  const carried = [...contacts, ...sessions].flatMap(({ fromCaseId }) => fromCaseId ?? []);
  const ids = [...new Set([...named, ...carried, mergedIntoId ?? caseId])].filter((id) => id !== caseId);
  if (ids.length === 0) return { linkedCases: new Map(), namesBeside: [] };
  const [cases, namesBeside] = await Promise.all([
    DisputeCase.findAll({
      where: { [Op.and]: [{ id: ids }, casesWithin(reader, 'cases.read')] },
      attributes: ['id', 'number', 'title'],
      raw: true,
    }),
    namesIn(ids),
  ]);
  return { linkedCases: new Map(cases.map(({ id, number, title }) => [id, number ?? title])), namesBeside };
}

/** Everybody who is in these cases, or has gone on with one of them into the case that took it in. */
async function namesIn(caseIds: readonly string[]): Promise<string[]> {
  const merged = await DisputeCase.findAll({
    where: { id: [...caseIds], mergedIntoId: { [Op.ne]: null } },
    attributes: ['mergedIntoId'],
    raw: true,
  });
  const where = { caseId: [...caseIds, ...merged.flatMap(({ mergedIntoId }) => mergedIntoId ?? [])] };
  const [claimants, tickets] = await Promise.all([
    Claimant.findAll({ where, attributes: ['name'], raw: true }),
    Ticket.findAll({ where, attributes: ['callerName'], raw: true }),
  ]);
  return [...claimants.map(({ name }) => name), ...tickets.flatMap(({ callerName }) => callerName ?? [])];
}

/** The agreement in force or in draft, its instalments with their payments, and what the guards ask of them. */
async function loadAgreement(caseId: string) {
  const [settlements, payments] = await Promise.all([
    Settlement.findAll({ where: { caseId } }),
    Payment.findAll({
      where: { caseId },
      include: [{ association: 'reversals' }],
      order: [
        ['paidOn', 'ASC'],
        ['id', 'ASC'],
      ],
    }),
  ]);
  const settlement = settlements.find(({ openKey }) => openKey === caseId) ?? null;
  const instalments = settlement === null ? [] : await loadInstalments(settlement.id);
  for (const instalment of instalments)
    instalment.payments = payments.filter(({ instalmentId }) => instalmentId === instalment.id);
  return {
    settlement,
    instalments,
    withdrawnDrafts: settlements
      .filter(({ withdrawnAt }) => withdrawnAt !== null)
      .sort((a, b) => Number(b.withdrawnAt) - Number(a.withdrawnAt)),
    hasSettlement: settlements.some(({ signedOn }) => signedOn !== null),
    hasPayments: payments.some(({ state }) => !NEVER_PAID.includes(state)),
  };
}

async function loadInstalments(settlementId: string): Promise<Instalment[]> {
  return Instalment.findAll({
    where: { settlementId },
    include: [{ model: Claimant, as: 'claimant', attributes: ['id', 'name', 'position'] }],
    order: [
      ['dueOn', 'ASC'],
      ['id', 'ASC'],
    ],
  });
}

type Written = Pick<CasePage, 'contacts' | 'events' | 'proposal' | 'instalments'>;

/** Puts the people to whatever they did on the case, by one question for all; gives the mediator's name. */
async function nameEverybody(
  { mediatorId, handOver }: DisputeCase,
  written: Written,
): Promise<string | null> {
  const { contacts, events, proposal } = written;
  const payments = written.instalments.flatMap((instalment) => instalment.payments ?? []);
  const ids = new Set([
    mediatorId,
    proposal?.proposedById,
    handOver?.fromId,
    handOver?.toId,
    ...contacts.map(({ byId }) => byId),
    ...events.map(({ actorId }) => actorId),
    ...payments.flatMap(({ recordedById, decidedById, reversals = [] }) => [
      recordedById,
      decidedById,
      ...reversals.flatMap((reversal) => [reversal.recordedById, reversal.decidedById]),
    ]),
  ]);
  const users = await User.findAll({
    where: { id: [...ids].flatMap((id) => id ?? []) },
    attributes: ['id', 'displayName'],
    raw: true,
  });
  const byId = new Map(users.map((user) => [user.id, user]));
  const named = (id: string | null): User | undefined => byId.get(id ?? '');
  for (const contact of contacts) contact.by = named(contact.byId);
  for (const event of events) event.actor = named(event.actorId);
  for (const payment of payments) {
    payment.recordedBy = named(payment.recordedById);
    payment.decidedBy = named(payment.decidedById);
    for (const reversal of payment.reversals ?? []) {
      reversal.recordedBy = named(reversal.recordedById);
      reversal.decidedBy = named(reversal.decidedById);
    }
  }
  if (proposal) proposal.proposedBy = named(proposal.proposedById);
  if (handOver) Object.assign(handOver, { from: named(handOver.fromId), to: named(handOver.toId) });
  return named(mediatorId)?.displayName ?? null;
}
