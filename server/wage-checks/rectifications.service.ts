import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Rectification } from '../../models/wage-checks.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { Conflict, Unacceptable } from '../shared/errors.ts';
import type { RectificationResult } from './wage-checks.rules.ts';
import { findCheck } from './wage-checks.queries.ts';
import { refreshCheck } from './wage-checks.service.ts';

/** Asks an enterprise for a correction (整改) by a day. @throws Conflict while another one is open, or before a finding */
export async function issueRectification(
  reader: Reader,
  checkId: string,
  { demand, dueOn }: { demand: string; dueOn: CalendarDay },
): Promise<void> {
  await inTx(async () => {
    const check = await findCheck(reader, checkId, 'wageChecks.check');
    if (check.checkedOn === null) throw new Conflict('wage-checks.errors.findFirst');
    if (dueOn < today()) throw new Unacceptable('wage-checks.errors.past', {}, 'dueOn');
    try {
      await Rectification.create({
        ...{ checkId, enterpriseId: check.enterpriseId, demand, dueOn, openKey: checkId },
        ...{ issuedById: reader.userId, issuedOn: today() },
      });
    } catch (error) {
      throw isUniqueViolation(error) ? new Conflict('wage-checks.errors.rectifyingAlready') : error;
    }
    await refreshCheck(checkId);
    await audit(reader, 'issueRectification', checkId, { month: check.month, dueOn });
  });
}

/** Closes the request that is open with what came of it. @throws Conflict when none is open (any more) */
export async function closeRectification(
  reader: Reader,
  checkId: string,
  { result, resultNote }: { result: RectificationResult; resultNote: string },
): Promise<void> {
  await inTx(async () => {
    const { month } = await findCheck(reader, checkId, 'wageChecks.check');
    const [closed] = await Rectification.update(
      { result, resultNote, openKey: null, closedOn: today(), closedById: reader.userId },
      { where: { openKey: checkId } },
    );
    if (closed === 0) throw new Conflict('wage-checks.errors.notRectifying');
    await refreshCheck(checkId);
    await audit(reader, 'closeRectification', checkId, { month, result });
  });
}

async function audit(reader: Reader, action: string, objectId: string, detail: object): Promise<void> {
  await recordAudit(reader.userId, { action, objectType: 'wageCheck', objectId, detail: { ...detail } });
}
