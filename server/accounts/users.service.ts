import { createHash, randomBytes } from 'node:crypto';
import { Op } from 'sequelize';
import { OneTimeLink, RoleGrant, Session, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { inTx, isUniqueViolation, requireTx } from '../../models/dialect.ts';
import { Enterprise, RoomMediator } from '../../models/directory.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, DomainError, Forbidden, NotFound, Unacceptable } from '../shared/errors.ts';
import type { Language } from '../shared/language.ts';
import { newId } from '../shared/ids.ts';
import type { Reader } from './access.rules.ts';
import { recordAudit } from './audit.service.ts';
import { endServices } from './ended-services.service.ts';
import { passwordFault } from './password.rules.ts';
import { hashPassword, isPassword } from './passwords.service.ts';
import type { Role } from './roles.rules.ts';
import { isUsername } from './username.rules.ts';
import { findManagedUser, isInformantAccount, managedAreaIds } from './users.queries.ts';

const LINK_HOURS = 72;

/** Who does it: an administrator, who is bounded by their area, or the system itself (null, the command line). */
type Actor = Reader | null;

/** A role within an area (an enterprise's mediator: within one enterprise too). */
export interface RoleWish {
  role: Role;
  areaId: string;
  enterpriseId?: string | null;
}

export interface NewUser {
  username: string;
  displayName: string;
  roles: RoleWish[];
}

/** Makes an account without a password and the one-time link by which its owner sets one; gives id and token. */
export async function createUser(actor: Actor, wish: NewUser): Promise<{ userId: string; token: string }> {
  checkUsername(wish.username);
  try {
    return await inTx(async () => {
      const user = await User.create({ id: newId(), username: wish.username, displayName: wish.displayName });
      await recordAudit(idOf(actor), {
        action: 'createUser',
        objectType: 'user',
        objectId: user.id,
        detail: { username: wish.username },
      });
      for (const role of wish.roles) await addGrant(actor, user.id, role);
      return { userId: user.id, token: await makeLink('setPassword', user.id) };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Unacceptable('accounts.errors.usernameTaken', {}, 'username');
    throw error;
  }
}

/**
 * Gives a role. Nobody gives one to himself, and an administrator only within the own area.
 * @throws NotFound for an account out of reach; Unacceptable for an area or enterprise that is not to be given
 */
export async function grantRole(actor: Actor, userId: string, wish: RoleWish): Promise<void> {
  await inTx(async () => {
    await checkReach(actor, userId, 'some');
    await addGrant(actor, userId, wish);
  });
}

async function addGrant(actor: Actor, userId: string, wish: RoleWish): Promise<void> {
  const area = await Area.findByPk(wish.areaId);
  if (!area || (actor && !(await managedAreaIds(actor)).has(area.id)))
    throw new Unacceptable('errors.notInList', {}, 'areaId');
  const enterpriseId = wish.enterpriseId ?? null;
  if (enterpriseId) await checkEnterprise(enterpriseId, area, wish.role);
  const same = { userId, role: wish.role, areaId: wish.areaId, enterpriseId, endedAt: null };
  if (await RoleGrant.findOne({ where: same })) return;
  await RoleGrant.create({ ...same, grantedById: idOf(actor) });
  await recordAudit(idOf(actor), {
    action: 'grantRole',
    objectType: 'user',
    objectId: userId,
    detail: { role: wish.role, area: area.code, enterpriseId },
  });
}

/** A role within one enterprise is a mediator's, and the enterprise lies in the role's area. */
async function checkEnterprise(enterpriseId: string, area: Area, role: Role): Promise<void> {
  if (role !== 'mediator') throw new Unacceptable('accounts.errors.enterpriseForMediator', {}, 'enterprise');
  const enterprise = await Enterprise.findByPk(enterpriseId);
  const place = enterprise && (await Area.findByPk(enterprise.villageId ?? enterprise.townId));
  if (!place?.path.startsWith(area.path))
    throw new Unacceptable('accounts.errors.enterpriseUnknown', {}, 'enterprise');
}

/** Ends a role from the next request on. @throws NotFound for a role out of reach, Conflict when it has ended */
export async function endRole(actor: Actor, userId: string, grantId: string): Promise<void> {
  await inTx(async () => {
    await checkReach(actor, userId, 'some');
    const grant = await RoleGrant.findOne({ where: { id: grantId, userId } });
    if (!grant || (actor && !(await managedAreaIds(actor)).has(grant.areaId))) throw new NotFound();
    const [ended] = await RoleGrant.update({ endedAt: now() }, { where: { id: grantId, endedAt: null } });
    if (ended === 0) throw new Conflict();
    await endServices(idOf(actor), userId, 'uncovered');
    await recordAudit(idOf(actor), {
      action: 'endRole',
      objectType: 'user',
      objectId: userId,
      detail: { grantId, role: grant.role },
    });
  });
}

/** Ends an account, its open sessions, its place in every room and what it answers for. Nobody ends his own. */
export async function endUser(actor: Actor, userId: string): Promise<void> {
  await inTx(async () => {
    await checkReach(actor, userId, 'whole');
    await endAccount(idOf(actor), userId);
  });
}

/** Ends an account and whatever hangs on it; the caller has checked the right. @throws Conflict when it has ended */
export async function endAccount(actorId: string | null, userId: string): Promise<void> {
  requireTx();
  const [ended] = await User.update({ endedAt: now() }, { where: { id: userId, endedAt: null } });
  if (ended === 0) throw new Conflict();
  await Session.destroy({ where: { userId } });
  const serving = { userId, activeTo: { [Op.or]: [null, { [Op.gt]: today() }] } };
  await RoomMediator.update({ activeTo: today() }, { where: serving });
  await endServices(actorId, userId, 'all');
  await recordAudit(actorId, { action: 'endUser', objectType: 'user', objectId: userId });
}

/**
 * Takes an account's password away and gives the token of a new one-time link.
 * @throws Forbidden for an informant's account, in whose name an administrator could report
 */
export async function resetPassword(actor: Actor, userId: string): Promise<string> {
  return inTx(async () => {
    await checkOwner(actor, userId);
    return renewLink(idOf(actor), userId);
  });
}

/**
 * Whether an actor may change how the owner of an account is reached, or gets in.
 * @throws NotFound, Forbidden for a part of its roles out of reach, or an informant's account; Conflict when it has ended
 */
export async function checkOwner(actor: Actor, userId: string): Promise<void> {
  await checkReach(actor, userId, 'whole');
  if (actor && (await isInformantAccount(userId))) throw new Forbidden('accounts.errors.informantAccount');
  if ((await User.count({ where: { id: userId, endedAt: null } })) === 0) throw new Conflict();
}

/** What `resetPassword` does; the caller has checked the right. @throws Conflict when the account has ended */
export async function renewLink(actorId: string | null, userId: string): Promise<string> {
  requireTx();
  const reset = { passwordHash: null, mustChangePassword: true, failedAttempts: 0, lockedUntil: null };
  const [changed] = await User.update(reset, { where: { id: userId, endedAt: null } });
  if (changed === 0) throw new Conflict();
  await Session.destroy({ where: { userId } });
  await recordAudit(actorId, { action: 'resetPassword', objectType: 'user', objectId: userId });
  return makeLink('setPassword', userId);
}

/**
 * An administrator manages other people's accounts, of people who have roles in the own area (`some`); what touches
 * the account as a whole only where all of its roles lie there (`whole`), or a town could take over a county's.
 */
async function checkReach(actor: Actor, userId: string, reach: 'some' | 'whole'): Promise<void> {
  if (!actor) return;
  if (actor.userId === userId) throw new Forbidden('accounts.errors.ownRole');
  const { whole } = await findManagedUser(actor, userId);
  if (reach === 'whole' && !whole) throw new Forbidden('accounts.errors.rolesElsewhere');
}

function idOf(actor: Actor): string | null {
  return actor?.userId ?? null;
}

/** The token of a link that makes the first administrator, when there is no account at all; else null. */
export async function firstAdministratorLink(): Promise<string | null> {
  return inTx(async () => {
    if ((await User.count()) > 0) return null;
    await OneTimeLink.destroy({ where: { purpose: 'firstAdministrator', usedAt: null } });
    return makeLink('firstAdministrator', null);
  });
}

/** The unused link behind a token. @throws DomainError 404 with what to do, when there is none or it is too old */
export async function findLink(
  token: string,
): Promise<{ purpose: OneTimeLink['purpose']; user: User | null }> {
  const link = await OneTimeLink.findOne({ where: openLink(token) });
  if (!link) throw linkGone();
  return { purpose: link.purpose, user: link.userId ? await User.findByPk(link.userId) : null };
}

/** Uses a link: its owner sets the password of the account. Gives the account's id. */
export async function setPasswordByLink(token: string, password: string): Promise<string> {
  const { user } = await findLink(token);
  if (!user) throw new NotFound();
  const passwordHash = await newHash(password, user.username);
  return inTx(async () => {
    await useLink(token);
    await User.update({ passwordHash, mustChangePassword: false }, { where: { id: user.id, endedAt: null } });
    await Session.destroy({ where: { userId: user.id } });
    await recordAudit(user.id, { action: 'setPassword', objectType: 'user', objectId: user.id });
    return user.id;
  });
}

/** Uses the first link: makes the first administrator of the whole tree. Gives the account's id. */
export async function createFirstAdministrator(
  token: string,
  wish: { username: string; displayName: string; password: string },
): Promise<string> {
  checkUsername(wish.username);
  const passwordHash = await newHash(wish.password, wish.username);
  return inTx(async () => {
    await useLink(token);
    if ((await User.count()) > 0) throw new NotFound();
    const root = await Area.findOne({ where: { parentId: null }, order: [['path', 'ASC']] });
    const user = await User.create({
      username: wish.username,
      displayName: wish.displayName,
      passwordHash,
      mustChangePassword: false,
    });
    await recordAudit(user.id, { action: 'createFirstAdministrator', objectType: 'user', objectId: user.id });
    await addGrant(null, user.id, { role: 'administrator', areaId: root!.id });
    return user.id;
  });
}

/** Changes one's own password; other sessions of the account end. */
export async function changePassword(
  userId: string,
  current: string,
  wanted: string,
  keepSession: string,
): Promise<void> {
  const user = await User.findOne({ where: { id: userId, endedAt: null } });
  if (!user) throw new NotFound();
  if (!(await isPassword(current, user.passwordHash)))
    throw new Unacceptable('accounts.errors.passwordWrong', {}, 'current');
  if (current === wanted) throw new Unacceptable('accounts.errors.passwordSame', {}, 'password');
  const passwordHash = await newHash(wanted, user.username);
  await inTx(async () => {
    await User.update({ passwordHash, mustChangePassword: false }, { where: { id: userId } });
    await Session.destroy({ where: { userId, sid: { [Op.ne]: keepSession } } });
    await recordAudit(userId, { action: 'changePassword', objectType: 'user', objectId: userId });
  });
}

/** Keeps the language that a person chose. */
export async function keepLanguage(userId: string, language: Language): Promise<void> {
  await User.update({ language }, { where: { id: userId } });
}

function checkUsername(username: string): void {
  if (!isUsername(username)) throw new Unacceptable('accounts.errors.usernameForm', {}, 'username');
}

async function newHash(password: string, username: string): Promise<string> {
  const fault = passwordFault(password, username);
  if (fault) throw new Unacceptable(fault.sentence, fault.values, 'password');
  return hashPassword(password);
}

/** The token of a new one-time link; an account's earlier one is void. */
export async function makeLink(purpose: OneTimeLink['purpose'], userId: string | null): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  if (userId) await OneTimeLink.destroy({ where: { userId, usedAt: null } });
  await OneTimeLink.create({
    purpose,
    userId,
    tokenHash: digest(token),
    expiresAt: new Date(now().getTime() + LINK_HOURS * 3_600_000),
  });
  return token;
}

async function useLink(token: string): Promise<void> {
  const [used] = await OneTimeLink.update({ usedAt: now() }, { where: openLink(token) });
  if (used === 0) throw linkGone();
}

function linkGone(): DomainError {
  return new DomainError(404, 'accounts.errors.linkGone');
}

function openLink(token: string) {
  return { tokenHash: digest(token), usedAt: null, expiresAt: { [Op.gt]: now() } };
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
