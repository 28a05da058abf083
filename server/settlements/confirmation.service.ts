import { CaseEvent, Claim, type DisputeCase } from '../../models/cases.ts';
import { Settlement } from '../../models/settlements.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase } from '../cases/case-action.service.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { Conflict, NotFound, Unacceptable } from '../shared/errors.ts';
import { confirmationWays, type Confirmation, type ConfirmationResult } from './confirmation.rules.ts';

/**
 * Records that the parties filed together for one of the two ways to make their agreement enforceable.
 * @throws Unacceptable when that way was not open on that day, Conflict when they have filed already
 */
export function fileConfirmation(
  reader: Reader,
  caseId: string,
  version: number,
  wish: { kind: Confirmation; filedOn: CalendarDay },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'fileConfirmation', version, async ({ level, effectiveOn }) => {
    const settlement = await Settlement.findOne({ where: { openKey: caseId } });
    if (!settlement || !effectiveOn) throw new NotFound();
    const { kind, filedOn } = wish;
    if (filedOn > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'filedOn');
    if (filedOn < effectiveOn) throw new Unacceptable('errors.dayBefore', { day: effectiveOn }, 'filedOn');
    const types = (await Claim.findAll({ where: { caseId } })).map(({ type }) => type);
    const agreement = { effectiveOn, level, types, totalFen: settlement.totalFen };
    const way = confirmationWays(agreement, filedOn, await currentCalendar()).find(
      (one) => one.kind === kind,
    )!;
    if (!way.open)
      throw new Unacceptable(`settlements.confirmations.reasons.${way.reason}`, { day: way.dueOn }, 'kind');
    const [filed] = await Settlement.update(
      { confirmation: kind, confirmationFiledOn: filedOn },
      { where: { id: settlement.id, confirmation: null } },
    );
    if (filed === 0) throw new Conflict('settlements.errors.confirmationFiled');
    return { detail: { confirmation: kind, filedOn } };
  });
}

/**
 * Records once what the commission or the court decided on the parties' request.
 * @throws Unacceptable for a day that cannot be, Conflict where nothing was filed or the result stands already
 */
export function recordConfirmationResult(
  reader: Reader,
  caseId: string,
  version: number,
  { result, decidedOn }: { result: ConfirmationResult; decidedOn: CalendarDay },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'recordConfirmation', version, async () => {
    const settlement = await Settlement.findOne({ where: { openKey: caseId } });
    const { confirmation, confirmationFiledOn: filedOn } = settlement ?? {};
    const before = await CaseEvent.count({ where: { caseId, action: 'recordConfirmation' } });
    if (!confirmation || !filedOn || before > 0) throw new Conflict('settlements.errors.confirmationDecided');
    if (decidedOn > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'decidedOn');
    if (decidedOn < filedOn) throw new Unacceptable('errors.dayBefore', { day: filedOn }, 'decidedOn');
    return { detail: { confirmation, confirmationResult: result, decidedOn } };
  });
}
