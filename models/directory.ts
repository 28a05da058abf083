import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import {
  INDUSTRIES,
  LEVELS,
  PERSON_KINDS,
  SKILLS,
  WARNING_LEVELS,
} from '../server/directory/directory.rules.ts';
import type {
  Industry,
  Level,
  PersonKind,
  Skill,
  WarningLevel,
} from '../server/directory/directory.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { User } from './accounts.ts';
import { Area } from './areas.ts';
import * as is from './columns.ts';

export class Enterprise extends Model<InferAttributes<Enterprise>, InferCreationAttributes<Enterprise>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare villageId: string | null;
  declare name: string;
  declare normalisedName: string;
  declare creditCode: CreationOptional<string | null>;
  declare industry: Industry;
  declare headcount: CreationOptional<number | null>;
  declare contactName: CreationOptional<string | null>;
  declare contactPhone: CreationOptional<string | null>;
  /** An active mediation committee, to which a worker may consent (企业劳动争议协商调解规定 13). */
  declare hasCommittee: CreationOptional<boolean>;
  declare warningLevel: CreationOptional<WarningLevel | null>;
  declare active: CreationOptional<boolean>;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare aliases?: NonAttribute<EnterpriseAlias[]>;
  declare village?: NonAttribute<Area>;
}

export class EnterpriseAlias extends Model<
  InferAttributes<EnterpriseAlias>,
  InferCreationAttributes<EnterpriseAlias>
> {
  declare id: CreationOptional<string>;
  declare enterpriseId: string;
  declare alias: string;
  declare normalisedAlias: string;
}

/** A mediation room of a town, a village or an enterprise (劳动争议调解仲裁法 10). */
export class Room extends Model<InferAttributes<Room>, InferCreationAttributes<Room>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare areaId: string;
  declare enterpriseId: CreationOptional<string | null>;
  declare level: Level;
  declare name: string;
  declare address: CreationOptional<string | null>;
  declare openingHours: CreationOptional<string | null>;
  /** A page of a map, https. */
  declare mapLink: CreationOptional<string | null>;
  declare phone: CreationOptional<string | null>;
  declare active: CreationOptional<boolean>;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare area?: NonAttribute<Area>;
  declare enterprise?: NonAttribute<Enterprise | null>;
  declare mediators?: NonAttribute<RoomMediator[]>;
}

export class RoomMediator extends Model<
  InferAttributes<RoomMediator>,
  InferCreationAttributes<RoomMediator>
> {
  declare id: CreationOptional<string>;
  declare roomId: string;
  declare userId: string;
  declare activeFrom: CalendarDay;
  declare activeTo: CreationOptional<CalendarDay | null>;
  declare user?: NonAttribute<User>;
  declare room?: NonAttribute<Room>;
}

/** A person of the net who needs no account: grid worker, legal volunteer, union officer … */
export class Person extends Model<InferAttributes<Person>, InferCreationAttributes<Person>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare areaId: string;
  declare name: string;
  declare kind: PersonKind;
  declare phone: CreationOptional<string | null>;
  declare activeFrom: CalendarDay;
  declare activeTo: CreationOptional<CalendarDay | null>;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare area?: NonAttribute<Area>;
  declare skills?: NonAttribute<PersonSkill[]>;
  declare villages?: NonAttribute<PersonVillage[]>;
}

/** What a person of the net is asked for. */
export class PersonSkill extends Model<InferAttributes<PersonSkill>, InferCreationAttributes<PersonSkill>> {
  declare id: CreationOptional<string>;
  declare personId: string;
  declare skill: Skill;
}

/** A village in which a person of the net serves besides their own place. */
export class PersonVillage extends Model<
  InferAttributes<PersonVillage>,
  InferCreationAttributes<PersonVillage>
> {
  declare id: CreationOptional<string>;
  declare personId: string;
  declare areaId: string;
  declare area?: NonAttribute<Area>;
}

export function bind(sequelize: Sequelize): void {
  Enterprise.init(
    {
      id: is.id(),
      townId: is.ref(),
      villageId: is.optionalRef(),
      name: is.string(200),
      normalisedName: is.string(200),
      creditCode: is.optionalString(18),
      industry: is.choice(INDUSTRIES, 40),
      headcount: is.optionalCount(),
      contactName: is.optionalString(100),
      contactPhone: is.encrypted('contactPhone'),
      hasCommittee: is.flag(),
      warningLevel: is.optionalChoice(WARNING_LEVELS, 20),
      active: is.flag(true),
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'enterprises' },
  );
  EnterpriseAlias.init(
    { id: is.id(), enterpriseId: is.ref(), alias: is.string(200), normalisedAlias: is.string(200) },
    { sequelize, tableName: 'enterprise_aliases' },
  );
  Room.init(
    {
      id: is.id(),
      townId: is.ref(),
      areaId: is.ref(),
      enterpriseId: is.optionalRef(),
      level: is.choice(LEVELS, 20),
      name: is.string(100),
      address: is.optionalString(200),
      openingHours: is.optionalString(100),
      mapLink: is.optionalString(500),
      phone: is.optionalString(40),
      active: is.flag(true),
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'rooms' },
  );
  RoomMediator.init(
    { id: is.id(), roomId: is.ref(), userId: is.ref(), activeFrom: is.day(), activeTo: is.optionalDay() },
    { sequelize, tableName: 'room_mediators' },
  );
  Person.init(
    {
      id: is.id(),
      townId: is.ref(),
      areaId: is.ref(),
      name: is.string(100),
      kind: is.choice(PERSON_KINDS, 40),
      phone: is.encrypted('phone'),
      activeFrom: is.day(),
      activeTo: is.optionalDay(),
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'people' },
  );
  PersonSkill.init(
    { id: is.id(), personId: is.ref(), skill: is.choice(SKILLS, 20) },
    { sequelize, tableName: 'person_skills' },
  );
  PersonVillage.init(
    { id: is.id(), personId: is.ref(), areaId: is.ref() },
    { sequelize, tableName: 'person_villages' },
  );

  Enterprise.hasMany(EnterpriseAlias, { foreignKey: 'enterpriseId', as: 'aliases' });
  EnterpriseAlias.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  Enterprise.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  Room.belongsTo(Area, { foreignKey: 'areaId', as: 'area' });
  Room.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  Room.hasMany(RoomMediator, { foreignKey: 'roomId', as: 'mediators' });
  RoomMediator.belongsTo(Room, { foreignKey: 'roomId', as: 'room' });
  RoomMediator.belongsTo(User, { foreignKey: 'userId', as: 'user' });
  Person.belongsTo(Area, { foreignKey: 'areaId', as: 'area' });
  Person.hasMany(PersonSkill, { foreignKey: 'personId', as: 'skills' });
  Person.hasMany(PersonVillage, { foreignKey: 'personId', as: 'villages' });
  PersonVillage.belongsTo(Area, { foreignKey: 'areaId', as: 'area' });
}
