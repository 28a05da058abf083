import { decrypt } from '../../models/encryption.ts';
import { Particulars } from '../../models/documents.ts';
import { findRows } from '../../models/rows.ts';
import type {
  CaseParticulars,
  ClaimantParticulars,
  ParticularsOf,
  ParticularsSubject,
  RespondentParticulars,
} from './particulars.rules.ts';

/** The particulars of a case and of everybody in it. */
export interface KnownParticulars {
  ofClaimant(id: string): ClaimantParticulars;
  ofRespondent(id: string): RespondentParticulars;
  ofCase(id: string): CaseParticulars;
}

/** Everything that was entered for the papers of a case. */
export async function particularsOf(caseId: string): Promise<KnownParticulars> {
  const rows = await findRows(Particulars, { caseId });
  const bySubject = new Map(rows.map(({ subjectId, details }) => [subjectId, details]));
  const read = <S extends ParticularsSubject>(id: string): ParticularsOf[S] => {
    const details = bySubject.get(id);
    return details ? (JSON.parse(decrypt(details)) as ParticularsOf[S]) : {};
  };
  return {
    ofClaimant: (id) => read<'claimant'>(id),
    ofRespondent: (id) => read<'respondent'>(id),
    ofCase: (id) => read<'case'>(id),
  };
}
