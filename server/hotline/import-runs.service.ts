import { Op } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { ImportRun } from '../../models/imports.ts';
import { Upload } from '../../models/uploads.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { townsToImport } from './batches.queries.ts';
import type { FileKind } from './file-kinds.rules.ts';
import { now } from '../shared/clock.ts';
import { Conflict, Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';

const BEAT_MS = 15_000;
/** A run whose process gave no sign of life for so long was cut off; it stored nothing, for what it stores says so itself. */
const CUT_OFF_MS = 90_000;

/** 409: the same upload is being stored, by this process or another. */
export class AlreadyRunning extends Conflict {
  constructor() {
    super('hotline.errors.importRunning');
  }
}

/** An upload that is being stored, or was until it stopped. */
export interface RunState {
  uploadId: string;
  fileName: string;
  since: Date;
  batchId: string | null;
  running: boolean;
}

/** The only run of an upload, held by whoever began it. */
export interface HeldRun {
  uploadId: string;
  holder: string;
  /** To be called before the transaction in which it stores: a beat would wait for that. */
  rest(): Promise<void>;
  /** No more beats. */
  over(): void;
}

/** Begins the run of an upload. @throws AlreadyRunning */
export async function beginRun(
  kind: FileKind,
  upload: Pick<Upload, 'id' | 'townId' | 'userId' | 'fileName'>,
): Promise<HeldRun> {
  const [uploadId, holder] = [upload.id, newId()];
  try {
    await inTx(() => takeRun(kind, upload, holder));
  } catch (error) {
    throw isUniqueViolation(error) ? new AlreadyRunning() : error;
  }
  const beat = async (): Promise<void> => {
    await ImportRun.update({ aliveAt: now() }, { where: { uploadId, holder } }).catch(() => undefined);
  };
  const beats = setInterval(() => void beat(), BEAT_MS).unref();
  const over = (): void => clearInterval(beats);
  const rest = async (): Promise<void> => {
    over();
    await beat();
  };
  return { uploadId, holder, rest, over };
}

async function takeRun(
  kind: FileKind,
  { id: uploadId, townId, userId, fileName }: Pick<Upload, 'id' | 'townId' | 'userId' | 'fileName'>,
  holder: string,
): Promise<void> {
  const begun = { holder, startedAt: now(), aliveAt: now(), endedAt: null };
  const over = { [Op.or]: [{ endedAt: { [Op.ne]: null } }, { aliveAt: { [Op.lt]: cutOff() } }] };
  const [again] = await ImportRun.update(begun, { where: { uploadId, batchId: null, ...over } });
  if (again === 1) return;
  if (await ImportRun.findByPk(uploadId)) throw new AlreadyRunning();
  await ImportRun.create({ ...begun, uploadId, kind, townId, userId, fileName });
}

/** The run stored this batch; belongs into its transaction. @throws AlreadyRunning when another run took its place */
export async function endRun({ uploadId, holder }: HeldRun, batchId: string): Promise<void> {
  const stored = { endedAt: now(), batchId };
  const [ended] = await ImportRun.update(stored, { where: { uploadId, holder, endedAt: null } });
  if (ended !== 1) throw new AlreadyRunning();
}

/** The run stored nothing; what was refused needs no trace. */
export async function breakRun({ uploadId, holder, over }: HeldRun, error: unknown): Promise<void> {
  over();
  const where = { uploadId, holder, endedAt: null };
  if (error instanceof Stale || error instanceof Unacceptable) await ImportRun.destroy({ where });
  else await ImportRun.update({ endedAt: now() }, { where });
}

/** How the reader's own run of an upload stands; null when it was never begun. */
export async function findRun(
  kind: FileKind,
  { userId }: Reader,
  uploadId: string,
): Promise<RunState | null> {
  const run = await ImportRun.findOne({ where: { uploadId, kind, userId } });
  return run && stateOf(run);
}

/** A run with who began it, and whether that is the reader. */
export type ListedRun = RunState & { own: boolean; startedBy: string };

/** The uploads of the reader's towns that are being stored, or stopped and can be begun again. */
export async function listRuns(kind: FileKind, reader: Reader): Promise<ListedRun[]> {
  const towns = await townsToImport(kind, reader);
  const runs = await ImportRun.findAll({
    where: { townId: towns.map(({ id }) => id), kind, batchId: null },
    order: [['startedAt', 'DESC']],
    limit: 100,
  });
  const [uploads, users] = await Promise.all([
    Upload.findAll({
      where: { id: runs.map(({ uploadId }) => uploadId), expiresAt: { [Op.gt]: now() } },
      attributes: ['id'],
      raw: true,
    }),
    User.findAll({
      where: { id: runs.map(({ userId }) => userId) },
      attributes: ['id', 'displayName'],
      raw: true,
    }),
  ]);
  const waiting = new Set(uploads.map(({ id }) => id));
  return runs
    .filter(({ uploadId }) => waiting.has(uploadId))
    .map((run) => ({
      ...stateOf(run),
      own: run.userId === reader.userId,
      startedBy: users.find(({ id }) => id === run.userId)?.displayName ?? '',
    }));
}

function stateOf({ uploadId, fileName, startedAt, aliveAt, endedAt, batchId }: ImportRun): RunState {
  return { uploadId, fileName, since: startedAt, batchId, running: endedAt === null && aliveAt >= cutOff() };
}

function cutOff(): Date {
  return new Date(now().getTime() - CUT_OFF_MS);
}
