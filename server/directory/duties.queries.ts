import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Responsibility } from '../../models/one-duty.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { whoAnswers, type Duty } from './duty.rules.ts';

/** An enterprise as far as it is asked who answers for it. */
interface Asked {
  id: string;
  villageId: string | null;
}

/** Every duty for an enterprise or its village, whenever, the newest first: its history. */
export async function dutiesOf({ id, villageId }: Asked): Promise<Duty[]> {
  return find({ [Op.or]: [{ enterpriseId: id }, ...(villageId ? [{ villageId }] : [])] });
}

/** Who answers for each of these enterprises on a day, the lead first; nobody is an empty list. */
export async function whoAnswersFor(
  enterprises: readonly Asked[],
  day: CalendarDay,
): Promise<Map<string, Duty[]>> {
  const villageIds = [...new Set(enterprises.flatMap(({ villageId }) => villageId ?? []))];
  const duties = await find({
    [Op.and]: [
      { [Op.or]: [{ enterpriseId: enterprises.map(({ id }) => id) }, { villageId: villageIds }] },
      { fromDay: { [Op.lte]: day }, toDay: { [Op.or]: [null, { [Op.gte]: day }] } },
    ],
  });
  const byObject = new Map<string, Duty[]>();
  for (const duty of duties) {
    const object = duty.enterpriseId ?? duty.villageId!;
    byObject.set(object, [...(byObject.get(object) ?? []), duty]);
  }
  return new Map(
    enterprises.map((enterprise) => {
      // Who asks for a village names it as both.
      const objects = new Set([enterprise.id, enterprise.villageId]);
      const its = [...objects].flatMap((id) => byObject.get(id ?? '') ?? []);
      return [enterprise.id, whoAnswers(its, enterprise, day)];
    }),
  );
}

async function find(where: WhereOptions<Responsibility>): Promise<Duty[]> {
  const rows = await Responsibility.findAll({
    where,
    include: [{ model: User, as: 'officer', attributes: ['displayName'] }],
    order: [
      ['fromDay', 'DESC'],
      ['id', 'DESC'],
    ],
  });
  return rows.map(({ officerId, officer, kind, isLead, enterpriseId, villageId, fromDay, toDay }) => ({
    ...{ officerId, officer: officer!.displayName, kind, isLead, enterpriseId, villageId, fromDay, toDay },
  }));
}
