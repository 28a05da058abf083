import type { DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { HandOver } from '../../models/hand-overs.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase, factsOf } from '../cases/case-action.service.ts';
import type { HandOverAnswer, HandOverReason } from '../cases/case.rules.ts';
import type { CaseAction } from '../cases/lifecycle.rules.ts';
import { now } from '../shared/clock.ts';
import { Conflict, Forbidden, NotFound, Unacceptable } from '../shared/errors.ts';
import { endsOffer } from './hand-over.rules.ts';
import { receiversFor } from './hand-overs.queries.ts';
import { isAt, type DeskKey } from './proposal.rules.ts';

/** To whom a case is offered, and why. */
export interface HandOverWish {
  desk: DeskKey;
  reason: HandOverReason;
  explanation: string;
}

/**
 * Offers a case to another mediator of its level; it stays where it is until they accept.
 * @throws Unacceptable (field desk) when that mediator cannot have it
 */
export function offerCase(
  reader: Reader,
  caseId: string,
  version: number | null,
  { desk: wanted, reason, explanation }: HandOverWish,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'offerHandOver', version, async (disputeCase) => {
    const receivers = (await receiversFor([disputeCase])).get(caseId)!;
    const desk = receivers.find((receiver) => isAt(receiver, wanted));
    if (!desk) throw new Unacceptable('handOver.errors.notTo', {}, 'desk');
    const { roomId, mediatorId: toId, roomName, mediatorName } = desk;
    await HandOver.create({
      ...{ caseId, openKey: caseId, fromId: disputeCase.mediatorId!, toId, roomId, reason, explanation },
      offeredById: reader.userId,
    });
    return { detail: { room: roomName, receiver: mediatorName, reason, explanation } };
  });
}

/** A case of a caseload as it is called where something is said of it. */
const calledBy = ({ number, title }: Pick<DisputeCase, 'number' | 'title'>): string => number ?? title;

/**
 * Offers many cases to one mediator, all of them or none.
 * @throws Unacceptable with the case that cannot be offered
 */
export function offerAll(
  reader: Reader,
  cases: readonly Pick<DisputeCase, 'id' | 'number' | 'title'>[],
  wish: HandOverWish,
): Promise<void> {
  return inTx(async () => {
    for (const each of cases) {
      try {
        await offerCase(reader, each.id, null, wish);
      } catch (error) {
        if (error instanceof Unacceptable)
          throw new Unacceptable('handOver.errors.oneNotTo', { case: calledBy(each) }, 'desk');
        if (error instanceof Conflict)
          throw new Unacceptable('handOver.errors.oneChanged', { case: calledBy(each) }, 'cases');
        throw error;
      }
    }
  });
}

/** Takes an offer back before it is answered. */
export function withdrawOffer(reader: Reader, caseId: string, version: number): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'withdrawHandOver', version, async ({ handOver }) => {
    await answer(handOver!, 'withdrawn');
    return {};
  });
}

/**
 * The receiver accepts: the case is theirs and taken over, and no deadline moves.
 * @throws Conflict when the offer is over, or they are not in that room any more
 */
export async function acceptOffer(
  reader: Reader,
  caseId: string,
  version: number | null,
): Promise<DisputeCase> {
  await checkStillOffered(reader, caseId);
  return actOnCase(reader, caseId, 'acceptHandOver', version, async (disputeCase) => {
    const { roomId, toId } = disputeCase.handOver!;
    const desk = (await receiversFor([disputeCase]))
      .get(caseId)!
      .find((receiver) => isAt(receiver, { roomId, mediatorId: toId }));
    if (!desk) throw new Conflict('handOver.errors.notHereAnyMore');
    await answer(disputeCase.handOver!, 'accepted');
    return {
      set: { roomId, mediatorId: toId, takenOverAt: now() },
      detail: { room: desk.roomName, mediator: desk.mediatorName },
    };
  });
}

/** Who was offered a case that is out of sight by now gets a sentence, not a 404. */
async function checkStillOffered({ userId: toId }: Reader, caseId: string): Promise<void> {
  const offers = await HandOver.findAll({ where: { caseId, toId }, attributes: ['openKey'] });
  if (offers.length > 0 && offers.every(({ openKey }) => openKey === null))
    throw new Conflict('handOver.errors.over');
}

/**
 * Accepts many offers, all of them or none.
 * @throws Unacceptable (field cases) when one of them is over
 */
export function acceptAll(reader: Reader, caseIds: readonly string[]): Promise<void> {
  return inTx(async () => {
    for (const caseId of caseIds) {
      try {
        await acceptOffer(reader, caseId, null);
      } catch (error) {
        // Whoever has taken an offer back has taken the case out of sight, too.
        if (error instanceof NotFound || error instanceof Conflict || error instanceof Forbidden)
          throw new Unacceptable('handOver.errors.oneOver', {}, 'cases');
        throw error;
      }
    }
  });
}

/** The receiver declines, and says why; the case stays with its mediator. */
export async function declineOffer(
  reader: Reader,
  caseId: string,
  version: number,
  { explanation }: { explanation: string },
): Promise<DisputeCase> {
  await checkStillOffered(reader, caseId);
  return actOnCase(reader, caseId, 'declineHandOver', version, async ({ handOver }) => {
    await answer(handOver!, 'declined');
    return { detail: { explanation } };
  });
}

/** Follows every action: an offer whose case has changed hands or ended meanwhile lapses. */
export async function lapseOffer(
  disputeCase: DisputeCase,
  { action }: { action: CaseAction },
): Promise<void> {
  const { handOver = await HandOver.findOne({ where: { openKey: disputeCase.id } }) } = disputeCase;
  if (!handOver) return;
  const { mediatorId } = disputeCase;
  const facts = factsOf(disputeCase, { hasSettlement: false, hasPayments: false });
  if (endsOffer(action, handOver.fromId, { ...facts, handOverOpen: true, mediatorId }))
    await answer(handOver, 'lapsed');
}

async function answer({ id }: HandOver, given: HandOverAnswer): Promise<void> {
  await HandOver.update({ answer: given, openKey: null, answeredAt: now() }, { where: { id, answer: null } });
}
