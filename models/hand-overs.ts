import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { HAND_OVER_ANSWERS, HAND_OVER_REASONS } from '../server/cases/case.rules.ts';
import type { HandOverAnswer, HandOverReason } from '../server/cases/case.rules.ts';
import { User } from './accounts.ts';
import { DisputeCase } from './cases.ts';
import * as is from './columns.ts';

/** The offer of a case to another mediator (移交), and what came of it; the case stays with its mediator until it is accepted. */
export class HandOver extends Model<InferAttributes<HandOver>, InferCreationAttributes<HandOver>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  /** The case's id while nobody has answered, else null: the unique key allows one open offer per case. */
  declare openKey: CreationOptional<string | null>;
  declare fromId: string;
  declare toId: string;
  /** The room in which the receiver would have the case. */
  declare roomId: string;
  declare reason: HandOverReason;
  declare explanation: string;
  declare offeredById: string;
  declare offeredAt: CreationOptional<Date>;
  declare answer: CreationOptional<HandOverAnswer | null>;
  declare answeredAt: CreationOptional<Date | null>;
  declare from?: NonAttribute<User>;
  declare to?: NonAttribute<User>;
  declare disputeCase?: NonAttribute<DisputeCase>;
}

export function bind(sequelize: Sequelize): void {
  HandOver.init(
    {
      id: is.id(),
      caseId: is.ref(),
      openKey: is.optionalRef(),
      fromId: is.ref(),
      toId: is.ref(),
      roomId: is.ref(),
      reason: is.choice(HAND_OVER_REASONS, 20),
      explanation: is.string(500),
      offeredById: is.ref(),
      offeredAt: is.createdAt(),
      answer: is.optionalChoice(HAND_OVER_ANSWERS, 20),
      answeredAt: is.optionalInstant(),
    },
    { sequelize, tableName: 'hand_overs' },
  );
  HandOver.belongsTo(User, { foreignKey: 'fromId', as: 'from' });
  HandOver.belongsTo(User, { foreignKey: 'toId', as: 'to' });
  HandOver.belongsTo(DisputeCase, { foreignKey: 'caseId', as: 'disputeCase' });
  DisputeCase.hasOne(HandOver, { foreignKey: 'openKey', as: 'handOver' });
}
