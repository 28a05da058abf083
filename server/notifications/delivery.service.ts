import { Op, type WhereOptions } from 'sequelize';
import { databaseTime, inTx } from '../../models/dialect.ts';
import { OutboxMessage } from '../../models/notifications.ts';
import { now } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import type { JobContext } from '../shared/job.ts';
import { channelsInUse, currentChannels } from './channels.ts';
import { writeLetter } from './letter.queries.ts';
import { sendMail } from './mail-channel.ts';
import { CHANNELS, waitAfter, type Channel, type Failed } from './notifications.rules.ts';
import { postToGateway } from './webhook-channel.ts';

/** A message is a run's for so long; an attempt ends long before. */
const LEASE_MS = 120_000;
/** A run goes on with the next minute's, so that a process that is to stop need not wait for long. */
const MOST_PER_RUN = 200;
const RUN_MS = 45_000;

interface Counts extends Record<string, number> {
  sent: number;
  putOff: number;
  givenUp: number;
  keptHere: number;
}

/**
 * The sweep: sends what is due, one after the other. Each message is taken by a conditional update first, so that no two
 * processes have it at once; what a process took and never settled is another's after its lease.
 */
export async function deliverOutbox({ inTurn }: JobContext): Promise<Counts> {
  const counts: Counts = { sent: 0, putOff: 0, givenUp: 0, keptHere: 0 };
  const inUse = channelsInUse();
  const began = performance.now();
  for (const channel of CHANNELS) {
    if (!inUse[channel]) {
      counts.keptHere += await inTurn(() => keepHere(channel));
      continue;
    }
    for (let tried = 0; tried < MOST_PER_RUN && performance.now() - began < RUN_MS; tried++) {
      const message = await inTurn(() => take(channel));
      if (message === null) break;
      const failed = await attempt(message);
      // In no turn: what was sent is noted even when another process runs the job by now.
      counts[await inTx(() => settle(message, failed))]++;
      if (failed?.stop) break;
    }
  }
  return counts;
}

/** What is due, and what a process left in the middle. */
async function dueNow(channel: Channel): Promise<WhereOptions<OutboxMessage>> {
  return {
    channel,
    [Op.or]: [
      { state: 'pending', dueAt: { [Op.lte]: now() } },
      { state: 'sending', leasedUntil: { [Op.lte]: await databaseTime() } },
    ],
  };
}

/** Takes the message that has been due for the longest; null when there is none. */
async function take(channel: Channel): Promise<OutboxMessage | null> {
  for (;;) {
    const message = await OutboxMessage.findOne({
      where: await dueNow(channel),
      order: [
        ['dueAt', 'ASC'],
        ['id', 'ASC'],
      ],
    });
    if (message === null) return null;
    const { id, state, attempts, holder } = message;
    const leasedUntil = new Date((await databaseTime()).getTime() + LEASE_MS);
    const mine = { state: 'sending' as const, attempts: attempts + 1, holder: newId(), leasedUntil };
    const [taken] = await OutboxMessage.update(mine, { where: { id, state, attempts, holder } });
    if (taken === 1) return message.set(mine);
  }
}

async function attempt(message: OutboxMessage): Promise<Failed | null> {
  const { mail, webhook, outboxAttempts, withinMs } = currentChannels();
  // Whoever had it last died each time: it may be what kills them.
  if (message.attempts > outboxAttempts)
    return { failure: 'interrupted', permanent: true, stop: false, code: null };
  const letter = await writeLetter(message);
  if (letter === null) return { failure: 'noAddress', permanent: true, stop: false, code: null };
  return message.channel === 'mail'
    ? sendMail(mail!, letter, withinMs)
    : postToGateway(webhook!, letter, withinMs);
}

/** Notes what came of an attempt, unless somebody else has the message by now. */
async function settle(
  { id, attempts, holder }: OutboxMessage,
  failed: Failed | null,
): Promise<'sent' | 'putOff' | 'givenUp'> {
  const wait = failed && waitAfter(attempts, currentChannels().outboxAttempts, failed.permanent);
  const state = failed === null ? 'sent' : wait === null ? 'dead' : 'pending';
  await OutboxMessage.update(
    {
      ...{ state, holder: null, leasedUntil: null },
      ...{ failure: failed?.failure ?? null, failureCode: failed?.code ?? null },
      ...(state === 'sent' ? { sentAt: now() } : {}),
      ...(wait === null ? {} : { dueAt: new Date(now().getTime() + wait * 60_000) }),
    },
    { where: { id, state: 'sending', holder } },
  );
  return state === 'sent' ? 'sent' : state === 'dead' ? 'givenUp' : 'putOff';
}

/** Messages of a channel that is not set up stay readable in the program only. */
async function keepHere(channel: Channel): Promise<number> {
  const [kept] = await OutboxMessage.update(
    { state: 'kept', holder: null, leasedUntil: null },
    { where: await dueNow(channel) },
  );
  return kept;
}
