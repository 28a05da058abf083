import type { DisputeCase } from '../../models/cases.ts';
import { Settlement } from '../../models/settlements.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase } from '../cases/case-action.service.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, Forbidden } from '../shared/errors.ts';
import { mayReopen, reopenableUntil } from './follow-up.rules.ts';

/** What begins anew; number, claims and history stay. */
const ANEW = {
  ...{ outcome: null, performance: null, referral: null, closedOn: null, effectiveOn: null },
  ...{ workerConsentOn: null, respondentConsentOn: null, enterpriseConsent: false, agreedFen: null },
  ...{ acceptedOn: null, statutoryDueOn: null, extendedTo: null, failureDraftedOn: null },
  ...{ roomId: null, mediatorId: null, routedAt: null, firstRoutedAt: null },
  ...{ takenOverAt: null, firstContactAt: null },
  ...{ redoOn: null, archivedOn: null, transferReceiptOn: null },
};

/**
 * Opens a case again that ended without an agreement, for new facts: it waits for routing like a new one (DOMAIN §5).
 * @throws Forbidden for its mediator, Conflict when it is too late
 */
export function reopenCase(
  reader: Reader,
  caseId: string,
  version: number,
  { explanation }: { explanation: string },
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'reopen', version, async (disputeCase) => {
    const { mediatorId, outcome } = disputeCase;
    if (mediatorId === reader.userId) throw new Forbidden('follow-ups.errors.ownReopening');
    if (!mayReopen(disputeCase, reader.userId, today()))
      throw new Conflict('follow-ups.errors.tooLate', { day: reopenableUntil(disputeCase)! });
    // A draft that was never signed does not stand in the way of a new one.
    await Settlement.update(
      { openKey: null, withdrawnAt: now() },
      { where: { openKey: caseId, signedOn: null } },
    );
    return { set: { ...ANEW, reopenedOn: today() }, detail: { outcome, explanation } };
  });
}
