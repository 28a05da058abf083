import type { Reader } from '../accounts/access.rules.ts';
import { answerOnce, type Sending } from '../accounts/once.service.ts';
import type { MappedKind } from './file-kinds.rules.ts';
import { createWorks, type Report, type Work } from './import-progress.service.ts';
import { beginRun, breakRun, endRun, type HeldRun } from './import-runs.service.ts';
import { ownUpload } from './uploads.service.ts';

/** What is done with the uploads of one kind: their preview `P`, choice `C` of a reading, decision `D`, and `S` to be stored. */
interface ImportSteps<P, C, D, S> {
  kind: MappedKind;
  /** Of the pages of the kind, such as `/imports`. */
  address: string;
  /** What is said when an upload was stored, and when it is read otherwise. */
  said: { stored: string; applied: string };
  preview(reader: Reader, uploadId: string, report: Report): Promise<P>;
  choose(reader: Reader, uploadId: string, choice: C, report: Report): Promise<void>;
  prepare(reader: Reader, uploadId: string, decision: D, report: Report): Promise<S>;
  /** Belongs into a transaction; gives the id of the batch. */
  store(prepared: S, report: Report): Promise<string>;
}

/** What may take longer than an answer, for one kind of file. */
export interface ImportWork<P, C, D> {
  of(userId: string, uploadId: string): Work<P> | null;
  forget(userId: string, uploadId: string): void;
  /** Begins to read an upload for its preview, on which `form` stands with what was typed. */
  beginReading(reader: Reader, uploadId: string, form: Work['form']): Work<P>;
  /** Begins to change how an upload is read. */
  beginChoice(reader: Reader, uploadId: string, choice: C, form: Work['form']): Work<P>;
  /** Begins to store an upload; while it is being stored by this process that is the answer to another sending. */
  beginConfirmation(
    reader: Reader,
    uploadId: string,
    decision: D,
    sending: Sending,
    form: Work['form'],
  ): Work<P>;
}

export function importWork<P, C, D, S>(steps: ImportSteps<P, C, D, S>): ImportWork<P, C, D> {
  const { address, said } = steps;
  const works = createWorks<P>();
  return {
    of: works.of,
    forget: works.forget,
    beginReading: (reader, uploadId, form) =>
      works.begin({ kind: 'reading', uploadId, userId: reader.userId, form }, async (report) => ({
        preview: await steps.preview(reader, uploadId, report),
      })),
    beginChoice: (reader, uploadId, choice, form) =>
      works.begin({ kind: 'choice', uploadId, userId: reader.userId, form }, async (report) => {
        await steps.choose(reader, uploadId, choice, report);
        return { location: `${address}/uploads/${uploadId}`, said: said.applied };
      }),
    beginConfirmation: (reader, uploadId, decision, sending, form) => {
      const { userId } = reader;
      const current = works.of(userId, uploadId);
      if (current?.kind === 'confirmation' && !current.ended) return current;
      return works.begin({ kind: 'confirmation', uploadId, userId, form }, async (report) => {
        const location = await confirm(steps, reader, uploadId, { decision, sending }, report);
        return { location, said: said.stored };
      });
    },
  };
}

/** Stores an upload once, however often that is sent, and leaves a trace of who does and since when. Gives its address. */
async function confirm<P, C, D, S>(
  steps: ImportSteps<P, C, D, S>,
  reader: Reader,
  uploadId: string,
  { decision, sending }: { decision: D; sending: Sending },
  report: Report,
): Promise<string> {
  let run: HeldRun | null = null;
  const prepare = async (): Promise<S> => {
    run = await beginRun(steps.kind, await ownUpload(steps.kind, reader, uploadId));
    const prepared = await steps.prepare(reader, uploadId, decision, report);
    await run.rest();
    return prepared;
  };
  const store = async (prepared: S): Promise<string> => {
    const batchId = await steps.store(prepared, report);
    await endRun(run!, batchId);
    return `${steps.address}/${batchId}`;
  };
  try {
    return await answerOnce(sending, store, prepare);
  } catch (error) {
    if (run) await breakRun(run, error);
    throw error;
  }
}
