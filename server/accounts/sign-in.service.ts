import { User } from '../../models/accounts.ts';
import { inTx } from '../../models/dialect.ts';
import { now } from '../shared/clock.ts';
import { recordAudit } from './audit.service.ts';
import { isPassword } from './passwords.service.ts';

const FAILURES_BEFORE_LOCK = 5;
const LOCK_MS = 15 * 60_000;

/**
 * Checks a name and password. Unknown, wrong, ended and locked give the same answer (null) after the same work;
 * five failures lock the account for 15 minutes.
 */
export async function signIn(username: string, password: string): Promise<{ userId: string } | null> {
  const user = await User.findOne({ where: { username } });
  const matches = await isPassword(password, user?.passwordHash ?? null);
  if (!user || user.endedAt || (user.lockedUntil && user.lockedUntil > now())) return null;
  return inTx(async () => {
    if (matches) {
      await User.update({ failedAttempts: 0, lockedUntil: null }, { where: { id: user.id } });
      await recordAudit(user.id, { action: 'signIn' });
      return { userId: user.id };
    }
    await User.increment({ failedAttempts: 1 }, { where: { id: user.id } });
    await recordAudit(user.id, { action: 'signInFailed' });
    const { failedAttempts } = (await User.findByPk(user.id, { attributes: ['failedAttempts'] }))!;
    if (failedAttempts >= FAILURES_BEFORE_LOCK) {
      await User.update(
        { failedAttempts: 0, lockedUntil: new Date(now().getTime() + LOCK_MS) },
        { where: { id: user.id } },
      );
      await recordAudit(user.id, { action: 'locked' });
    }
    return null;
  });
}
