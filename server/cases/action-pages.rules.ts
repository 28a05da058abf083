import type { CaseAction } from './lifecycle.rules.ts';

/**
 * Where each action of a case is taken: the noun behind `/cases/:caseId/`. A `form` is a page of its own; a `button`
 * needs nothing but the press. Actions on one worker, payment or proposal have their addresses beside that thing.
 */
export interface ActionPage {
  noun: string;
  kind: 'form' | 'button';
  /** `step`: on the way to an agreement, in the order of the work; `ending`: another way out, or a correction. */
  group: 'step' | 'ending';
  /** The action whose guards open the page, where the page itself provides what its own action still needs. */
  opens?: CaseAction;
}

export const ACTION_PAGES = {
  takeOver: { noun: 'take-over', kind: 'button', group: 'step' },
  route: { noun: 'routing', kind: 'form', group: 'step' },
  recordReceipt: { noun: 'transfer/receipt', kind: 'form', group: 'step' },
  answerRedo: { noun: 'redo', kind: 'form', group: 'step' },
  sign: { noun: 'signature', kind: 'form', group: 'step' },
  accept: { noun: 'acceptance', kind: 'form', group: 'step', opens: 'recordConsent' },
  draftSettlement: { noun: 'settlement', kind: 'form', group: 'step' },
  recordContact: { noun: 'contacts', kind: 'form', group: 'step' },
  planSession: { noun: 'sessions', kind: 'form', group: 'step' },
  recordConsent: { noun: 'consents', kind: 'form', group: 'step' },
  recordClaims: { noun: 'claimants', kind: 'form', group: 'step' },
  withdrawDraft: { noun: 'settlement/withdrawal', kind: 'form', group: 'step' },
  extend: { noun: 'extension', kind: 'form', group: 'ending' },
  goUp: { noun: 'going-up', kind: 'form', group: 'ending' },
  handBack: { noun: 'hand-back', kind: 'form', group: 'ending' },
  nameCoMediator: { noun: 'co-mediators', kind: 'form', group: 'ending' },
  offerHandOver: { noun: 'hand-over', kind: 'form', group: 'ending' },
  reassign: { noun: 'routing', kind: 'form', group: 'ending' },
  proposeDecline: { noun: 'decline', kind: 'form', group: 'ending' },
  fail: { noun: 'failure', kind: 'form', group: 'ending' },
  withdraw: { noun: 'withdrawal', kind: 'form', group: 'ending' },
  loseContact: { noun: 'lost-contact', kind: 'form', group: 'ending' },
  transfer: { noun: 'transfer', kind: 'form', group: 'ending' },
  merge: { noun: 'merger', kind: 'form', group: 'ending' },
  markNotLabour: { noun: 'not-labour', kind: 'form', group: 'ending' },
  markDuplicate: { noun: 'duplicate', kind: 'form', group: 'ending' },
  reopen: { noun: 'reopening', kind: 'form', group: 'ending' },
  proposeVoid: { noun: 'void', kind: 'form', group: 'ending' },
} as const satisfies Partial<Record<CaseAction, ActionPage>>;

export type PagedAction = keyof typeof ACTION_PAGES;
export const PAGED_ACTIONS = Object.keys(ACTION_PAGES) as PagedAction[];

/** The address of an action on a case. */
export function actionPath(caseId: string, action: PagedAction): string {
  return `/cases/${caseId}/${ACTION_PAGES[action].noun}`;
}
