import type { TownSettings } from '../../config/town.ts';
import type { RouteProposal } from './proposal.rules.ts';
import type { Related } from './related.rules.ts';

/** What somebody should read before a proposal goes on its way; the words are in `routing.remarks.*`. */
export type Remark =
  'rule' | 'unknownEnterprise' | 'duplicate' | 'sameEnterprise' | 'askConsent' | 'notInOwnVillage';

/** Why a proposal is not confirmed unread; none where it is as plain as most: a known firm's village, and nothing else. */
export function remarksOn(
  proposal: RouteProposal,
  { sameEnterprise, duplicates }: Related,
  { groupWorkers }: Pick<TownSettings, 'groupWorkers'>,
): Remark[] {
  const { enterprise, routing, complaint, enterpriseConsent } = proposal;
  const plain = routing.ruleCode === 'village' || routing.ruleCode === 'enterprise';
  const committeeCould =
    enterprise?.hasCommittee === true && !complaint.anonymous && (complaint.workers ?? 1) < groupWorkers;
  const remarks: [Remark, boolean][] = [
    ['rule', !plain || routing.notes.length > 0],
    ['unknownEnterprise', enterprise === null],
    ['duplicate', duplicates.waiting.length + duplicates.cases.length > 0],
    ['sameEnterprise', sameEnterprise.waiting.length + sameEnterprise.cases.length > 0],
    ['askConsent', routing.ruleCode === 'village' && committeeCould && !enterpriseConsent],
    ['notInOwnVillage', routing.ruleCode === 'village' && routing.level !== 'village'],
  ];
  return remarks.filter(([, holds]) => holds).map(([remark]) => remark);
}
