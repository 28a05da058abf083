import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { FOLLOW_UP_STATES, KEPT, SATISFACTIONS } from '../server/follow-ups/follow-up.rules.ts';
import type { FollowUpState, Kept, Satisfaction } from '../server/follow-ups/follow-up.rules.ts';
import {
  MOODS,
  REACHED,
  RISKS,
  type Mood,
  type Reached,
  type Risk,
} from '../server/mediation/mediation.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { User } from './accounts.ts';
import { DisputeCase } from './cases.ts';
import * as is from './columns.ts';

/** A call to the worker after a case was closed (回访), and the redo (重办) that it set off. One per closing and round. */
export class FollowUp extends Model<InferAttributes<FollowUp>, InferCreationAttributes<FollowUp>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare townId: string;
  /** 1 for the first call about a case; one more after every redo, and after it was opened again. */
  declare round: number;
  /** The closing that it is about. */
  declare closedOn: CalendarDay;
  declare dueOn: CalendarDay;
  declare state: CreationOptional<FollowUpState>;
  /** Calls in vain before the one that ended it. */
  declare attempts: CreationOptional<number>;
  declare calledAt: CreationOptional<Date | null>;
  declare calledOn: CreationOptional<CalendarDay | null>;
  declare calledById: CreationOptional<string | null>;
  declare reached: CreationOptional<Reached | null>;
  declare performance: CreationOptional<Kept | null>;
  declare satisfaction: CreationOptional<Satisfaction | null>;
  declare retaliation: CreationOptional<boolean | null>;
  declare hiddenRisk: CreationOptional<boolean | null>;
  declare mood: CreationOptional<Mood | null>;
  declare risk: CreationOptional<Risk | null>;
  declare note: CreationOptional<string | null>;
  /** The call set off a redo. */
  declare redo: CreationOptional<boolean>;
  declare redoAnsweredOn: CreationOptional<CalendarDay | null>;
  declare redoAnsweredById: CreationOptional<string | null>;
  declare redoAnswer: CreationOptional<string | null>;
  /** Whether the call after the redo heard better than this one; null until it was made. */
  declare redoHelped: CreationOptional<boolean | null>;
  declare createdAt: CreationOptional<Date>;
  declare disputeCase?: NonAttribute<DisputeCase>;
  declare calledBy?: NonAttribute<User>;
  declare redoAnsweredBy?: NonAttribute<User>;
}

export function bind(sequelize: Sequelize): void {
  FollowUp.init(
    {
      id: is.id(),
      caseId: is.ref(),
      townId: is.ref(),
      round: is.count(),
      closedOn: is.day(),
      dueOn: is.day(),
      state: { ...is.choice(FOLLOW_UP_STATES, 20), defaultValue: 'due' },
      attempts: { ...is.count(), defaultValue: 0 },
      calledAt: is.optionalInstant(),
      calledOn: is.optionalDay(),
      calledById: is.optionalRef(),
      reached: is.optionalChoice(REACHED, 10),
      performance: is.optionalChoice(KEPT, 20),
      satisfaction: is.optionalChoice(SATISFACTIONS, 20),
      retaliation: is.optionalFlag(),
      hiddenRisk: is.optionalFlag(),
      mood: is.optionalChoice(MOODS, 20),
      risk: is.optionalChoice(RISKS, 20),
      note: is.optionalLongText(),
      redo: is.flag(),
      redoAnsweredOn: is.optionalDay(),
      redoAnsweredById: is.optionalRef(),
      redoAnswer: is.optionalLongText(),
      redoHelped: is.optionalFlag(),
      createdAt: is.createdAt(),
    },
    { sequelize, tableName: 'follow_ups' },
  );
  FollowUp.belongsTo(DisputeCase, { foreignKey: 'caseId', as: 'disputeCase' });
  FollowUp.belongsTo(User, { foreignKey: 'calledById', as: 'calledBy' });
  FollowUp.belongsTo(User, { foreignKey: 'redoAnsweredById', as: 'redoAnsweredBy' });
}
