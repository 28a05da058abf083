import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Op } from 'sequelize';
import { inTx } from '../../models/dialect.ts';
import { decryptBytes, encryptedParts, PART_BYTES } from '../../models/encryption.ts';
import { Upload, UploadChunk } from '../../models/uploads.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { now } from '../shared/clock.ts';
import { NotFound, Stale } from '../shared/errors.ts';
import { FILE_KINDS, type FileKind, type FileMappings } from './file-kinds.rules.ts';

const KEPT_MS = 24 * 3_600_000;

/** A file as it was uploaded. */
export interface UploadedFile {
  fileName: string;
  bytes: Buffer;
}

/** An upload of the reader's own, with its decrypted bytes. */
export interface OpenUpload<K extends FileKind = 'tickets'> extends UploadedFile {
  id: string;
  townId: string;
  sha256: string;
  mapping: FileMappings[K];
}

/** Keeps a file for a day, encrypted, until it is confirmed; files whose day is over are removed. Gives its id. */
export async function keepUpload<K extends FileKind>(
  kind: K,
  reader: Reader,
  townId: string,
  { fileName, bytes }: UploadedFile,
  mapping: FileMappings[K],
): Promise<string> {
  return inTx(async () => {
    await removeExpired();
    const { id } = await Upload.create({
      kind,
      userId: reader.userId,
      townId,
      fileName,
      byteLength: bytes.length,
      sha256: sha256Of(bytes),
      mapping,
      expiresAt: new Date(now().getTime() + KEPT_MS),
    });
    for (const part of encryptedParts(bytes)) await UploadChunk.create({ uploadId: id, ...part });
    return id;
  });
}

/** @throws NotFound for an upload that is not the reader's own, of another kind, whose day is over, or that there is not */
export async function openUpload<K extends FileKind>(
  kind: K,
  reader: Reader,
  uploadId: string,
): Promise<OpenUpload<K>> {
  const upload = await ownUpload(kind, reader, uploadId);
  const { id, townId, fileName, sha256, byteLength } = upload;
  const mapping = upload.mapping as FileMappings[K];
  return { id, townId, fileName, sha256, mapping, bytes: await readBytes(uploadId, byteLength) };
}

/** One chunk at a time, so that a large file is in memory once. */
async function readBytes(uploadId: string, byteLength: number): Promise<Buffer> {
  const bytes = Buffer.alloc(byteLength);
  for (let at = 0, position = 0; at < byteLength; at += PART_BYTES, position++) {
    const chunk = await UploadChunk.findOne({ where: { uploadId, position }, raw: true });
    if (!chunk) throw new NotFound();
    decryptBytes(chunk.bytes).copy(bytes, at);
  }
  return bytes;
}

/** Changes how an upload is read. @throws NotFound */
export async function keepMapping<K extends FileKind>(
  kind: K,
  reader: Reader,
  uploadId: string,
  mapping: FileMappings[K],
): Promise<void> {
  const upload = await ownUpload(kind, reader, uploadId);
  await upload.update({ mapping });
}

/**
 * Removes an upload that was read by this mapping.
 * @throws NotFound when it is gone, Stale when it is read otherwise by now
 */
export async function takeUpload(uploadId: string, mapping: FileMappings[FileKind]): Promise<void> {
  const upload = await Upload.findByPk(uploadId);
  if (upload && !isDeepStrictEqual(upload.mapping, mapping)) throw new Stale();
  if ((await removeUpload(uploadId)) === 0) throw new NotFound();
}

async function removeUpload(uploadId: string): Promise<number> {
  await UploadChunk.destroy({ where: { uploadId } });
  return Upload.destroy({ where: { id: uploadId } });
}

/** The digest by which two files with the same bytes are known. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** An upload without its bytes. @throws NotFound like `openUpload` */
export async function ownUpload(kind: FileKind, reader: Reader, uploadId: string): Promise<Upload> {
  const upload = await Upload.findOne({
    where: { id: uploadId, kind, userId: reader.userId, expiresAt: { [Op.gt]: now() } },
  });
  if (!upload || !may(reader, FILE_KINDS[kind], { townId: upload.townId })) throw new NotFound();
  return upload;
}

async function removeExpired(): Promise<void> {
  const expired = await Upload.findAll({
    where: { expiresAt: { [Op.lte]: now() } },
    attributes: ['id'],
    raw: true,
  });
  for (const { id } of expired) await removeUpload(id);
}
