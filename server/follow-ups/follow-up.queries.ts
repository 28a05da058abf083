import { Op, type WhereOptions } from 'sequelize';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { among } from '../../models/dialect.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { grantsFor, type Action, type Reader } from '../accounts/access.rules.ts';
import { NotFound } from '../shared/errors.ts';

/** The condition that holds for exactly the follow-ups to which the reader may do this; never for none when it may not. */
export function followUpsWithin(reader: Reader, action: Action): WhereOptions<FollowUp> {
  const reaches = grantsFor(reader, action).map(({ grant: { townIds, villageId } }) => ({
    townId: townIds,
    ...(villageId
      ? { caseId: among('SELECT id FROM cases WHERE villageId = :villageId', { villageId }) }
      : {}),
  }));
  return reaches.length === 0 ? { id: [] } : { [Op.or]: reaches };
}

/** A follow-up that the reader may see, with its case. @throws NotFound, the same for absent and for out of reach */
export async function findFollowUp(
  reader: Reader,
  id: string,
): Promise<FollowUp & { disputeCase: DisputeCase }> {
  const followUp = await FollowUp.findOne({
    where: { [Op.and]: [{ id }, followUpsWithin(reader, 'followUps.read')] },
    include: [{ model: DisputeCase, as: 'disputeCase', required: true }],
  });
  if (!followUp) throw new NotFound();
  return followUp as FollowUp & { disputeCase: DisputeCase };
}

/** Whether somebody has, or ever took over, this case: the worker is asked by somebody else (DOMAIN §5). */
export async function hasMediated(
  userId: string,
  { id: caseId, mediatorId }: Pick<DisputeCase, 'id' | 'mediatorId'>,
): Promise<boolean> {
  if (mediatorId === userId) return true;
  return (await CaseEvent.count({ where: { caseId, action: 'takeOver', actorId: userId } })) > 0;
}
