import type { ClaimType, Gender, RespondentPart, Source } from './case.rules.ts';

/** How many respondents and workers the form has room for; further workers are added on the case's page. */
export const RESPONDENTS = 4;
export const CLAIMANTS = 5;

/** Where a case comes from that somebody types in. */
export const TYPED_SOURCES = [
  'walkIn',
  'petition',
  'transfer',
  'leaderVisit',
  'wageCheck',
] as const satisfies Source[];

/** The answer that a respondent is none of the enterprises of the directory. */
export const NOT_LISTED = 'notListed';

export interface TypedRespondent {
  /** The beginning of the names of its fields. */
  prefix: string;
  name: string;
  part: RespondentPart;
  /** The id of an enterprise that was offered, `NOT_LISTED`, or null where nothing was chosen. */
  choice: string | null;
}

export interface TypedClaimant {
  name: string;
  gender: Gender | null;
  idNumber: string | null;
  phone: string | null;
  migrant: boolean | null;
  overRetirementAge: boolean;
  claims: { type: ClaimType; claimedFen: number | null }[];
}

/** A case as the form has it (劳动争议调解仲裁法 12); its enterprises are yet to be found in the directory. */
export interface Registration {
  source: Source;
  areaId: string;
  receivedAt: Date;
  /** The worker applied in person: the statutory clock begins on the day of receipt. */
  applied: boolean;
  title: string;
  facts: string;
  workers: number;
  respondents: TypedRespondent[];
  claimants: TypedClaimant[];
  /** The leaders' visit from which it is opened. */
  visitId: string | null;
  /** The wage check that found what it is about. */
  wageCheckId: string | null;
}
