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
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { User } from './accounts.ts';
import { Claimant } from './cases.ts';
import * as is from './columns.ts';
import { Person, Room } from './directory.ts';

/** A call, visit or message of the mediation log: who was reached, what was said, in what mood. */
export class Contact extends Model<InferAttributes<Contact>, InferCreationAttributes<Contact>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare at: Date;
  declare byId: string;
  declare channel: ContactChannel;
  declare party: ContactParty;
  /** The worker of several whom it was about; null when it was about all. */
  declare claimantId: CreationOptional<string | null>;
  declare reached: Reached;
  declare note: CreationOptional<string | null>;
  declare mood: CreationOptional<Mood | null>;
  declare risk: CreationOptional<Risk | null>;
  /** The case from which this entry was carried along when a worker was split off (分案). */
  declare fromCaseId: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare by?: NonAttribute<User>;
  declare claimant?: NonAttribute<Claimant | null>;
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
  /** The case from which this entry was carried along when a worker was split off (分案). */
  declare fromCaseId: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare room?: NonAttribute<Room>;
}

/** A person of the net who mediates beside the lead mediator (协助调解员); the lead stays the lead. */
export class CoMediator extends Model<InferAttributes<CoMediator>, InferCreationAttributes<CoMediator>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare personId: string;
  /** The case's id until it ends: the unique key allows nobody twice at a time. */
  declare openKey: CreationOptional<string | null>;
  declare since: CalendarDay;
  declare until: CreationOptional<CalendarDay | null>;
  /** Why it ended. */
  declare reason: CreationOptional<string | null>;
  declare namedById: string;
  declare namedAt: CreationOptional<Date>;
  declare endedById: CreationOptional<string | null>;
  declare person?: NonAttribute<Person>;
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
      claimantId: is.optionalRef(),
      reached: is.choice(REACHED, 10),
      note: is.optionalLongText(),
      mood: is.optionalChoice(MOODS, 20),
      risk: is.optionalChoice(RISKS, 20),
      fromCaseId: is.optionalRef(),
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
      fromCaseId: is.optionalRef(),
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'mediation_sessions' },
  );
  CoMediator.init(
    {
      id: is.id(),
      caseId: is.ref(),
      personId: is.ref(),
      openKey: is.optionalRef(),
      since: is.day(),
      until: is.optionalDay(),
      reason: is.optionalString(500),
      namedById: is.ref(),
      namedAt: is.createdAt(),
      endedById: is.optionalRef(),
    },
    { sequelize, tableName: 'co_mediators' },
  );
  CoMediator.belongsTo(Person, { foreignKey: 'personId', as: 'person' });
  MediationSession.belongsTo(Room, { foreignKey: 'roomId', as: 'room' });
  Contact.belongsTo(User, { foreignKey: 'byId', as: 'by' });
  Contact.belongsTo(Claimant, { foreignKey: 'claimantId', as: 'claimant' });
}
