import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { ROLES, type Role } from '../server/accounts/roles.rules.ts';
import { Area } from './areas.ts';
import * as is from './columns.ts';

export class User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: CreationOptional<string>;
  declare username: string;
  declare displayName: string;
  declare passwordHash: CreationOptional<string | null>;
  declare mustChangePassword: CreationOptional<boolean>;
  declare failedAttempts: CreationOptional<number>;
  declare lockedUntil: CreationOptional<Date | null>;
  declare language: CreationOptional<string>;
  declare endedAt: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare grants?: NonAttribute<RoleGrant[]>;
}

/** A role within an area; of an enterprise's mediator within one enterprise. Never deleted, only ended. */
export class RoleGrant extends Model<InferAttributes<RoleGrant>, InferCreationAttributes<RoleGrant>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare role: Role;
  declare areaId: string;
  declare enterpriseId: CreationOptional<string | null>;
  declare grantedById: CreationOptional<string | null>;
  declare grantedAt: CreationOptional<Date>;
  declare endedAt: CreationOptional<Date | null>;
  declare area?: NonAttribute<Area>;
  declare user?: NonAttribute<User>;
}

export const LINK_PURPOSES = ['firstAdministrator', 'setPassword'] as const;

/** A link that works once and for a bounded time; only the digest of its token is kept. */
export class OneTimeLink extends Model<InferAttributes<OneTimeLink>, InferCreationAttributes<OneTimeLink>> {
  declare id: CreationOptional<string>;
  declare userId: CreationOptional<string | null>;
  declare purpose: (typeof LINK_PURPOSES)[number];
  declare tokenHash: string;
  declare expiresAt: Date;
  declare usedAt: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
}

/** Who did or saw what; written in the transaction of the change, never edited. */
export class AuditEntry extends Model<InferAttributes<AuditEntry>, InferCreationAttributes<AuditEntry>> {
  declare id: CreationOptional<string>;
  declare at: CreationOptional<Date>;
  declare userId: string | null;
  declare action: string;
  declare objectType: CreationOptional<string | null>;
  declare objectId: CreationOptional<string | null>;
  declare detail: CreationOptional<Record<string, unknown>>;
}

/** The answer that a form's key already got, so that a second sending gets the same one. */
export class IdempotencyKey extends Model<
  InferAttributes<IdempotencyKey>,
  InferCreationAttributes<IdempotencyKey>
> {
  declare key: string;
  declare userId: string;
  declare bodyHash: string;
  declare location: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
}

export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare sid: string;
  declare expires: Date;
  declare data: string;
  declare userId: CreationOptional<string | null>;
}

export class EncryptionKey extends Model<
  InferAttributes<EncryptionKey>,
  InferCreationAttributes<EncryptionKey>
> {
  declare id: string;
  declare createdAt: CreationOptional<Date>;
}

export function bind(sequelize: Sequelize): void {
  User.init(
    {
      id: is.id(),
      username: is.string(64),
      displayName: is.string(100),
      passwordHash: is.optionalString(255),
      mustChangePassword: is.flag(true),
      failedAttempts: { ...is.count(), defaultValue: 0 },
      lockedUntil: is.optionalInstant(),
      language: { ...is.string(10), defaultValue: 'zh-CN' },
      endedAt: is.optionalInstant(),
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'users' },
  );
  RoleGrant.init(
    {
      id: is.id(),
      userId: is.ref(),
      role: is.choice(ROLES, 40),
      areaId: is.ref(),
      enterpriseId: is.optionalRef(),
      grantedById: is.optionalRef(),
      grantedAt: is.createdAt(),
      endedAt: is.optionalInstant(),
    },
    { sequelize, tableName: 'role_grants' },
  );
  OneTimeLink.init(
    {
      id: is.id(),
      userId: is.optionalRef(),
      purpose: is.choice(LINK_PURPOSES, 40),
      tokenHash: is.string(64),
      expiresAt: is.instant(),
      usedAt: is.optionalInstant(),
      createdAt: is.createdAt(),
    },
    { sequelize, tableName: 'one_time_links' },
  );
  AuditEntry.init(
    {
      id: is.id(),
      at: is.createdAt(),
      userId: is.optionalRef(),
      action: is.string(60),
      objectType: is.optionalString(40),
      objectId: is.optionalString(64),
      detail: is.json<Record<string, unknown>>('detail', {}),
    },
    { sequelize, tableName: 'audit_entries' },
  );
  IdempotencyKey.init(
    {
      key: { ...is.string(64), primaryKey: true },
      userId: is.ref(),
      bodyHash: is.string(64),
      location: is.optionalString(255),
      createdAt: is.createdAt(),
    },
    { sequelize, tableName: 'idempotency_keys' },
  );
  Session.init(
    {
      sid: { ...is.string(128), primaryKey: true },
      expires: is.instant(),
      data: is.longText(),
      userId: is.optionalString(36),
    },
    { sequelize, tableName: 'sessions', timestamps: true },
  );
  EncryptionKey.init(
    { id: { ...is.string(16), primaryKey: true }, createdAt: is.createdAt() },
    { sequelize, tableName: 'encryption_keys' },
  );

  User.hasMany(RoleGrant, { foreignKey: 'userId', as: 'grants' });
  RoleGrant.belongsTo(User, { foreignKey: 'userId', as: 'user' });
  RoleGrant.belongsTo(Area, { foreignKey: 'areaId', as: 'area' });
}
