import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';
import { REPORT_WAYS, type ReportWay } from '../server/cases/groups.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import * as is from './columns.ts';

/** What only a collective case has; the representatives themselves stand among its claimants. */
export class GroupCase extends Model<InferAttributes<GroupCase>, InferCreationAttributes<GroupCase>> {
  declare caseId: string;
  /** What the representatives may do in the workers' name, and what not. */
  declare powers: CreationOptional<string | null>;
  /** The day on which the county was told last, whom, and how. */
  declare reportedOn: CreationOptional<CalendarDay | null>;
  declare reportedTo: CreationOptional<string | null>;
  declare reportedBy: CreationOptional<ReportWay | null>;
}

export function bind(sequelize: Sequelize): void {
  GroupCase.init(
    {
      caseId: { ...is.ref(), primaryKey: true },
      powers: is.optionalLongText(),
      reportedOn: is.optionalDay(),
      reportedTo: is.optionalString(100),
      reportedBy: is.optionalChoice(REPORT_WAYS, 20),
    },
    { sequelize, tableName: 'group_cases' },
  );
}
