import { Claimant, type DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { addSearchTokens } from '../../models/search-tokens.ts';
import { Ticket } from '../../models/tickets.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { actOnCase, type CaseChange } from '../cases/case-action.service.ts';
import { placeOf } from '../cases/case.queries.ts';
import { findCaseNamed } from '../cases/case-number.queries.ts';
import { withoutPersonalData } from '../cases/privacy.rules.ts';
import { suggestClaimType } from '../cases/claim-type.rules.ts';
import { addClaimant, amountsOf } from '../cases/register.service.ts';
import { countWorkers, nameOnlyWorker } from '../cases/workers.service.ts';
import { findTicket } from '../hotline/ticket.queries.ts';
import { amountOf, workersOf } from '../hotline/ticket-words.rules.ts';
import { complaintText } from '../hotline/ticket.rules.ts';
import { takeTicket } from '../hotline/ticket-state.service.ts';
import { Unacceptable } from '../shared/errors.ts';
import { claimantOf } from './ticket-claimant.ts';

/** The case that a ticket joins, and the worker's consent where the enterprise's committee mediates it. */
export interface Linking {
  /** The number of the case, or of a ticket that belongs to it; or the case's id. */
  number: string;
  enterpriseConsent?: boolean;
}

/**
 * Adds a waiting ticket to an open case of its town: its caller becomes another worker of the case, unless the phone
 * says that the caller is one already.
 * @throws NotFound, Conflict, Stale, or Unacceptable when there is no such open case, or when its committee would learn
 * of a worker who did not consent (DOMAIN §0, 5)
 */
export async function linkTicket(
  reader: Reader,
  ticketId: string,
  version: number,
  linking: Linking,
): Promise<DisputeCase> {
  return inTx(async () => {
    const ticket = await findTicket(reader, ticketId, 'tickets.route');
    await takeTicket(reader.userId, ticket, version, 'link');
    const { id, level } = await findOpenCase(reader, ticket, linking.number);
    if (level === 'enterprise') {
      if (ticket.anonymous) throw new Unacceptable('routing.errors.anonymous', {}, 'number');
      if (!linking.enterpriseConsent) throw new Unacceptable('routing.errors.consentWanted', {}, 'consent');
    }
    return actOnCase(reader, id, 'linkTicket', null, (disputeCase) => join(disputeCase, ticket, linking));
  });
}

/** The caller becomes a worker of the case, unless they are one; the case counts, finds and hides them from now on. */
async function join(disputeCase: DisputeCase, ticket: Ticket, linking: Linking): Promise<CaseChange> {
  await Ticket.update({ caseId: disputeCase.id }, { where: { id: ticket.id } });
  const known = await isKnown(disputeCase, ticket);
  if (!known) {
    await nameOnlyWorker(disputeCase);
    await addCaller(disputeCase, ticket);
  }
  const ofTicket = Math.max(workersOf(ticket).count ?? 1, 1);
  const workers = known ? Math.max(disputeCase.workers, ofTicket) : disputeCase.workers + ofTicket;
  const counted = await countWorkers(disputeCase, workers);
  return {
    set: {
      ...(await amountsOf(disputeCase.id)),
      ...counted.set,
      hasTicket: true,
      title: withoutPersonalData(disputeCase.title, ticket.callerName ? [ticket.callerName] : []),
      // The consent on record is every worker's; whoever joins without it takes it from the case.
      enterpriseConsent: disputeCase.enterpriseConsent && (known || linking.enterpriseConsent === true),
      searchTokens: addSearchTokens(disputeCase.searchTokens, ticket.number),
    },
    detail: {
      number: ticket.number,
      ...counted.detail,
      ...(disputeCase.level === 'enterprise' ? { enterpriseConsent: true } : {}),
    },
  };
}

async function findOpenCase(reader: Reader, ticket: Ticket, number: string): Promise<DisputeCase> {
  const disputeCase = await findCaseNamed(reader, ticket.townId, number);
  if (!disputeCase || !may(reader, 'cases.linkTicket', placeOf(disputeCase)))
    throw new Unacceptable('routing.errors.caseUnknown', {}, 'number');
  if (disputeCase.state === 'closed') throw new Unacceptable('routing.errors.caseClosed', {}, 'number');
  if (disputeCase.state === 'awaitingSignature')
    throw new Unacceptable('routing.errors.caseAwaitsSignature', {}, 'number');
  return disputeCase;
}

async function isKnown(
  { id: caseId }: DisputeCase,
  { callerPhoneHash: phoneHash }: Ticket,
): Promise<boolean> {
  return phoneHash !== null && (await Claimant.count({ where: { caseId, phoneHash } })) > 0;
}

async function addCaller({ id: caseId }: DisputeCase, ticket: Ticket): Promise<void> {
  const position = ((await Claimant.max<number, Claimant>('position', { where: { caseId } })) ?? 0) + 1;
  const claims = [{ type: suggestClaimType(complaintText(ticket)), claimedFen: amountOf(ticket).fen }];
  await addClaimant(caseId, position, { ...claimantOf(ticket), claims });
}
