import {
  Model,
  Op,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
  type WhereOptions,
} from 'sequelize';
import { RETURN_REASONS, TICKET_STATES } from '../server/hotline/ticket.rules.ts';
import type { ReturnReason, TicketState } from '../server/hotline/ticket.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { Area } from './areas.ts';
import { DisputeCase } from './cases.ts';
import * as is from './columns.ts';
import { contains } from './dialect.ts';

/** One confirmed import of a file, which can be opened later. */
export class ImportBatch extends Model<InferAttributes<ImportBatch>, InferCreationAttributes<ImportBatch>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare kind: string;
  declare fileName: string;
  declare sha256: string;
  declare rowCount: number;
  declare newCount: number;
  declare knownCount: number;
  declare changedCount: CreationOptional<number>;
  declare unwantedCount: number;
  declare faultyCount: number;
  declare mapping: unknown;
  declare createdById: string | null;
  declare createdAt: CreationOptional<Date>;
}

/** Some of the faulty rows that an import keeps, sealed (see `import-kept-rows.ts`). */
export class KeptRowsPart extends Model<
  InferAttributes<KeptRowsPart>,
  InferCreationAttributes<KeptRowsPart>
> {
  declare batchId: string;
  declare position: number;
  declare bytes: Buffer;
}

/** A value of the file that could not be read, kept as the hotline wrote it. */
export interface TicketNote {
  column: string;
  value: string;
}

/** A complaint as the hotline sent it (12345 工单). Several tickets can belong to one case. */
export class Ticket extends Model<InferAttributes<Ticket>, InferCreationAttributes<Ticket>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare villageId: CreationOptional<string | null>;
  declare batchId: CreationOptional<string | null>;
  declare caseId: CreationOptional<string | null>;
  declare number: string;
  declare state: CreationOptional<TicketState>;
  declare receivedAt: Date;
  declare receivedOn: CalendarDay;
  declare dispatchedAt: CreationOptional<Date | null>;
  declare callerName: CreationOptional<string | null>;
  declare callerPhone: CreationOptional<string | null>;
  declare callerPhoneHash: CreationOptional<string | null>;
  declare gender: CreationOptional<string | null>;
  declare migrant: CreationOptional<boolean | null>;
  declare anonymous: CreationOptional<boolean>;
  declare channel: CreationOptional<string | null>;
  declare title: CreationOptional<string | null>;
  declare content: CreationOptional<string | null>;
  declare category: CreationOptional<string | null>;
  declare address: CreationOptional<string | null>;
  declare villageText: CreationOptional<string | null>;
  declare respondentText: CreationOptional<string | null>;
  declare respondentCreditCode: CreationOptional<string | null>;
  declare workers: CreationOptional<number | null>;
  declare amountFen: CreationOptional<number | null>;
  declare notes: CreationOptional<TicketNote[]>;
  declare rowHash: string;
  declare returnReason: CreationOptional<ReturnReason | null>;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare village?: NonAttribute<Area>;
  declare disputeCase?: NonAttribute<DisputeCase>;
}

/** The tickets whose title or content has one of these words; none when there are no words. */
export function saying(words: readonly string[]): WhereOptions<Ticket> {
  const named = words.flatMap((word) => [contains('title', word), contains('content', word)]);
  return named.length === 0 ? { id: [] } : { [Op.or]: named };
}

export function bind(sequelize: Sequelize): void {
  ImportBatch.init(
    {
      id: is.id(),
      townId: is.ref(),
      kind: is.string(20),
      fileName: is.string(255),
      sha256: is.string(64),
      rowCount: is.count(),
      newCount: is.count(),
      knownCount: is.count(),
      changedCount: { ...is.count(), defaultValue: 0 },
      unwantedCount: is.count(),
      faultyCount: is.count(),
      mapping: is.json<unknown>('mapping', {}),
      createdById: is.optionalRef(),
      createdAt: is.createdAt(),
    },
    { sequelize, tableName: 'import_batches' },
  );
  KeptRowsPart.init(
    {
      batchId: { ...is.ref(), primaryKey: true },
      position: { ...is.count(), primaryKey: true },
      bytes: is.bytes(),
    },
    { sequelize, tableName: 'import_kept_rows' },
  );
  Ticket.init(
    {
      id: is.id(),
      townId: is.ref(),
      villageId: is.optionalRef(),
      batchId: is.optionalRef(),
      caseId: is.optionalRef(),
      number: is.string(64),
      state: { ...is.choice(TICKET_STATES, 20), defaultValue: 'awaitingRouting' },
      receivedAt: is.instant(),
      receivedOn: is.day(),
      dispatchedAt: is.optionalInstant(),
      callerName: is.optionalString(100),
      callerPhone: is.encrypted('callerPhone'),
      callerPhoneHash: is.optionalString(64),
      gender: is.optionalString(10),
      migrant: is.optionalFlag(),
      anonymous: is.flag(),
      channel: is.optionalString(100),
      title: is.optionalString(300),
      content: is.optionalLongText(),
      category: is.optionalString(200),
      address: is.optionalString(300),
      villageText: is.optionalString(100),
      respondentText: is.optionalString(200),
      respondentCreditCode: is.optionalString(50),
      workers: is.optionalCount(),
      amountFen: is.optionalFen(),
      notes: is.json<TicketNote[]>('notes', []),
      rowHash: is.string(64),
      returnReason: is.optionalChoice(RETURN_REASONS, 40),
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'tickets' },
  );
  Ticket.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  Ticket.belongsTo(DisputeCase, { foreignKey: 'caseId', as: 'disputeCase' });
  DisputeCase.hasMany(Ticket, { foreignKey: 'caseId', as: 'tickets' });
}
