import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { CLAIM_TYPES, GENDERS, REFERRALS, RESPONDENT_PARTS, SOURCES } from '../server/cases/case.rules.ts';
import type { ClaimType, Gender, Referral, RespondentPart, Source } from '../server/cases/case.rules.ts';
import { CASE_STATES, OUTCOMES, PERFORMANCES } from '../server/cases/lifecycle.rules.ts';
import type { CaseAction, CaseState, Outcome, Performance } from '../server/cases/lifecycle.rules.ts';
import { LEVELS, type Level } from '../server/directory/directory.rules.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { User } from './accounts.ts';
import { Area } from './areas.ts';
import * as is from './columns.ts';
import { Enterprise, Room } from './directory.ts';
import type { HandOver } from './hand-overs.ts';
import type { Ticket } from './tickets.ts';

/** What is mediated (案件). Amounts in fen are the sums of its claims; days are Asia/Shanghai. */
export class DisputeCase extends Model<InferAttributes<DisputeCase>, InferCreationAttributes<DisputeCase>> {
  declare id: CreationOptional<string>;
  declare townId: string;
  declare villageId: CreationOptional<string | null>;
  declare enterpriseId: CreationOptional<string | null>;
  /** Given at acceptance; until then the case goes by its ticket or its title. */
  declare number: CreationOptional<string | null>;
  declare source: Source;
  declare level: CreationOptional<Level | null>;
  /** The level of the first routing: settled there, the case did not go up (矛盾不上交). */
  declare firstLevel: CreationOptional<Level | null>;
  declare roomId: CreationOptional<string | null>;
  declare mediatorId: CreationOptional<string | null>;
  declare state: CaseState;
  declare outcome: CreationOptional<Outcome | null>;
  declare performance: CreationOptional<Performance | null>;
  declare referral: CreationOptional<Referral | null>;
  declare primaryType: ClaimType;
  declare title: string;
  declare facts: CreationOptional<string | null>;
  declare respondentName: string;
  declare workers: CreationOptional<number>;
  /** Ten or more workers with a common request (劳动争议调解仲裁法 7). */
  declare collective: CreationOptional<boolean>;
  declare hasTicket: CreationOptional<boolean>;
  declare receivedAt: Date;
  declare receivedOn: CalendarDay;
  declare routedAt: CreationOptional<Date | null>;
  /** When it first came to a mediator: its acceptance is due from then on, whoever has it since. */
  declare firstRoutedAt: CreationOptional<Date | null>;
  declare takenOverAt: CreationOptional<Date | null>;
  declare firstContactAt: CreationOptional<Date | null>;
  /** Day 0 of the statutory clock: the worker's application or recorded consent. */
  declare workerConsentOn: CreationOptional<CalendarDay | null>;
  declare respondentConsentOn: CreationOptional<CalendarDay | null>;
  /** Every worker agreed that the enterprise's own committee mediates. */
  declare enterpriseConsent: CreationOptional<boolean>;
  declare acceptedOn: CreationOptional<CalendarDay | null>;
  declare statutoryDueOn: CreationOptional<CalendarDay | null>;
  /** The new end that both parties agreed to before the 15 days were over (企业劳动争议协商调解规定 29). */
  declare extendedTo: CreationOptional<CalendarDay | null>;
  /** The day on which the system drafted the failure, because the days were over. */
  declare failureDraftedOn: CreationOptional<CalendarDay | null>;
  declare effectiveOn: CreationOptional<CalendarDay | null>;
  declare closedOn: CreationOptional<CalendarDay | null>;
  /** The day on which the worker is to be called back, as long as that is open. */
  declare followUpOn: CreationOptional<CalendarDay | null>;
  /** The day on which the case was given back to be done again (重办), until that is answered. */
  declare redoOn: CreationOptional<CalendarDay | null>;
  /** The day on which the authority that the case was transferred to confirmed that it has it (回执). */
  declare transferReceiptOn: CreationOptional<CalendarDay | null>;
  declare archivedOn: CreationOptional<CalendarDay | null>;
  declare reopenedOn: CreationOptional<CalendarDay | null>;
  /** The next deadline and its kind; 9999-12-31 when nothing is due. */
  declare dueOn: CreationOptional<CalendarDay>;
  declare dueKind: CreationOptional<string | null>;
  declare claimedFen: CreationOptional<number | null>;
  declare verifiedFen: CreationOptional<number | null>;
  declare agreedFen: CreationOptional<number | null>;
  /** The case that goes on with the dispute, where this one was merged into it or repeated it. */
  declare mergedIntoId: CreationOptional<string | null>;
  declare searchTokens: string;
  /** The import of a ledger of past years that brought the case; such a case is counted, and nothing is done to it. */
  declare ledgerBatchId: CreationOptional<string | null>;
  declare ledgerRowHash: CreationOptional<string | null>;
  declare createdById: string | null;
  declare createdAt: CreationOptional<Date>;
  declare version: CreationOptional<number>;
  declare village?: NonAttribute<Area>;
  declare enterprise?: NonAttribute<Enterprise>;
  declare room?: NonAttribute<Room>;
  declare mediator?: NonAttribute<User>;
  /** The offer to another mediator that nobody has answered yet. */
  declare handOver?: NonAttribute<HandOver | null>;
  declare tickets?: NonAttribute<Ticket[]>;
  declare respondents?: NonAttribute<Respondent[]>;
  declare claimants?: NonAttribute<Claimant[]>;
}

export class CaseCounter extends Model<InferAttributes<CaseCounter>, InferCreationAttributes<CaseCounter>> {
  declare townId: string;
  declare year: number;
  declare last: number;
}

/** Who is complained of (被申请人); the first one is the case's `respondentName` and `enterpriseId`. */
export class Respondent extends Model<InferAttributes<Respondent>, InferCreationAttributes<Respondent>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare position: number;
  declare part: RespondentPart;
  declare enterpriseId: CreationOptional<string | null>;
  declare name: string;
  declare creditCode: CreationOptional<string | null>;
  declare phone: CreationOptional<string | null>;
  declare enterprise?: NonAttribute<Enterprise>;
}

/** One worker in a case (申请人). */
export class Claimant extends Model<InferAttributes<Claimant>, InferCreationAttributes<Claimant>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare position: number;
  declare name: string;
  declare gender: CreationOptional<Gender | null>;
  declare idNumber: CreationOptional<string | null>;
  declare idNumberHash: CreationOptional<string | null>;
  declare phone: CreationOptional<string | null>;
  declare phoneHash: CreationOptional<string | null>;
  /** Rural migrant worker 农民工 (保障农民工工资支付条例 2); null is unknown. */
  declare migrant: CreationOptional<boolean | null>;
  declare overRetirementAge: CreationOptional<boolean>;
  /** Elected to represent a group of ten or more (劳动争议调解仲裁法 7). */
  declare representative: CreationOptional<boolean>;
  declare version: CreationOptional<number>;
  declare claims?: NonAttribute<Claim[]>;
}

/** What one worker asks for, by type: claimed 诉求, verified 核定 and agreed 协议 amount in fen. */
export class Claim extends Model<InferAttributes<Claim>, InferCreationAttributes<Claim>> {
  declare id: CreationOptional<string>;
  declare claimantId: string;
  declare caseId: string;
  declare type: ClaimType;
  declare claimedFen: CreationOptional<number | null>;
  declare verifiedFen: CreationOptional<number | null>;
  declare agreedFen: CreationOptional<number | null>;
}

/** What is done to the papers of a case; it moves no state. */
export type DocumentAction =
  | 'recordParticulars'
  | 'printDocument'
  | 'freezeDocument'
  | 'voidDocument'
  | 'addAttachment'
  | 'tieAttachment'
  | 'untieAttachment'
  | 'voidAttachment';

/** One line of a case's history, written in the transaction of the change it tells, never edited. No personal data. */
export class CaseEvent extends Model<InferAttributes<CaseEvent>, InferCreationAttributes<CaseEvent>> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare at: CreationOptional<Date>;
  declare actorId: string | null;
  declare action:
    'register' | 'importLedger' | 'assignEnterprise' | 'changeTicket' | 'warn' | DocumentAction | CaseAction;
  declare fromState: CreationOptional<CaseState | null>;
  declare toState: CreationOptional<CaseState | null>;
  declare detail: CreationOptional<Record<string, string | number | boolean | null>>;
  declare actor?: NonAttribute<User>;
}

/** A decision that needs a second person: not to accept a case, or to declare it void. One at a time is open. */
export class CaseProposal extends Model<
  InferAttributes<CaseProposal>,
  InferCreationAttributes<CaseProposal>
> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare action: 'decline' | 'void';
  /** The case's id while the proposal is open, else null: the unique key allows one open proposal per case. */
  declare openKey: CreationOptional<string | null>;
  declare reason: string;
  declare explanation: string;
  declare proposedById: string;
  declare proposedAt: CreationOptional<Date>;
  declare decidedById: CreationOptional<string | null>;
  declare decidedAt: CreationOptional<Date | null>;
  declare approved: CreationOptional<boolean | null>;
  declare proposedBy?: NonAttribute<User>;
}

/** Why a case went to this room: the rule, the values it looked at, and the dispatcher's own reason if another was chosen. */
export class RoutingDecision extends Model<
  InferAttributes<RoutingDecision>,
  InferCreationAttributes<RoutingDecision>
> {
  declare id: CreationOptional<string>;
  declare caseId: string;
  declare at: CreationOptional<Date>;
  declare decidedById: string;
  declare rule: string;
  declare proposedLevel: CreationOptional<Level | null>;
  declare proposedRoomId: CreationOptional<string | null>;
  declare level: Level;
  declare roomId: string;
  declare mediatorId: string;
  declare reason: CreationOptional<string | null>;
  declare inputs: unknown;
}

export function bind(sequelize: Sequelize): void {
  DisputeCase.init(
    {
      id: is.id(),
      townId: is.ref(),
      villageId: is.optionalRef(),
      enterpriseId: is.optionalRef(),
      number: is.optionalString(60),
      source: is.choice(SOURCES, 20),
      level: is.optionalChoice(LEVELS, 20),
      firstLevel: is.optionalChoice(LEVELS, 20),
      roomId: is.optionalRef(),
      mediatorId: is.optionalRef(),
      state: is.choice(CASE_STATES),
      outcome: is.optionalChoice(OUTCOMES),
      performance: is.optionalChoice(PERFORMANCES, 20),
      referral: is.optionalChoice(REFERRALS),
      primaryType: is.choice(CLAIM_TYPES),
      title: is.string(300),
      facts: is.optionalLongText(),
      respondentName: is.string(200),
      workers: { ...is.count(), defaultValue: 1 },
      collective: is.flag(),
      hasTicket: is.flag(),
      receivedAt: is.instant(),
      receivedOn: is.day(),
      routedAt: is.optionalInstant(),
      firstRoutedAt: is.optionalInstant(),
      takenOverAt: is.optionalInstant(),
      firstContactAt: is.optionalInstant(),
      workerConsentOn: is.optionalDay(),
      respondentConsentOn: is.optionalDay(),
      enterpriseConsent: is.flag(),
      acceptedOn: is.optionalDay(),
      statutoryDueOn: is.optionalDay(),
      extendedTo: is.optionalDay(),
      failureDraftedOn: is.optionalDay(),
      effectiveOn: is.optionalDay(),
      closedOn: is.optionalDay(),
      followUpOn: is.optionalDay(),
      redoOn: is.optionalDay(),
      transferReceiptOn: is.optionalDay(),
      archivedOn: is.optionalDay(),
      reopenedOn: is.optionalDay(),
      dueOn: { ...is.day(), defaultValue: '9999-12-31' },
      dueKind: is.optionalString(30),
      claimedFen: is.optionalFen(),
      verifiedFen: is.optionalFen(),
      agreedFen: is.optionalFen(),
      mergedIntoId: is.optionalRef(),
      searchTokens: is.longText(),
      ledgerBatchId: is.optionalRef(),
      ledgerRowHash: is.optionalString(64),
      createdById: is.optionalRef(),
      createdAt: is.createdAt(),
      version: is.version(),
    },
    { sequelize, tableName: 'cases' },
  );
  CaseCounter.init(
    {
      townId: { ...is.ref(), primaryKey: true },
      year: { ...is.count(), primaryKey: true },
      last: { ...is.count(), defaultValue: 0 },
    },
    { sequelize, tableName: 'case_counters' },
  );
  Respondent.init(
    {
      id: is.id(),
      caseId: is.ref(),
      position: is.count(),
      part: is.choice(RESPONDENT_PARTS, 20),
      enterpriseId: is.optionalRef(),
      name: is.string(200),
      creditCode: is.optionalString(18),
      phone: is.encrypted('phone'),
    },
    { sequelize, tableName: 'respondents' },
  );
  Claimant.init(
    {
      id: is.id(),
      caseId: is.ref(),
      position: is.count(),
      name: is.string(100),
      gender: is.optionalChoice(GENDERS, 10),
      idNumber: is.encrypted('idNumber'),
      idNumberHash: is.optionalString(64),
      phone: is.encrypted('phone'),
      phoneHash: is.optionalString(64),
      migrant: is.optionalFlag(),
      overRetirementAge: is.flag(),
      representative: is.flag(),
      version: is.version(),
    },
    { sequelize, tableName: 'claimants' },
  );
  Claim.init(
    {
      id: is.id(),
      claimantId: is.ref(),
      caseId: is.ref(),
      type: is.choice(CLAIM_TYPES),
      claimedFen: is.optionalFen(),
      verifiedFen: is.optionalFen(),
      agreedFen: is.optionalFen(),
    },
    { sequelize, tableName: 'claims' },
  );
  CaseEvent.init(
    {
      id: is.id(),
      caseId: is.ref(),
      at: is.createdAt(),
      actorId: is.optionalRef(),
      action: is.string(40),
      fromState: is.optionalString(30),
      toState: is.optionalString(30),
      detail: is.json<Record<string, string | number | boolean | null>>('detail', {}),
    },
    { sequelize, tableName: 'case_events' },
  );
  CaseProposal.init(
    {
      id: is.id(),
      caseId: is.ref(),
      action: is.choice(['decline', 'void'], 20),
      openKey: is.optionalString(60),
      reason: is.string(40),
      explanation: is.string(1000),
      proposedById: is.ref(),
      proposedAt: is.createdAt(),
      decidedById: is.optionalRef(),
      decidedAt: is.optionalInstant(),
      approved: is.optionalFlag(),
    },
    { sequelize, tableName: 'case_proposals' },
  );
  RoutingDecision.init(
    {
      id: is.id(),
      caseId: is.ref(),
      at: is.createdAt(),
      decidedById: is.ref(),
      rule: is.string(40),
      proposedLevel: is.optionalChoice(LEVELS, 20),
      proposedRoomId: is.optionalRef(),
      level: is.choice(LEVELS, 20),
      roomId: is.ref(),
      mediatorId: is.ref(),
      reason: is.optionalString(500),
      inputs: is.json<unknown>('inputs', {}),
    },
    { sequelize, tableName: 'routing_decisions' },
  );

  DisputeCase.belongsTo(Area, { foreignKey: 'villageId', as: 'village' });
  DisputeCase.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  DisputeCase.belongsTo(Room, { foreignKey: 'roomId', as: 'room' });
  DisputeCase.belongsTo(User, { foreignKey: 'mediatorId', as: 'mediator' });
  DisputeCase.hasMany(Respondent, { foreignKey: 'caseId', as: 'respondents' });
  DisputeCase.hasMany(Claimant, { foreignKey: 'caseId', as: 'claimants' });
  Claimant.hasMany(Claim, { foreignKey: 'claimantId', as: 'claims' });
  Respondent.belongsTo(Enterprise, { foreignKey: 'enterpriseId', as: 'enterprise' });
  CaseEvent.belongsTo(User, { foreignKey: 'actorId', as: 'actor' });
  CaseProposal.belongsTo(User, { foreignKey: 'proposedById', as: 'proposedBy' });
}
