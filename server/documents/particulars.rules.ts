/** What only the papers need to know; everything else comes from the case itself. Amounts in fen. */
export interface ClaimantParticulars {
  address?: string;
  deliveryAddress?: string;
  position?: string;
  workedFrom?: string;
  workedUntil?: string;
  monthlyWageFen?: number;
}

export interface RespondentParticulars {
  creditCode?: string;
  address?: string;
  legalRepresentative?: string;
  deliveryAddress?: string;
}

export interface CaseParticulars {
  /** The applicant's facts and reasons, where the complaint's text is not what they sign. */
  facts?: string;
  evidence?: string;
  agent?: string;
  /** Main facts, issues and each party's responsibility as found (人民调解法 29). */
  findings?: string;
  /** The new end that the parties are asked to sign for (延期同意书). */
  extensionTo?: string;
  /** Until when the town wants it done (督办单); the town's to say. */
  supervisionUntil?: string;
}

export interface ParticularsOf {
  claimant: ClaimantParticulars;
  respondent: RespondentParticulars;
  case: CaseParticulars;
}

/** What a worker's case itself keeps of who they are, where it was not known yet. */
export interface WorkerIdentity {
  idNumber: string | null;
  phone: string | null;
}
export const IDENTITY = ['idNumber', 'phone'] as const satisfies readonly (keyof WorkerIdentity)[];

/** Whose particulars they are. */
export type ParticularsSubject = keyof ParticularsOf;
