import { Op } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { requireTx } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { WageCheck } from '../../models/wage-checks.ts';
import type { Month } from './rounds.rules.ts';
import { listKeyOf } from './wage-checks.rules.ts';

/** The place of a check in the officers' list, by its village, its state and the warning of its enterprise. */
export async function listKeyFor(
  { enterpriseId, villageId }: WageCheck,
  state: WageCheck['state'],
): Promise<string> {
  const enterprise = await Enterprise.findByPk(enterpriseId, { attributes: ['warningLevel'], raw: true });
  const village = villageId ? await Area.findByPk(villageId, { attributes: ['position'], raw: true }) : null;
  return listKeyOf(village?.position ?? null, state, enterprise?.warningLevel ?? null);
}

/** Gives the checks of an enterprise from a month on their place again, after its warning has changed. */
export async function reorderChecks(enterpriseId: string, from: Month): Promise<void> {
  requireTx();
  for (const check of await WageCheck.findAll({ where: { enterpriseId, month: { [Op.gte]: from } } })) {
    const { id, state } = check;
    await WageCheck.update({ listKey: await listKeyFor(check, state) }, { where: { id, state } });
  }
}
