import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from 'sequelize';
import type { FileKind } from '../server/hotline/file-kinds.rules.ts';
import * as is from './columns.ts';

/** A file that waits for its "confirm": encrypted, in chunks below the database's packet size, kept for a day. */
export class Upload extends Model<InferAttributes<Upload>, InferCreationAttributes<Upload>> {
  declare id: CreationOptional<string>;
  declare kind: FileKind;
  declare userId: string;
  declare townId: string;
  declare fileName: string;
  declare byteLength: number;
  declare sha256: string;
  /** How the file is read. */
  declare mapping: unknown;
  declare createdAt: CreationOptional<Date>;
  declare expiresAt: Date;
}

export class UploadChunk extends Model<InferAttributes<UploadChunk>, InferCreationAttributes<UploadChunk>> {
  declare uploadId: string;
  declare position: number;
  declare bytes: Buffer;
}

export function bind(sequelize: Sequelize): void {
  Upload.init(
    {
      id: is.id(),
      kind: is.string(20),
      userId: is.ref(),
      townId: is.ref(),
      fileName: is.string(255),
      byteLength: is.count(),
      sha256: is.string(64),
      mapping: is.json<unknown>('mapping', null),
      createdAt: is.createdAt(),
      expiresAt: is.instant(),
    },
    { sequelize, tableName: 'uploads' },
  );
  UploadChunk.init(
    {
      uploadId: { ...is.ref(), primaryKey: true },
      position: { ...is.count(), primaryKey: true },
      bytes: is.bytes(),
    },
    { sequelize, tableName: 'upload_chunks' },
  );
}
