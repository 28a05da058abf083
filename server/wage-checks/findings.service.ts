import { inTx } from '../../models/dialect.ts';
import { WageFinding, WageReport } from '../../models/wage-checks.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { Conflict, NotFound, Unacceptable } from '../shared/errors.ts';
import {
  owes,
  paidAndOwed,
  workersOf,
  type Manner,
  type PayState,
  type Verdict,
  type WageSigns,
} from './wage-checks.rules.ts';
import { findCheck } from './wage-checks.queries.ts';
import { refreshCheck } from './wage-checks.service.ts';

/** What an officer found, as the form has it; amounts in fen. */
export interface FindingValues extends WageSigns {
  manner: Manner;
  foundOn: CalendarDay;
  verdict: Verdict;
  payState: PayState;
  promisedOn: CalendarDay | null;
  /** Who is owed wages, as far as they are known by name. */
  workers: string[];
  note: string | null;
}

/** Records what an officer found; the last finding of a check counts. @throws NotFound, Conflict, Unacceptable */
export async function recordFinding(reader: Reader, checkId: string, values: FindingValues): Promise<void> {
  await inTx(async () => {
    const check = await findCheck(reader, checkId, 'wageChecks.check');
    if (check.leftOutReason !== null) throw new Conflict('wage-checks.errors.leftOut');
    const reports = await WageReport.count({ where: { checkId } });
    if (reports > 0 === (values.verdict === 'noReport'))
      throw new Unacceptable(
        reports > 0 ? 'wage-checks.errors.judgeReport' : 'wage-checks.errors.nothingToJudge',
        {},
        'verdict',
      );
    if (paidAndOwed(values, check)) throw new Unacceptable('wage-checks.errors.paidAndOwed', {}, 'payState');
    if (values.foundOn > today()) throw new Unacceptable('wage-checks.errors.future', {}, 'foundOn');
    const { enterpriseId, month } = check;
    const workers = values.workers.join('\n') || null;
    await WageFinding.create({ ...values, workers, checkId, enterpriseId, officerId: reader.userId });
    await refreshCheck(checkId);
    const { manner, payState, verdict } = values;
    await recordAudit(reader.userId, {
      ...{ action: 'recordFinding', objectType: 'wageCheck', objectId: checkId },
      detail: { month, manner, payState, verdict },
    });
  });
}

/** What the registration of a case takes over from a finding. */
export interface CaseFromCheck {
  id: string;
  townId: string;
  villageId: string | null;
  enterprise: string;
  month: string;
  arrearsPeople: number;
  arrearsFen: number;
  arrearsSince: CalendarDay | null;
  /** Who is named as owed wages. */
  workers: string[];
}

/** What a case from the last finding begins with. @throws NotFound, Conflict where nobody is owed anything or there is a case */
export async function caseFromCheck(reader: Reader, checkId: string): Promise<CaseFromCheck> {
  const check = await findCheck(reader, checkId, 'wageChecks.check');
  const finding = await lastFinding(checkId);
  if (!finding || !owes(finding)) throw new Conflict('wage-checks.errors.noArrears');
  if (finding.caseId) throw new Conflict('wage-checks.errors.caseAlready');
  const { townId, villageId, month } = check;
  const { arrearsPeople, arrearsFen, arrearsSince } = finding;
  const enterprise = check.enterprise!.name;
  const workers = workersOf(finding);
  return {
    id: checkId,
    townId,
    villageId,
    enterprise,
    month,
    arrearsPeople,
    arrearsFen,
    arrearsSince,
    workers,
  };
}

/** Links a case that was just registered to the finding that it comes from, in the transaction of the registration. */
export async function linkCase(reader: Reader, checkId: string, caseId: string): Promise<void> {
  await inTx(async () => {
    const { id: objectId, month } = await findCheck(reader, checkId, 'wageChecks.check');
    const finding = await lastFinding(checkId);
    if (!finding) throw new NotFound();
    const [linked] = await WageFinding.update({ caseId }, { where: { id: finding.id, caseId: null } });
    if (linked === 0) throw new Conflict('wage-checks.errors.caseAlready');
    const detail = { month, caseId };
    await recordAudit(reader.userId, {
      action: 'openCaseFromCheck',
      objectType: 'wageCheck',
      objectId,
      detail,
    });
  });
}

async function lastFinding(checkId: string): Promise<WageFinding | null> {
  return WageFinding.findOne({
    where: { checkId },
    order: [
      ['createdAt', 'DESC'],
      ['id', 'DESC'],
    ],
  });
}
