import { Op, type WhereOptions } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { among, selectRows } from '../../models/dialect.ts';
import { HandOver } from '../../models/hand-overs.ts';
import { findRow } from '../../models/rows.ts';
import {
  boundEnterprises,
  grantsFor,
  ofWholeTown,
  type Action,
  type Grant,
  type Place,
  type Reader,
} from '../accounts/access.rules.ts';
import type { Scope } from '../accounts/roles.rules.ts';
import { NotFound } from '../shared/errors.ts';

/** The condition that holds for exactly the cases to which the reader may do this; never for none when it may not. */
export function casesWithin(reader: Reader, action: Action): WhereOptions<DisputeCase> {
  const reach = reachesOf(reader, action);
  return reach.length === 0 ? { id: [] } : { [Op.or]: reach };
}

/**
 * The same as single conditions, any of which may hold: each has an index of its own, which their disjunction has not.
 */
export function reachesOf(reader: Reader, action: Action): WhereOptions<DisputeCase>[] {
  return grantsFor(reader, action).flatMap(({ grant, scope }) => withinGrant(reader, grant, scope));
}

function withinGrant(reader: Reader, grant: Grant, scope: Scope): WhereOptions<DisputeCase>[] {
  switch (scope) {
    case 'own':
      return [{ mediatorId: reader.userId, ...mediatedIn(reader, grant) }];
    case 'offered':
      return [{ id: offeredTo(reader), ...mediatedIn(reader, grant) }];
    case 'room':
      return [{ mediatorId: reader.userId }, ...reader.roomIds.map((roomId) => ({ roomId }))].map(
        (reach) => ({
          ...reach,
          ...mediatedIn(reader, grant),
        }),
      );
    case 'desk':
      return [...withinGrant(reader, grant, 'room'), ...withinGrant(reader, grant, 'offered')];
    case 'town':
      return ofWholeTown(grant) ? withinGrant(reader, grant, 'area') : [];
    case 'followUp':
      return withinGrant(reader, grant, 'area').map((reach) => ({
        [Op.and]: [reach, { followUpOn: { [Op.ne]: null } }],
      }));
    // These reach enterprises, not cases.
    case 'answered':
    case 'union':
    case 'workplace':
      return [];
    case 'area':
    case 'all':
      return grant.townIds.map((townId) => ({
        townId,
        ...(grant.villageId ? { villageId: grant.villageId } : {}),
        ...(grant.enterpriseId ? { enterpriseId: grant.enterpriseId } : {}),
      }));
  }
}

/** The cases that are offered to the reader. */
function offeredTo({ userId }: Reader) {
  return among('SELECT openKey FROM hand_overs WHERE toId = :userId AND openKey IS NOT NULL', { userId });
}

/** What a mediator's grant holds; the same as `mediatesIn` of the access rules says of one case. */
function mediatedIn(reader: Reader, { townIds, enterpriseId }: Grant): WhereOptions<DisputeCase> {
  const toCommittee = { level: 'enterprise' as const };
  if (enterpriseId) return { townId: townIds, enterpriseId, ...toCommittee };
  const bound = boundEnterprises(reader);
  if (bound.length === 0) return { townId: townIds };
  return {
    townId: townIds,
    [Op.or]: [{ enterpriseId: null }, { enterpriseId: { [Op.notIn]: bound } }, toCommittee],
  };
}

/** A case that the reader may see. @throws NotFound, the same for absent and for out of reach */
export async function findCase(reader: Reader, caseId: string): Promise<DisputeCase> {
  const within = { [Op.and]: [{ id: caseId }, casesWithin(reader, 'cases.read')] };
  const disputeCase = await findRow(DisputeCase, within);
  if (!disputeCase) throw new NotFound();
  // Asked for by itself and by hand, because a model with another one inside takes twice as long.
  const [offered] = await selectRows<{ id: string }>('SELECT id FROM hand_overs WHERE openKey = :caseId', {
    caseId,
  });
  disputeCase.handOver = offered ? await HandOver.findByPk(offered.id) : null;
  return disputeCase;
}

/** Whether the reader may see a case: whoever handed it on may not any more. */
export async function isInSight(reader: Reader, caseId: string): Promise<boolean> {
  const where = { [Op.and]: [{ id: caseId }, casesWithin(reader, 'cases.read')] };
  return (await DisputeCase.count({ where })) > 0;
}

/** Where a case stands for the access table. */
export function placeOf(disputeCase: DisputeCase): Place {
  const { townId, villageId, enterpriseId, roomId, mediatorId, level, followUpOn } = disputeCase;
  const offeredToId = disputeCase.handOver?.toId ?? null;
  return { townId, villageId, enterpriseId, roomId, mediatorId, offeredToId, level, followUpOn };
}
