import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import {
  CHANNELS,
  CHOICES,
  FAILURES,
  MESSAGE_STATES,
  TEMPLATE_KEYS,
  type Channel,
  type Choice,
  type Failure,
  type MessageState,
  type NoticeParams,
  type TemplateKey,
} from '../server/notifications/notifications.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { User } from './accounts.ts';
import * as is from './columns.ts';

/** What one person is told in the program; its words are its template's, in the language of the page. */
export class Notice extends Model<InferAttributes<Notice>, InferCreationAttributes<Notice>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare template: TemplateKey;
  declare subjectType: string;
  declare subjectId: string;
  declare path: string;
  declare params: NoticeParams;
  /** Which enterprise it is about; said in the program only, never in a mail. */
  declare about: CreationOptional<string | null>;
  /** By which a person is told of something once only. */
  declare onceKey: CreationOptional<string | null>;
  declare unread: CreationOptional<boolean>;
  declare readAt: CreationOptional<Date | null>;
  /** Waits for the digest of a morning; afterwards `digestOn` is that morning. */
  declare waiting: CreationOptional<boolean>;
  declare digestOn: CreationOptional<CalendarDay | null>;
  declare createdAt: CreationOptional<Date>;
}

/** What leaves the program for one person by one channel: a notice, or the digest of a morning. */
export class OutboxMessage extends Model<
  InferAttributes<OutboxMessage>,
  InferCreationAttributes<OutboxMessage>
> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare channel: Channel;
  declare noticeId: CreationOptional<string | null>;
  declare digestOn: CreationOptional<CalendarDay | null>;
  declare state: CreationOptional<MessageState>;
  declare attempts: CreationOptional<number>;
  declare dueAt: Date;
  /** Which run of the delivery has it, and until when by the database's clock; afterwards another may take it. */
  declare holder: CreationOptional<string | null>;
  declare leasedUntil: CreationOptional<Date | null>;
  declare failure: CreationOptional<Failure | null>;
  declare failureCode: CreationOptional<number | null>;
  declare createdAt: CreationOptional<Date>;
  declare sentAt: CreationOptional<Date | null>;
  declare notice?: NonAttribute<Notice | null>;
  declare user?: NonAttribute<User>;
}

/** When a person wants to hear of a template outside of the program. */
export class NoticeChoice extends Model<
  InferAttributes<NoticeChoice>,
  InferCreationAttributes<NoticeChoice>
> {
  declare userId: string;
  declare template: TemplateKey;
  declare choice: Choice;
}

/** Where a person is reached: a mail address, and what the gateway knows them by (a mobile number, a 企业微信 account). */
export class NoticeAddress extends Model<
  InferAttributes<NoticeAddress>,
  InferCreationAttributes<NoticeAddress>
> {
  declare userId: string;
  declare mail: CreationOptional<string | null>;
  declare gateway: CreationOptional<string | null>;
}

export function bind(sequelize: Sequelize): void {
  Notice.init(
    {
      id: is.id(),
      userId: is.ref(),
      template: is.choice(TEMPLATE_KEYS, 40),
      subjectType: is.string(40),
      subjectId: is.string(36),
      path: is.string(200),
      params: { ...is.json<NoticeParams>('params', {}), allowNull: false },
      about: is.optionalString(200),
      onceKey: is.optionalString(80),
      unread: is.flag(true),
      readAt: is.optionalInstant(),
      waiting: is.flag(),
      digestOn: is.optionalDay(),
      createdAt: is.createdAt(),
    },
    { sequelize, tableName: 'notices' },
  );
  OutboxMessage.init(
    {
      id: is.id(),
      userId: is.ref(),
      channel: is.choice(CHANNELS, 20),
      noticeId: is.optionalRef(),
      digestOn: is.optionalDay(),
      state: { ...is.choice(MESSAGE_STATES, 20), defaultValue: 'pending' },
      attempts: { ...is.count(), defaultValue: 0 },
      dueAt: is.instant(),
      holder: is.optionalString(36),
      leasedUntil: is.optionalInstant(),
      failure: is.optionalChoice(FAILURES, 20),
      failureCode: is.optionalCount(),
      createdAt: is.createdAt(),
      sentAt: is.optionalInstant(),
    },
    { sequelize, tableName: 'outbox_messages' },
  );
  NoticeChoice.init(
    {
      userId: { ...is.ref(), primaryKey: true },
      template: { ...is.choice(TEMPLATE_KEYS, 40), primaryKey: true },
      choice: is.choice(CHOICES, 10),
    },
    { sequelize, tableName: 'notice_choices' },
  );
  NoticeAddress.init(
    {
      userId: { ...is.ref(), primaryKey: true },
      mail: is.encrypted('mail'),
      gateway: is.encrypted('gateway'),
    },
    { sequelize, tableName: 'notice_addresses' },
  );
  OutboxMessage.belongsTo(Notice, { foreignKey: 'noticeId', as: 'notice' });
  OutboxMessage.belongsTo(User, { foreignKey: 'userId', as: 'user' });
}
