import { Op } from 'sequelize';
import { Enterprise } from '../../models/directory.ts';
import { Warning, WarningAction } from '../../models/warnings.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { WarningLevel } from '../directory/directory.rules.ts';
import { withinReach } from '../directory/reach.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import type { WarningActionKind } from '../wage-checks/warning-course.rules.ts';

/** A warning that presses: it is red, or an action is late. */
export interface PressingWarning {
  id: string;
  enterprise: string;
  level: WarningLevel;
  dueOn: CalendarDay;
  next: WarningActionKind | null;
}

export interface WarningWork {
  warnings: PressingWarning[];
  total: number;
}

/** The pressing warnings of the reader's enterprises, the highest first. */
export async function pressingWarnings(reader: Reader, most: number): Promise<WarningWork> {
  const { rows, count } = await Warning.findAndCountAll({
    where: {
      [Op.and]: [
        withinReach(reader, 'warnings.read', 'villageId'),
        { endedOn: null, [Op.or]: [{ level: 'red' }, { dueOn: { [Op.lt]: today() } }] },
      ],
    },
    include: [
      { model: Enterprise, as: 'enterprise', attributes: ['name'], required: true },
      {
        model: WarningAction,
        as: 'actions',
        separate: true,
        where: { openKey: { [Op.ne]: null } },
        order: [['dueOn', 'ASC']],
      },
    ],
    order: [
      ['position', 'DESC'],
      ['id', 'DESC'],
    ],
    limit: most,
  });
  return {
    total: count,
    warnings: rows.map(({ id, enterprise, level, dueOn, actions }) => ({
      ...{ id, enterprise: enterprise!.name, level, dueOn, next: actions![0]?.kind ?? null },
    })),
  };
}
