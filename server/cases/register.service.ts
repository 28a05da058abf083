import { Area } from '../../models/areas.ts';
import { Claim, Claimant, DisputeCase, Respondent } from '../../models/cases.ts';
import { asNumber, inTx, selectRows } from '../../models/dialect.ts';
import { lookupHash } from '../../models/encryption.ts';
import { Enterprise } from '../../models/directory.ts';
import { insertRow, insertRows, saveRow } from '../../models/rows.ts';
import { searchTokens } from '../../models/search-tokens.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { isCollective } from '../reports/indicators.rules.ts';
import { dayOf } from '../shared/calendar-day.ts';
import { NotFound } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import type { ClaimType, Gender, RespondentPart, Source } from './case.rules.ts';
import { nextDueOf, recordCaseEvent } from './case-action.service.ts';
import { placeOf } from './case.queries.ts';
import { withoutPersonalData } from './privacy.rules.ts';
import { statutoryDeadline } from '../deadlines/clocks.rules.ts';

/** A worker as a form or a ticket names them; amounts in fen. */
export interface NewClaimant {
  name: string;
  gender?: Gender | null;
  idNumber?: string | null;
  phone?: string | null;
  migrant?: boolean | null;
  overRetirementAge?: boolean;
  claims: { type: ClaimType; claimedFen: number | null }[];
}

export interface NewRespondent {
  part: RespondentPart;
  enterpriseId?: string | null;
  name: string;
  phone?: string | null;
}

export interface NewCase {
  townId: string;
  villageId: string | null;
  source: Source;
  title: string;
  facts: string | null;
  primaryType: ClaimType;
  receivedAt: Date;
  /** At least one; the first is the one that the case goes by. */
  respondents: [NewRespondent, ...NewRespondent[]];
  claimants: NewClaimant[];
  /** How many workers there are, where not all are named. */
  workers: number;
  ticketNumbers?: string[];
  /** The worker applied in person: the statutory clock begins on the day of receipt. */
  applied: boolean;
}

/**
 * Registers a case that awaits routing, with its parties, claims and first event; the caller has checked the right. Null is
 * the system itself.
 */
export async function createCase(actorId: string | null, wish: NewCase): Promise<DisputeCase> {
  return inTx(async () => {
    const { groupWorkers } = await settingsOf(wish.townId);
    const disputeCase = await insertRow(DisputeCase, {
      ...rowOf(wish, groupWorkers),
      createdById: actorId,
    });
    const { id: caseId } = disputeCase;
    await insertRows(
      Respondent,
      wish.respondents.map((respondent, index) => ({ caseId, position: index + 1, ...respondent })),
    );
    for (const [index, claimant] of wish.claimants.entries()) await addClaimant(caseId, index + 1, claimant);
    disputeCase.set({ ...(await amountsOf(caseId)), ...(await nextDueOf(disputeCase)) });
    await saveRow(disputeCase);
    await recordCaseEvent(disputeCase, 'register', actorId, null, {
      source: wish.source,
      tickets: wish.ticketNumbers?.length ?? 0,
    });
    return disputeCase;
  });
}

/** The row of a new case: known by its first respondent, found by all, collective from `groupWorkers` workers on. */
function rowOf(wish: NewCase, groupWorkers: number) {
  const { townId, villageId, source, primaryType, facts, receivedAt, respondents, claimants, applied } = wish;
  const [first] = respondents;
  const ticketNumbers = wish.ticketNumbers ?? [];
  const receivedOn = dayOf(receivedAt);
  const workers = Math.max(wish.workers, claimants.length, 1);
  // Lists and headings show the title to everybody who may know of the case.
  const title = withoutPersonalData(
    wish.title,
    claimants.map(({ name }) => name),
  );
  return {
    ...{ townId, villageId, source, primaryType, title, facts, receivedAt, receivedOn, workers },
    state: 'awaitingRouting' as const,
    enterpriseId: first.enterpriseId ?? null,
    respondentName: first.name,
    collective: isCollective(workers, groupWorkers),
    hasTicket: ticketNumbers.length > 0,
    workerConsentOn: applied ? receivedOn : null,
    statutoryDueOn: applied ? statutoryDeadline(receivedOn, 'application').dueOn : null,
    searchTokens: searchTokens(title, ...respondents.map(({ name }) => name), ...ticketNumbers),
  };
}

/**
 * Registers a case that somebody brought in person (walk-in, petition, transfer).
 * @throws NotFound when the area or the enterprise is not within the reader's reach
 */
export async function registerCase(reader: Reader, wish: NewCase): Promise<DisputeCase> {
  return inTx(async () => {
    await checkVillage(wish);
    for (const { enterpriseId } of wish.respondents) {
      if (enterpriseId && !(await Enterprise.findOne({ where: { id: enterpriseId, townId: wish.townId } })))
        throw new NotFound();
    }
    const { townId, villageId } = wish;
    if (!may(reader, 'cases.register', { townId, villageId, enterpriseId: wish.respondents[0].enterpriseId }))
      throw new NotFound();
    return createCase(reader.userId, wish);
  });
}

/** Where the reader goes from a case just registered: to the case, or home when only the dispatcher sees it yet. */
export function addressOf(reader: Reader, disputeCase: DisputeCase): string {
  return may(reader, 'cases.read', placeOf(disputeCase)) ? `/cases/${disputeCase.id}` : '/';
}

async function checkVillage({ townId, villageId }: NewCase): Promise<void> {
  if (villageId && !(await Area.findOne({ where: { id: villageId, parentId: townId } })))
    throw new NotFound();
}

/** Adds a worker with their claims to a case. */
export async function addClaimant(caseId: string, position: number, wish: NewClaimant): Promise<void> {
  const { claims, idNumber = null, phone = null, ...person } = wish;
  const claimantId = newId();
  const claimant = {
    ...{ id: claimantId, caseId, position, ...person },
    ...{ idNumber, idNumberHash: idNumber && lookupHash(idNumber) },
    ...{ phone, phoneHash: phone && lookupHash(phone) },
  };
  await insertRows(Claimant, [claimant]);
  await insertRows(
    Claim,
    claims.map((claim) => ({ caseId, claimantId, ...claim })),
  );
}

type Amount = 'claimedFen' | 'verifiedFen' | 'agreedFen';

/** The sums of a case's claims in fen; unknown (null) while no claim has the amount. */
export async function amountsOf(caseId: string): Promise<Record<Amount, number | null>> {
  const [sums] = await selectRows<Record<Amount, unknown>>(
    `SELECT SUM(claimedFen) AS claimedFen, SUM(verifiedFen) AS verifiedFen, SUM(agreedFen) AS agreedFen
       FROM claims WHERE caseId = :caseId`,
    { caseId },
  );
  const known = (fen: unknown): number | null => (fen === null ? null : asNumber(fen));
  const { claimedFen, verifiedFen, agreedFen } = sums!;
  return { claimedFen: known(claimedFen), verifiedFen: known(verifiedFen), agreedFen: known(agreedFen) };
}
