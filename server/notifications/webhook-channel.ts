import { createHmac } from 'node:crypto';
import type { Config } from '../../config/index.ts';
import { now } from '../shared/clock.ts';
import type { Letter } from './letter.queries.ts';
import { webhookFailure, type Failed } from './notifications.rules.ts';

/**
 * Posts a letter to the gateway as JSON `{ id, to, language, subject, text, url }`; null when it took it. `X-Signature` is
 * `sha256=` and the HMAC-SHA256 (hex) of `X-Timestamp` (Unix seconds), a dot, `X-Message-Id`, a dot and the body. A second
 * post of the same message has the same id.
 */
export async function postToGateway(
  { url, secret }: NonNullable<Config['webhook']>,
  letter: Letter,
  withinMs: number,
): Promise<Failed | null> {
  const { id, to, language, subject, lead, items } = letter;
  const text = lead ?? items[0]?.text ?? '';
  const link = items.length === 1 ? items[0]!.url : letter.noticesUrl;
  const body = JSON.stringify({ id, to, language, subject, text, url: link });
  const timestamp = String(Math.floor(now().getTime() / 1000));
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'Content-Type': 'application/json',
        'X-Message-Id': id,
        'X-Timestamp': timestamp,
        'X-Signature': `sha256=${signatureOf(secret, timestamp, id, body)}`,
      },
      body,
      signal: AbortSignal.timeout(withinMs),
    });
    await answer.body?.cancel();
    return webhookFailure(answer.status);
  } catch (error) {
    const failure = (error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable';
    return { failure, permanent: false, stop: true, code: null };
  }
}

function signatureOf(secret: string, timestamp: string, id: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${id}.${body}`).digest('hex');
}
