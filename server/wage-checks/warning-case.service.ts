import { Op } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { requireTx } from '../../models/dialect.ts';
import type { Enterprise } from '../../models/directory.ts';
import { WageFinding } from '../../models/wage-checks.ts';
import { Warning, WarningEvent } from '../../models/warnings.ts';
import { recordCaseEvent } from '../cases/case-action.service.ts';
import { createCase } from '../cases/register.service.ts';
import { now } from '../shared/clock.ts';
import { owes, workersOf } from './wage-checks.rules.ts';
import type { Assessment } from './warning-evaluation.queries.ts';

const TITLE = '欠薪红色预警';

/**
 * A red warning has a case: the open one about wages against the enterprise, else a new one that the town's dispatcher
 * routes (DOMAIN §5, routing 6: to the town). What the case says names no source. A case before the enterprise's own
 * committee is not joined, because the committee may not know of the warning.
 */
export async function caseOfRed(warning: Warning, { enterprise, evaluation }: Assessment): Promise<void> {
  requireTx();
  const joined = await openCaseOf(enterprise.id);
  const disputeCase = joined ?? (await openCase(enterprise, evaluation.people));
  const rules = evaluation.hits.filter(({ level }) => level === 'red').map(({ rule }) => rule);
  await recordCaseEvent(disputeCase, 'warn', null, disputeCase.state, {
    warningLevel: 'red',
    warningRules: [...new Set(rules)].join(','),
    crimeAmount: evaluation.crimeAmount || null,
  });
  await Warning.update({ caseId: disputeCase.id }, { where: { id: warning.id } });
  warning.set({ caseId: disputeCase.id });
  await WarningEvent.create({
    ...{ warningId: warning.id, actorId: null, action: joined ? 'joinCase' : 'openCase' },
    detail: { caseId: disputeCase.id },
  });
}

async function openCaseOf(enterpriseId: string): Promise<DisputeCase | null> {
  const open = await DisputeCase.findAll({
    where: {
      ...{ enterpriseId, closedOn: null, ledgerBatchId: null, primaryType: ['wages', 'overtime'] },
      level: { [Op.or]: [null, 'village', 'town'] },
    },
    order: [
      ['receivedOn', 'DESC'],
      ['id', 'DESC'],
    ],
  });
  return open.find(({ level }) => level === 'town') ?? open[0] ?? null;
}

/** A new case, with the workers whom the last finding names: their names go from the officer's note into the case. */
async function openCase({ id, townId, villageId, name }: Enterprise, people: number): Promise<DisputeCase> {
  const finding = await findingWithNames(id);
  const named = finding ? workersOf(finding) : [];
  const disputeCase = await createCase(null, {
    ...{ townId, villageId, source: 'wageCheck', title: TITLE, facts: null, primaryType: 'wages' },
    receivedAt: now(),
    respondents: [{ part: 'employer', enterpriseId: id, name }],
    claimants: named.map((worker) => ({ name: worker, claims: [{ type: 'wages', claimedFen: null }] })),
    ...{ workers: Math.max(people, 1), applied: false },
  });
  if (finding)
    await WageFinding.update({ caseId: disputeCase.id }, { where: { id: finding.id, caseId: null } });
  return disputeCase;
}

/** The last finding at an enterprise, where it names who is owed wages and no case came of it. */
async function findingWithNames(enterpriseId: string): Promise<WageFinding | null> {
  const last = await WageFinding.findOne({
    where: { enterpriseId },
    order: [
      ['createdAt', 'DESC'],
      ['id', 'DESC'],
    ],
  });
  return last && last.workers !== null && last.caseId === null && owes(last) ? last : null;
}
