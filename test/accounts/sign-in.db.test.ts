import { expect } from 'chai';
import { AuditEntry, OneTimeLink, User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { signIn } from '../../server/accounts/sign-in.service.ts';
import * as users from '../../server/accounts/users.service.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { aTown } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

const PASSWORD = 'correct horse battery 9';
const START = new Date('2026-11-20T01:00:00Z');
const later = (minutes: number): void => setClock(() => new Date(START.getTime() + minutes * 60_000));

describe('signing in', () => {
  useDatabase();
  let town: Area;

  before(async () => {
    town = await aTown();
  });
  beforeEach(() => later(0));

  describe('for the first time', () => {
    it('makes the first administrator of the whole tree, by a link that works once', async () => {
      const old = (await users.firstAdministratorLink())!;
      const token = (await users.firstAdministratorLink())!;
      const first = { username: 'admin', displayName: '管理员', password: PASSWORD };
      expect(await refusal(users.createFirstAdministrator(old, first))).to.equal('accounts.errors.linkGone');
      const weak = users.createFirstAdministrator(token, { ...first, password: '12345678' });
      expect(await refusal(weak)).to.equal('password: accounts.errors.passwordShort');
      const userId = await users.createFirstAdministrator(token, first);
      const { reader, mustChangePassword } = (await findSignedIn(userId))!;
      expect(reader.grants.map(({ role, areaId }) => [role, areaId])).to.deep.equal([
        ['administrator', town.id],
      ]);
      expect(mustChangePassword).to.equal(false);
      const again = users.createFirstAdministrator(token, { ...first, username: 'second' });
      expect(await refusal(again)).to.equal('accounts.errors.linkGone');
      expect(await users.firstAdministratorLink()).to.equal(null);
      expect(await User.count()).to.equal(1);
    });

    it('sets a password by a link that works once, for 72 hours, and not after a newer one', async () => {
      const roles = [{ role: 'dispatcher' as const, areaId: town.id }];
      const { userId, token } = await users.createUser(null, {
        username: '王芳',
        displayName: '王芳',
        roles,
      });
      expect(await signIn('王芳', '')).to.equal(null);
      later(72 * 60 + 1);
      expect(await refusal(users.setPasswordByLink(token, PASSWORD))).to.equal('accounts.errors.linkGone');
      later(60);
      const newer = await users.resetPassword(null, userId);
      expect(await refusal(users.setPasswordByLink(token, PASSWORD))).to.equal('accounts.errors.linkGone');
      expect(await users.setPasswordByLink(newer, PASSWORD)).to.equal(userId);
      expect(await refusal(users.setPasswordByLink(newer, PASSWORD))).to.equal('accounts.errors.linkGone');
      expect(await signIn('王芳', PASSWORD)).to.deep.equal({ userId });
      const stored = await OneTimeLink.findAll();
      expect(JSON.stringify(stored)).to.not.include(newer);
    });
  });

  describe('with failures', () => {
    before(async () => {
      later(0);
      const roles = [{ role: 'dispatcher' as const, areaId: town.id }];
      const { token } = await users.createUser(null, { username: '李强', displayName: '李强', roles });
      await users.setPasswordByLink(token, PASSWORD);
    });

    it('locks for 15 minutes after five, and answers the right password like a wrong one', async () => {
      for (let failure = 1; failure <= 5; failure++) expect(await signIn('李强', 'wrong')).to.equal(null);
      expect(await signIn('李强', PASSWORD)).to.equal(null);
      later(14);
      expect(await signIn('李强', PASSWORD)).to.equal(null);
      later(16);
      expect(await signIn('李强', PASSWORD)).to.have.property('userId');
      const acts = await AuditEntry.findAll({ where: { action: 'locked' } });
      expect(acts).to.have.lengthOf(1);
    });

    it('counts simultaneous failures, and begins anew after a success', async () => {
      for (let failure = 1; failure <= 4; failure++) await signIn('李强', 'wrong');
      expect(await signIn('李强', PASSWORD)).to.have.property('userId');
      await Promise.all([1, 2, 3, 4, 5].map(() => signIn('李强', 'wrong')));
      expect(await signIn('李强', PASSWORD)).to.equal(null);
      later(20);
    });

    it('answers an unknown and an ended account like a wrong password', async () => {
      later(60);
      expect(await signIn('没有这个人', PASSWORD)).to.equal(null);
      const { id } = (await User.findOne({ where: { username: '李强' } }))!;
      await users.endUser(null, id);
      expect(await signIn('李强', PASSWORD)).to.equal(null);
    });
  });
});
