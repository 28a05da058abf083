import type { Config } from '../../config/index.ts';
import type { Language, Translate } from '../shared/language.ts';
import type { Channel } from './notifications.rules.ts';

/** How messages leave this process: what is not set up keeps its messages in the program. */
export interface Channels extends Pick<Config, 'mail' | 'webhook' | 'outboxAttempts'> {
  /** The address of the program, without a slash at its end. */
  origin: string;
  words(language: Language): Translate;
  /** An attempt that takes longer is given up. */
  withinMs: number;
}

const WITHIN_MS = 30_000;
let current: Channels | undefined;

/** Sets how this process delivers, from its environment. */
export function useChannels(
  {
    mail,
    webhook,
    outboxAttempts,
    publicUrl,
  }: Pick<Config, 'mail' | 'webhook' | 'outboxAttempts' | 'publicUrl'>,
  words: Channels['words'],
  withinMs = WITHIN_MS,
): void {
  current = { mail, webhook, outboxAttempts, origin: publicUrl?.origin ?? '', words, withinMs };
}

/** Which channels this process can deliver by; none before `useChannels`. */
export function channelsInUse(): Record<Channel, boolean> {
  return { mail: Boolean(current?.mail), webhook: Boolean(current?.webhook) };
}

export function currentChannels(): Channels {
  if (!current) throw new Error('useChannels has not been called');
  return current;
}
