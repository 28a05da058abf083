import { Op } from 'sequelize';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { changeRows, inTx, LostRace, requireTx, selectRows } from '../../models/dialect.ts';
import { countRows, insertRows, saveRow } from '../../models/rows.ts';
import { Payment, Settlement } from '../../models/settlements.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { nextDue, type ClockedCase } from '../deadlines/case-deadlines.rules.ts';
import { NEVER_PAID, type PaymentState } from '../settlements/settlement.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { dayOf, type CalendarDay } from '../shared/calendar-day.ts';
import { Conflict, Forbidden, Stale } from '../shared/errors.ts';
import { isInDanger } from './case-alarms.queries.ts';
import { findCase, placeOf } from './case.queries.ts';
import {
  LIFECYCLE,
  obstacle,
  stateAfter,
  type CaseAction,
  type CaseFacts,
  type Guard,
  type Transition,
} from './lifecycle.rules.ts';

/** What an action on a case writes: values of the case itself, and what its history says (no personal data). */
export interface CaseChange {
  set?: Partial<DisputeCase['_creationAttributes']>;
  detail?: CaseEvent['detail'];
}

/**
 * Takes one action of the lifecycle on a case: checks reach, right, version, state and guards, lets `change` write
 * what belongs to the action, moves the state and the next deadline, and records the event, all in one transaction.
 * `version` is the one the form was opened with; null for an entry that only adds to a log.
 * @throws NotFound, Forbidden, Conflict (changed since, wrong state, a guard does not hold), or what `change` throws
 */
export async function actOnCase(
  reader: Reader,
  caseId: string,
  action: CaseAction,
  version: number | null,
  change: (disputeCase: DisputeCase) => Promise<CaseChange> | CaseChange,
): Promise<DisputeCase> {
  return inTx(async () => {
    const disputeCase = await findCase(reader, caseId);
    if (!may(reader, `cases.${action}`, placeOf(disputeCase))) throw new Forbidden();
    return act(disputeCase, reader.userId, action, version, change);
  });
}

/**
 * The same for an action that the system takes when a rule says so; `isDue` is asked of the case as it stands in the
 * transaction. Null when the action is not open, or not due any more: a sweep may run twice.
 */
export async function actAsSystem(
  caseId: string,
  action: CaseAction,
  isDue: (disputeCase: DisputeCase) => Promise<boolean> | boolean,
  change: (disputeCase: DisputeCase) => Promise<CaseChange> | CaseChange,
): Promise<DisputeCase | null> {
  requireTx();
  const disputeCase = await DisputeCase.findByPk(caseId);
  if (!(LIFECYCLE[action] as Transition).bySystem) throw new Error(`${action} is not the system's`);
  if (!disputeCase || obstacle(action, await factsFor(disputeCase, action)) || !(await isDue(disputeCase)))
    return null;
  return act(disputeCase, null, action, null, change);
}

async function act(
  disputeCase: DisputeCase,
  actorId: string | null,
  action: CaseAction,
  version: number | null,
  change: (disputeCase: DisputeCase) => Promise<CaseChange> | CaseChange,
): Promise<DisputeCase> {
  await claim(disputeCase, version);
  const hindrance = obstacle(action, await factsFor(disputeCase, action));
  if (hindrance) throw new Conflict(`cases.obstacles.${hindrance}`);
  const fromState = disputeCase.state;
  const { set = {}, detail = {} } = await change(disputeCase);
  disputeCase.set({ ...set, state: stateAfter(action, fromState), version: disputeCase.version + 1 });
  disputeCase.set(await nextDueOf(disputeCase));
  await saveRow(disputeCase);
  await recordCaseEvent(disputeCase, action, actorId, fromState, detail);
  return disputeCase;
}

/**
 * Takes the row for this transaction; whoever comes second with the same version is told so. What needs no version looks at the
 * case again as it is by then.
 */
async function claim(disputeCase: DisputeCase, opened: number | null): Promise<void> {
  const version = opened ?? disputeCase.version;
  const { id, state } = disputeCase;
  const claimed = await changeRows(
    'UPDATE cases SET version = version + 1 WHERE id = :id AND version = :version AND state = :state',
    { id, version, state },
  );
  if (claimed === 0) throw opened === null ? new LostRace() : new Stale();
}

/** Follows an event of a case in its transaction. */
type CaseListener<A extends CaseEvent['action'] = CaseEvent['action']> = (
  disputeCase: DisputeCase,
  event: Pick<CaseEvent, 'detail' | 'actorId'> & { action: A },
) => Promise<void>;
const listeners = new Map<CaseEvent['action'], Set<CaseListener>>();

/**
 * Lets another feature follow an event in its transaction; `server/subscriptions.ts` says which. The same function
 * follows once, however often it is said.
 */
export function onCaseEvent<A extends CaseEvent['action']>(action: A, listener: CaseListener<A>): void {
  listeners.set(action, (listeners.get(action) ?? new Set()).add(listener as CaseListener));
}

/** Adds one line to a case's history, and tells whoever follows it. */
export async function recordCaseEvent(
  disputeCase: DisputeCase,
  action: CaseEvent['action'],
  actorId: string | null,
  fromState: DisputeCase['state'] | null,
  detail: CaseEvent['detail'] = {},
): Promise<void> {
  requireTx();
  const { id: caseId, state: toState } = disputeCase;
  await insertRows(CaseEvent, [{ caseId, action, actorId, fromState, toState, detail }]);
  for (const listener of listeners.get(action) ?? [])
    await listener(disputeCase, { action, actorId, detail });
}

/** The next deadline of a case as it stands. */
export async function nextDueOf(
  disputeCase: DisputeCase,
): Promise<{ dueOn: CalendarDay; dueKind: string | null }> {
  const settings = await settingsOf(disputeCase.townId);
  return nextDue(await clockedCaseOf(disputeCase), settings, await currentCalendar());
}

/** What the clocks look at, from a case and its instalments. */
export async function clockedCaseOf(disputeCase: DisputeCase): Promise<ClockedCase> {
  const {
    state,
    receivedOn,
    routedAt,
    firstRoutedAt,
    firstContactAt,
    workerConsentOn,
    acceptedOn,
    extendedTo,
    performance,
    reopenedOn,
    redoOn,
  } = disputeCase;
  return {
    state,
    receivedOn,
    routedOn: routedAt && dayOf(routedAt),
    firstRoutedOn: firstRoutedAt && dayOf(firstRoutedAt),
    contacted: firstContactAt !== null,
    danger: (redoOn !== null || (routedAt !== null && !firstContactAt)) && (await isInDanger(disputeCase)),
    workerConsentOn,
    began: disputeCase.source === 'hotline' ? 'workerConsent' : 'application',
    acceptedOn,
    extendedTo,
    reopenedOn,
    redoOn,
    nextInstalmentOn:
      performance && performance !== 'fulfilled' ? await nextInstalmentOn(disputeCase.id) : null,
  };
}

/** The day on which the next instalment is due that payments of these states do not pay in full; null when there is none. */
export async function nextInstalmentOn(
  caseId: string,
  counted: readonly PaymentState[] = ['verified'],
): Promise<CalendarDay | null> {
  const [unpaid] = await selectRows<{ dueOn: CalendarDay }>(
    `SELECT i.dueOn FROM settlements s JOIN instalments i ON i.settlementId = s.id
       LEFT JOIN payments p ON p.instalmentId = i.id AND p.state IN (:counted)
     WHERE s.openKey = :caseId
     GROUP BY i.id, i.dueOn, i.amountFen HAVING COALESCE(SUM(p.amountFen), 0) < i.amountFen
     ORDER BY i.dueOn LIMIT 1`,
    { caseId, counted },
  );
  return unpaid?.dueOn ?? null;
}

/** What the guards of an action look at; only what it needs is asked of the database. */
async function factsFor(disputeCase: DisputeCase, action: CaseAction): Promise<CaseFacts> {
  const needs: readonly Guard[] = (LIFECYCLE[action] as Transition).needs ?? [];
  const { id: caseId } = disputeCase;
  return factsOf(disputeCase, {
    hasSettlement:
      needs.includes('hasSettlement') &&
      (await countRows(Settlement, { caseId, signedOn: { [Op.ne]: null } })) > 0,
    hasPayments:
      needs.includes('noPayments') &&
      (await countRows(Payment, { caseId, state: { [Op.notIn]: [...NEVER_PAID] } })) > 0,
  });
}

/** What the guards look at, from a case and what is known of its agreements and payments. */
export function factsOf(
  {
    state,
    takenOverAt,
    workerConsentOn,
    respondentConsentOn,
    outcome,
    performance,
    level,
    collective,
    workers,
    redoOn,
    transferReceiptOn,
    handOver,
    ledgerBatchId,
  }: DisputeCase,
  { hasSettlement, hasPayments }: Pick<CaseFacts, 'hasSettlement' | 'hasPayments'>,
): CaseFacts {
  return {
    state,
    takenOverAt,
    workerConsentOn,
    respondentConsentOn,
    outcome,
    performance,
    level,
    collective,
    workers,
    redoOpen: redoOn !== null,
    receiptOpen: outcome === 'transferred' && transferReceiptOn === null,
    handOverOpen: Boolean(handOver),
    imported: ledgerBatchId !== null,
    hasSettlement,
    hasPayments,
  };
}
