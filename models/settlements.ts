import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import type { ScheduleLine } from '../server/settlements/instalments.rules.ts';
import { CONFIRMATIONS, type Confirmation } from '../server/settlements/confirmation.rules.ts';
import {
  PAYMENT_MANNERS,
  PAYMENT_STATES,
  REVERSAL_STATES,
  SETTLEMENT_KINDS,
} from '../server/settlements/settlement.rules.ts';
import type {
  PaymentManner,
  PaymentState,
  ReversalState,
  SettlementKind,
} from '../server/settlements/settlement.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { User } from './accounts.ts';
import { Claimant } from './cases.ts';
import * as is from './columns.ts';

/** The agreement of a case (调解协议); at most one is neither withdrawn nor replaced. */
export class Settlement extends Model<InferAttributes<Settlement>, InferCreationAttributes<Settlement>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  /** The case's id unless the draft was withdrawn: the unique key allows one agreement per case. */
  declare openKey: CreationOptional<string | null>;
  declare kind: SettlementKind;
  declare terms: string;
  declare draftedById: string;
  declare draftedAt: CreationOptional<Date>;
  declare totalFen: number;
  /** The lines as they were agreed, in the order of their days. */
  declare schedule: CreationOptional<ScheduleLine[]>;
  declare signedOn: CreationOptional<CalendarDay | null>;
  declare withdrawnAt: CreationOptional<Date | null>;
  /** The way to enforceability that the parties chose, and the day on which they filed for it. */
  declare confirmation: CreationOptional<Confirmation | null>;
  declare confirmationFiledOn: CreationOptional<CalendarDay | null>;
  declare version: CreationOptional<number>;
  declare instalments?: NonAttribute<Instalment[]>;
}

/** What is due to one worker on one day. */
export class Instalment extends Model<InferAttributes<Instalment>, InferCreationAttributes<Instalment>> {
  declare id: CreationOptional<string>;
  declare settlementId: string;
  declare caseId: string;
  declare claimantId: string;
  declare dueOn: CalendarDay;
  declare amountFen: number;
  declare version: CreationOptional<number>;
  declare claimant?: NonAttribute<Claimant>;
  declare payments?: NonAttribute<Payment[]>;
}

/** Money received on a day, with its proof; it is recovered when somebody else has verified it. */
export class Payment extends Model<InferAttributes<Payment>, InferCreationAttributes<Payment>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare instalmentId: string;
  declare claimantId: string;
  declare amountFen: number;
  declare paidOn: CalendarDay;
  declare manner: PaymentManner;
  declare proof: string;
  declare state: CreationOptional<PaymentState>;
  declare recordedById: string;
  declare recordedAt: CreationOptional<Date>;
  declare decidedById: CreationOptional<string | null>;
  declare decidedAt: CreationOptional<Date | null>;
  declare version: CreationOptional<number>;
  declare recordedBy?: NonAttribute<User>;
  declare decidedBy?: NonAttribute<User>;
  declare reversals?: NonAttribute<PaymentReversal[]>;
}

/** The entry that takes a wrong payment back; the payment itself is never edited. It counts when a second person verified it. */
export class PaymentReversal extends Model<
  InferAttributes<PaymentReversal>,
  InferCreationAttributes<PaymentReversal>
> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare paymentId: string;
  /** The payment's id unless the reversal was rejected: the unique key allows one for each payment. */
  declare openKey: CreationOptional<string | null>;
  declare reason: string;
  declare state: CreationOptional<ReversalState>;
  declare recordedById: string;
  declare recordedAt: CreationOptional<Date>;
  declare decidedById: CreationOptional<string | null>;
  declare decidedAt: CreationOptional<Date | null>;
  declare recordedBy?: NonAttribute<User>;
  declare decidedBy?: NonAttribute<User>;
}

/** Money that a ledger of past years says was recovered in a case; its proof was not seen here. Null is not known. */
export class LedgerRecovery extends Model<
  InferAttributes<LedgerRecovery>,
  InferCreationAttributes<LedgerRecovery>
> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare paidOn: CalendarDay;
  declare amountFen: number;
  declare workers: number;
  declare migrantWorkers: number | null;
  declare migrantFen: number | null;
}

export function bind(sequelize: Sequelize): void {
  Settlement.init(
    {
      id: is.id(),
      caseId: is.ref(),
      openKey: is.optionalString(60),
      kind: is.choice(SETTLEMENT_KINDS),
      terms: is.longText(),
      draftedById: is.ref(),
      draftedAt: is.createdAt(),
      totalFen: is.fen(),
      schedule: is.json<ScheduleLine[]>('schedule', []),
      signedOn: is.optionalDay(),
      withdrawnAt: is.optionalInstant(),
      confirmation: is.optionalChoice(CONFIRMATIONS),
      confirmationFiledOn: is.optionalDay(),
      version: is.version(),
    },
    { sequelize, tableName: 'settlements' },
  );
  Instalment.init(
    {
      id: is.id(),
      settlementId: is.ref(),
      caseId: is.ref(),
      claimantId: is.ref(),
      dueOn: is.day(),
      amountFen: is.fen(),
      version: is.version(),
    },
    { sequelize, tableName: 'instalments' },
  );
  Payment.init(
    {
      id: is.id(),
      caseId: is.ref(),
      instalmentId: is.ref(),
      claimantId: is.ref(),
      amountFen: is.fen(),
      paidOn: is.day(),
      manner: is.choice(PAYMENT_MANNERS, 20),
      proof: is.string(500),
      state: { ...is.choice(PAYMENT_STATES, 20), defaultValue: 'recorded' },
      recordedById: is.ref(),
      recordedAt: is.createdAt(),
      decidedById: is.optionalRef(),
      decidedAt: is.optionalInstant(),
      version: is.version(),
    },
    { sequelize, tableName: 'payments' },
  );
  PaymentReversal.init(
    {
      id: is.id(),
      caseId: is.ref(),
      paymentId: is.ref(),
      openKey: is.optionalString(60),
      reason: is.string(500),
      state: { ...is.choice(REVERSAL_STATES, 20), defaultValue: 'recorded' },
      recordedById: is.ref(),
      recordedAt: is.createdAt(),
      decidedById: is.optionalRef(),
      decidedAt: is.optionalInstant(),
    },
    { sequelize, tableName: 'payment_reversals' },
  );
  LedgerRecovery.init(
    {
      id: is.id(),
      caseId: is.ref(),
      paidOn: is.day(),
      amountFen: is.fen(),
      workers: is.count(),
      migrantWorkers: is.optionalCount(),
      migrantFen: is.optionalFen(),
    },
    { sequelize, tableName: 'ledger_recoveries' },
  );
  Settlement.hasMany(Instalment, { foreignKey: 'settlementId', as: 'instalments' });
  Instalment.belongsTo(Claimant, { foreignKey: 'claimantId', as: 'claimant' });
  Instalment.hasMany(Payment, { foreignKey: 'instalmentId', as: 'payments' });
  Payment.belongsTo(User, { foreignKey: 'recordedById', as: 'recordedBy' });
  Payment.hasMany(PaymentReversal, { foreignKey: 'paymentId', as: 'reversals' });
  Payment.belongsTo(User, { foreignKey: 'decidedById', as: 'decidedBy' });
}
