import { Op } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import type { MovedDeadline } from '../../models/areas.ts';
import { nextDue } from '../deadlines/case-deadlines.rules.ts';
import type { Calendar } from '../deadlines/working-days.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { clockedCaseOf } from './case-action.service.ts';

/** Computes the next deadline of every open case by other days; gives those that moved. The case itself has not changed. */
export async function moveCaseDeadlines(calendar: Calendar): Promise<MovedDeadline[]> {
  const moved: MovedDeadline[] = [];
  for (const disputeCase of await DisputeCase.findAll({
    where: { [Op.or]: [{ closedOn: null }, { redoOn: { [Op.ne]: null } }] },
    order: [['dueOn', 'ASC']],
  })) {
    const { id, dueOn: before, version } = disputeCase;
    const settings = await settingsOf(disputeCase.townId);
    const { dueOn, dueKind } = nextDue(await clockedCaseOf(disputeCase), settings, calendar);
    if (dueOn === before) continue;
    const [updated] = await DisputeCase.update({ dueOn, dueKind }, { where: { id, version } });
    if (updated === 1)
      moved.push({
        href: `/cases/${id}`,
        label: disputeCase.number ?? disputeCase.title,
        before,
        after: dueOn,
      });
  }
  return moved;
}
