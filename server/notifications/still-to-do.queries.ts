import type { Notice } from '../../models/notifications.ts';
import { selectRows } from '../../models/dialect.ts';
import type { TemplateKey } from './notifications.rules.ts';

/** Of some cases those in which what a notice asks for still waits for the person; of other notices nobody can say. */
const STILL_TO_DO: Partial<Record<TemplateKey, string>> = {
  'case.offered': `SELECT openKey AS caseId FROM hand_overs WHERE toId = :userId AND openKey IN (:caseIds)`,
  'case.breached': `SELECT id AS caseId FROM cases WHERE id IN (:caseIds) AND performance = 'breached'`,
  'case.proposal': `SELECT openKey AS caseId FROM case_proposals WHERE openKey IN (:caseIds)`,
  'case.verification': `SELECT caseId FROM payments
      WHERE caseId IN (:caseIds) AND state = 'recorded' AND recordedById <> :userId
    UNION SELECT caseId FROM payment_reversals
      WHERE caseId IN (:caseIds) AND state = 'recorded' AND recordedById <> :userId`,
};

type Said = Pick<Notice, 'id' | 'template' | 'subjectId'>;

/**
 * Which of a person's notices, the newest first, are still to be said: without what is done by now, and each thing of
 * one object once.
 */
export async function stillToSay(userId: string, notices: readonly Said[]): Promise<Said[]> {
  const latest = new Map<string, Said>();
  for (const notice of notices) {
    const key = `${notice.template} ${notice.subjectId}`;
    if (!latest.has(key)) latest.set(key, notice);
  }
  const said = [...latest.values()];
  const templates = new Set(said.map(({ template }) => template));
  const kept = await Promise.all(
    [...templates].map(async (template) => {
      const own = said.filter((notice) => notice.template === template);
      const sql = STILL_TO_DO[template];
      if (!sql) return own;
      const caseIds = own.map(({ subjectId }) => subjectId);
      const open = await selectRows<{ caseId: string }>(sql, { userId, caseIds });
      const waiting = new Set(open.map(({ caseId }) => caseId));
      return own.filter(({ subjectId }) => waiting.has(subjectId));
    }),
  );
  return kept.flat();
}
