import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import {
  CHECK_STATES,
  LEFT_OUT_REASONS,
  MANNERS,
  PAY_CHANNELS,
  PAY_STATES,
  RECTIFICATION_RESULTS,
  REPORT_SOURCES,
  VERDICTS,
  type CheckState,
  type LeftOutReason,
  type Manner,
  type PayChannel,
  type PayState,
  type Protection,
  type RectificationResult,
  type ReportSource,
  type RiskSign,
  type Verdict,
} from '../server/wage-checks/wage-checks.rules.ts';
import { User } from './accounts.ts';
import { Area } from './areas.ts';
import * as is from './columns.ts';
import { Enterprise } from './directory.ts';
import { Informant } from './one-duty.ts';

/** One enterprise, one month: what was reported and what an officer found. Opened once by the round (一份责). */
export class WageCheck extends Model<InferAttributes<WageCheck>, InferCreationAttributes<WageCheck>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare villageId: string | null;
  declare enterpriseId: string;
  /** 'YYYY-MM': the month in which the pay day falls. */
  declare month: string;
  declare state: CheckState;
  declare listKey: string;
  /** The agreed day of the month, as last known, and the day on which wages are so due. */
  declare payDay: CreationOptional<number | null>;
  declare payDueOn: CreationOptional<CalendarDay | null>;
  declare leftOutReason: CreationOptional<LeftOutReason | null>;
  declare reportedOn: CreationOptional<CalendarDay | null>;
  declare contradicted: CreationOptional<boolean>;
  /** The day of the last finding, and whose it is. */
  declare checkedOn: CreationOptional<CalendarDay | null>;
  declare checkedById: CreationOptional<string | null>;
  /** As last found, else as reported. */
  declare payState: CreationOptional<PayState | null>;
  declare arrearsPeople: CreationOptional<number>;
  declare arrearsFen: CreationOptional<number>;
  /** The deadline of the request for correction that is open. */
  declare rectifyBy: CreationOptional<CalendarDay | null>;
  declare promisedOn: CreationOptional<CalendarDay | null>;
  declare openedAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare enterprise?: NonAttribute<Enterprise>;
  declare village?: NonAttribute<Area | null>;
  declare checkedBy?: NonAttribute<User | null>;
}

/** An enterprise that the rounds leave out, from a month on and up to another. */
export class RoundExemption extends Model<
  InferAttributes<RoundExemption>,
  InferCreationAttributes<RoundExemption>
> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare enterpriseId: string;
  declare reason: LeftOutReason;
  declare explanation: CreationOptional<string | null>;
  declare fromMonth: string;
  declare toMonth: CreationOptional<string | null>;
  declare openKey: CreationOptional<string | null>;
  declare byId: string;
  declare at: CreationOptional<Date>;
  declare endedById: CreationOptional<string | null>;
  declare endedAt: CreationOptional<Date | null>;
  declare by?: NonAttribute<User>;
  declare endedBy?: NonAttribute<User | null>;
}

/**
 * What an informant or the employer reports of a month; amounts in fen. `openKey` stands on the one that counts: a
 * correction takes it over, and the report that it corrects is kept.
 */
export class WageReport extends Model<InferAttributes<WageReport>, InferCreationAttributes<WageReport>> {
  declare id: CreationOptional<string>;
  declare checkId: string;
  declare enterpriseId: string;
  declare source: ReportSource;
  declare informantId: CreationOptional<string | null>;
  declare reporterId: string;
  declare openKey: CreationOptional<string | null>;
  declare correctsId: CreationOptional<string | null>;
  declare headcount: number;
  declare migrants: CreationOptional<number | null>;
  declare women: CreationOptional<number | null>;
  declare dispatched: CreationOptional<number | null>;
  declare overAge: CreationOptional<number | null>;
  declare payDay: CreationOptional<number | null>;
  declare payDueOn: CreationOptional<CalendarDay | null>;
  declare paidOn: CreationOptional<CalendarDay | null>;
  declare paidPeople: number;
  declare unpaidPeople: number;
  declare grossFen: CreationOptional<number | null>;
  declare netFen: CreationOptional<number | null>;
  declare arrearsPeople: CreationOptional<number>;
  declare arrearsFen: CreationOptional<number>;
  declare arrearsSince: CreationOptional<CalendarDay | null>;
  declare deferredUntil: CreationOptional<CalendarDay | null>;
  declare deferralConsent: CreationOptional<boolean | null>;
  declare belowMinimum: CreationOptional<boolean | null>;
  declare leaversUnpaid: CreationOptional<number | null>;
  declare leaversUnpaidSince: CreationOptional<CalendarDay | null>;
  declare risks: CreationOptional<RiskSign[]>;
  declare channel: CreationOptional<PayChannel | null>;
  declare wageSlips: CreationOptional<boolean | null>;
  declare protection: CreationOptional<Protection>;
  declare nothingUnusual: CreationOptional<boolean>;
  /** For the town alone. */
  declare note: CreationOptional<string | null>;
  declare photoType: CreationOptional<string | null>;
  declare photoLength: CreationOptional<number | null>;
  declare reportedOn: CalendarDay;
  declare createdAt: CreationOptional<Date>;
  declare changedAt: CreationOptional<Date | null>;
  declare version: CreationOptional<number>;
  declare informant?: NonAttribute<Informant | null>;
}

export class WageReportPhoto extends Model<
  InferAttributes<WageReportPhoto>,
  InferCreationAttributes<WageReportPhoto>
> {
  declare reportId: string;
  declare position: number;
  declare bytes: Buffer;
}

/** What an officer found out about a month: the last one counts. */
export class WageFinding extends Model<InferAttributes<WageFinding>, InferCreationAttributes<WageFinding>> {
  declare id: CreationOptional<string>;
  declare checkId: string;
  declare enterpriseId: string;
  declare officerId: string;
  declare manner: Manner;
  declare verdict: Verdict;
  declare payState: PayState;
  declare arrearsPeople: CreationOptional<number>;
  declare arrearsFen: CreationOptional<number>;
  declare arrearsSince: CreationOptional<CalendarDay | null>;
  declare deferredUntil: CreationOptional<CalendarDay | null>;
  declare deferralConsent: CreationOptional<boolean | null>;
  declare belowMinimum: CreationOptional<boolean | null>;
  declare leaversUnpaid: CreationOptional<number | null>;
  declare leaversUnpaidSince: CreationOptional<CalendarDay | null>;
  declare risks: CreationOptional<RiskSign[]>;
  declare promisedOn: CreationOptional<CalendarDay | null>;
  /** Who is owed wages, a name a line. */
  declare workers: CreationOptional<string | null>;
  declare note: CreationOptional<string | null>;
  declare foundOn: CalendarDay;
  declare caseId: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare officer?: NonAttribute<User>;
}

/** A request for correction (整改) with its deadline, and what came of it. */
export class Rectification extends Model<
  InferAttributes<Rectification>,
  InferCreationAttributes<Rectification>
> {
  declare id: CreationOptional<string>;
  declare checkId: string;
  declare enterpriseId: string;
  declare demand: string;
  declare dueOn: CalendarDay;
  declare openKey: CreationOptional<string | null>;
  declare issuedById: string;
  declare issuedOn: CalendarDay;
  declare createdAt: CreationOptional<Date>;
  declare result: CreationOptional<RectificationResult | null>;
  declare resultNote: CreationOptional<string | null>;
  declare closedOn: CreationOptional<CalendarDay | null>;
  declare closedById: CreationOptional<string | null>;
  declare issuedBy?: NonAttribute<User>;
  declare closedBy?: NonAttribute<User | null>;
}

const signs = () => ({
  arrearsPeople: { ...is.count(), defaultValue: 0 },
  arrearsFen: { ...is.fen(), defaultValue: 0 },
  arrearsSince: is.optionalDay(),
  deferredUntil: is.optionalDay(),
  deferralConsent: is.optionalFlag(),
  belowMinimum: is.optionalFlag(),
  leaversUnpaid: is.optionalCount(),
  leaversUnpaidSince: is.optionalDay(),
  risks: is.json<RiskSign[]>('risks', []),
});

/** A longer text that is encrypted in the table. */
const secretText = (name: string) => ({ ...is.encrypted(name), type: DataTypes.TEXT('medium') });

export function bind(sequelize: Sequelize): void {
  WageCheck.init(
    {
      id: is.id(),
      townId: is.ref(),
      villageId: is.optionalRef(),
      enterpriseId: is.ref(),
      month: is.string(7),
      state: is.choice(CHECK_STATES, 20),
      listKey: is.string(20),
      payDay: is.optionalCount(),
      payDueOn: is.optionalDay(),
      leftOutReason: is.optionalChoice(LEFT_OUT_REASONS, 20),
      reportedOn: is.optionalDay(),
      contradicted: is.flag(),
      checkedOn: is.optionalDay(),
      checkedById: is.optionalRef(),
      payState: is.optionalChoice(PAY_STATES, 20),
      arrearsPeople: { ...is.count(), defaultValue: 0 },
      arrearsFen: { ...is.fen(), defaultValue: 0 },
      rectifyBy: is.optionalDay(),
      promisedOn: is.optionalDay(),
      openedAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'wage_checks' },
  );
  RoundExemption.init(
    {
      id: is.id(),
      townId: is.ref(),
      enterpriseId: is.ref(),
      reason: is.choice(LEFT_OUT_REASONS, 20),
      explanation: is.optionalString(500),
      fromMonth: is.string(7),
      toMonth: is.optionalString(7),
      openKey: is.optionalString(36),
      byId: is.ref(),
      at: is.createdAt(),
      endedById: is.optionalRef(),
      endedAt: is.optionalInstant(),
    },
    { sequelize, tableName: 'round_exemptions' },
  );
  bindReports(sequelize);
  bindFindings(sequelize);
  WageCheck.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  WageCheck.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  WageCheck.belongsTo(User, { foreignKey: 'checkedById', as: 'checkedBy' });
  RoundExemption.belongsTo(User, { foreignKey: 'byId', as: 'by' });
  RoundExemption.belongsTo(User, { foreignKey: 'endedById', as: 'endedBy' });
  WageReport.belongsTo(Informant, { foreignKey: 'informantId', as: 'informant' });
  WageFinding.belongsTo(User, { foreignKey: 'officerId', as: 'officer' });
  Rectification.belongsTo(User, { foreignKey: 'issuedById', as: 'issuedBy' });
  Rectification.belongsTo(User, { foreignKey: 'closedById', as: 'closedBy' });
}

function bindReports(sequelize: Sequelize): void {
  WageReport.init(
    {
      id: is.id(),
      checkId: is.ref(),
      enterpriseId: is.ref(),
      source: is.choice(REPORT_SOURCES, 20),
      informantId: is.optionalRef(),
      reporterId: is.ref(),
      openKey: is.optionalString(80),
      correctsId: is.optionalRef(),
      headcount: is.count(),
      migrants: is.optionalCount(),
      women: is.optionalCount(),
      dispatched: is.optionalCount(),
      overAge: is.optionalCount(),
      payDay: is.optionalCount(),
      payDueOn: is.optionalDay(),
      paidOn: is.optionalDay(),
      paidPeople: is.count(),
      unpaidPeople: is.count(),
      grossFen: is.optionalFen(),
      netFen: is.optionalFen(),
      ...signs(),
      channel: is.optionalChoice(PAY_CHANNELS, 20),
      wageSlips: is.optionalFlag(),
      protection: is.json<Protection>('protection', {}),
      nothingUnusual: is.flag(),
      note: secretText('note'),
      photoType: is.optionalString(100),
      photoLength: is.optionalCount(),
      reportedOn: is.day(),
      createdAt: is.createdAt(),
      changedAt: is.optionalInstant(),
      version: is.version(),
    },
    { sequelize, tableName: 'wage_reports' },
  );
  WageReportPhoto.init(
    {
      reportId: { ...is.ref(), primaryKey: true },
      position: { ...is.count(), primaryKey: true },
      bytes: is.bytes(),
    },
    { sequelize, tableName: 'wage_report_photos' },
  );
}

function bindFindings(sequelize: Sequelize): void {
  WageFinding.init(
    {
      id: is.id(),
      checkId: is.ref(),
      enterpriseId: is.ref(),
      officerId: is.ref(),
      manner: is.choice(MANNERS, 20),
      verdict: is.choice(VERDICTS, 20),
      payState: is.choice(PAY_STATES, 20),
      ...signs(),
      promisedOn: is.optionalDay(),
      workers: secretText('workers'),
      note: secretText('note'),
      foundOn: is.day(),
      caseId: is.optionalRef(),
      createdAt: is.createdAt(),
    },
    { sequelize, tableName: 'wage_findings' },
  );
  Rectification.init(
    {
      id: is.id(),
      checkId: is.ref(),
      enterpriseId: is.ref(),
      demand: is.longText(),
      dueOn: is.day(),
      openKey: is.optionalString(36),
      issuedById: is.ref(),
      issuedOn: is.day(),
      createdAt: is.createdAt(),
      result: is.optionalChoice(RECTIFICATION_RESULTS, 20),
      resultNote: is.optionalString(1000),
      closedOn: is.optionalDay(),
      closedById: is.optionalRef(),
    },
    { sequelize, tableName: 'rectifications' },
  );
}
