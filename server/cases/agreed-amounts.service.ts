import { Claim, type DisputeCase } from '../../models/cases.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudits } from '../accounts/audit.service.ts';
import { Unacceptable } from '../shared/errors.ts';
import { basisOf, shareOut } from './agreed-amounts.rules.ts';
import { actOnCase } from './case-action.service.ts';
import { exceedsClaim } from './claims.rules.ts';
import { amountsOf } from './register.service.ts';

/** How the agreed amounts are filled in: as verified, or a sum in fen by proportion. */
export type AgreedAmounts = { by: 'verified' } | { by: 'proportion'; totalFen: number };

/**
 * Fills in the agreed amount of all claims of a case at once; what stood before is kept in the audit.
 * @throws Unacceptable where nothing is verified or claimed, or a worker would get more than they claim
 */
export async function fillAgreed(
  reader: Reader,
  caseId: string,
  version: number,
  wish: AgreedAmounts,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'recordClaims', version, async () => {
    const claims = await Claim.findAll({ where: { caseId }, order: [['id', 'ASC']] });
    const agreed = wish.by === 'verified' ? asVerified(claims) : inProportion(claims, wish.totalFen);
    const filled = claims.map((claim, index) => ({ claim, agreedFen: agreed[index] ?? null }));
    const above = filled.filter(({ claim, agreedFen }) =>
      exceedsClaim({ claimedFen: claim.claimedFen, agreedFen }),
    );
    if (above.length > 0) throw new Unacceptable('group.errors.aboveClaimed', { count: above.length }, 'by');
    const changed = filled.filter(({ claim, agreedFen }) => claim.agreedFen !== agreedFen);
    await recordAudits(
      reader.userId,
      changed.map(({ claim: { claimantId, type, agreedFen: before }, agreedFen }) => ({
        action: 'changeClaims',
        objectType: 'claimant',
        objectId: claimantId,
        detail: { caseId, before: [{ type, agreedFen: before }], after: [{ type, agreedFen }] },
      })),
    );
    for (const { claim, agreedFen } of changed) await claim.update({ agreedFen });
    const amounts = await amountsOf(caseId);
    return { set: amounts, detail: amounts };
  });
}

/** A claim that is not verified keeps its agreed amount. */
function asVerified(claims: readonly Claim[]): (number | null)[] {
  if (claims.every(({ verifiedFen }) => verifiedFen === null))
    throw new Unacceptable('group.errors.noneVerified', {}, 'by');
  return claims.map(({ verifiedFen, agreedFen }) => verifiedFen ?? agreedFen);
}

function inProportion(claims: readonly Claim[], totalFen: number): number[] {
  const weights = claims.map(basisOf);
  if (weights.every((weight) => weight === 0)) throw new Unacceptable('group.errors.noBasis', {}, 'by');
  return shareOut(totalFen, weights);
}
