import { Op } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import {
  CaseEvent,
  CaseProposal,
  Claim,
  Claimant,
  Respondent,
  type DisputeCase,
} from '../../models/cases.ts';
import { Enterprise, Person, Room } from '../../models/directory.ts';
import { Attachment, CaseDocument } from '../../models/documents.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { GroupCase } from '../../models/groups.ts';
import { CoMediator, Contact, MediationSession } from '../../models/mediation.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import type { Authority, DeclineReason } from '../cases/case.rules.ts';
import { factsOf } from '../cases/case-action.service.ts';
import { findCase, placeOf } from '../cases/case.queries.ts';
import { obstacle, type CaseAction } from '../cases/lifecycle.rules.ts';
import { contactOf, privacyFor } from '../cases/privacy.rules.ts';
import { NEVER, type DueKind } from '../deadlines/case-deadlines.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { isInDanger } from '../cases/case-alarms.queries.ts';
import { redoDeadline } from '../deadlines/clocks.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { confirmationWays } from '../settlements/confirmation.rules.ts';
import { dayOf, wallClock } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import { birthDateOf, genderOf } from '../shared/personal-data.rules.ts';
import type {
  PaperCall,
  PaperClaimant,
  PaperData,
  PaperEnding,
  PaperRespondent,
  PaperSession,
  PaperSettlement,
} from './paper-data.rules.ts';
import { signedPaper } from './forms.rules.ts';
import { FILLING_ACTIONS } from './paths.rules.ts';
import { particularsOf, type KnownParticulars } from './particulars.queries.ts';

/** A case whose papers the reader may see, numbers included. */
export interface CaseFile {
  disputeCase: DisputeCase;
  data: PaperData;
  /** The actions by which this reader can fill in now what a paper lacks. */
  fills: ReadonlySet<CaseAction>;
}

/**
 * A case whose papers the reader may see: the mediator who has taken it over, and the dispatcher.
 * @throws NotFound for everybody else, whatever they may see of the case
 */
export async function findPaperCase(
  reader: Reader,
  caseId: string,
  action: 'documents.read' | 'documents.keep' = 'documents.read',
): Promise<DisputeCase> {
  const disputeCase = await findCase(reader, caseId);
  if (!mayOpenPapers(reader, disputeCase, action)) throw new NotFound();
  return disputeCase;
}

/** Whether a reader who sees the case sees its papers too. */
export function mayOpenPapers(
  reader: Reader,
  disputeCase: DisputeCase,
  action: 'documents.read' | 'documents.keep' = 'documents.read',
): boolean {
  const place = placeOf(disputeCase);
  const open = privacyFor(reader, place, disputeCase.takenOverAt !== null) === 'open';
  return open && may(reader, action, place);
}

/** Whether a reader orders in the town's name (督办单). */
export function maySupervise(reader: Reader, disputeCase: DisputeCase): boolean {
  return may(reader, 'documents.supervise', placeOf(disputeCase));
}

/** The same case with everything that its papers are made of. @throws NotFound */
export async function openCaseFile(
  reader: Reader,
  caseId: string,
  action: 'documents.read' | 'documents.keep' = 'documents.read',
): Promise<CaseFile> {
  const disputeCase = await findPaperCase(reader, caseId, action);
  const facts = factsOf(disputeCase, { hasSettlement: false, hasPayments: false });
  const fills = FILLING_ACTIONS.filter(
    (one) => may(reader, `cases.${one}`, placeOf(disputeCase)) && obstacle(one, facts) === null,
  );
  return {
    disputeCase,
    data: await loadPaperData(disputeCase, maySupervise(reader, disputeCase)),
    fills: new Set(fills),
  };
}

/** Everything that the papers of a case are made of. Whoever calls it has checked that they may be seen. */
export async function loadPaperData(disputeCase: DisputeCase, supervised = false): Promise<PaperData> {
  const { id: caseId } = disputeCase;
  const known = await particularsOf(caseId);
  const [desk, parties, contacts, sessions, settlement, history, calls, kept] = await Promise.all([
    deskOf(disputeCase),
    partiesOf(caseId, known),
    contactsOf(caseId),
    sessionsOf(caseId),
    settlementOf(caseId),
    historyOf(disputeCase),
    callsOf(caseId),
    keptOf(caseId),
  ]);
  return {
    ...ownWords(disputeCase),
    ...desk,
    particulars: known.ofCase(caseId),
    powers: (await GroupCase.findByPk(caseId))?.powers ?? null,
    ...parties,
    coMediators: await coMediatorsOf(caseId),
    contacts,
    sessions,
    settlement,
    ...history,
    calls,
    supervised,
    pressing: await pressingOf(disputeCase),
    confirmations: await confirmationsOf(disputeCase, parties.claimants, settlement),
    ...kept,
    today: today(),
  };
}

/** What stands in the case itself. */
function ownWords(c: DisputeCase) {
  const { number, title, primaryType, source, state, outcome, performance, referral, level } = c;
  const { workers, collective, enterpriseConsent, workerConsentOn, respondentConsentOn } = c;
  const { acceptedOn, statutoryDueOn, extendedTo, failureDraftedOn, effectiveOn, closedOn, facts } = c;
  return {
    ...{ caseId: c.id, number, title, primaryType, source, state, outcome, performance, referral, level },
    ...{ workers, collective, enterpriseConsent, workerConsentOn, respondentConsentOn },
    ...{ acceptedOn, statutoryDueOn, extendedTo, failureDraftedOn, effectiveOn, closedOn, facts },
    takenOver: c.takenOverAt !== null,
    receivedAt: wallClock(c.receivedAt),
  };
}

/** The town's own organisation, where no room is named. */
const CENTRE = '劳动争议调解中心';

/** Who mediates, in whose name, and whom the papers of the town go to. */
async function deskOf({ townId, roomId, mediatorId, level }: DisputeCase) {
  const [town, room, mediator, settings] = await Promise.all([
    Area.findByPk(townId, { attributes: ['name'], raw: true }),
    roomId ? Room.findByPk(roomId, { raw: true }) : null,
    mediatorId ? User.findByPk(mediatorId, { attributes: ['displayName'], raw: true }) : null,
    settingsOf(townId),
  ]);
  const townName = town?.name ?? settings.townName;
  const ofTown = (name: string): string => (name.startsWith(townName) ? name : `${townName}${name}`);
  const { countyAuthorityName: countyAuthority } = settings;
  const { commissionName, commissionAddress, courtName, legalAidPhone } = settings;
  const authorities = { countyAuthority, commissionName, commissionAddress, courtName, legalAidPhone };
  return {
    organisation: room ? (level === 'enterprise' ? room.name : ofTown(room.name)) : ofTown(CENTRE),
    room: room && { name: room.name, address: room.address ?? null, phone: room.phone ?? null },
    mediator: mediator?.displayName ?? null,
    town: { organisation: ofTown(CENTRE), ...authorities },
  };
}

async function partiesOf(
  caseId: string,
  known: KnownParticulars,
): Promise<{ claimants: PaperClaimant[]; respondents: PaperRespondent[] }> {
  const [claimants, claims, respondents] = await Promise.all([
    Claimant.findAll({ where: { caseId }, order: [['position', 'ASC']] }),
    Claim.findAll({ where: { caseId }, order: [['type', 'ASC']], raw: true }),
    Respondent.findAll({
      where: { caseId },
      order: [['position', 'ASC']],
      include: [{ model: Enterprise, as: 'enterprise' }],
    }),
  ]);
  const byClaimant = new Map<string, PaperClaimant['claims']>();
  for (const { claimantId, type, claimedFen, verifiedFen, agreedFen } of claims) {
    const own = byClaimant.get(claimantId) ?? [];
    byClaimant.set(claimantId, [...own, { type, claimedFen, verifiedFen, agreedFen }]);
  }
  return {
    claimants: claimants.map(({ id, name, gender, idNumber, phone, migrant, representative }) => ({
      ...{ id, name, idNumber, phone, migrant, representative },
      gender: gender ?? (idNumber && genderOf(idNumber)) ?? null,
      birthDate: idNumber && birthDateOf(idNumber),
      claims: byClaimant.get(id) ?? [],
      ...known.ofClaimant(id),
    })),
    respondents: respondents.map((respondent) => ({
      ...{ id: respondent.id, part: respondent.part, name: respondent.name },
      creditCode: respondent.creditCode ?? respondent.enterprise?.creditCode ?? undefined,
      contactName: contactOf(respondent).person,
      phone: contactOf(respondent).phone,
      ...known.ofRespondent(respondent.id),
    })),
  };
}

async function coMediatorsOf(caseId: string): Promise<PaperData['coMediators']> {
  const named = await CoMediator.findAll({
    where: { caseId },
    include: [{ model: Person, as: 'person', attributes: ['name'] }],
    order: [
      ['namedAt', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  return named.map(({ person, since, until }) => ({ name: person!.name, since, until: until ?? null }));
}

async function contactsOf(caseId: string): Promise<PaperData['contacts']> {
  const [made, last] = await Promise.all([
    Contact.count({ where: { caseId } }),
    Contact.findOne({ where: { caseId, risk: { [Op.ne]: null } }, order: [['at', 'DESC']] }),
  ]);
  return { made, risk: last?.risk ?? null };
}

async function sessionsOf(caseId: string): Promise<PaperSession[]> {
  const sessions = await MediationSession.findAll({
    where: { caseId, state: ['planned', 'held'] },
    include: [{ model: Room, as: 'room', attributes: ['name'] }],
    order: [
      ['startsAt', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  return sessions.map(({ id, startsAt, endsAt, place, room, attendees, state, minutes }) => ({
    ...{ id, attendees, minutes },
    startsAt: wallClock(startsAt),
    endsAt: wallClock(endsAt),
    place: place ?? room?.name ?? null,
    held: state === 'held',
  }));
}

async function settlementOf(caseId: string): Promise<PaperSettlement | null> {
  const settlement = await Settlement.findOne({ where: { openKey: caseId } });
  if (!settlement) return null;
  const instalments = await Instalment.findAll({
    where: { settlementId: settlement.id },
    include: [
      {
        model: Payment,
        as: 'payments',
        required: false,
        where: { state: 'verified' },
        include: [{ model: User, as: 'decidedBy', attributes: ['displayName'] }],
      },
    ],
    order: [
      ['dueOn', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  const { kind, terms, totalFen, signedOn, confirmation } = settlement;
  return {
    ...{ kind, terms, totalFen, signedOn, confirmation: confirmation ?? null },
    instalments: instalments.map(({ claimantId, dueOn, amountFen, payments = [] }) => ({
      ...{ claimantId, dueOn, amountFen },
      payments: payments.map(({ amountFen: paidFen, paidOn, manner, proof, decidedBy }) => ({
        ...{ amountFen: paidFen, paidOn, manner, proof },
        verifiedBy: decidedBy?.displayName ?? null,
      })),
    })),
  };
}

const ENDINGS = ['fail', 'withdraw', 'loseContact', 'transfer', 'markNotLabour'] as const;

/** How it ended and whether both signed for more days, from the history. */
async function historyOf({ id: caseId, outcome, closedOn }: DisputeCase) {
  const [events, proposal] = await Promise.all([
    CaseEvent.findAll({ where: { caseId, action: [...ENDINGS, 'extend'] }, order: [['at', 'ASC']] }),
    outcome === 'declined' || outcome === 'notLabour'
      ? CaseProposal.findOne({ where: { caseId, action: 'decline', approved: true } })
      : null,
  ]);
  const ended = events.findLast(({ action }) => action !== 'extend');
  const extended = events.findLast(({ action }) => action === 'extend');
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const ending: PaperEnding | null =
    closedOn === null || (!ended && !proposal)
      ? null
      : {
          on: closedOn,
          reason: proposal ? proposal.explanation : text(ended?.detail['reason']),
          declineReason: (proposal?.reason ?? null) as DeclineReason | null,
          authority: text(ended?.detail['authority']) as Authority | null,
          letter: text(ended?.detail['letter']),
        };
  const extension = extended
    ? {
        workerSignedOn: text(extended.detail['workerSignedOn']),
        respondentSignedOn: text(extended.detail['respondentSignedOn']),
      }
    : null;
  return { ending, extension };
}

/** The calls that ended a follow-up, and what a redo answered to them. */
async function callsOf(caseId: string): Promise<PaperCall[]> {
  const calls = await FollowUp.findAll({
    where: { caseId, state: 'done' },
    include: [{ model: User, as: 'calledBy', attributes: ['displayName'] }],
    order: [['round', 'ASC']],
  });
  return calls.map((call) => ({
    on: call.calledOn ?? call.closedOn,
    by: call.calledBy?.displayName ?? null,
    reached: call.reached === 'yes',
    kept: call.performance,
    ...{ satisfaction: call.satisfaction, retaliation: call.retaliation, hiddenRisk: call.hiddenRisk },
    ...{ note: call.note, redo: call.redo, answer: call.redoAnswer },
  }));
}

/** What is late, or is to be done again. */
async function pressingOf(disputeCase: DisputeCase): Promise<PaperData['pressing']> {
  const { townId, redoOn, dueOn, dueKind } = disputeCase;
  if (redoOn) {
    const [settings, calendar] = await Promise.all([settingsOf(townId), currentCalendar()]);
    const redo = redoDeadline(redoOn, settings, calendar, await isInDanger(disputeCase));
    return { kind: 'redo', dueOn: redo.dueOn };
  }
  return dueOn !== NEVER && dueOn < today() ? { kind: dueKind as DueKind, dueOn } : null;
}

async function confirmationsOf(
  { effectiveOn, level }: DisputeCase,
  claimants: PaperClaimant[],
  settlement: PaperSettlement | null,
) {
  if (!effectiveOn || !settlement) return [];
  const types = claimants.flatMap(({ claims }) => claims.map(({ type }) => type));
  const agreement = { effectiveOn, level, types, totalFen: settlement.totalFen };
  return confirmationWays(agreement, today(), await currentCalendar());
}

/** What was made final, and the files, without those that were declared void. */
async function keptOf(caseId: string): Promise<Pick<PaperData, 'kept' | 'files'>> {
  const [documents, files] = await Promise.all([
    CaseDocument.findAll({
      where: { caseId, voidedAt: null },
      attributes: ['form', 'subjectId', 'frozenAt'],
      order: [['frozenAt', 'ASC']],
    }),
    Attachment.findAll({
      where: { caseId, voidedAt: null },
      attributes: ['fileName', 'kind', 'uploadedAt', 'form', 'sessionId'],
      order: [['uploadedAt', 'ASC']],
    }),
  ]);
  return {
    kept: documents.map(({ form, subjectId, frozenAt }) => ({ form, subjectId, on: dayOf(frozenAt) })),
    files: files.map((file) => ({
      ...{ name: file.fileName, kind: file.kind, on: dayOf(file.uploadedAt) },
      paper: signedPaper(file),
    })),
  };
}
