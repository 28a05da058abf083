import { Claim, Claimant, DisputeCase, Respondent } from '../../models/cases.ts';
import { holdRow, inTx } from '../../models/dialect.ts';
import { Particulars } from '../../models/documents.ts';
import { Contact, MediationSession } from '../../models/mediation.ts';
import { updateRows } from '../../models/rows.ts';
import { addSearchTokens } from '../../models/search-tokens.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { today } from '../shared/clock.ts';
import { Conflict, Stale, Unacceptable } from '../shared/errors.ts';
import { actOnCase, type CaseChange } from './case-action.service.ts';
import { findCase } from './case.queries.ts';
import { loadMerger, type MergePlan, type SameWorker } from './merger.queries.ts';
import { clocksTogether, expiredTogether, workersTogether } from './merger.rules.ts';
import { withoutPersonalData } from './privacy.rules.ts';
import { amountsOf } from './register.service.ts';
import { countWorkers, nameOnlyWorker } from './workers.service.ts';

/** The other case as the form showed it, and the id of the one that stays. */
export interface Merger {
  otherId: string;
  otherVersion: number;
  stays: string;
  /** That the days of the case that stays are over then was read. */
  expiredRead?: boolean;
}

/**
 * Makes one case of two (并案): workers, tickets, contacts and planned sessions join the one that stays, the other closes
 * as its duplicate. Both rows are held in the order of their ids, so that of two mergers at once one comes second.
 * @throws NotFound, Forbidden, Stale, Conflict where they cannot become one, Unacceptable for one that cannot stay, or whose
 * days are over then, which nobody has read
 */
export function mergeCases(
  reader: Reader,
  caseId: string,
  version: number,
  { otherId, otherVersion, stays, expiredRead = false }: Merger,
): Promise<DisputeCase> {
  return inTx(async () => {
    for (const id of [caseId, otherId].sort()) await holdRow('cases', id);
    const shown = new Map([
      [caseId, version],
      [otherId, otherVersion],
    ]);
    const plan = await planFor(reader, shown, stays);
    checkExpiry(plan, expiredRead);
    const going = await actOnCase(reader, plan.going.id, 'merge', shown.get(plan.going.id)!, async () => {
      await moveEverything(plan);
      return closedInto(plan);
    });
    await DisputeCase.update({ mergedIntoId: stays }, { where: { mergedIntoId: going.id } });
    await recordAudit(reader.userId, {
      ...{ action: 'mergeCases', objectType: 'case', objectId: stays },
      detail: { mergedId: going.id, ...movedIds(plan) },
    });
    return actOnCase(reader, stays, 'takeIn', shown.get(stays)!, (staying) => takenIn(staying, plan));
  });
}

async function planFor(reader: Reader, shown: Map<string, number>, stays: string): Promise<MergePlan> {
  const [one, other] = [...shown.keys()];
  const cases = [await findCase(reader, one!), await findCase(reader, other!)] as const;
  if (cases.some(({ id, version }) => shown.get(id) !== version)) throw new Stale();
  const { plans, hindrance } = await loadMerger(...cases);
  if (hindrance) throw new Conflict(`merger.errors.${hindrance}`);
  const plan = plans.find(({ staying }) => staying.id === stays);
  if (!plan) throw new Unacceptable('merger.errors.mayNotStay', {}, 'stays');
  return plan;
}

/** Nobody finds out only afterwards that the days of mediation are over. @throws Unacceptable unless it was read */
function checkExpiry({ staying, going }: MergePlan, read: boolean): void {
  const day = expiredTogether(staying.disputeCase, going.disputeCase, today());
  if (day !== null && !read) throw new Unacceptable('merger.errors.expired', { day }, 'expiredRead');
}

/** The case that goes: a duplicate that leads to the other, with the amounts of what is left in it. */
async function closedInto({ staying, going }: MergePlan): Promise<CaseChange> {
  const { number } = staying.disputeCase;
  return {
    set: {
      ...{ outcome: 'duplicate', closedOn: today(), mergedIntoId: staying.id },
      ...(await amountsOf(going.id)),
    },
    detail: { mergedInto: staying.id, number },
  };
}

/** The case that stays: its workers and amounts anew, the earlier days, and the words by which the other is found. */
async function takenIn(
  staying: DisputeCase,
  { going: { disputeCase: going, tickets }, joining, same, respondents, recognised }: MergePlan,
): Promise<CaseChange> {
  const workers = workersTogether(staying.workers, going.workers, same.length);
  const counted = await countWorkers(staying, workers);
  const clocks = clocksTogether(staying, going);
  const names = joining.map(({ name }) => name);
  const set = {
    ...clocks,
    ...againstWhom(staying, going, recognised),
    ...counted.set,
    ...(await amountsOf(staying.id)),
    hasTicket: staying.hasTicket || going.hasTicket,
    enterpriseConsent: staying.enterpriseConsent && going.enterpriseConsent,
    title: withoutPersonalData(staying.title, names),
    searchTokens: addSearchTokens(
      ...([staying.searchTokens, going.title, going.number] as const),
      ...[...respondents.map(({ name }) => name), ...tickets.map(({ number }) => number)],
    ),
  };
  return { set, detail: { ...toldOf(staying, going, clocks), ...counts(), ...counted.detail } };

  function counts() {
    const repeatedClaims = same.reduce((sum, { repeated }) => sum + repeated.length, 0);
    return {
      mergedFrom: going.id,
      ...{ number: going.number, movedTickets: tickets.length, workersNow: workers },
      ...(same.length > 0 ? { sameWorkers: same.length } : {}),
      ...(repeatedClaims > 0 ? { repeatedClaims } : {}),
    };
  }
}

/** The enterprise that only the other case knew, and so where the case belongs (DOMAIN §3). */
function againstWhom(staying: DisputeCase, going: DisputeCase, recognised: MergePlan['recognised']) {
  const first = recognised.find(({ there }) => there.position === 1);
  if (!first) return {};
  const { enterpriseId } = first;
  const villageId = (enterpriseId === going.enterpriseId && going.villageId) || staying.villageId;
  return { enterpriseId, villageId };
}

/** What the history says of the clock: from which day it runs now, and an extension that holds no longer. */
function toldOf(staying: DisputeCase, going: DisputeCase, clocks: ReturnType<typeof clocksTogether>) {
  const { workerConsentOn: dayZero } = clocks;
  const extended = staying.extendedTo ?? going.extendedTo;
  return {
    ...(dayZero ? { dayZero } : {}),
    ...(extended && !clocks.extendedTo ? { extensionEnded: extended } : {}),
  };
}

const movedIds = ({ going, joining, same, respondents }: MergePlan) => ({
  tickets: going.tickets.map(({ number }) => number),
  claimants: joining.map(({ id }) => id),
  sameClaimants: same.map((pair) => `${pair.going.id}>${pair.staying.id}`),
  respondents: respondents.map(({ id }) => id),
});

/** Papers, attachments and held sessions stay in the file of the case that goes; who has the one reads the other. */
async function moveEverything(plan: MergePlan): Promise<void> {
  const { staying, going, joining, same, respondents, recognised } = plan;
  const caseId = staying.id;
  const where = { caseId: going.id };
  for (const side of [staying, going]) await nameOnlyWorker(side.disputeCase);
  await moveInto(Claimant, caseId, joining);
  await moveInto(Respondent, caseId, respondents);
  await Claimant.update({ representative: false }, { where: { id: joining.map(({ id }) => id) } });
  await Claim.update({ caseId }, { where: { claimantId: joining.map(({ id }) => id) } });
  for (const pair of same) await joinWorker(pair);
  for (const { there, enterpriseId } of recognised) await there.update({ enterpriseId });
  await Particulars.update(
    { caseId },
    { where: { subjectId: [...joining, ...respondents].map(({ id }) => id) } },
  );
  await Ticket.update({ caseId }, { where });
  await Contact.update({ caseId }, { where });
  await MediationSession.update({ caseId }, { where: { ...where, state: 'planned' } });
}

/** Behind those who are there already, in their own order. */
async function moveInto(
  table: typeof Claimant | typeof Respondent,
  caseId: string,
  rows: readonly { id: string }[],
): Promise<void> {
  const last =
    (await (table as typeof Claimant).max<number, Claimant>('position', { where: { caseId } })) ?? 0;
  for (const [index, { id }] of rows.entries())
    await (table as typeof Claimant).update({ caseId, position: last + index + 1 }, { where: { id } });
}

/** Who is in both cases is one: claims of other types join, and what was not known of the person or a claim is. */
async function joinWorker({ going, staying, joining, repeated }: SameWorker): Promise<void> {
  for (const { going: there, staying: claim } of repeated)
    await claim.update({
      claimedFen: claim.claimedFen ?? there.claimedFen,
      verifiedFen: claim.verifiedFen ?? there.verifiedFen,
    });
  await Contact.update({ claimantId: staying.id }, { where: { claimantId: going.id } });
  await Claim.update(
    { claimantId: staying.id, caseId: staying.caseId },
    { where: { id: joining.map(({ id }) => id) } },
  );
  await staying.update({
    ...(staying.idNumber === null ? { idNumber: going.idNumber, idNumberHash: going.idNumberHash } : {}),
    ...(staying.phone === null ? { phone: going.phone, phoneHash: going.phoneHash } : {}),
    gender: staying.gender ?? going.gender,
    migrant: staying.migrant ?? going.migrant,
    version: staying.version + 1,
  });
}

/** Whoever has a case has what was merged into it, too; a committee only what its workers let it know (DOMAIN §0, 5). */
export async function takeMergedAlong(disputeCase: DisputeCase): Promise<void> {
  const { id, level, roomId, mediatorId, takenOverAt, enterpriseId } = disputeCase;
  const known = level === 'enterprise' ? { enterpriseId, enterpriseConsent: true } : {};
  await updateRows(
    DisputeCase,
    { level, roomId, mediatorId, takenOverAt },
    { mergedIntoId: id, state: 'closed', ...known },
  );
}
