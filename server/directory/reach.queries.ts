import { Op, type WhereOptions } from 'sequelize';
import { grantsFor, type Action, type Reader } from '../accounts/access.rules.ts';

/**
 * The condition that holds for exactly the rows of the directory to which the reader may do this; `village` is the
 * column that a village's grant is compared with, `enterprise` the one of the enterprises for which an officer answers.
 * A grant within one enterprise opens nothing of the directory.
 */
export function withinReach(
  reader: Reader,
  action: Action,
  village: 'villageId' | 'areaId',
  enterprise: 'id' | 'enterpriseId' = 'enterpriseId',
): WhereOptions {
  const reach = grantsFor(reader, action)
    .filter(({ grant }) => grant.enterpriseId === null)
    .map(({ grant, scope }) => ({
      [Op.and]: [
        { townId: grant.townIds, ...(grant.villageId ? { [village]: grant.villageId } : {}) },
        ...(scope === 'answered' || scope === 'union'
          ? [answeredBy(reader, scope === 'union', village, enterprise)]
          : []),
      ],
    }));
  return reach.length === 0 ? { id: [] } : { [Op.or]: reach };
}

/** The enterprises for which the reader answers today: by themselves, or with their whole village. */
export function answeredBy(
  { answers }: Pick<Reader, 'answers'>,
  asUnion: boolean,
  village: 'villageId' | 'areaId' = 'villageId',
  enterprise: 'id' | 'enterpriseId' = 'id',
): WhereOptions {
  const own = answers.filter(({ kind }) => !asUnion || kind === 'union');
  return {
    [Op.or]: [
      { [enterprise]: own.flatMap(({ enterpriseId }) => enterpriseId ?? []) },
      { [village]: own.flatMap(({ villageId }) => villageId ?? []) },
    ],
  };
}
