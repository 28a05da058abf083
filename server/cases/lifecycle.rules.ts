import type { Access } from '../accounts/roles.rules.ts';
import type { Level } from '../directory/directory.rules.ts';

/** States of a case on its way to an outcome (DOMAIN §5); performance is a second state beside the outcome. */
export const CASE_STATES = [
  'awaitingRouting',
  'awaitingAcceptance',
  'inMediation',
  'awaitingSignature',
  'closed',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

const OPEN: readonly CaseState[] = [
  'awaitingRouting',
  'awaitingAcceptance',
  'inMediation',
  'awaitingSignature',
];
const WITH_MEDIATOR: readonly CaseState[] = ['awaitingAcceptance', 'inMediation', 'awaitingSignature'];
/** What another case can still be merged with: nothing is drafted, signed or paid. */
export const TO_BE_MERGED: readonly CaseState[] = ['awaitingRouting', 'awaitingAcceptance', 'inMediation'];
/** A closed case has a mediator as long as its agreement is being performed. */
const WITH_MEDIATOR_TO_THE_END: readonly CaseState[] = [...WITH_MEDIATOR, 'closed'];

/** How a case can end (DOMAIN §3). */
export const OUTCOMES = [
  'settledAtOnce',
  'settledByInstalments',
  'reconciled',
  'failed',
  'declined',
  'transferred',
  'withdrawn',
  'lostContact',
  'notLabour',
  'duplicate',
  'void',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Ends of a dispute that settled nothing: with new facts, or by mistake, it may begin again. */
export const WITHOUT_AGREEMENT: readonly Outcome[] = [
  'failed',
  'declined',
  'transferred',
  'withdrawn',
  'lostContact',
  'notLabour',
];

/** How far an agreement has been performed; it never changes the outcome. */
export const PERFORMANCES = ['pending', 'performing', 'fulfilled', 'breached'] as const;
export type Performance = (typeof PERFORMANCES)[number];

/** What must be true of the case beside its state; each has its own sentence when it is not. */
export const GUARDS = [
  'takenOver',
  'notTakenOver',
  'bothConsents',
  'hasSettlement',
  'noPayments',
  'unfinished',
  'belowTown',
  'redoOpen',
  'withoutAgreement',
  'receiptOpen',
  'handOverOpen',
  'noHandOver',
  'collective',
  'severalWorkers',
] as const;
export type Guard = (typeof GUARDS)[number];

export interface Transition {
  from: readonly CaseState[];
  /** The state afterwards; absent when the action leaves it. */
  to?: CaseState;
  by: Access;
  needs?: readonly Guard[];
  /** Somebody else than the person who proposed or recorded it. */
  bySecondPerson?: true;
  /** The system takes it too, when a rule says so (`jobs/schedule.ts`). */
  bySystem?: true;
}

/**
 * The lifecycle of a case: from which states an action leads where, who may take it, and what it needs.
 * Buttons, permissions, the state diagram and the tests read this table.
 */
export const LIFECYCLE = {
  route: { from: ['awaitingRouting'], to: 'awaitingAcceptance', by: { dispatcher: 'area' } },
  reassign: { from: WITH_MEDIATOR_TO_THE_END, by: { dispatcher: 'area' }, needs: ['unfinished'] },
  handBack: { from: ['awaitingAcceptance'], to: 'awaitingRouting', by: { mediator: 'own' } },
  // Unlike `reassign`, which the dispatcher decides, a hand-over waits for the receiver; no clock notices either.
  offerHandOver: {
    from: WITH_MEDIATOR_TO_THE_END,
    by: { dispatcher: 'area', mediator: 'own' },
    needs: ['unfinished', 'noHandOver'],
  },
  withdrawHandOver: {
    from: WITH_MEDIATOR_TO_THE_END,
    by: { dispatcher: 'area', mediator: 'own' },
    needs: ['handOverOpen'],
  },
  acceptHandOver: {
    from: WITH_MEDIATOR_TO_THE_END,
    by: { mediator: 'offered' },
    needs: ['unfinished', 'handOverOpen'],
  },
  declineHandOver: { from: WITH_MEDIATOR_TO_THE_END, by: { mediator: 'offered' }, needs: ['handOverOpen'] },
  takeOver: {
    from: WITH_MEDIATOR_TO_THE_END,
    by: { mediator: 'own' },
    needs: ['notTakenOver', 'unfinished'],
  },
  recordContact: {
    from: WITH_MEDIATOR_TO_THE_END,
    by: { mediator: 'own' },
    needs: ['takenOver', 'unfinished'],
  },
  planSession: {
    from: ['awaitingAcceptance', 'inMediation', 'awaitingSignature'],
    by: { mediator: 'own' },
    needs: ['takenOver'],
  },
  recordSession: {
    from: ['awaitingAcceptance', 'inMediation', 'awaitingSignature'],
    by: { mediator: 'own' },
    needs: ['takenOver'],
  },
  cancelSession: {
    from: ['awaitingAcceptance', 'inMediation', 'awaitingSignature'],
    by: { mediator: 'own' },
    needs: ['takenOver'],
  },
  // The net helps: legal volunteer, grid worker, justice office; one mediator leads and answers for the case.
  nameCoMediator: { from: WITH_MEDIATOR, by: { dispatcher: 'area', mediator: 'own' } },
  endCoMediator: { from: WITH_MEDIATOR, by: { dispatcher: 'area', mediator: 'own' } },
  // DOMAIN §5: no first contact, no meeting, no agreement in time, or a party asks; the statutory clock goes on.
  goUp: {
    from: ['awaitingAcceptance', 'inMediation'],
    by: { dispatcher: 'area', mediator: 'own' },
    needs: ['belowTown'],
    bySystem: true,
  },
  recordConsent: { from: ['awaitingAcceptance'], by: { mediator: 'own' }, needs: ['takenOver'] },
  recordClaims: {
    from: ['awaitingAcceptance', 'inMediation'],
    by: { mediator: 'own' },
    needs: ['takenOver'],
  },
  // 劳动争议调解仲裁法 5, 10: mediation is voluntary, so both parties must have agreed to it.
  accept: {
    from: ['awaitingAcceptance'],
    to: 'inMediation',
    by: { mediator: 'own' },
    needs: ['takenOver', 'bothConsents'],
  },
  // 劳动争议调解仲裁法 7: ten or more workers with a common request may elect representatives.
  electRepresentatives: {
    from: WITH_MEDIATOR,
    by: { mediator: 'own' },
    needs: ['takenOver', 'collective'],
  },
  // DOMAIN §5, routing 2: the county is told of a collective dispute, by whoever writes first.
  reportToCounty: { from: OPEN, by: { dispatcher: 'area', mediator: 'own' }, needs: ['collective'] },
  // 人民调解法 25: whoever hears of danger to life tells the police, and writes down that they did.
  tellPolice: { from: CASE_STATES, by: { dispatcher: 'area', mediator: 'own' } },
  // One worker goes a way of their own; once an agreement is drafted for all, the draft is withdrawn first.
  splitOff: {
    from: ['awaitingAcceptance', 'inMediation'],
    by: { mediator: 'own' },
    needs: ['takenOver', 'severalWorkers'],
  },
  // 企业劳动争议协商调解规定 22: what is not accepted is recorded and told in writing; a reviewer agrees first.
  proposeDecline: { from: ['awaitingAcceptance'], by: { mediator: 'own' }, needs: ['takenOver'] },
  decline: { from: ['awaitingAcceptance'], to: 'closed', by: { dispatcher: 'area' }, bySecondPerson: true },
  draftSettlement: {
    from: ['inMediation'],
    to: 'awaitingSignature',
    by: { mediator: 'own' },
    needs: ['takenOver'],
  },
  withdrawDraft: {
    from: ['awaitingSignature'],
    to: 'inMediation',
    by: { mediator: 'own' },
    needs: ['takenOver'],
  },
  // 劳动争议调解仲裁法 14: signed or sealed by both parties, signed by the mediator and sealed, it takes effect.
  sign: { from: ['awaitingSignature'], to: 'closed', by: { mediator: 'own' }, needs: ['takenOver'] },
  // 企业劳动争议协商调解规定 29: longer than the 15 days only if both parties agree, and before they are over.
  extend: { from: ['inMediation', 'awaitingSignature'], by: { mediator: 'own' }, needs: ['takenOver'] },
  // At the end of the days the failure is drafted, which a person confirms by `fail` (DOMAIN §5).
  draftFailure: { from: ['inMediation'], by: {}, bySystem: true },
  // 企业劳动争议协商调解规定 30: record and written notice of the right to arbitrate.
  fail: { from: ['inMediation'], to: 'closed', by: { mediator: 'own' }, needs: ['takenOver'] },
  withdraw: { from: WITH_MEDIATOR, to: 'closed', by: { mediator: 'own' }, needs: ['takenOver'] },
  loseContact: {
    from: ['awaitingAcceptance', 'inMediation'],
    to: 'closed',
    by: { mediator: 'own' },
    needs: ['takenOver'],
  },
  // Another complaint on the same dispute; once an agreement is drafted it would join what it has no part in.
  linkTicket: { from: ['awaitingRouting', 'awaitingAcceptance', 'inMediation'], by: { dispatcher: 'area' } },
  transfer: { from: OPEN, to: 'closed', by: { dispatcher: 'area' } },
  // The other authority sends the slip of the letter back (回执).
  recordReceipt: { from: ['closed'], by: { dispatcher: 'area' }, needs: ['receiptOpen'] },
  markNotLabour: {
    from: ['awaitingRouting', 'awaitingAcceptance'],
    to: 'closed',
    by: { dispatcher: 'area' },
  },
  // DOMAIN §5: complaints of one employer within days of each other; once an agreement is drafted it stands for itself.
  merge: { from: TO_BE_MERGED, to: 'closed', by: { dispatcher: 'area' } },
  takeIn: { from: TO_BE_MERGED, by: { dispatcher: 'area' } },
  markDuplicate: {
    from: ['awaitingRouting', 'awaitingAcceptance', 'inMediation'],
    to: 'closed',
    by: { dispatcher: 'area' },
  },
  proposeVoid: { from: CASE_STATES, by: { dispatcher: 'area', mediator: 'own' }, needs: ['noPayments'] },
  void: {
    from: CASE_STATES,
    to: 'closed',
    by: { dispatcher: 'area' },
    needs: ['noPayments'],
    bySecondPerson: true,
  },
  refuseProposal: { from: CASE_STATES, by: { dispatcher: 'area' }, bySecondPerson: true },
  recordPayment: { from: ['closed'], by: { mediator: 'own' }, needs: ['takenOver', 'hasSettlement'] },
  verifyPayment: {
    from: ['closed'],
    by: { dispatcher: 'area', mediator: 'room' },
    needs: ['hasSettlement'],
    bySecondPerson: true,
  },
  rejectPayment: {
    from: ['closed'],
    by: { dispatcher: 'area', mediator: 'room' },
    needs: ['hasSettlement'],
    bySecondPerson: true,
  },
  // Until it is verified, whoever recorded it takes it back.
  withdrawPayment: { from: ['closed'], by: { mediator: 'own' }, needs: ['hasSettlement'] },
  // A wrong payment is taken back by an entry of its own, which a second person verifies; nothing is edited.
  reversePayment: {
    from: ['closed'],
    by: { dispatcher: 'area', mediator: 'own' },
    needs: ['hasSettlement'],
  },
  verifyReversal: {
    from: ['closed'],
    by: { dispatcher: 'area', mediator: 'room' },
    needs: ['hasSettlement'],
    bySecondPerson: true,
  },
  rejectReversal: {
    from: ['closed'],
    by: { dispatcher: 'area', mediator: 'room' },
    needs: ['hasSettlement'],
    bySecondPerson: true,
  },
  // 劳动人事争议仲裁办案规则 74; 人民调解法 33: the parties file together, in time.
  fileConfirmation: { from: ['closed'], by: { mediator: 'own' }, needs: ['takenOver', 'hasSettlement'] },
  recordConfirmation: { from: ['closed'], by: { mediator: 'own' }, needs: ['takenOver', 'hasSettlement'] },
  // An instalment that is a day late: 未履行 (DOMAIN §5); the outcome stays.
  markBreached: { from: ['closed'], by: {}, needs: ['hasSettlement'], bySystem: true },
  // DOMAIN §5: called back by somebody else than the mediator; 重办 where that went badly, else the archive.
  followUp: { from: ['closed'], by: { callbackClerk: 'followUp' } },
  redo: { from: ['closed'], by: {}, bySystem: true },
  answerRedo: { from: ['closed'], by: { mediator: 'own' }, needs: ['takenOver', 'redoOpen'] },
  archive: { from: ['closed'], by: {}, bySystem: true },
  // By a reviewer, never by the mediator, and in time (`reopening.rules.ts`).
  reopen: {
    from: ['closed'],
    to: 'awaitingRouting',
    by: { dispatcher: 'town' },
    needs: ['withoutAgreement'],
  },
} as const satisfies Record<string, Transition>;

export type CaseAction = keyof typeof LIFECYCLE;
export const CASE_ACTIONS = Object.keys(LIFECYCLE) as CaseAction[];

/** What the guards look at. */
export interface CaseFacts {
  state: CaseState;
  takenOverAt: Date | null;
  workerConsentOn: string | null;
  respondentConsentOn: string | null;
  outcome: Outcome | null;
  performance: Performance | null;
  level: Level | null;
  collective: boolean;
  workers: number;
  /** The case was given back to be done again, and that is not answered yet. */
  redoOpen: boolean;
  /** The authority to which the case was transferred has not confirmed that it has it. */
  receiptOpen: boolean;
  /** It is offered to another mediator, who has not answered yet. */
  handOverOpen: boolean;
  /** Brought by a ledger of past years. */
  imported: boolean;
  hasSettlement: boolean;
  hasPayments: boolean;
}

const GUARD_HOLDS: Record<Guard, (facts: CaseFacts) => boolean> = {
  takenOver: (facts) => facts.takenOverAt !== null,
  notTakenOver: (facts) => facts.takenOverAt === null,
  bothConsents: (facts) => facts.workerConsentOn !== null && facts.respondentConsentOn !== null,
  hasSettlement: (facts) => facts.hasSettlement,
  noPayments: (facts) => !facts.hasPayments,
  unfinished: ({ state, performance, redoOpen }) =>
    state !== 'closed' || redoOpen || (performance !== null && performance !== 'fulfilled'),
  belowTown: ({ level }) => level !== null && level !== 'town',
  redoOpen: ({ redoOpen }) => redoOpen,
  receiptOpen: ({ receiptOpen }) => receiptOpen,
  withoutAgreement: ({ outcome }) => outcome !== null && WITHOUT_AGREEMENT.includes(outcome),
  handOverOpen: ({ handOverOpen }) => handOverOpen,
  noHandOver: ({ handOverOpen }) => !handOverOpen,
  collective: ({ collective }) => collective,
  severalWorkers: ({ workers }) => workers > 1,
};

/**
 * What keeps an action from being taken now: the case is a ledger's, the state, or the first guard that does not hold; null
 * when nothing does.
 */
export function obstacle(action: CaseAction, facts: CaseFacts): 'imported' | 'state' | Guard | null {
  if (facts.imported) return 'imported';
  const rule: Transition = LIFECYCLE[action];
  if (!rule.from.includes(facts.state) || facts.outcome === 'void') return 'state';
  return rule.needs?.find((guard) => !GUARD_HOLDS[guard](facts)) ?? null;
}

/** The state after an action. */
export function stateAfter(action: CaseAction, from: CaseState): CaseState {
  const rule: Transition = LIFECYCLE[action];
  return rule.to ?? from;
}
