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
import { SATISFACTIONS, type Satisfaction } from '../server/follow-ups/follow-up.rules.ts';
import {
  HANDLINGS,
  REPLY_CHANNELS,
  RETURN_REQUESTS,
  VERDICTS,
} from '../server/hotline/ticket-handling.rules.ts';
import type {
  Handling,
  ReplyChannel,
  ReturnRequest,
  Verdict,
} from '../server/hotline/ticket-handling.rules.ts';
import { RETURN_REASONS, TICKET_STATES } from '../server/hotline/ticket.rules.ts';
import type { ReturnReason, TicketState } from '../server/hotline/ticket.rules.ts';
import { NEVER } from '../server/deadlines/case-deadlines.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { User } from './accounts.ts';
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
  /** The header texts of the file's columns, in which the answers go back. */
  declare headers: CreationOptional<string[]>;
  declare createdById: string | null;
  declare createdAt: CreationOptional<Date>;
  /** When a ledger was taken back as a whole, by whom (null is the command line) and why. */
  declare undoneAt: CreationOptional<Date | null>;
  declare undoneById: CreationOptional<string | null>;
  declare undoReason: CreationOptional<string | null>;
}

/** Some of the faulty rows that an import keeps, sealed (see `kept-rows.ts`). */
export class KeptRowsPart extends Model<
  InferAttributes<KeptRowsPart>,
  InferCreationAttributes<KeptRowsPart>
> {
  declare batchId: string;
  declare position: number;
  declare bytes: Buffer;
}

/** Some of the stored rows of an import as they stood in the file, sealed (see `kept-rows.ts`). */
export class SourceRowsPart extends Model<
  InferAttributes<SourceRowsPart>,
  InferCreationAttributes<SourceRowsPart>
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
  declare returnRequest: CreationOptional<ReturnRequest | null>;
  declare returnRequestedById: CreationOptional<string | null>;
  declare returnedAt: CreationOptional<Date | null>;
  declare handling: CreationOptional<Handling>;
  /** Which part of the batch's source rows holds its row. */
  declare sourcePart: CreationOptional<number | null>;
  /** When the hotline sent it, else when the call came in; null for what stands outside the hotline's clocks. */
  declare clockFrom: CreationOptional<Date | null>;
  /** The deadlines that the hotline's own file gives. */
  declare givenSignDueAt: CreationOptional<Date | null>;
  declare givenReplyDueOn: CreationOptional<CalendarDay | null>;
  declare signDueAt: CreationOptional<Date | null>;
  declare signedAt: CreationOptional<Date | null>;
  declare replyDueOn: CreationOptional<CalendarDay>;
  /** Working days of its one extension. */
  declare extensionDays: CreationOptional<number | null>;
  /** The day of the latest reply; null again during a redo. */
  declare repliedOn: CreationOptional<CalendarDay | null>;
  /** When the latest reply left in a file. */
  declare exportedAt: CreationOptional<Date | null>;
  declare contactDueOn: CreationOptional<CalendarDay | null>;
  declare contactedOn: CreationOptional<CalendarDay | null>;
  /** By the callback; before it by the reply. */
  declare resolved: CreationOptional<boolean | null>;
  /** What the latest callback heard; null while nobody was reached. */
  declare satisfaction: CreationOptional<Satisfaction | null>;
  declare redoneOn: CreationOptional<CalendarDay | null>;
  declare redoCount: CreationOptional<number>;
  /** How often the hotline sent it again after a return. */
  declare pingPong: CreationOptional<number>;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare village?: NonAttribute<Area>;
  declare disputeCase?: NonAttribute<DisputeCase>;
}

/** One line of a ticket's history, written in the transaction of the change, never edited; no personal data. */
export class TicketEvent extends Model<InferAttributes<TicketEvent>, InferCreationAttributes<TicketEvent>> {
  declare id: CreationOptional<string>;
  declare ticketId: string;
  declare at: CreationOptional<Date>;
  /** Null for the command line. */
  declare actorId: string | null;
  declare action: string;
  declare fromHandling: Handling;
  declare toHandling: Handling;
  declare detail: CreationOptional<Record<string, string | number | boolean | null>>;
  declare actor?: NonAttribute<User>;
}

/** An answer to the hotline, one per round; what its callback heard of it stands beside it. */
export class TicketReply extends Model<InferAttributes<TicketReply>, InferCreationAttributes<TicketReply>> {
  declare id: CreationOptional<string>;
  declare ticketId: string;
  /** 0, and one more for every redo. */
  declare round: number;
  declare text: string;
  /** Null where nobody could be contacted. */
  declare contactedAt: Date | null;
  declare channel: ReplyChannel;
  declare verdict: Verdict;
  declare resolved: boolean;
  declare unresolvedReason: string | null;
  declare repliedById: string;
  declare repliedAt: Date;
  declare calledBackAt: CreationOptional<Date | null>;
  declare reached: CreationOptional<boolean | null>;
  declare satisfaction: CreationOptional<Satisfaction | null>;
  declare calledResolved: CreationOptional<boolean | null>;
  declare callbackBatchId: CreationOptional<string | null>;
  declare repliedBy?: NonAttribute<User>;
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
      headers: is.json<string[]>('headers', []),
      createdById: is.optionalRef(),
      createdAt: is.createdAt(),
      undoneAt: is.optionalInstant(),
      undoneById: is.optionalRef(),
      undoReason: is.optionalString(500),
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
  SourceRowsPart.init(
    {
      batchId: { ...is.ref(), primaryKey: true },
      position: { ...is.count(), primaryKey: true },
      bytes: is.bytes(),
    },
    { sequelize, tableName: 'import_source_rows' },
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
      returnRequest: is.optionalChoice(RETURN_REQUESTS, 20),
      returnRequestedById: is.optionalRef(),
      returnedAt: is.optionalInstant(),
      handling: { ...is.choice(HANDLINGS, 20), defaultValue: 'awaitingSigning' },
      sourcePart: is.optionalCount(),
      clockFrom: is.optionalInstant(),
      givenSignDueAt: is.optionalInstant(),
      givenReplyDueOn: is.optionalDay(),
      signDueAt: is.optionalInstant(),
      signedAt: is.optionalInstant(),
      replyDueOn: { ...is.day(), defaultValue: NEVER },
      extensionDays: is.optionalCount(),
      repliedOn: is.optionalDay(),
      exportedAt: is.optionalInstant(),
      contactDueOn: is.optionalDay(),
      contactedOn: is.optionalDay(),
      resolved: is.optionalFlag(),
      satisfaction: is.optionalChoice(SATISFACTIONS, 20),
      redoneOn: is.optionalDay(),
      redoCount: { ...is.count(), defaultValue: 0 },
      pingPong: { ...is.count(), defaultValue: 0 },
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'tickets' },
  );
  Ticket.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  Ticket.belongsTo(DisputeCase, { foreignKey: 'caseId', as: 'disputeCase' });
  DisputeCase.hasMany(Ticket, { foreignKey: 'caseId', as: 'tickets' });
  bindHandling(sequelize);
}

function bindHandling(sequelize: Sequelize): void {
  TicketEvent.init(
    {
      id: is.id(),
      ticketId: is.ref(),
      at: is.createdAt(),
      actorId: is.optionalRef(),
      action: is.string(40),
      fromHandling: is.choice(HANDLINGS, 20),
      toHandling: is.choice(HANDLINGS, 20),
      detail: is.json<TicketEvent['detail']>('detail', {}),
    },
    { sequelize, tableName: 'ticket_events' },
  );
  TicketReply.init(
    {
      id: is.id(),
      ticketId: is.ref(),
      round: is.count(),
      text: is.longText(),
      contactedAt: is.optionalInstant(),
      channel: is.choice(REPLY_CHANNELS, 20),
      verdict: is.choice(VERDICTS, 20),
      resolved: is.flag(),
      unresolvedReason: is.optionalString(500),
      repliedById: is.ref(),
      repliedAt: is.instant(),
      calledBackAt: is.optionalInstant(),
      reached: is.optionalFlag(),
      satisfaction: is.optionalChoice(SATISFACTIONS, 20),
      calledResolved: is.optionalFlag(),
      callbackBatchId: is.optionalRef(),
    },
    { sequelize, tableName: 'ticket_replies' },
  );
  TicketEvent.belongsTo(User, { foreignKey: 'actorId', as: 'actor' });
  TicketReply.belongsTo(User, { foreignKey: 'repliedById', as: 'repliedBy' });
}
