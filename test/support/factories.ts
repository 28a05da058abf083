import type { CreationAttributes } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { Enterprise, Room, RoomMediator } from '../../models/directory.ts';
import { Informant, Responsibility } from '../../models/one-duty.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import { Ticket } from '../../models/tickets.ts';
import { WageCheck, WageReport } from '../../models/wage-checks.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import type { Role } from '../../server/accounts/roles.rules.ts';
import type { ClaimType } from '../../server/cases/case.rules.ts';
import type { CaseState, Outcome } from '../../server/cases/lifecycle.rules.ts';
import type { Level } from '../../server/directory/directory.rules.ts';
import { normaliseEnterpriseName } from '../../server/directory/enterprise-name.rules.ts';
import { instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { newId } from '../../server/shared/ids.ts';
import { parseYuan } from '../../server/shared/money.ts';

/** Rows as the services leave them behind, written through the models; amounts as people write them, in yuan. */

const fenOf = (yuan: string): number => parseYuan(yuan) ?? failOn(yuan);
const failOn = (text: string): never => {
  throw new Error(`not an amount: ${text}`);
};

export async function aJurisdiction(name = '江阴市'): Promise<Area> {
  const id = newId();
  return Area.create({ id, code: `j-${id}`, name, kind: 'jurisdiction', path: `${id}/` });
}

export async function aTown(name = '祝塘镇', jurisdiction: Area | null = null): Promise<Area> {
  const id = newId();
  const path = `${jurisdiction?.path ?? ''}${id}/`;
  return Area.create({ id, code: `t-${id}`, name, kind: 'town', parentId: jurisdiction?.id ?? null, path });
}

export async function aVillage(town: Area, name: string, position = 0): Promise<Area> {
  const id = newId();
  const path = `${town.path}${id}/`;
  return Area.create({ id, code: `v-${id}`, name, kind: 'village', parentId: town.id, path, position });
}

export async function aUser(displayName = '王芳', role?: Role, area?: Area): Promise<User> {
  const user = await User.create({ username: newId(), displayName, mustChangePassword: false });
  if (role && area) await RoleGrant.create({ userId: user.id, role, areaId: area.id });
  return user;
}

/** Who asks, with these roles in these areas. */
export async function aReader(...roles: [Role, Area][]): Promise<Reader> {
  const user = await aUser();
  for (const [role, area] of roles) await RoleGrant.create({ userId: user.id, role, areaId: area.id });
  return (await findSignedIn(user.id))!.reader;
}

/** A case to be stored: `aCase(town).receivedOn('2022-03-01').routedTo('village').settledFor('8,000.00').saved()`. */
export function aCase(town: Area): CaseFactory {
  return new CaseFactory(town);
}

class CaseFactory {
  private readonly row: CreationAttributes<DisputeCase>;

  constructor(town: Area) {
    this.row = {
      townId: town.id,
      source: 'walkIn',
      state: 'awaitingRouting',
      primaryType: 'wages',
      title: '拖欠工资',
      respondentName: '江阴某某纺织有限公司',
      receivedAt: instantOf('2022-03-01', '09:00'),
      receivedOn: '2022-03-01',
      searchTokens: '',
      createdById: null,
    };
  }

  receivedOn(day: CalendarDay): this {
    return this.with({ receivedOn: day, receivedAt: instantOf(day, '09:00') });
  }

  in(village: Area): this {
    return this.with({ villageId: village.id });
  }

  about(primaryType: ClaimType): this {
    return this.with({ primaryType });
  }

  of(workers: number): this {
    return this.with({ workers, collective: workers >= 10 });
  }

  routedTo(level: Level): this {
    return this.with({ level, firstLevel: this.row.firstLevel ?? level, state: 'awaitingAcceptance' });
  }

  /** Gone up to a level after its first routing. */
  goneUpTo(level: Level): this {
    return this.with({ level });
  }

  claiming(yuan: string): this {
    return this.with({ claimedFen: fenOf(yuan) });
  }

  verifiedAt(yuan: string): this {
    return this.with({ verifiedFen: fenOf(yuan) });
  }

  inState(state: CaseState): this {
    return this.with({ state });
  }

  closedOn(day: CalendarDay, outcome: Outcome = 'settledAtOnce'): this {
    return this.with({ state: 'closed', closedOn: day, outcome });
  }

  fromHotline(): this {
    return this.with({ source: 'hotline', hasTicket: true });
  }

  with(values: Partial<CreationAttributes<DisputeCase>>): this {
    Object.assign(this.row, values);
    return this;
  }

  /** Its row, for storing many at once. */
  asRow(): CreationAttributes<DisputeCase> {
    return { id: newId(), ...this.row };
  }

  saved(): Promise<DisputeCase> {
    return DisputeCase.create(this.asRow());
  }
}

let ticketNumber = 0;

/** A ticket's row; its case, when it has one, is given by `values`. */
export function aTicketRow(
  town: Area,
  receivedOn: CalendarDay,
  values: Partial<CreationAttributes<Ticket>> = {},
): CreationAttributes<Ticket> {
  ticketNumber++;
  return {
    id: newId(),
    townId: town.id,
    number: `GD${String(ticketNumber).padStart(10, '0')}`,
    state: values.caseId ? 'linked' : 'awaitingRouting',
    receivedAt: instantOf(receivedOn, '09:00'),
    receivedOn,
    rowHash: '',
    ...values,
  };
}

export async function aTicket(
  town: Area,
  receivedOn: CalendarDay,
  values: Partial<CreationAttributes<Ticket>> = {},
): Promise<Ticket> {
  return Ticket.create(aTicketRow(town, receivedOn, values));
}

/** A worker of a case who can be paid: an agreement with one instalment stands behind every payment. */
export async function aClaimant(
  disputeCase: DisputeCase,
  values: Partial<CreationAttributes<Claimant>> = {},
): Promise<Claimant> {
  const position = (await Claimant.count({ where: { caseId: disputeCase.id } })) + 1;
  return Claimant.create({ caseId: disputeCase.id, position, name: '李强', ...values });
}

/** Money paid to a worker on a day; verified unless another state is given. */
export async function aPayment(
  claimant: Claimant,
  yuan: string,
  paidOn: CalendarDay,
  state: Payment['state'] = 'verified',
): Promise<Payment> {
  const { caseId, id: claimantId } = claimant;
  const [recorder, verifier] = [await aUser('记录人'), await aUser('核实人')];
  const amountFen = fenOf(yuan);
  const settlement = await Settlement.create({
    caseId,
    kind: 'settledByInstalments',
    terms: '分期支付',
    draftedById: recorder.id,
    totalFen: amountFen,
    signedOn: paidOn,
  });
  const instalment = await Instalment.create({
    settlementId: settlement.id,
    caseId,
    claimantId,
    dueOn: paidOn,
    amountFen,
  });
  return Payment.create({
    caseId,
    instalmentId: instalment.id,
    claimantId,
    amountFen,
    paidOn,
    manner: 'bankTransfer',
    proof: '银行回单',
    state,
    recordedById: recorder.id,
    decidedById: state === 'recorded' ? null : verifier.id,
    decidedAt: state === 'recorded' ? null : instantOf(paidOn),
  });
}

/** An enterprise of a town; `villageId`, `hasCommittee`, `warningLevel` and so on by `values`. */
export async function anEnterprise(
  town: Area,
  name: string,
  values: Partial<CreationAttributes<Enterprise>> = {},
): Promise<Enterprise> {
  const normalisedName = normaliseEnterpriseName(name);
  return Enterprise.create({
    townId: town.id,
    villageId: null,
    name,
    normalisedName,
    industry: 'textile',
    ...values,
  });
}

let roomNumber = 0;

/** A room in an area with mediators of these names; of an enterprise, when one is given. */
export async function aRoom(
  town: Area,
  area: Area,
  mediatorNames: string[],
  enterprise?: Enterprise,
): Promise<{ room: Room; mediators: User[] }> {
  roomNumber++;
  const level = enterprise ? 'enterprise' : area.kind === 'town' ? 'town' : 'village';
  const name = `${enterprise?.name ?? area.name}调解室${roomNumber}`;
  const room = await Room.create({
    townId: town.id,
    areaId: area.id,
    enterpriseId: enterprise?.id,
    level,
    name,
  });
  const mediators: User[] = [];
  for (const mediatorName of mediatorNames) {
    const user = await aUser(mediatorName);
    await RoleGrant.create({
      userId: user.id,
      role: 'mediator',
      areaId: area.id,
      enterpriseId: enterprise?.id,
    });
    await RoomMediator.create({ roomId: room.id, userId: user.id, activeFrom: '2020-01-01' });
    mediators.push(user);
  }
  return { room, mediators };
}

/** An officer's duty for an enterprise or a village since 2020, as long as `toDay` does not end it. */
export async function aResponsibility(
  officer: User,
  {
    enterprise,
    village,
    ...values
  }: { enterprise?: Enterprise; village?: Area } & Partial<CreationAttributes<Responsibility>>,
): Promise<Responsibility> {
  const object = (enterprise ?? village!).id;
  const { kind = 'enforcement', isLead = false, toDay = null } = values;
  return Responsibility.create({
    townId: enterprise?.townId ?? village!.parentId!,
    enterpriseId: enterprise?.id ?? null,
    villageId: village?.id ?? null,
    officerId: officer.id,
    kind,
    isLead,
    fromDay: '2020-01-01',
    openKey: toDay === null ? `${officer.id}:${kind}:${object}` : null,
    leadKey: toDay === null && isLead ? object : null,
    namedById: officer.id,
    ...values,
  });
}

let informantNumber = 1000;

/** An informant of an enterprise since 2020, with an account known by its code alone; of `userId`, when it is given. */
export async function anInformant(
  enterprise: Enterprise,
  values: Partial<CreationAttributes<Informant>> = {},
): Promise<Informant> {
  const code = `X${informantNumber++}`;
  const { id: enterpriseId, townId, villageId } = enterprise;
  const userId = values.userId ?? (await aUser(code)).id;
  await RoleGrant.create({ userId, role: 'informant', areaId: villageId ?? townId, enterpriseId });
  const whose = { townId, villageId, enterpriseId, userId, code, namedById: userId };
  return Informant.create({ ...whose, name: '信息员', activeFrom: '2020-01-01', ...values });
}

/** The check of an enterprise in a month, as the round opens it. */
export async function aWageCheck(
  { id: enterpriseId, townId, villageId }: Enterprise,
  month: string,
  values: Partial<CreationAttributes<WageCheck>> = {},
): Promise<WageCheck> {
  return WageCheck.create({
    ...{ townId, villageId, enterpriseId, month, state: 'open', listKey: '000-55' },
    ...values,
  });
}

/** A report of an informant that counts: 86 people, all paid. */
export async function aWageReport(
  { id: checkId, enterpriseId, month }: WageCheck,
  { id: informantId, userId: reporterId }: Informant,
  values: Partial<CreationAttributes<WageReport>> = {},
): Promise<WageReport> {
  return WageReport.create({
    ...{ checkId, enterpriseId, source: 'informant', informantId, reporterId },
    ...{ openKey: `${checkId}:${informantId}`, headcount: 86, paidPeople: 86, unpaidPeople: 0 },
    ...{ payDay: 15, payDueOn: `${month}-15`, paidOn: `${month}-15`, reportedOn: `${month}-16` },
    nothingUnusual: true,
    ...values,
  });
}
