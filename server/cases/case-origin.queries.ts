import { Op } from 'sequelize';
import { WageCheck, WageFinding } from '../../models/wage-checks.ts';
import { Warning } from '../../models/warnings.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { WarningLevel } from '../directory/directory.rules.ts';
import { withinReach } from '../directory/reach.queries.ts';

/** What a case came from or was drawn into in the care for wages, as far as the reader may open it. */
export interface CaseOrigin {
  check: { id: string; month: string } | null;
  /** The latest warning that opened or joined the case. */
  warning: { id: string; level: WarningLevel; ended: boolean } | null;
}

export async function loadCaseOrigin(reader: Reader, caseId: string): Promise<CaseOrigin> {
  const [finding, warning] = await Promise.all([
    WageFinding.findOne({ where: { caseId }, attributes: ['checkId'], order: [['createdAt', 'DESC']] }),
    Warning.findOne({
      where: { [Op.and]: [{ caseId }, withinReach(reader, 'warnings.read', 'villageId')] },
      attributes: ['id', 'level', 'endedOn'],
      order: [
        ['openedOn', 'DESC'],
        ['id', 'DESC'],
      ],
    }),
  ]);
  const check =
    finding &&
    (await WageCheck.findOne({
      where: { [Op.and]: [{ id: finding.checkId }, withinReach(reader, 'wageChecks.read', 'villageId')] },
      attributes: ['id', 'month'],
    }));
  return {
    check: check && { id: check.id, month: check.month },
    warning: warning && { id: warning.id, level: warning.level, ended: warning.endedOn !== null },
  };
}
