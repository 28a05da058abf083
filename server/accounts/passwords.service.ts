import { hash, verify } from '@node-rs/argon2';

/** argon2id at 19 MiB and two passes (OWASP's floor); at most two at a time, so that sign-ins cannot eat the machine. */
const SETTINGS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_A_TIME = 2;

let running = 0;
const waiting: (() => void)[] = [];

export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, SETTINGS));
}

/** Whether the password is the one that was hashed. Without a hash the answer is no, and takes as long. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const matches = await inTurn(async () => verify(stored ?? (await decoy), password));
  return matches && stored !== null;
}

const decoy = hash('nobody has this password', SETTINGS);

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_A_TIME) await new Promise<void>((start) => waiting.push(start));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
