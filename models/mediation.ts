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
  SESSION_STATES,
} from '../server/mediation/mediation.rules.ts';
import type {
  ContactChannel,
  ContactParty,
  Mood,
  Reached,
  Risk,
  SessionState,
} from '../server/mediation/mediation.rules.ts';
import { User } from './accounts.ts';
import * as is from './columns.ts';
import { Room } from './directory.ts';

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

/** A meeting with the parties (调解会): planned, and afterwards what was said. */
export class MediationSession extends Model<
  InferAttributes<MediationSession>,
  InferCreationAttributes<MediationSession>
> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare mediatorId: string;
  /** One of the town's rooms, or another `place`. */
  declare roomId: CreationOptional<string | null>;
  declare place: CreationOptional<string | null>;
  declare startsAt: Date;
  declare endsAt: Date;
  declare attendees: string;
  declare state: SessionState;
  declare minutes: CreationOptional<string | null>;
  declare plannedById: string;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare room?: NonAttribute<Room>;
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
  MediationSession.init(
    {
      id: is.id(),
      caseId: is.ref(),
      mediatorId: is.ref(),
      roomId: is.optionalRef(),
      place: is.optionalString(200),
      startsAt: is.instant(),
      endsAt: is.instant(),
      attendees: is.string(500),
      state: is.choice(SESSION_STATES, 20),
      minutes: is.optionalLongText(),
      plannedById: is.ref(),
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'mediation_sessions' },
  );
  MediationSession.belongsTo(Room, { foreignKey: 'roomId', as: 'room' });
  Contact.belongsTo(User, { foreignKey: 'byId', as: 'by' });
}
