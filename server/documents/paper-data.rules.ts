import type {
  Authority,
  ClaimType,
  DeclineReason,
  Gender,
  Referral,
  RespondentPart,
  Source,
} from '../cases/case.rules.ts';
import type { CaseState, Outcome, Performance } from '../cases/lifecycle.rules.ts';
import type { DueKind } from '../deadlines/case-deadlines.rules.ts';
import type { Level } from '../directory/directory.rules.ts';
import type { Kept, Satisfaction } from '../follow-ups/follow-up.rules.ts';
import type { Risk } from '../mediation/mediation.rules.ts';
import type { Confirmation, ConfirmationWay } from '../settlements/confirmation.rules.ts';
import type { PaymentManner, SettlementKind } from '../settlements/settlement.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { AttachmentKind } from './attachment.rules.ts';
import type { PaperForm } from './forms.rules.ts';
import type { CaseParticulars, ClaimantParticulars, RespondentParticulars } from './particulars.rules.ts';

/** Everything that the papers of a case are made of. Amounts in fen, days are the town's. */
export interface PaperData {
  caseId: string;
  town: PaperTown;
  organisation: string;
  room: { name: string; address: string | null; phone: string | null } | null;
  mediator: string | null;
  /** Who mediated beside the lead, each with the first and last day. */
  coMediators: { name: string; since: CalendarDay; until: CalendarDay | null }[];
  number: string | null;
  title: string;
  primaryType: ClaimType;
  source: Source;
  state: CaseState;
  outcome: Outcome | null;
  performance: Performance | null;
  referral: Referral | null;
  level: Level | null;
  workers: number;
  collective: boolean;
  enterpriseConsent: boolean;
  takenOver: boolean;
  /** The town's wall clock. */
  receivedAt: string;
  workerConsentOn: CalendarDay | null;
  respondentConsentOn: CalendarDay | null;
  acceptedOn: CalendarDay | null;
  statutoryDueOn: CalendarDay | null;
  extendedTo: CalendarDay | null;
  failureDraftedOn: CalendarDay | null;
  effectiveOn: CalendarDay | null;
  closedOn: CalendarDay | null;
  facts: string | null;
  particulars: CaseParticulars;
  /** What the representatives may do. */
  powers: string | null;
  claimants: PaperClaimant[];
  respondents: PaperRespondent[];
  sessions: PaperSession[];
  /** How often somebody was called or visited, and the risk that was heard last. */
  contacts: { made: number; risk: Risk | null };
  settlement: PaperSettlement | null;
  ending: PaperEnding | null;
  extension: { workerSignedOn: CalendarDay | null; respondentSignedOn: CalendarDay | null } | null;
  /** The calls about the closed case that were made, the first one first. */
  calls: PaperCall[];
  /** They are opened by whoever orders in the town's name. */
  supervised: boolean;
  /** What the town presses for: a redo until it is answered, or the deadline that has passed. */
  pressing: { kind: DueKind; dueOn: CalendarDay } | null;
  /** The two ways to confirm the agreement; empty before it takes effect. */
  confirmations: ConfirmationWay[];
  /** Forms that were made final, and files, for the index of the case file. */
  kept: { form: PaperForm; subjectId: string | null; on: CalendarDay }[];
  files: {
    name: string;
    kind: AttachmentKind;
    on: CalendarDay;
    /** The paper of which it is the signed copy (`paperKey`). */
    paper: string | null;
  }[];
  /** The day on which a paper is made. */
  today: CalendarDay;
}

/** Whom the papers of a town go to. */
export interface PaperTown {
  /** In whose name the town itself writes. */
  organisation: string;
  /** The county's labour authority, to which collective disputes are reported. */
  countyAuthority: string;
  commissionName: string;
  commissionAddress: string;
  courtName: string;
  legalAidPhone: string;
}

export interface PaperClaimant extends ClaimantParticulars {
  id: string;
  name: string;
  gender: Gender | null;
  birthDate: CalendarDay | null;
  idNumber: string | null;
  phone: string | null;
  migrant: boolean | null;
  /** Elected to represent the others. */
  representative: boolean;
  claims: {
    type: ClaimType;
    claimedFen: number | null;
    verifiedFen: number | null;
    agreedFen: number | null;
  }[];
}

export interface PaperRespondent extends RespondentParticulars {
  id: string;
  part: RespondentPart;
  name: string;
  contactName: string | null;
  phone: string | null;
}

export interface PaperSession {
  id: string;
  /** The town's wall clock, from and to. */
  startsAt: string;
  endsAt: string;
  place: string | null;
  attendees: string;
  held: boolean;
  minutes: string | null;
}

export interface PaperSettlement {
  kind: SettlementKind;
  terms: string;
  totalFen: number;
  signedOn: CalendarDay | null;
  /** What the parties filed for together. */
  confirmation: Confirmation | null;
  instalments: { claimantId: string; dueOn: CalendarDay; amountFen: number; payments: PaperPayment[] }[];
}

/** Money that a second person verified. */
export interface PaperPayment {
  amountFen: number;
  paidOn: CalendarDay;
  manner: PaymentManner;
  proof: string;
  verifiedBy: string | null;
}

/** A follow-up call (回访); what was not asked or not answered is null. */
export interface PaperCall {
  on: CalendarDay;
  by: string | null;
  reached: boolean;
  kept: Kept | null;
  satisfaction: Satisfaction | null;
  retaliation: boolean | null;
  hiddenRisk: boolean | null;
  note: string | null;
  redo: boolean;
  /** What was done when it was done again. */
  answer: string | null;
}

/** How the case ended, as its history says. */
export interface PaperEnding {
  on: CalendarDay;
  reason: string | null;
  /** Why it was not accepted, as a code. */
  declineReason: DeclineReason | null;
  authority: Authority | null;
  letter: string | null;
}
