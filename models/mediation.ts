import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import {
  CONTACT_CHANNELS,
  CONTACT_PARTIES,
  MOODS,
  REACHED,
  RISKS,
} from '../server/mediation/mediation.rules.ts';
import type {
  ContactChannel,
  ContactParty,
  Mood,
  Reached,
  Risk,
} from '../server/mediation/mediation.rules.ts';
import { User } from './accounts.ts';
import * as is from './columns.ts';

/** A call, visit or message of the mediation log: who was reached, what was said, in what mood. */
export class Contact extends Model<InferAttributes<Contact>, InferCreationAttributes<Contact>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare at: Date;
  declare byId: string;
  declare channel: ContactChannel;
  declare party: ContactParty;
  declare reached: Reached;
  declare note: CreationOptional<string | null>;
  declare mood: CreationOptional<Mood | null>;
  declare risk: CreationOptional<Risk | null>;
  declare createdAt: CreationOptional<Date>;
  declare by?: NonAttribute<User>;
}

export function bind(sequelize: Sequelize): void {
  Contact.init(
    {
      id: is.id(),
      caseId: is.ref(),
      at: is.instant(),
      byId: is.ref(),
      channel: is.choice(CONTACT_CHANNELS, 20),
      party: is.choice(CONTACT_PARTIES, 20),
      reached: is.choice(REACHED, 10),
      note: is.optionalLongText(),
      mood: is.optionalChoice(MOODS, 20),
      risk: is.optionalChoice(RISKS, 20),
      createdAt: is.createdAt(),
    },
    { sequelize, tableName: 'contacts' },
  );
  Contact.belongsTo(User, { foreignKey: 'byId', as: 'by' });
}
