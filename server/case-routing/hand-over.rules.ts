import {
  LIFECYCLE,
  obstacle,
  type CaseAction,
  type CaseFacts,
  type Transition,
} from '../cases/lifecycle.rules.ts';
import type { Level } from '../directory/directory.rules.ts';
import { takesDispute, type Desk } from './proposal.rules.ts';

/** A case as the choice of its receiver sees it. */
export interface HandedCase {
  level: Level | null;
  enterpriseId: string | null;
  mediatorId: string | null;
  /** The names of both sides: nobody mediates their own dispute. */
  partyNames: readonly string[];
}

/**
 * The mediators to whom a case can be offered: the same as can be given it by the dispatcher, but of its own level only.
 * A hand-over never moves a case up or down, nor past the worker's consent to the enterprise's committee.
 */
export function receiversOf(handed: HandedCase, desks: readonly Desk[]): Desk[] {
  const { level, enterpriseId, mediatorId, partyNames } = handed;
  return desks.filter(
    (desk) =>
      desk.level === level &&
      desk.mediatorId !== mediatorId &&
      !partyNames.includes(desk.mediatorName) &&
      takesDispute(desk, { partyNames }, enterpriseId === null ? null : { id: enterpriseId }),
  );
}

/** Whether an open offer is over after an action: the case has another mediator, has ended, or is performed by now. */
export function endsOffer(
  action: CaseAction,
  fromId: string,
  now: CaseFacts & { mediatorId: string | null },
): boolean {
  const rule: Transition = LIFECYCLE[action];
  return rule.to === 'closed' || now.mediatorId !== fromId || obstacle('acceptHandOver', now) !== null;
}
