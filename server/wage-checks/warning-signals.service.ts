import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { WarningEvent, WageSignal } from '../../models/warnings.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { findEnterprise } from '../directory/enterprises.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { Conflict, Forbidden, NotFound, Unacceptable } from '../shared/errors.ts';
import { checkDay } from './warning-actions.service.ts';
import { evaluateEnterprise } from './warning.service.ts';
import { findWarning, isClearable, placeOfWarning } from './warning.queries.ts';
import type { SignalKind } from './warning.rules.ts';

/** What an officer saw or heard; days and consent are of a deferral only. */
export interface NewSignal {
  kind: SignalKind;
  since: CalendarDay;
  days: number | null;
  consentFiled: boolean | null;
  note: string;
}

/** Records a signal of an enterprise, and evaluates its warning. @throws NotFound, Unacceptable for one that is open already */
export function recordSignal(reader: Reader, enterpriseId: string, wish: NewSignal): Promise<void> {
  return inTx(async () => {
    const { townId } = await findEnterprise(reader, enterpriseId, 'warnings.handle');
    if (wish.since > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'since');
    const signal = await opened(enterpriseId, { ...wish, townId, recordedById: reader.userId });
    await recordAudit(reader.userId, {
      action: 'recordWageSignal',
      objectType: 'enterprise',
      objectId: enterpriseId,
      detail: { signalId: signal.id, kind: wish.kind, since: wish.since },
    });
    await evaluateEnterprise(enterpriseId, today(), 'signal');
  });
}

async function opened(
  enterpriseId: string,
  row: NewSignal & { townId: string; recordedById: string },
): Promise<WageSignal> {
  const openKey = `${enterpriseId}:${row.kind}`;
  const taken = () => new Unacceptable('warnings.errors.signalOpen', {}, 'kind');
  if (await WageSignal.findOne({ where: { openKey }, attributes: ['id'] })) throw taken();
  try {
    return await WageSignal.create({ ...row, enterpriseId, openKey });
  } catch (error) {
    throw isUniqueViolation(error) ? taken() : error;
  }
}

/** A signal of an enterprise that the reader may handle. @throws NotFound */
export async function findSignal(
  reader: Reader,
  enterpriseId: string,
  signalId: string,
): Promise<WageSignal> {
  await findEnterprise(reader, enterpriseId, 'warnings.handle');
  const signal = await WageSignal.findOne({ where: { id: signalId, enterpriseId } });
  if (!signal) throw new NotFound();
  return signal;
}

/** Ends a signal with its reason, and evaluates the warning of its enterprise. @throws NotFound, Conflict when it has ended */
export function endSignal(
  reader: Reader,
  enterpriseId: string,
  signalId: string,
  { endedOn, endReason }: { endedOn: CalendarDay; endReason: string },
): Promise<void> {
  return inTx(async () => {
    const { kind, since, openKey } = await findSignal(reader, enterpriseId, signalId);
    checkDay(endedOn, since, 'endedOn');
    const [ended] = await WageSignal.update(
      { openKey: null, endedOn, endReason, endedById: reader.userId },
      { where: { id: signalId, endedOn: null } },
    );
    if (ended === 0 || openKey === null) throw new Conflict('warnings.errors.signalEnded');
    await recordAudit(reader.userId, {
      action: 'endWageSignal',
      objectType: 'enterprise',
      objectId: enterpriseId,
      detail: { signalId, kind, endedOn },
    });
    await evaluateEnterprise(enterpriseId, today(), 'signal');
  });
}

/** That the wages of a warning were paid, seen by the dispatcher where no case and no finding says it. */
export interface Clearance {
  paidOn: CalendarDay;
  proof: string;
}

/**
 * Confirms that what a warning is about was paid: a verified payment, after which the level goes down to what the facts
 * still say. @throws NotFound, Forbidden, Conflict for a warning that has ended or is not about arrears
 */
export function clearWarning(reader: Reader, warningId: string, { paidOn, proof }: Clearance): Promise<void> {
  return inTx(async () => {
    const warning = await findWarning(reader, warningId);
    if (!may(reader, 'warnings.clear', placeOfWarning(warning))) throw new Forbidden();
    if (!isClearable(warning)) throw new Conflict('warnings.errors.notClearable');
    if (paidOn > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'paidOn');
    await WarningEvent.create({
      ...{ warningId, actorId: reader.userId, action: 'clear', detail: { paidOn, proof } },
    });
    await recordAudit(reader.userId, {
      action: 'clearWarning',
      objectType: 'warning',
      objectId: warningId,
      detail: { paidOn },
    });
    await evaluateEnterprise(warning.enterpriseId, today(), 'clearance');
  });
}
