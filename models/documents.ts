import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { ATTACHMENT_KINDS, type AttachmentKind } from '../server/documents/attachment.rules.ts';
import type { PaperForm } from '../server/documents/forms.rules.ts';
import { User } from './accounts.ts';
import * as is from './columns.ts';

/** What only the papers need of a case, a worker or a respondent (`subjectId`): encrypted, as JSON. */
export class Particulars extends Model<InferAttributes<Particulars>, InferCreationAttributes<Particulars>> {
  declare subjectId: string;
  declare caseId: string;
  declare details: string;
  declare version: CreationOptional<number>;
}

/** A document as it was made final: its exact content, encrypted, and its checksum. It is never changed. */
export class CaseDocument extends Model<
  InferAttributes<CaseDocument>,
  InferCreationAttributes<CaseDocument>
> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare form: PaperForm;
  /** The session whose record it is. */
  declare subjectId: CreationOptional<string | null>;
  /** Case, form and subject unless it was declared void: the unique key allows one final version. */
  declare openKey: CreationOptional<string | null>;
  declare content: Buffer;
  declare sha256: string;
  declare frozenAt: CreationOptional<Date>;
  /** Null for what the signature of the agreement froze by itself. */
  declare frozenById: CreationOptional<string | null>;
  declare voidedAt: CreationOptional<Date | null>;
  declare voidedById: CreationOptional<string | null>;
  declare voidReason: CreationOptional<string | null>;
}

/** A file that belongs to a case; its bytes lie encrypted in chunks. It is never deleted, only declared void. */
export class Attachment extends Model<InferAttributes<Attachment>, InferCreationAttributes<Attachment>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare kind: AttachmentKind;
  declare fileName: string;
  declare contentType: string;
  declare byteLength: number;
  declare sha256: string;
  declare note: CreationOptional<string | null>;
  /** The paper of which it is the signed copy: its form and, of a record, its session. */
  declare form: CreationOptional<string | null>;
  declare sessionId: CreationOptional<string | null>;
  declare paymentId: CreationOptional<string | null>;
  declare uploadedById: string;
  declare uploadedAt: CreationOptional<Date>;
  declare voidedAt: CreationOptional<Date | null>;
  declare voidedById: CreationOptional<string | null>;
  declare voidReason: CreationOptional<string | null>;
  declare uploadedBy?: NonAttribute<User>;
}

export class AttachmentChunk extends Model<
  InferAttributes<AttachmentChunk>,
  InferCreationAttributes<AttachmentChunk>
> {
  declare attachmentId: string;
  declare position: number;
  declare bytes: Buffer;
}

const voiding = () => ({
  voidedAt: is.optionalInstant(),
  voidedById: is.optionalRef(),
  voidReason: is.optionalString(500),
});

export function bind(sequelize: Sequelize): void {
  Particulars.init(
    {
      subjectId: { ...is.ref(), primaryKey: true },
      caseId: is.ref(),
      details: is.longText(),
      version: is.version(),
    },
    { sequelize, tableName: 'particulars' },
  );
  CaseDocument.init(
    {
      id: is.id(),
      caseId: is.ref(),
      form: is.string(30),
      subjectId: is.optionalRef(),
      openKey: is.optionalString(120),
      content: is.bytes(),
      sha256: is.string(64),
      frozenAt: is.createdAt(),
      frozenById: is.optionalRef(),
      ...voiding(),
    },
    { sequelize, tableName: 'documents' },
  );
  Attachment.init(
    {
      id: is.id(),
      caseId: is.ref(),
      kind: is.choice(ATTACHMENT_KINDS, 20),
      fileName: is.string(255),
      contentType: is.string(100),
      byteLength: is.count(),
      sha256: is.string(64),
      note: is.optionalString(500),
      form: is.optionalString(30),
      sessionId: is.optionalRef(),
      paymentId: is.optionalRef(),
      uploadedById: is.ref(),
      uploadedAt: is.createdAt(),
      ...voiding(),
    },
    { sequelize, tableName: 'attachments' },
  );
  AttachmentChunk.init(
    {
      attachmentId: { ...is.ref(), primaryKey: true },
      position: { ...is.count(), primaryKey: true },
      bytes: is.bytes(),
    },
    { sequelize, tableName: 'attachment_chunks' },
  );
  Attachment.belongsTo(User, { foreignKey: 'uploadedById', as: 'uploadedBy' });
}
