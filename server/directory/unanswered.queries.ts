import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { among } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { townsFor, type Action, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { answeredBy, withinReach } from './reach.queries.ts';

/** An enterprise as the home page names it. */
export interface NamedEnterprise {
  id: string;
  name: string;
  village: string | null;
}

/** The beginning of a list of enterprises, and how many there are. */
export interface EnterpriseWork {
  enterprises: NamedEnterprise[];
  total: number;
}

const RUNNING = 'townId IN (:townIds) AND fromDay <= :day AND (toDay IS NULL OR toDay >= :day)';

/** The condition that nobody answers on a day for an enterprise of these towns, neither for itself nor for its village. */
export function unanswered(townIds: string[], day: CalendarDay): WhereOptions {
  if (townIds.length === 0) return { id: [] };
  const one = `SELECT enterpriseId FROM responsibilities WHERE enterpriseId IS NOT NULL AND ${RUNNING}`;
  const village = `SELECT villageId FROM responsibilities WHERE villageId IS NOT NULL AND ${RUNNING}`;
  return {
    [Op.and]: [
      { [Op.not]: { id: among(one, { townIds, day }) } },
      { [Op.or]: [{ villageId: null }, { [Op.not]: { villageId: among(village, { townIds, day }) } }] },
    ],
  };
}

/** The active enterprises for which nobody answers today, where the reader names officers; by name. */
export async function enterprisesUnanswered(reader: Reader, most: number): Promise<EnterpriseWork> {
  const action: Action = 'responsibilities.edit';
  const open = unanswered(townsFor(reader, action), today());
  return beginning(
    { [Op.and]: [withinReach(reader, action, 'villageId', 'id'), { active: true }, open] },
    most,
  );
}

/** The active enterprises for which the reader answers today, by name. */
export async function enterprisesAnswered(reader: Reader, most: number): Promise<EnterpriseWork> {
  const within = withinReach(reader, 'directory.read', 'villageId', 'id');
  return beginning({ [Op.and]: [within, { active: true }, answeredBy(reader, false)] }, most);
}

async function beginning(where: WhereOptions, most: number): Promise<EnterpriseWork> {
  const [rows, total] = await Promise.all([
    Enterprise.findAll({
      where,
      attributes: ['id', 'name'],
      include: [{ model: Area, as: 'village', attributes: ['name'] }],
      order: [
        ['normalisedName', 'ASC'],
        ['id', 'ASC'],
      ],
      limit: most,
    }),
    Enterprise.count({ where }),
  ]);
  const enterprises = rows.map(({ id, name, village }) => ({ id, name, village: village?.name ?? null }));
  return { enterprises, total };
}
