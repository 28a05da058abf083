import { isRepresented } from '../cases/groups.rules.ts';
import { amountsKnown, representativesOf } from './paper-facts.rules.ts';
import type { PaperData, PaperSession } from './paper-data.rules.ts';

/** Where something missing is filled in. */
export type FillPlace =
  | { page: 'claims' | 'identity' | 'claimantParticulars' | 'respondentParticulars'; id: string }
  | {
      page:
        | 'newClaimant'
        | 'caseParticulars'
        | 'representatives'
        | 'consents'
        | 'settlement'
        | 'routing'
        | 'sessionMinutes'
        | 'settings'
        | 'closing';
    };

/** What a form needs and does not have: for whom, where there are several, and where it is filled in. */
export interface Missing {
  field: PaperField;
  whose: string[];
  fill: FillPlace;
}

export type Needed = (data: PaperData, session: PaperSession | null) => { whose?: string; fill: FillPlace }[];

const ofClaimants =
  (
    page: 'claims' | 'identity' | 'claimantParticulars',
    lacks: (claimant: PaperData['claimants'][number], data: PaperData) => boolean,
  ): Needed =>
  (data) =>
    data.claimants
      .filter((claimant) => lacks(claimant, data))
      .map(({ id, name }) => ({ whose: name, fill: { page, id } }));
const ofRespondents =
  (lacks: (respondent: PaperData['respondents'][number]) => boolean): Needed =>
  ({ respondents }) =>
    respondents
      .filter(lacks)
      .map(({ id, name }) => ({ whose: name, fill: { page: 'respondentParticulars', id } }));
const ofCase =
  (
    page: Exclude<FillPlace['page'], 'claims' | 'identity' | 'claimantParticulars' | 'respondentParticulars'>,
    lacks: (data: PaperData, session: PaperSession | null) => boolean,
  ): Needed =>
  (data, session) =>
    lacks(data, session) ? [{ fill: { page } }] : [];

/** Everything that a form may need, and how it is seen that it is missing. */
export const FIELDS = {
  claimants: ofCase('newClaimant', ({ claimants }) => claimants.length === 0),
  gender: ofClaimants('identity', ({ gender }) => gender === null),
  birthDate: ofClaimants('identity', ({ birthDate }) => birthDate === null),
  idNumber: ofClaimants('identity', ({ idNumber }) => !idNumber),
  phone: ofClaimants('identity', ({ phone }) => !phone),
  migrant: ofClaimants('claims', ({ migrant }) => migrant === null),
  address: ofClaimants('claimantParticulars', ({ address }) => !address),
  deliveryAddress: ofClaimants('claimantParticulars', ({ deliveryAddress }) => !deliveryAddress),
  workedFrom: ofClaimants('claimantParticulars', ({ workedFrom }) => !workedFrom),
  monthlyWage: ofClaimants('claimantParticulars', ({ monthlyWageFen }) => monthlyWageFen === undefined),
  requests: ofClaimants('claims', ({ claims }) => claims.length === 0),
  requestAmounts: ofClaimants('claims', ({ claims }) => !claims.every(amountsKnown)),
  agreedAmounts: ofClaimants('claims', ({ claims }) => claims.every(({ agreedFen }) => agreedFen === null)),
  creditCode: ofRespondents(({ part, creditCode }) => part !== 'labourContractor' && !creditCode),
  respondentAddress: ofRespondents(({ address }) => !address),
  legalRepresentative: ofRespondents(
    ({ part, legalRepresentative }) => part !== 'labourContractor' && !legalRepresentative,
  ),
  respondentPhone: ofRespondents(({ phone }) => !phone),
  facts: ofCase('caseParticulars', ({ facts, particulars }) => !facts && !particulars.facts),
  evidence: ofCase('caseParticulars', ({ particulars }) => !particulars.evidence),
  findings: ofCase('caseParticulars', ({ particulars }) => !particulars.findings),
  representatives: ofCase(
    'representatives',
    (data) => data.collective && !isRepresented(representativesOf(data).length),
  ),
  mediator: ofCase('routing', ({ mediator }) => mediator === null),
  workerConsent: ofCase('consents', ({ workerConsentOn }) => workerConsentOn === null),
  respondentConsent: ofCase('consents', ({ respondentConsentOn }) => respondentConsentOn === null),
  caseNumber: ofCase('consents', ({ number }) => number === null),
  minutes: ofCase('sessionMinutes', (_, session) => !session?.minutes),
  extendedTo: ofCase(
    'caseParticulars',
    ({ extendedTo, particulars }) => extendedTo === null && !particulars.extensionTo,
  ),
  supervisionDay: ofCase(
    'caseParticulars',
    ({ pressing, particulars }) => pressing?.kind !== 'redo' && !particulars.supervisionUntil,
  ),
  schedule: ofCase(
    'settlement',
    ({ settlement }) => settlement !== null && settlement.totalFen > 0 && settlement.instalments.length === 0,
  ),
  endingReason: ofCase(
    'closing',
    ({ ending, failureDraftedOn }) => !ending?.reason && !ending?.declineReason && failureDraftedOn === null,
  ),
  letter: ofCase('closing', ({ ending }) => !ending?.letter),
  commissionAddress: ofCase('settings', ({ town }) => town.commissionAddress === ''),
} satisfies Record<string, Needed>;

export type PaperField = keyof typeof FIELDS;
