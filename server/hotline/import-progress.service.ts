import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '../shared/clock.ts';
import { DomainError, type FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';

/** How long an answer is waited for before the page of the work's state is shown instead. */
const PATIENCE_MS = 2_000;
/** How long a result waits for whoever asked for it. */
const KEPT_MS = 10 * 60_000;

/** What long work says of itself. Both calls throw when the process stops, so that the work ends and is undone. */
export interface Report {
  read(rows: number): void;
  stored(rows: number): void;
}

/** For work whose progress nobody watches. */
export const UNWATCHED: Report = { read: () => undefined, stored: () => undefined };

/** 503: the process stops; the work was undone and can be begun again. */
export class Stopped extends DomainError {
  constructor() {
    super(503, 'hotline.errors.importStopped');
  }
}

/** What came of it: a preview to be shown, or the next address and the sentence that is said there. */
export type Outcome<P> = { preview: P } | { location: string; said: string };

/** What a person asked for that may take longer than an answer: of an upload the latest, in this process. */
export interface Work<P = unknown> {
  kind: 'reading' | 'choice' | 'confirmation';
  uploadId: string;
  userId: string;
  since: Date;
  rowsRead: number;
  rowsStored: number;
  /** What was typed into the form that began it, and what was wrong with it. */
  form: { values: Posted; errors: FieldError[] };
  ended: boolean;
  result: Promise<Outcome<P>>;
}

type Begun = Pick<Work, 'kind' | 'uploadId' | 'userId' | 'form'>;

const running = new Set<Promise<unknown>>();
let stopping = false;
const keyOf = ({ uploadId, userId }: Pick<Work, 'uploadId' | 'userId'>): string => `${uploadId} ${userId}`;

/** The works of one kind of file, whose previews are `P`. */
export interface Works<P> {
  /** Begins work that goes on when the answer is sent; its error waits in `result`. */
  begin(begun: Begun, run: (report: Report) => Promise<Outcome<P>>): Work<P>;
  /** The latest work of a person's upload; null when there is none, or its result was fetched. */
  of(userId: string, uploadId: string): Work<P> | null;
  /** Its result was fetched, or nobody wants it any more. */
  forget(userId: string, uploadId: string): void;
}

export function createWorks<P>(): Works<P> {
  const works = new Map<string, Work<P>>();
  return {
    begin: (begun, run) => {
      forgetOld(works);
      const work = start(begun, run);
      works.set(keyOf(begun), work);
      return work;
    },
    of: (userId, uploadId) => works.get(keyOf({ userId, uploadId })) ?? null,
    forget: (userId, uploadId) => void works.delete(keyOf({ userId, uploadId })),
  };
}

function start<P>(begun: Begun, run: (report: Report) => Promise<Outcome<P>>): Work<P> {
  const report: Report = {
    read: (rows) => note(() => (work.rowsRead = rows)),
    stored: (rows) => note(() => (work.rowsStored = rows)),
  };
  const result = Promise.resolve().then(() => run(report));
  const work: Work<P> = { ...begun, since: now(), rowsRead: 0, rowsStored: 0, ended: false, result };
  const end = (): void => {
    work.ended = true;
    running.delete(result);
  };
  running.add(result);
  result.then(end, end);
  return work;
}

function note(change: () => unknown): void {
  if (stopping) throw new Stopped();
  change();
}

function forgetOld(works: Map<string, Work>): void {
  const oldest = now().getTime() - KEPT_MS;
  for (const [key, { ended, since }] of works) if (ended && since.getTime() < oldest) works.delete(key);
}

/** Whether the work ended before an answer is due. */
export async function endsSoon({ result }: Work): Promise<boolean> {
  const late = new AbortController();
  const done = result.then(
    () => true,
    () => true,
  );
  const ended = await Promise.race([
    done,
    sleep(PATIENCE_MS, false, { signal: late.signal }).catch(() => false),
  ]);
  late.abort();
  return ended;
}

/** Ends all work at its next rows, which undoes what it was about to store; resolves when nothing runs. */
export async function stopWork(): Promise<void> {
  stopping = true;
  await Promise.allSettled([...running]);
  stopping = false;
}
