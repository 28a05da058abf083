import { fileTypeFromBuffer } from 'file-type';
import { Unacceptable } from './errors.ts';
import { ATTACHMENT_TYPES } from './file-types.rules.ts';
import { withoutJpegMetadata, withoutPngMetadata } from './photo-metadata.ts';

const OLE = 'application/x-cfb';
const MARKUP = /^\uFEFF?\s*(?:<\?xml|<!doctype|<svg|<html|<head|<body|<script|#!|<\?php)/i;

/** What a phone's camera makes. */
const LARGEST_PHOTO = 10 * 1024 * 1024;
const PHOTO_TYPES = ['image/jpeg', 'image/png'];

/** A photo that was looked at, before it is kept. */
export interface TidyPhoto {
  contentType: string;
  bytes: Buffer;
}

const refused = (fault: string): Unacceptable => new Unacceptable(`documents.errors.${fault}`, {}, 'file');

/**
 * A file as it is kept: its type by its bytes, and a photo without what it tells beside its picture.
 * @throws Unacceptable for a type that is not taken: a page, a drawing or a script that could run, macros
 */
export async function tidyAttachment(bytes: Buffer): Promise<{ contentType: string; bytes: Buffer }> {
  if (bytes.length === 0) throw refused('emptyFile');
  if (MARKUP.test(bytes.toString('utf8', 0, 1024))) throw refused('runnable');
  const contentType = await typeOf(bytes);
  if (contentType === 'image/jpeg') return { contentType, bytes: whole(withoutJpegMetadata(bytes)) };
  if (contentType === 'image/png') return { contentType, bytes: whole(withoutPngMetadata(bytes)) };
  return { contentType, bytes };
}

/** A photo by what its bytes say, without what it tells of place and phone. @throws Unacceptable for anything else */
export async function tidyPhoto(bytes: Buffer): Promise<TidyPhoto> {
  if (bytes.length > LARGEST_PHOTO)
    throw new Unacceptable('documents.errors.tooLarge', { max: LARGEST_PHOTO / 2 ** 20 }, 'file');
  const photo = await tidyAttachment(bytes);
  if (!PHOTO_TYPES.includes(photo.contentType)) throw refused('photoOnly');
  return photo;
}

async function typeOf(bytes: Buffer): Promise<string> {
  const found = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime;
  const type = found === OLE ? oldOfficeType(bytes) : found;
  if (type === undefined || !Object.hasOwn(ATTACHMENT_TYPES, type)) throw refused('unknownType');
  return type;
}

/** Word and Excel before 2007 name their main stream in UTF-16; one with macros is refused. */
function oldOfficeType(bytes: Buffer): string | undefined {
  const has = (name: string): boolean => bytes.includes(Buffer.from(name, 'utf16le'));
  if (has('_VBA_PROJECT')) throw refused('macros');
  if (has('WordDocument')) return 'application/msword';
  return has('Workbook') ? 'application/vnd.ms-excel' : undefined;
}

function whole(bytes: Buffer | null): Buffer {
  if (bytes === null) throw refused('damagedPhoto');
  return bytes;
}
