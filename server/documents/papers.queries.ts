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
import { Enterprise, Room } from '../../models/directory.ts';
import { asNumber, selectRows } from '../../models/dialect.ts';
import { Attachment, CaseDocument } from '../../models/documents.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { GroupCase } from '../../models/groups.ts';
import { MediationSession } from '../../models/mediation.ts';
import { findByIds, findRow, findRows } from '../../models/rows.ts';
import { Instalment, Settlement } from '../../models/settlements.ts';
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
  PaperPayment,
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
    powers: (await findRow(GroupCase, { caseId }))?.powers ?? null,
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
    findRow(Area, { id: townId }),
    roomId ? findRow(Room, { id: roomId }) : null,
    mediatorId ? findRow(User, { id: mediatorId }) : null,
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
    findRows(Claimant, { caseId }, { order: [['position', 'ASC']] }),
    findRows(Claim, { caseId }, { order: [['type', 'ASC']] }),
    findRows(Respondent, { caseId }, { order: [['position', 'ASC']] }),
  ]);
  const enterprises = await findByIds(
    Enterprise,
    respondents.map(({ enterpriseId }) => enterpriseId),
  );
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
    respondents: respondents.map(({ id, part, name, creditCode, phone, enterpriseId }) => {
      const enterprise = enterprises.get(enterpriseId ?? '');
      const contact = contactOf({ phone, enterprise });
      return {
        ...{ id, part, name, contactName: contact.person, phone: contact.phone },
        creditCode: creditCode ?? enterprise?.creditCode ?? undefined,
        ...known.ofRespondent(id),
      };
    }),
  };
}

async function coMediatorsOf(caseId: string): Promise<PaperData['coMediators']> {
  return selectRows(
    `SELECT p.name, c.since, c.until FROM co_mediators c JOIN people p ON p.id = c.personId
     WHERE c.caseId = :caseId ORDER BY c.namedAt, c.id`,
    { caseId },
  );
}

async function contactsOf(caseId: string): Promise<PaperData['contacts']> {
  const [contacts] = await selectRows<{ made: unknown; risk: PaperData['contacts']['risk'] }>(
    `SELECT COUNT(*) AS made,
       (SELECT risk FROM contacts WHERE caseId = :caseId AND risk IS NOT NULL ORDER BY at DESC LIMIT 1) AS risk
     FROM contacts WHERE caseId = :caseId`,
    { caseId },
  );
  return { made: asNumber(contacts!.made), risk: contacts!.risk };
}

async function sessionsOf(caseId: string): Promise<PaperSession[]> {
  const sessions = await findRows(
    MediationSession,
    { caseId, state: ['planned', 'held'] },
    {
      order: [
        ['startsAt', 'ASC'],
        ['id', 'ASC'],
      ],
    },
  );
  const rooms = await findByIds(
    Room,
    sessions.map(({ roomId }) => roomId),
  );
  return sessions.map(({ id, startsAt, endsAt, place, roomId, attendees, state, minutes }) => ({
    ...{ id, attendees, minutes },
    startsAt: wallClock(startsAt),
    endsAt: wallClock(endsAt),
    place: place ?? rooms.get(roomId ?? '')?.name ?? null,
    held: state === 'held',
  }));
}

async function settlementOf(caseId: string): Promise<PaperSettlement | null> {
  const settlement = await findRow(Settlement, { openKey: caseId });
  if (!settlement) return null;
  const { id, kind, terms, totalFen, signedOn, confirmation } = settlement;
  const [instalments, paymentsOf] = await Promise.all([
    findRows(
      Instalment,
      { settlementId: id },
      {
        order: [
          ['dueOn', 'ASC'],
          ['id', 'ASC'],
        ],
      },
    ),
    verifiedPaymentsOf(caseId),
  ]);
  return {
    ...{ kind, terms, totalFen, signedOn, confirmation: confirmation ?? null },
    instalments: instalments.map((instalment) => ({
      ...{ claimantId: instalment.claimantId, dueOn: instalment.dueOn, amountFen: instalment.amountFen },
      payments: paymentsOf.get(instalment.id) ?? [],
    })),
  };
}

/** The verified payments of a case by their instalment. */
async function verifiedPaymentsOf(caseId: string): Promise<Map<string, PaperPayment[]>> {
  const payments = await selectRows<PaperPayment & { instalmentId: string }>(
    `SELECT p.instalmentId, p.amountFen, p.paidOn, p.manner, p.proof, u.displayName AS verifiedBy
     FROM payments p LEFT JOIN users u ON u.id = p.decidedById
     WHERE p.caseId = :caseId AND p.state = 'verified' ORDER BY p.paidOn, p.id`,
    { caseId },
  );
  const byInstalment = new Map<string, PaperPayment[]>();
  for (const { instalmentId, ...payment } of payments)
    byInstalment.set(instalmentId, [...(byInstalment.get(instalmentId) ?? []), payment]);
  return byInstalment;
}

const ENDINGS = ['fail', 'withdraw', 'loseContact', 'transfer', 'markNotLabour'] as const;

/** How it ended and whether both signed for more days, from the history. */
async function historyOf({ id: caseId, outcome, closedOn }: DisputeCase) {
  const [events, proposal] = await Promise.all([
    findRows(CaseEvent, { caseId, action: [...ENDINGS, 'extend'] }, { order: [['at', 'ASC']] }),
    outcome === 'declined' || outcome === 'notLabour'
      ? findRow(CaseProposal, { caseId, action: 'decline', approved: true })
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
  const calls = await findRows(FollowUp, { caseId, state: 'done' }, { order: [['round', 'ASC']] });
  const callers = await findByIds(
    User,
    calls.map(({ calledById }) => calledById),
  );
  return calls.map((call) => ({
    on: call.calledOn ?? call.closedOn,
    by: callers.get(call.calledById ?? '')?.displayName ?? null,
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
    findRows(
      CaseDocument,
      { caseId, voidedAt: null },
      { attributes: ['form', 'subjectId', 'frozenAt'], order: [['frozenAt', 'ASC']] },
    ),
    findRows(
      Attachment,
      { caseId, voidedAt: null },
      {
        attributes: ['fileName', 'kind', 'uploadedAt', 'form', 'sessionId'],
        order: [['uploadedAt', 'ASC']],
      },
    ),
  ]);
  return {
    kept: documents.map(({ form, subjectId, frozenAt }) => ({ form, subjectId, on: dayOf(frozenAt) })),
    files: files.map((file) => ({
      ...{ name: file.fileName, kind: file.kind, on: dayOf(file.uploadedAt) },
      paper: signedPaper(file),
    })),
  };
}
