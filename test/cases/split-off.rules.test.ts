import { expect } from 'chai';
import type { ClaimType } from '../../server/cases/case.rules.ts';
import { typeOfParted } from '../../server/cases/split-off.rules.ts';

describe('what a case is about once workers were parted', () => {
  const claim = (type: ClaimType, claimedFen: number | null, verifiedFen: number | null = null) => ({
    ...{ type, claimedFen, verifiedFen },
  });
  const CASES: [string, ClaimType, ReturnType<typeof claim>[], ClaimType][] = [
    ['somebody still claims it', 'wages', [claim('rest', 900), claim('wages', 100)], 'wages'],
    ['nobody claims it any more', 'workInjury', [claim('rest', 2_400_000)], 'rest'],
    [
      'the most counts',
      'workInjury',
      [claim('rest', 100), claim('wages', 200), claim('other', null)],
      'wages',
    ],
    ['verified before claimed', 'workInjury', [claim('rest', 900, 50), claim('wages', 200)], 'wages'],
    ['nothing is claimed', 'wages', [], 'wages'],
  ];
  for (const [told, before, claims, expected] of CASES)
    it(told, () => expect(typeOfParted(before, claims)).to.equal(expected));
});
