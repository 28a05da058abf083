import { CaseProposal, Claim, Respondent, type DisputeCase } from '../../models/cases.ts';
import type { User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { Person, type Enterprise, type Room } from '../../models/directory.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { HandOver } from '../../models/hand-overs.ts';
import { CoMediator, MediationSession } from '../../models/mediation.ts';
import { Instalment, Payment, PaymentReversal, Settlement } from '../../models/settlements.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { today } from '../../server/shared/clock.ts';
import { aCase, aClaimant, anEnterprise, aRoom, aTown, aUser, aVillage } from './factories.ts';

/** The ids that stand in an address, by the name of its parameter. */
export type Ids = Record<string, string>;

const PAID: readonly string[] = ['paidOnce', 'paidTwice', 'verified', 'reversing'];

/** Where a case is on its way; each is the state in which certain actions are open. */
export const STAGES = [
  ...(['waiting', 'offered', 'taken', 'handedOver', 'mediated', 'group'] as const),
  ...(['drafted', 'proposed', 'paidOnce', 'paidTwice', 'verified', 'reversing'] as const),
  ...(['followUp', 'redo', 'failed', 'transferred'] as const),
];
export type CaseStage = (typeof STAGES)[number];

/** A room with its mediator in a village, and the cases and other things that belong there. */
export interface Corner {
  town: Area;
  village: Area;
  enterprise: Enterprise;
  room: Room;
  mediators: User[];
  sender: User;
}

/** A town with a village room of two mediators (`own`) and an enterprise's committee in another village (`same`). */
export async function aTownAtWork(name: string) {
  const town = await aTown(name);
  const sender = await aUser('陈建国', 'dispatcher', town);
  const deputy = await aUser('沈丽娟', 'dispatcher', town);
  const [first, second] = [await aVillage(town, '建南村', 1), await aVillage(town, '文林村', 2)];
  const firstEnterprise = await anEnterprise(town, `${name}明华纺织有限公司`, { villageId: first.id });
  const enterprise = await anEnterprise(town, `${name}永利机械有限公司`, {
    villageId: second.id,
    hasCommittee: true,
  });
  const village = await aRoom(town, first, ['周国平', '徐春梅']);
  const committee = await aRoom(town, second, ['顾永康'], enterprise);
  const own: Corner = { town, village: first, enterprise: firstEnterprise, sender, ...village };
  const same: Corner = { town, village: second, enterprise, sender: deputy, ...committee };
  return { town, sender, own, same };
}

/** A case of a corner in a stage, with its worker, claim, agreement and payments; gives their ids. */
export async function aCaseAt(corner: Corner, stage: CaseStage): Promise<Ids> {
  const disputeCase = await stored(corner, stage);
  const caseId = disputeCase.id;
  const { enterprise, mediators } = corner;
  const respondent = await Respondent.create({
    caseId,
    position: 1,
    part: 'employer',
    enterpriseId: enterprise.id,
    name: enterprise.name,
  });
  const claimant = await aClaimant(disputeCase, { name: '李强', phone: '13800001234' });
  if (stage === 'group') for (const name of ['周敏', '吴刚', '郑洁']) await aClaimant(disputeCase, { name });
  const amounts = { claimedFen: 800_000, verifiedFen: 800_000, agreedFen: 800_000 };
  await Claim.create({ caseId, claimantId: claimant.id, type: 'wages', ...amounts });
  if (stage === 'proposed') {
    await CaseProposal.create({
      ...{ caseId, action: 'void', openKey: caseId, reason: 'enteredTwice', explanation: '重复录入' },
      proposedById: mediators[0]!.id,
    });
  }
  if (stage === 'handedOver') {
    await HandOver.create({
      ...{ caseId, openKey: caseId, reason: 'workload', explanation: '在办案件过多' },
      ...{ fromId: mediators[0]!.id, offeredById: mediators[0]!.id },
      ...{ toId: (mediators[1] ?? corner.sender).id, roomId: corner.room.id },
    });
  }
  const paid = PAID.includes(stage);
  const session = await MediationSession.create({
    ...{ caseId, mediatorId: mediators[0]!.id, plannedById: mediators[0]!.id, place: '厂区会议室' },
    ...{ startsAt: instantOf('2022-03-03', '14:00'), endsAt: instantOf('2022-03-03', '15:00') },
    ...{ attendees: '申请人、企业代表', state: 'planned' },
  });
  return {
    caseId,
    sessionId: session.id,
    coMediatorId: await coMediatorOf(disputeCase, corner),
    claimantId: claimant.id,
    respondentId: respondent.id,
    ...(paid || stage === 'drafted' ? await agreementOf(caseId, claimant.id, mediators[0]!, stage) : {}),
    ...(stage === 'followUp' || stage === 'redo' ? await followUpOf(disputeCase, stage) : {}),
  };
}

async function coMediatorOf(
  { id: caseId, townId }: DisputeCase,
  { village, sender }: Corner,
): Promise<string> {
  const person = { townId, areaId: village.id, name: '钱文娟', kind: 'legalVolunteer' } as const;
  const { id: personId } = await Person.create({ ...person, activeFrom: '2022-01-01' });
  const named = { caseId, personId, openKey: caseId, since: '2022-03-02', namedById: sender.id };
  return (await CoMediator.create(named)).id;
}

/** A call that is due, or one that set off a redo. */
async function followUpOf(
  { id: caseId, townId, closedOn }: DisputeCase,
  stage: 'followUp' | 'redo',
): Promise<Ids> {
  const row = { caseId, townId, round: 1, closedOn: closedOn!, dueOn: '2022-03-10' };
  const called = { state: 'done', calledOn: '2022-03-10', redo: true } as const;
  const followUp = await FollowUp.create(stage === 'redo' ? { ...row, ...called } : row);
  return { followUpId: followUp.id };
}

async function stored(
  { town, village, enterprise, room, mediators }: Corner,
  stage: CaseStage,
): Promise<DisputeCase> {
  const factory = aCase(town)
    .in(village)
    .with({ enterpriseId: enterprise.id, respondentName: enterprise.name });
  if (stage === 'waiting') return factory.saved();
  const routedAt = instantOf('2022-03-01', '12:00');
  factory
    .routedTo(room.level)
    .with({ roomId: room.id, mediatorId: mediators[0]!.id, routedAt, firstRoutedAt: routedAt });
  if (stage !== 'offered') factory.with({ takenOverAt: instantOf('2022-03-02', '09:00') });
  if (['offered', 'taken', 'handedOver', 'proposed'].includes(stage)) return factory.saved();
  const consents = {
    workerConsentOn: '2022-03-02',
    respondentConsentOn: '2022-03-02',
    acceptedOn: '2022-03-02',
  };
  factory.with({ ...consents, agreedFen: 800_000 });
  if (stage === 'group') factory.of(12);
  if (stage === 'mediated' || stage === 'group') return factory.inState('inMediation').saved();
  if (stage === 'drafted') return factory.inState('awaitingSignature').saved();
  if (stage === 'failed' || stage === 'transferred') return factory.closedOn(today(), stage).saved();
  if (stage === 'followUp' || stage === 'redo')
    return factory
      .closedOn('2022-03-03', 'settledAtOnce')
      .with({
        performance: 'fulfilled',
        ...(stage === 'followUp' ? { followUpOn: '2022-03-10' } : { redoOn: '2022-03-10' }),
      })
      .saved();
  return factory
    .closedOn('2022-03-03', 'settledByInstalments')
    .with({ performance: 'pending', effectiveOn: '2022-03-03' })
    .saved();
}

async function agreementOf(
  caseId: string,
  claimantId: string,
  mediator: User,
  stage: CaseStage,
): Promise<Ids> {
  const paid = PAID.includes(stage);
  const verified = stage === 'verified' || stage === 'reversing';
  const settlement = await Settlement.create({
    ...{ caseId, openKey: caseId, kind: 'settledByInstalments', terms: '分期支付', totalFen: 800_000 },
    schedule: [{ dueOn: '2022-03-10', amountFen: 800_000 }],
    draftedById: mediator.id,
    signedOn: paid ? '2022-03-03' : null,
    ...(stage === 'paidTwice'
      ? { confirmation: 'arbitrationReview' as const, confirmationFiledOn: '2022-03-04' }
      : {}),
  });
  const line = { settlementId: settlement.id, caseId, claimantId, dueOn: '2022-03-10', amountFen: 800_000 };
  const { id: instalmentId } = await Instalment.create(line);
  if (!paid) return { instalmentId };
  const payment = await Payment.create({
    ...{ caseId, instalmentId, claimantId, amountFen: 300_000, paidOn: '2022-03-04', proof: '银行回单' },
    manner: 'bankTransfer',
    recordedById: mediator.id,
    state: verified ? 'verified' : 'recorded',
  });
  if (stage === 'reversing')
    await PaymentReversal.create({
      ...{ caseId, paymentId: payment.id, openKey: payment.id, reason: '登记到别人名下' },
      recordedById: mediator.id,
    });
  return { instalmentId, paymentId: payment.id };
}
