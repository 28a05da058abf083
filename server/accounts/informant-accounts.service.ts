import { randomInt } from 'node:crypto';
import { RoleGrant, User } from '../../models/accounts.ts';
import { requireTx } from '../../models/dialect.ts';
import { newId } from '../shared/ids.ts';
import { recordAudit } from './audit.service.ts';
import { makeLink } from './users.service.ts';

/** Letters that nobody takes for a digit. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Where an informant reports from. */
interface Workplace {
  areaId: string;
  enterpriseId: string;
}

/**
 * Makes the account of an informant, known everywhere by a random code alone (X4827), and the one-time link to its
 * password. The caller has checked the right and keeps the name.
 */
export async function openInformantAccount(
  actorId: string,
  { areaId, enterpriseId }: Workplace,
): Promise<{ userId: string; code: string; token: string }> {
  requireTx();
  const code = await freeCode();
  const user = await User.create({ id: newId(), username: code, displayName: code });
  const grant = { userId: user.id, role: 'informant', areaId, enterpriseId } as const;
  await RoleGrant.create({ ...grant, grantedById: actorId });
  await recordAudit(actorId, {
    action: 'createUser',
    objectType: 'user',
    objectId: user.id,
    detail: { username: code, role: 'informant', enterpriseId },
  });
  return { userId: user.id, code, token: await makeLink('setPassword', user.id) };
}

async function freeCode(): Promise<string> {
  for (;;) {
    const digits = String(randomInt(10_000)).padStart(4, '0');
    const code = `${LETTERS[randomInt(LETTERS.length)]!}${digits}`;
    if (!(await User.findOne({ where: { username: code }, attributes: ['id'] }))) return code;
  }
}
