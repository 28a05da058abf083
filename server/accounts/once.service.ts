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
 * address without the work being done again. `prepare` is what takes long, such as reading a file: it is done before the
 * transaction of the work.
 * @throws Conflict when the key was used for another content or by somebody else
 */
export async function answerOnce<P = void>(
  sending: Sending,
  work: (prepared: P) => Promise<string>,
  prepare?: () => Promise<P>,
): Promise<string> {
  const bodyHash = createHash('sha256').update(JSON.stringify(sending.body)).digest('hex');
  const known = prepare && (await earlierAnswer(sending, bodyHash));
  if (known) return known;
  const prepared = (await prepare?.()) as P;
  try {
    return await inTx(async () => {
      await IdempotencyKey.create({ key: sending.key, userId: sending.userId, bodyHash });
      const location = await work(prepared);
      await IdempotencyKey.update({ location }, { where: { key: sending.key } });
      return location;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const location = await earlierAnswer(sending, bodyHash);
    if (location === null) throw error;
    return location;
  }
}

/** The address that answered the form before; null when it was not sent before. */
async function earlierAnswer({ key, userId }: Sending, bodyHash: string): Promise<string | null> {
  const earlier = await IdempotencyKey.findByPk(key);
  if (!earlier) return null;
  if (earlier.userId !== userId || earlier.bodyHash !== bodyHash || !earlier.location)
    throw new Conflict('errors.alreadySent');
  return earlier.location;
}
