import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import * as is from './columns.ts';

export const AREA_KINDS = ['jurisdiction', 'town', 'village'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** A node of the tree jurisdiction → town → village. `path` holds the ids from the root, each followed by `/`. */
export class Area extends Model<InferAttributes<Area>, InferCreationAttributes<Area>> {
  declare id: CreationOptional<string>;
  declare code: string;
  declare name: string;
  declare kind: AreaKind;
  declare parentId: CreationOptional<string | null>;
  declare path: string;
  declare position: CreationOptional<number>;
}

/** A value that a town set for one of the settings of `config/town.ts`, in force from a day on. */
export class Setting extends Model<InferAttributes<Setting>, InferCreationAttributes<Setting>> {
  declare id: CreationOptional<string>;
  declare areaId: string;
  declare key: string;
  declare value: unknown;
  declare validFrom: CalendarDay;
  declare createdAt: CreationOptional<Date>;
}

/** A year whose working days are published. */
export class CalendarYear extends Model<
  InferAttributes<CalendarYear>,
  InferCreationAttributes<CalendarYear>
> {
  declare year: number;
  declare source: string;
}

/** A day that is not what its weekday says: a holiday, or a weekend day that is worked. */
export class CalendarDate extends Model<
  InferAttributes<CalendarDate>,
  InferCreationAttributes<CalendarDate>
> {
  declare day: CalendarDay;
  declare isWorkday: boolean;
  declare name: string;
}

/** A deadline that a change of the calendar moved: of a case or ticket, by its number or title. */
export interface MovedDeadline {
  href: string;
  label: string;
  before: CalendarDay;
  after: CalendarDay;
}

/** A change of the calendar of one year, and the deadlines that it moved. */
export class CalendarChange extends Model<
  InferAttributes<CalendarChange>,
  InferCreationAttributes<CalendarChange>
> {
  declare id: CreationOptional<string>;
  declare year: number;
  declare source: string;
  /** Days of the year that are not what their weekday says. */
  declare dayCount: number;
  declare moved: MovedDeadline[];
  declare changedById: string | null;
  declare createdAt: CreationOptional<Date>;
}

export function bind(sequelize: Sequelize): void {
  Area.init(
    {
      id: is.id(),
      code: is.string(64),
      name: is.string(100),
      kind: is.choice(AREA_KINDS, 20),
      parentId: is.optionalRef(),
      path: is.string(255),
      position: { ...is.count(), defaultValue: 0 },
    },
    { sequelize, tableName: 'areas' },
  );
  Setting.init(
    {
      id: is.id(),
      areaId: is.ref(),
      key: is.string(100),
      value: is.json<unknown>('value', null),
      validFrom: is.day(),
      createdAt: is.createdAt(),
    },
    { sequelize, tableName: 'settings' },
  );
  CalendarYear.init(
    { year: { ...is.count(), primaryKey: true }, source: is.string(200) },
    { sequelize, tableName: 'calendar_years' },
  );
  CalendarDate.init(
    { day: { ...is.day(), primaryKey: true }, isWorkday: is.flag(), name: is.string(50) },
    { sequelize, tableName: 'calendar_days' },
  );
  CalendarChange.init(
    {
      id: is.id(),
      year: is.count(),
      source: is.string(200),
      dayCount: is.count(),
      moved: is.json<MovedDeadline[]>('moved', []),
      changedById: is.optionalRef(),
      createdAt: is.createdAt(),
    },
    { sequelize, tableName: 'calendar_changes' },
  );
}
