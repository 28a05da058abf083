import type { CaseAction } from '../cases/lifecycle.rules.ts';
import type { PaperForm } from './forms.rules.ts';
import type { FillPlace } from './paper-fields.rules.ts';
import type { ParticularsSubject } from './particulars.rules.ts';

/** The address of a document, or of something that is done with it (`docx`, `copies`, `final`). */
export function paperPath(
  caseId: string,
  form: PaperForm,
  sessionId: string | null,
  deed: '' | 'docx' | 'copies' | 'final' = '',
): string {
  const query = sessionId ? `?session=${sessionId}` : '';
  return `/cases/${caseId}/documents/${form}${deed && `/${deed}`}${query}`;
}

/** Where particulars are entered. */
export function particularsPath({
  caseId,
  subject,
  id,
}: {
  caseId: string;
  subject: ParticularsSubject;
  id: string;
}): string {
  return subject === 'case'
    ? `/cases/${caseId}/particulars`
    : `/cases/${caseId}/${subject}s/${id}/particulars`;
}

/** The action that fills in what is missing, and its noun behind the case's address. */
const FILLS = {
  claims: { action: 'recordClaims', noun: 'claimants' },
  newClaimant: { action: 'recordClaims', noun: 'claimants' },
  representatives: { action: 'electRepresentatives', noun: 'representatives' },
  consents: { action: 'recordConsent', noun: 'acceptance' },
  settlement: { action: 'draftSettlement', noun: 'settlement' },
  routing: { action: 'route', noun: 'routing' },
} as const satisfies Partial<Record<FillPlace['page'], { action: CaseAction; noun: string }>>;

export const FILLING_ACTIONS = [...new Set(Object.values(FILLS).map(({ action }) => action))];

/** Where something missing is filled in; null where it has no page that is open to this reader now. */
export function fillPath(caseId: string, fill: FillPlace, open: ReadonlySet<CaseAction>): string | null {
  switch (fill.page) {
    // Who a worker is can be added at any time; before an agreement is drafted, beside the claims.
    case 'identity':
      if (open.has('recordClaims')) return `/cases/${caseId}/claimants/${fill.id}`;
      return particularsPath({ caseId, subject: 'claimant', id: fill.id });
    case 'claimantParticulars':
      return particularsPath({ caseId, subject: 'claimant', id: fill.id });
    case 'respondentParticulars':
      return particularsPath({ caseId, subject: 'respondent', id: fill.id });
    case 'caseParticulars':
      return particularsPath({ caseId, subject: 'case', id: caseId });
    case 'sessionMinutes':
    case 'settings':
    case 'closing':
      return null;
    default: {
      const { action, noun } = FILLS[fill.page];
      const whose = fill.page === 'claims' ? `/${fill.id}` : '';
      return open.has(action) ? `/cases/${caseId}/${noun}${whose}` : null;
    }
  }
}
