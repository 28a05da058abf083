import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { WARNING_LEVELS, type WarningLevel } from '../server/directory/directory.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { WARNING_ACTION_KINDS, type WarningActionKind } from '../server/wage-checks/warning-course.rules.ts';
import {
  EVALUATION_CAUSES,
  WARNING_EVENTS,
  type EvaluationCause,
  type WarningEventAction,
} from '../server/wage-checks/warning-words.rules.ts';
import {
  NO_FACTS,
  SIGNAL_KINDS,
  type Hit,
  type SignalKind,
  type WageFacts,
  type WarningSettings,
} from '../server/wage-checks/warning.rules.ts';
import { User } from './accounts.ts';
import { Area } from './areas.ts';
import * as is from './columns.ts';
import { Enterprise } from './directory.ts';

/** What an officer saw or heard of an enterprise, from a day until it ended. */
export class WageSignal extends Model<InferAttributes<WageSignal>, InferCreationAttributes<WageSignal>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare enterpriseId: string;
  declare kind: SignalKind;
  /** Enterprise and kind until it ended: one of each kind is open. */
  declare openKey: string | null;
  /** Since when; of a deferral the agreed day of payment. */
  declare since: CalendarDay;
  /** Of a deferral only. */
  declare days: CreationOptional<number | null>;
  declare consentFiled: CreationOptional<boolean | null>;
  declare note: string;
  declare recordedById: string;
  declare recordedAt: CreationOptional<Date>;
  declare endedOn: CreationOptional<CalendarDay | null>;
  declare endReason: CreationOptional<string | null>;
  declare endedById: CreationOptional<string | null>;
  declare recordedBy?: NonAttribute<User>;
  declare endedBy?: NonAttribute<User | null>;
}

/** What an evaluation looked at, with the thresholds of that day. */
export interface EvaluationInputs {
  facts: WageFacts;
  settings: WarningSettings | null;
}

/** What the rules said of an enterprise, stored when it differs from what they said before. */
export class WarningEvaluation extends Model<
  InferAttributes<WarningEvaluation>,
  InferCreationAttributes<WarningEvaluation>
> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare enterpriseId: string;
  /** The enterprise's id on its latest evaluation only. */
  declare latestKey: string | null;
  declare at: CreationOptional<Date>;
  declare day: CalendarDay;
  /** The last day on which the rules said the same. */
  declare lastSeenOn: CalendarDay;
  declare cause: EvaluationCause;
  declare ruleVersion: string;
  declare inputs: EvaluationInputs;
  declare inputsHash: string;
  declare hits: Hit[];
  declare level: WarningLevel | null;
  declare provincial: boolean;
  declare crimeAmount: boolean;
  declare people: number;
  declare arrearsFen: number;
}

/** The warning of an enterprise, from its first day to its last; at most one is open. */
export class Warning extends Model<InferAttributes<Warning>, InferCreationAttributes<Warning>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare villageId: string | null;
  declare enterpriseId: string;
  declare openKey: string | null;
  declare level: WarningLevel;
  /** The order of the list: the level, and within it the provincial flag. */
  declare position: number;
  declare arrearsLevel: WarningLevel | null;
  declare verifications: number;
  declare wasRed: boolean;
  declare watchUntil: CalendarDay | null;
  /** The level stands only because nobody verified a payment. */
  declare held: boolean;
  declare provincial: boolean;
  declare crimeAmount: boolean;
  declare openedOn: CalendarDay;
  declare levelSince: CalendarDay;
  /** When the next of its actions is due; 9999-12-31 when none is open. */
  declare dueOn: CalendarDay;
  declare endedOn: CreationOptional<CalendarDay | null>;
  declare evaluationId: string;
  /** The case that red opened or joined. */
  declare caseId: CreationOptional<string | null>;
  declare version: CreationOptional<number>;
  declare enterprise?: NonAttribute<Enterprise>;
  declare village?: NonAttribute<Area | null>;
  declare evaluation?: NonAttribute<WarningEvaluation>;
  declare actions?: NonAttribute<WarningAction[]>;
}

/** One line of a warning's history, written in the transaction of the change it tells, never edited. */
export class WarningEvent extends Model<
  InferAttributes<WarningEvent>,
  InferCreationAttributes<WarningEvent>
> {
  declare id: CreationOptional<string>;
  declare warningId: string;
  declare at: CreationOptional<Date>;
  declare actorId: string | null;
  declare action: WarningEventAction;
  declare fromLevel: CreationOptional<WarningLevel | null>;
  declare toLevel: CreationOptional<WarningLevel | null>;
  declare evaluationId: CreationOptional<string | null>;
  declare detail: CreationOptional<Record<string, string | number | boolean | null>>;
  declare actor?: NonAttribute<User | null>;
  declare evaluation?: NonAttribute<WarningEvaluation | null>;
}

/** What somebody is to do about a warning until a day. */
export class WarningAction extends Model<
  InferAttributes<WarningAction>,
  InferCreationAttributes<WarningAction>
> {
  declare id: CreationOptional<string>;
  declare warningId: string;
  declare kind: WarningActionKind;
  /** Warning and kind until it is done or no longer asked for: one of each kind is open. */
  declare openKey: string | null;
  declare dueOn: CalendarDay;
  /** Null where nobody answers for the enterprise and the town has no dispatcher. */
  declare assigneeId: string | null;
  declare createdAt: CreationOptional<Date>;
  declare doneOn: CreationOptional<CalendarDay | null>;
  declare doneById: CreationOptional<string | null>;
  declare note: CreationOptional<string | null>;
  declare lapsedOn: CreationOptional<CalendarDay | null>;
  /** The day on which its person and the dispatchers were told that it is late. */
  declare lateToldOn: CreationOptional<CalendarDay | null>;
  declare version: CreationOptional<number>;
  declare assignee?: NonAttribute<User | null>;
  declare doneBy?: NonAttribute<User | null>;
}

export function bind(sequelize: Sequelize): void {
  WageSignal.init(
    {
      id: is.id(),
      townId: is.ref(),
      enterpriseId: is.ref(),
      kind: is.choice(SIGNAL_KINDS, 20),
      openKey: is.optionalString(60),
      since: is.day(),
      days: is.optionalCount(),
      consentFiled: is.optionalFlag(),
      note: is.string(500),
      recordedById: is.ref(),
      recordedAt: is.createdAt(),
      endedOn: is.optionalDay(),
      endReason: is.optionalString(500),
      endedById: is.optionalRef(),
    },
    { sequelize, tableName: 'wage_signals' },
  );
  WarningEvaluation.init(
    {
      id: is.id(),
      townId: is.ref(),
      enterpriseId: is.ref(),
      latestKey: is.optionalRef(),
      at: is.createdAt(),
      day: is.day(),
      lastSeenOn: is.day(),
      cause: is.choice(EVALUATION_CAUSES),
      ruleVersion: is.string(20),
      inputs: is.json<EvaluationInputs>('inputs', { facts: NO_FACTS, settings: null }),
      inputsHash: is.string(64),
      hits: is.json<Hit[]>('hits', []),
      level: is.optionalChoice(WARNING_LEVELS, 20),
      provincial: is.flag(),
      crimeAmount: is.flag(),
      people: is.count(),
      arrearsFen: is.fen(),
    },
    { sequelize, tableName: 'warning_evaluations' },
  );
  bindWarning(sequelize);
  WageSignal.belongsTo(User, { foreignKey: 'recordedById', as: 'recordedBy' });
  WageSignal.belongsTo(User, { foreignKey: 'endedById', as: 'endedBy' });
  Warning.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  Warning.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  Warning.belongsTo(WarningEvaluation, { foreignKey: 'evaluationId', as: 'evaluation' });
  Warning.hasMany(WarningAction, { foreignKey: 'warningId', as: 'actions' });
  WarningEvent.belongsTo(User, { foreignKey: 'actorId', as: 'actor' });
  WarningEvent.belongsTo(WarningEvaluation, { foreignKey: 'evaluationId', as: 'evaluation' });
  WarningAction.belongsTo(User, { foreignKey: 'assigneeId', as: 'assignee' });
  WarningAction.belongsTo(User, { foreignKey: 'doneById', as: 'doneBy' });
}

function bindWarning(sequelize: Sequelize): void {
  Warning.init(
    {
      id: is.id(),
      townId: is.ref(),
      villageId: is.optionalRef(),
      enterpriseId: is.ref(),
      openKey: is.optionalRef(),
      level: is.choice(WARNING_LEVELS, 20),
      position: is.count(),
      arrearsLevel: is.optionalChoice(WARNING_LEVELS, 20),
      verifications: is.count(),
      wasRed: is.flag(),
      watchUntil: is.optionalDay(),
      held: is.flag(),
      provincial: is.flag(),
      crimeAmount: is.flag(),
      openedOn: is.day(),
      levelSince: is.day(),
      dueOn: is.day(),
      endedOn: is.optionalDay(),
      evaluationId: is.ref(),
      caseId: is.optionalRef(),
      version: is.version(),
    },
    { sequelize, tableName: 'warnings' },
  );
  WarningEvent.init(
    {
      id: is.id(),
      warningId: is.ref(),
      at: is.createdAt(),
      actorId: is.optionalRef(),
      action: is.choice(WARNING_EVENTS, 20),
      fromLevel: is.optionalChoice(WARNING_LEVELS, 20),
      toLevel: is.optionalChoice(WARNING_LEVELS, 20),
      evaluationId: is.optionalRef(),
      detail: is.json<Record<string, string | number | boolean | null>>('detail', {}),
    },
    { sequelize, tableName: 'warning_events' },
  );
  WarningAction.init(
    {
      id: is.id(),
      warningId: is.ref(),
      kind: is.choice(WARNING_ACTION_KINDS, 20),
      openKey: is.optionalString(60),
      dueOn: is.day(),
      assigneeId: is.optionalRef(),
      createdAt: is.createdAt(),
      doneOn: is.optionalDay(),
      doneById: is.optionalRef(),
      note: is.optionalString(1000),
      lapsedOn: is.optionalDay(),
      lateToldOn: is.optionalDay(),
      version: is.version(),
    },
    { sequelize, tableName: 'warning_actions' },
  );
}
