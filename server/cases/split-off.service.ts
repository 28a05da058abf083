import { Claim, Claimant, DisputeCase, Respondent, RoutingDecision } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { Particulars } from '../../models/documents.ts';
import { CoMediator, Contact, MediationSession } from '../../models/mediation.ts';
import { addSearchTokens, searchTokens } from '../../models/search-tokens.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { newId } from '../shared/ids.ts';
import { Conflict, NotFound } from '../shared/errors.ts';
import { actOnCase, nextDueOf, recordCaseEvent } from './case-action.service.ts';
import { nextCaseNumber } from './case-number.service.ts';
import { findCase } from './case.queries.ts';
import { amountsOf } from './register.service.ts';
import { toldBy, withoutPersonalData } from './privacy.rules.ts';
import { concerns, goesAlong, typeOfParted } from './split-off.rules.ts';
import { countWorkers } from './workers.service.ts';

/**
 * Gives one worker of several a case of their own (分案), with their claims and their own ticket, and with what was said to
 * them or to all. Both cases stand where the first stood: same day 0, same clocks, same desk, same respondents; an
 * accepted one gets the next number.
 * @throws NotFound, Conflict where an agreement is drafted for all, or nobody would be left
 */
export function splitOffWorker(
  reader: Reader,
  caseId: string,
  version: number,
  claimantId: string,
  { reason }: { reason: string },
): Promise<DisputeCase> {
  return inTx(async () => {
    const { state } = await findCase(reader, caseId);
    if (state === 'awaitingSignature') throw new Conflict('group.errors.withdrawDraftFirst');
    return actOnCase(reader, caseId, 'splitOff', version, async (disputeCase) => {
      const { claimant, others } = await ofSeveral(caseId, claimantId);
      const tickets = await ticketsOf(caseId, claimant, others);
      const own = await caseOfItsOwn(reader, disputeCase, claimant, tickets);
      await moveWorker(claimant, own.id, tickets);
      await copyLog(caseId, own.id, claimant);
      own.set({ ...(await partedOf(own)), ...(await nextDueOf(own)) });
      await own.save();
      await recordCaseEvent(own, 'splitOff', reader.userId, null, { splitFrom: caseId, reason });
      await recordAudit(reader.userId, {
        ...{ action: 'splitOff', objectType: 'claimant', objectId: claimantId },
        detail: { caseId, toCaseId: own.id, tickets: tickets.map(({ number }) => number) },
      });
      const { set } = await countWorkers(disputeCase, disputeCase.workers - 1);
      const story = await storyLeft(
        disputeCase,
        tickets,
        others.map(({ name }) => name),
      );
      const left = await partedOf(disputeCase);
      return { set: { ...set, ...left, ...story }, detail: { splitTo: own.id, reason } };
    });
  });
}

async function ofSeveral(
  caseId: string,
  claimantId: string,
): Promise<{ claimant: Claimant; others: Claimant[] }> {
  const all = await Claimant.findAll({ where: { caseId } });
  const claimant = all.find(({ id }) => id === claimantId);
  if (!claimant) throw new NotFound();
  if (all.length < 2) throw new Conflict('group.errors.nobodyLeft');
  return { claimant, others: all.filter((one) => one !== claimant) };
}

async function ticketsOf(caseId: string, claimant: Claimant, others: Claimant[]): Promise<Ticket[]> {
  const tickets = await ticketsInOrder(caseId);
  return tickets.filter((ticket) => goesAlong(ticket, claimant, others));
}

/** What the claims that are left in a case say of it: its amounts, and what it is about. */
async function partedOf({ id: caseId, primaryType }: DisputeCase) {
  const claims = await Claim.findAll({ where: { caseId }, order: [['id', 'ASC']] });
  return { ...(await amountsOf(caseId)), primaryType: typeOfParted(primaryType, claims) };
}

/** What a case is called and what it is about in the words of the first of its tickets; nothing new without one. */
function storyOf(
  [first]: Ticket[],
  names: string[],
  before: DisputeCase,
): { title?: string; facts?: string | null } {
  if (!first) return {};
  return {
    title: withoutPersonalData(first.title ?? before.title, names),
    facts: first.content ? toldBy(first, first.content) : before.facts,
  };
}

/** The first case tells its own story again where what it told went along with the worker. */
async function storyLeft(disputeCase: DisputeCase, gone: Ticket[], names: string[]) {
  if (!gone.some(({ content }) => content !== null && content === disputeCase.facts)) return {};
  const told = storyOf(await ticketsInOrder(disputeCase.id), names, disputeCase);
  return { ...told, searchTokens: addSearchTokens(disputeCase.searchTokens, told.title) };
}

const ticketsInOrder = (caseId: string): Promise<Ticket[]> =>
  Ticket.findAll({
    where: { caseId },
    order: [
      ['receivedAt', 'ASC'],
      ['id', 'ASC'],
    ],
  });

/** The new case; whether one came by the hotline is true of both, even where the ticket stays with the first. */
async function caseOfItsOwn(
  reader: Reader,
  from: DisputeCase,
  worker: Claimant,
  tickets: Ticket[],
): Promise<DisputeCase> {
  const number = from.number && from.acceptedOn ? await nextCaseNumber(from, from.acceptedOn) : null;
  const respondents = await Respondent.findAll({ where: { caseId: from.id }, order: [['position', 'ASC']] });
  const told = { ...stand(from), ...storyOf(tickets, [worker.name], from) };
  const own = await DisputeCase.create({
    ...told,
    ...progress(from),
    number,
    searchTokens: searchTokens(
      ...[told.title, number, ...respondents.map(({ name }) => name)],
      ...tickets.map((ticket) => ticket.number),
    ),
    createdById: reader.userId,
  });
  await copyRespondents(respondents, own.id);
  await copyRouting(from.id, own.id);
  await copyCoMediators(from.id, own.id);
  return own;
}

/** What the dispute is, and on whose desk. */
function stand(from: DisputeCase) {
  const { townId, villageId, enterpriseId, source, level, firstLevel, roomId, mediatorId } = from;
  const { primaryType, title, facts, respondentName, hasTicket, enterpriseConsent } = from;
  return {
    ...{ townId, villageId, enterpriseId, source, level, firstLevel, roomId, mediatorId },
    ...{ primaryType, title, facts, respondentName, hasTicket, enterpriseConsent },
  };
}

/** How far it is, with every day from which a clock runs. */
function progress(from: DisputeCase) {
  const { state, receivedAt, receivedOn, routedAt, firstRoutedAt, takenOverAt, reopenedOn } = from;
  const { workerConsentOn, respondentConsentOn, acceptedOn, statutoryDueOn, extendedTo } = from;
  const { firstContactAt, failureDraftedOn } = from;
  return {
    ...{ state, receivedAt, receivedOn, routedAt, firstRoutedAt, takenOverAt, firstContactAt, reopenedOn },
    ...{ workerConsentOn, respondentConsentOn, acceptedOn, statutoryDueOn, extendedTo, failureDraftedOn },
  };
}

/** The respondents with what the papers know of them. */
async function copyRespondents(respondents: Respondent[], caseId: string): Promise<void> {
  for (const respondent of respondents) {
    const { position, part, enterpriseId, name, creditCode, phone } = respondent;
    const copy = await Respondent.create({ caseId, position, part, enterpriseId, name, creditCode, phone });
    const known = await Particulars.findByPk(respondent.id);
    if (known) await Particulars.create({ subjectId: copy.id, caseId, details: known.details, version: 1 });
  }
}

/** Why it came to this desk is true of both. */
async function copyRouting(fromId: string, caseId: string): Promise<void> {
  const decision = await RoutingDecision.findOne({ where: { caseId: fromId }, order: [['at', 'DESC']] });
  if (decision) await RoutingDecision.create({ ...decision.get({ plain: true }), id: newId(), caseId });
}

/** Whoever mediates along goes on to do so in both. */
async function copyCoMediators(fromId: string, caseId: string): Promise<void> {
  const present = await CoMediator.findAll({ where: { openKey: fromId } });
  await CoMediator.bulkCreate(
    present.map(({ personId, since, namedById }) => ({
      caseId,
      openKey: caseId,
      personId,
      since,
      namedById,
    })),
  );
}

/** What was said with this worker or with all stands in both files; what is still planned stays with the first. */
async function copyLog(fromId: string, caseId: string, worker: Claimant): Promise<void> {
  const [contacts, sessions] = await Promise.all([
    Contact.findAll({ where: { caseId: fromId } }),
    MediationSession.findAll({ where: { caseId: fromId, state: 'held' } }),
  ]);
  const carried = <T extends { fromCaseId: string | null }>(row: T) => ({
    ...{ ...row, id: newId(), caseId },
    fromCaseId: row.fromCaseId ?? fromId,
  });
  await Contact.bulkCreate(
    contacts.filter((contact) => concerns(contact, worker)).map((contact) => carried(contact.get())),
  );
  await MediationSession.bulkCreate(sessions.map((session) => carried(session.get())));
}

async function moveWorker({ id: claimantId }: Claimant, caseId: string, tickets: Ticket[]): Promise<void> {
  await Claimant.update({ caseId, position: 1, representative: false }, { where: { id: claimantId } });
  await Claim.update({ caseId }, { where: { claimantId } });
  await Particulars.update({ caseId }, { where: { subjectId: claimantId } });
  await Ticket.update({ caseId }, { where: { id: tickets.map(({ id }) => id) } });
}
