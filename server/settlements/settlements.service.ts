import type { DisputeCase } from '../../models/cases.ts';
import { asNumber, selectRows } from '../../models/dialect.ts';
import { findRow, findRows, insertRows, updateRows } from '../../models/rows.ts';
import { Instalment, Settlement } from '../../models/settlements.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase } from '../cases/case-action.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { now, today } from '../shared/clock.ts';
import { NotFound, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import {
  faultOfSchedule,
  planInstalments,
  type AgreedShare,
  type ScheduleLine,
} from './instalments.rules.ts';
import type { SettlementKind } from './settlement.rules.ts';

export interface NewSettlement {
  kind: SettlementKind;
  /** What was agreed, in words: result, manner, account, default clause. */
  terms: string;
  /** When how much falls due, for one worker or for all; empty where no money is agreed. */
  schedule: ScheduleLine[];
}

/**
 * Writes the agreement down for signature. Its total is the sum of the agreed amounts of the workers' claims.
 * @throws Unacceptable when the schedule does not add up to it, or has a day twice or in the past
 */
export function draftSettlement(
  reader: Reader,
  caseId: string,
  version: number,
  wish: NewSettlement,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'draftSettlement', version, async () => {
    const shares = await agreedShares(caseId);
    const totalFen = shares.reduce((total, share) => total + share.agreedFen, 0);
    const fault = faultOfSchedule(wish.kind, wish.schedule, shares, today());
    if (fault) throw new Unacceptable(fault.sentence, fault.values, fault.field);
    const settlementId = newId();
    const settlement = {
      id: settlementId,
      caseId,
      openKey: caseId,
      kind: wish.kind,
      terms: wish.terms,
      draftedById: reader.userId,
      totalFen,
      schedule: [...wish.schedule].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1)),
    };
    await insertRows(Settlement, [settlement]);
    const instalments = planInstalments(shares, wish.schedule);
    await insertRows(
      Instalment,
      instalments.map((instalment) => ({ settlementId, caseId, ...instalment })),
    );
    return { detail: { kind: wish.kind, totalFen, instalments: instalments.length } };
  });
}

/** Takes the draft back, to change claims or terms; it stays readable, and the next draft begins with what it said. */
export function withdrawDraft(
  reader: Reader,
  caseId: string,
  version: number,
  wish: { note: string | null },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'withdrawDraft', version, async () => {
    await updateRows(Settlement, { openKey: null, withdrawnAt: now() }, { openKey: caseId, signedOn: null });
    return { detail: { note: wish.note } };
  });
}

/**
 * Records the signatures: both parties, mediator and seal (劳动争议调解仲裁法 14). On that day the agreement takes effect
 * and the case is closed; performance begins.
 * @throws Unacceptable for a day in the future, before the acceptance, or after the first payment was due
 */
export function signSettlement(
  reader: Reader,
  caseId: string,
  version: number,
  wish: { signedOn: CalendarDay },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'sign', version, async (disputeCase) => {
    const { signedOn } = wish;
    if (signedOn > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'signedOn');
    const earliest = disputeCase.acceptedOn ?? disputeCase.receivedOn;
    if (signedOn < earliest) throw new Unacceptable('errors.dayBefore', { day: earliest }, 'signedOn');
    const settlement = await findRow(Settlement, { openKey: caseId, signedOn: null });
    if (!settlement) throw new NotFound();
    const ofSettlement = { settlementId: settlement.id };
    const [first] = await findRows(Instalment, ofSettlement, { order: [['dueOn', 'ASC']], limit: 1 });
    if (first && first.dueOn < signedOn)
      throw new Unacceptable('settlements.errors.signedAfterDue', { day: first.dueOn }, 'signedOn');
    await updateRows(Settlement, { signedOn }, { id: settlement.id });
    return {
      set: {
        outcome: settlement.kind,
        effectiveOn: signedOn,
        closedOn: signedOn,
        performance: settlement.totalFen > 0 ? 'pending' : null,
      },
      detail: { kind: settlement.kind, signedOn, totalFen: settlement.totalFen },
    };
  });
}

/** What every worker agreed to, over all their claims, in fen; workers without an agreed amount get none. */
async function agreedShares(caseId: string): Promise<AgreedShare[]> {
  const shares = await selectRows<{ claimantId: string; agreedFen: unknown }>(
    `SELECT claimantId, SUM(agreedFen) AS agreedFen FROM claims WHERE caseId = :caseId
      GROUP BY claimantId HAVING SUM(agreedFen) > 0 ORDER BY claimantId`,
    { caseId },
  );
  return shares.map(({ claimantId, agreedFen }) => ({ claimantId, agreedFen: asNumber(agreedFen) }));
}
