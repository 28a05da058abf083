/** Where a case came from (DOMAIN: sources); `other` only in ledgers of past years that do not say it. */
export const SOURCES = [
  'hotline',
  'walkIn',
  'petition',
  'transfer',
  'leaderVisit',
  'wageCheck',
  'other',
] as const;
export type Source = (typeof SOURCES)[number];

/** Types of claim (DOMAIN §3); a case has one primary type, by which it is counted. */
export const CLAIM_TYPES = [
  'wages',
  'overtime',
  'workInjury',
  'compensation',
  'termination',
  'socialInsurance',
  'relationship',
  'rest',
  'protection',
  'other',
] as const;
export type ClaimType = (typeof CLAIM_TYPES)[number];

/** The part that a respondent plays: employer, subcontractor, main contractor 总包, labour contractor 包工头. */
export const RESPONDENT_PARTS = ['employer', 'subcontractor', 'mainContractor', 'labourContractor'] as const;
export type RespondentPart = (typeof RESPONDENT_PARTS)[number];

export const GENDERS = ['male', 'female'] as const;
export type Gender = (typeof GENDERS)[number];

/** Where a case goes when mediation failed (劳动争议调解仲裁法 5, 9; 保障农民工工资支付条例). */
export const REFERRALS = ['arbitration', 'inspection', 'court'] as const;
export type Referral = (typeof REFERRALS)[number];

/** Authorities to which a case can be transferred. */
export const AUTHORITIES = [
  'inspection',
  'arbitration',
  'court',
  'housing',
  'petition',
  'police',
  'socialInsurance',
  'otherTown',
] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** Why a mediator hands a case back to the dispatcher. */
export const HAND_BACK_REASONS = ['wrongArea', 'wrongRespondent', 'partyToDispute', 'noCapacity'] as const;
export type HandBackReason = (typeof HAND_BACK_REASONS)[number];

/** Why a case is offered to another mediator (移交). */
export const HAND_OVER_REASONS = ['leaving', 'ill', 'workload', 'avoidance', 'betterPlaced'] as const;
export type HandOverReason = (typeof HAND_OVER_REASONS)[number];

/** What came of the offer: the receiver's answer, its withdrawal, or that the case changed hands or ended meanwhile. */
export const HAND_OVER_ANSWERS = ['accepted', 'declined', 'withdrawn', 'lapsed'] as const;
export type HandOverAnswer = (typeof HAND_OVER_ANSWERS)[number];

/** Why a case is not accepted (企业劳动争议协商调解规定 22), and what that counts as (DOMAIN §3). */
export const DECLINE_REASONS = { partyRefuses: 'declined', outOfScope: 'notLabour' } as const;
export type DeclineReason = keyof typeof DECLINE_REASONS;

/** Why a planned session was called off where nobody did it: the case ended. */
export const CASE_CLOSED = 'caseClosed';

/** Why a case is void: it was entered by mistake. */
export const VOID_REASONS = ['enteredTwice', 'wrongPerson', 'test'] as const;
export type VoidReason = (typeof VOID_REASONS)[number];
