import { createHash } from 'node:crypto';
import { IdempotencyKey } from '../../models/accounts.ts';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Conflict } from '../shared/errors.ts';

/** A form that creates something: its key, who sent it, and what was sent. */
export interface Sending {
  key: string;
  userId: string;
  body: unknown;
}

/**
 * Does the work of a form once. `work` gives the address that answers the form; the same form sent again gets that
 * address without the work being done again.
 * @throws Conflict when the key was used for another content or by somebody else
 */
export async function answerOnce(sending: Sending, work: () => Promise<string>): Promise<string> {
  const bodyHash = createHash('sha256').update(JSON.stringify(sending.body)).digest('hex');
  try {
    return await inTx(async () => {
      await IdempotencyKey.create({ key: sending.key, userId: sending.userId, bodyHash });
      const location = await work();
      await IdempotencyKey.update({ location }, { where: { key: sending.key } });
      return location;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const earlier = await IdempotencyKey.findByPk(sending.key);
    if (!earlier) throw error;
    if (earlier.userId !== sending.userId || earlier.bodyHash !== bodyHash || !earlier.location) {
      throw new Conflict('errors.alreadySent');
    }
    return earlier.location;
  }
}
