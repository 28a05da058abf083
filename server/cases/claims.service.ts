import { Claim, Claimant, type DisputeCase } from '../../models/cases.ts';
import { changeRows } from '../../models/dialect.ts';
import { lookupHash } from '../../models/encryption.ts';
import { countRows, findRow, findRows, insertRows, updateRows } from '../../models/rows.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { changesOf } from '../directory/changes.rules.ts';
import { NotFound } from '../shared/errors.ts';
import { maskIdNumber, maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { actOnCase } from './case-action.service.ts';
import type { ClaimType, Gender } from './case.rules.ts';
import { exceedsClaim } from './claims.rules.ts';
import { withoutPersonalData } from './privacy.rules.ts';
import { amountsOf } from './register.service.ts';
import { countWorkers, nameOnlyWorker } from './workers.service.ts';

/** A worker's data and claims as the form gives them; a personal field that was left as masked is `undefined`. */
export interface WorkerClaims {
  name: string;
  gender: Gender | null;
  migrant: boolean | null;
  overRetirementAge: boolean;
  idNumber?: string | null;
  phone?: string | null;
  claims: {
    type: ClaimType;
    claimedFen: number | null;
    verifiedFen: number | null;
    agreedFen: number | null;
  }[];
}

/** Records one worker's claims: of a new worker without `claimantId`. Amounts in fen; claims are told apart by type. */
export async function recordClaims(
  reader: Reader,
  caseId: string,
  version: number,
  claimantId: string | null,
  wish: WorkerClaims,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'recordClaims', version, async (disputeCase) => {
    const { claims, ...person } = wish;
    if (claimantId === null) await nameOnlyWorker(disputeCase);
    const id = claimantId
      ? await changeClaimant(reader, caseId, claimantId, person)
      : await newClaimant(caseId, person);
    await replaceClaims(reader, caseId, id, claims);
    const { set, detail } = await caseWithClaims(disputeCase, [person.name], claimantId === null);
    return {
      set,
      detail: { ...detail, ...(claims.some(exceedsClaim) ? { aboveClaimed: true } : {}) },
    };
  });
}

/** What a case and its history say of its workers after claims of these were recorded; `joined` where they are new to it. */
export async function caseWithClaims(disputeCase: DisputeCase, names: readonly string[], joined: boolean) {
  const { id: caseId, title, enterpriseConsent, level } = disputeCase;
  const named = await countRows(Claimant, { caseId });
  const counted = await countWorkers(disputeCase, Math.max(disputeCase.workers, named));
  const amounts = await amountsOf(caseId);
  const set = {
    ...amounts,
    ...counted.set,
    title: withoutPersonalData(title, names),
    // A worker who joins has not said whether the enterprise's committee may know; its own mediator knows already.
    enterpriseConsent: enterpriseConsent && (!joined || level === 'enterprise'),
  };
  return { set, detail: { ...amounts, ...counted.detail } };
}

type PersonalFields = Omit<WorkerClaims, 'claims'>;

async function changeClaimant(
  reader: Reader,
  caseId: string,
  claimantId: string,
  wish: PersonalFields,
): Promise<string> {
  const claimant = await findRow(Claimant, { id: claimantId, caseId });
  if (!claimant) throw new NotFound();
  const changes = changesOf(claimant, wish, { name: maskName, phone: maskPhone, idNumber: maskIdNumber });
  if (Object.keys(changes).length > 0) {
    await recordAudit(reader.userId, {
      action: 'changeClaimant',
      objectType: 'claimant',
      objectId: claimantId,
      detail: { caseId, changes },
    });
  }
  const { version } = claimant;
  await updateRows(Claimant, { ...wish, ...hashes(wish), version: version + 1 }, { id: claimantId });
  return claimantId;
}

/** The claims as they stand now; what stood before is kept in the audit. */
async function replaceClaims(
  reader: Reader,
  caseId: string,
  claimantId: string,
  claims: WorkerClaims['claims'],
): Promise<void> {
  const before = await findRows(Claim, { claimantId });
  await changeRows('DELETE FROM claims WHERE claimantId = :claimantId', { claimantId });
  await insertRows(
    Claim,
    claims.map((claim) => ({ caseId, claimantId, ...claim })),
  );
  const linesOf = (list: readonly WorkerClaims['claims'][number][]) =>
    list.map(({ type, claimedFen, verifiedFen, agreedFen }) => ({
      type,
      claimedFen,
      verifiedFen,
      agreedFen,
    }));
  await recordAudit(reader.userId, {
    action: 'changeClaims',
    objectType: 'claimant',
    objectId: claimantId,
    detail: { caseId, before: linesOf(before), after: linesOf(claims) },
  });
}

async function newClaimant(caseId: string, wish: PersonalFields): Promise<string> {
  const position = (await Claimant.max<number, Claimant>('position', { where: { caseId } })) ?? 0;
  const claimant = await Claimant.create({ caseId, position: position + 1, ...wish, ...hashes(wish) });
  return claimant.id;
}

function hashes({ idNumber, phone }: PersonalFields) {
  return {
    ...(idNumber === undefined ? {} : { idNumberHash: idNumber && lookupHash(idNumber) }),
    ...(phone === undefined ? {} : { phoneHash: phone && lookupHash(phone) }),
  };
}
