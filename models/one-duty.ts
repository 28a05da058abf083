import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { DUTY_KINDS, type DutyKind } from '../server/directory/directory.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { User } from './accounts.ts';
import { Area } from './areas.ts';
import { Enterprise } from './directory.ts';
import * as is from './columns.ts';

/** An officer who answers for the wages of one enterprise or of a whole village, from a day to a day (both included). */
export class Responsibility extends Model<
  InferAttributes<Responsibility>,
  InferCreationAttributes<Responsibility>
> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare officerId: string;
  declare enterpriseId: string | null;
  declare villageId: string | null;
  declare kind: DutyKind;
  declare isLead: CreationOptional<boolean>;
  declare fromDay: CalendarDay;
  declare toDay: CreationOptional<CalendarDay | null>;
  declare openKey: string | null;
  declare leadKey: string | null;
  declare namedById: string;
  declare namedAt: CreationOptional<Date>;
  declare endedById: CreationOptional<string | null>;
  declare officer?: NonAttribute<User>;
  declare enterprise?: NonAttribute<Enterprise | null>;
  declare village?: NonAttribute<Area | null>;
}

/** A worker who reports from within an enterprise: everywhere a code; the name is for who may know it alone. */
export class Informant extends Model<InferAttributes<Informant>, InferCreationAttributes<Informant>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare villageId: string | null;
  declare enterpriseId: string;
  declare userId: string;
  declare code: string;
  declare name: string;
  declare phone: CreationOptional<string | null>;
  declare activeFrom: CalendarDay;
  declare activeTo: CreationOptional<CalendarDay | null>;
  declare namedById: string;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare enterprise?: NonAttribute<Enterprise>;
}

/** A leader who goes to where people work and hears them (下访); it may open a case. */
export class LeaderVisit extends Model<InferAttributes<LeaderVisit>, InferCreationAttributes<LeaderVisit>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare villageId: string | null;
  declare enterpriseId: string | null;
  declare caseId: CreationOptional<string | null>;
  declare visitedOn: CalendarDay;
  declare leaders: string;
  declare place: string;
  declare issue: string;
  declare answer: string | null;
  declare recordedById: string;
  declare recordedAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare enterprise?: NonAttribute<Enterprise | null>;
  declare village?: NonAttribute<Area | null>;
  declare town?: NonAttribute<Area>;
}

export function bind(sequelize: Sequelize): void {
  Responsibility.init(
    {
      id: is.id(),
      townId: is.ref(),
      officerId: is.ref(),
      enterpriseId: is.optionalRef(),
      villageId: is.optionalRef(),
      kind: is.choice(DUTY_KINDS, 20),
      isLead: is.flag(),
      fromDay: is.day(),
      toDay: is.optionalDay(),
      openKey: is.optionalString(120),
      leadKey: is.optionalString(40),
      namedById: is.ref(),
      namedAt: is.createdAt(),
      endedById: is.optionalRef(),
    },
    { sequelize, tableName: 'responsibilities' },
  );
  Informant.init(
    {
      id: is.id(),
      townId: is.ref(),
      villageId: is.optionalRef(),
      enterpriseId: is.ref(),
      userId: is.ref(),
      code: is.string(20),
      name: { ...is.encrypted('name'), allowNull: false },
      phone: is.encrypted('phone'),
      activeFrom: is.day(),
      activeTo: is.optionalDay(),
      namedById: is.ref(),
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'informants' },
  );
  LeaderVisit.init(
    {
      id: is.id(),
      townId: is.ref(),
      villageId: is.optionalRef(),
      enterpriseId: is.optionalRef(),
      caseId: is.optionalRef(),
      visitedOn: is.day(),
      leaders: is.string(200),
      place: is.string(200),
      issue: is.longText(),
      answer: is.optionalLongText(),
      recordedById: is.ref(),
      recordedAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'leader_visits' },
  );

  Responsibility.belongsTo(User, { foreignKey: 'officerId', as: 'officer' });
  Responsibility.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  Responsibility.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  Informant.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  LeaderVisit.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  LeaderVisit.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  LeaderVisit.belongsTo(Area, { foreignKey: 'townId', as: 'town' });
}
