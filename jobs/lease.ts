import { databaseTime, inTx, isUniqueViolation } from '../models/dialect.ts';
import { JobLease } from '../models/job-runs.ts';

/** A job is somebody's for so long, and longer whenever it writes. */
const LEASE_MS = 60_000;

/** The right to run a job; whoever takes it later has a higher fence. */
export interface Lease {
  name: string;
  fence: number;
}

/** Another process runs the job by now: whatever the overtaken one still wants to write is refused. */
export class LeaseLost extends Error {}

/** Takes the lease of a job by one conditional update; null while somebody else holds it. */
export async function takeLease(name: string): Promise<Lease | null> {
  const held = (await JobLease.findByPk(name)) ?? (await firstLease(name));
  const time = await databaseTime();
  if (held.expiresAt > time) return null;
  const fence = held.fence + 1;
  const [taken] = await JobLease.update(
    { fence, expiresAt: new Date(time.getTime() + LEASE_MS) },
    { where: { name, fence: held.fence } },
  );
  return taken === 1 ? { name, fence } : null;
}

async function firstLease(name: string): Promise<JobLease> {
  try {
    return await JobLease.create({ name, expiresAt: new Date(0) });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return JobLease.findByPk(name, { rejectOnEmpty: true });
  }
}

/**
 * Runs one piece of a job in its own transaction, in which the lease is held on: an overtaken process writes nothing.
 * @throws LeaseLost
 */
export async function withLease<T>({ name, fence }: Lease, work: () => Promise<T>): Promise<T> {
  return inTx(async () => {
    const expiresAt = new Date((await databaseTime()).getTime() + LEASE_MS);
    const [held] = await JobLease.update({ expiresAt }, { where: { name, fence } });
    if (held === 0) throw new LeaseLost(`another process runs ${name}`);
    return work();
  });
}

/** Gives the lease back, so that the next run need not wait for its end. */
export async function endLease({ name, fence }: Lease): Promise<void> {
  await JobLease.update({ expiresAt: new Date(0) }, { where: { name, fence } });
}
