import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { User } from './accounts.ts';
import * as is from './columns.ts';

/** How a town's files with certain headers are read, kept under a name; without one, as the last import was read. */
export class ImportMapping extends Model<
  InferAttributes<ImportMapping>,
  InferCreationAttributes<ImportMapping>
> {
  declare id: CreationOptional<string>;
  declare townId: string;
  /** What the files hold, as in `ImportBatch`. */
  declare kind: string;
  declare name: string;
  /** The name until it is ended or replaced, then null: the unique key allows one open mapping per name. */
  declare openName: CreationOptional<string | null>;
  /** The fingerprint of the header texts that it was made for. */
  declare headers: string;
  declare mapping: unknown;
  /** Null for the command line. */
  declare savedById: string | null;
  declare savedAt: CreationOptional<Date>;
  declare endedById: CreationOptional<string | null>;
  declare endedAt: CreationOptional<Date | null>;
  declare savedBy?: NonAttribute<User | null>;
}

/** The confirmation of an upload: who runs it, and what came of it. It outlives the upload. */
export class ImportRun extends Model<InferAttributes<ImportRun>, InferCreationAttributes<ImportRun>> {
  declare uploadId: string;
  declare kind: string;
  declare townId: string;
  declare userId: string;
  declare fileName: string;
  /** Who stores: another run of the same upload has another one, and only the holder's may end. */
  declare holder: string;
  declare startedAt: Date;
  /** When its process last gave a sign of life. */
  declare aliveAt: Date;
  declare endedAt: CreationOptional<Date | null>;
  /** What it stored; null when it was stopped or refused. */
  declare batchId: CreationOptional<string | null>;
}

export function bind(sequelize: Sequelize): void {
  ImportMapping.init(
    {
      id: is.id(),
      townId: is.ref(),
      kind: is.string(20),
      name: is.string(100),
      openName: is.optionalString(100),
      headers: is.string(64),
      mapping: is.json<unknown>('mapping', {}),
      savedById: is.optionalRef(),
      savedAt: is.createdAt(),
      endedById: is.optionalRef(),
      endedAt: is.optionalInstant(),
    },
    { sequelize, tableName: 'import_mappings' },
  );
  ImportMapping.belongsTo(User, { foreignKey: 'savedById', as: 'savedBy' });
  ImportRun.init(
    {
      uploadId: { ...is.ref(), primaryKey: true },
      kind: is.string(20),
      townId: is.ref(),
      userId: is.ref(),
      fileName: is.string(255),
      holder: is.ref(),
      startedAt: is.instant(),
      aliveAt: is.instant(),
      endedAt: is.optionalInstant(),
      batchId: is.optionalRef(),
    },
    { sequelize, tableName: 'import_runs' },
  );
}
