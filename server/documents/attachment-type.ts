import { fileTypeFromBuffer } from 'file-type';
import { Unacceptable } from '../shared/errors.ts';
import { ATTACHMENT_TYPES } from './attachment.rules.ts';
import { withoutJpegMetadata, withoutPngMetadata } from './photo-metadata.ts';

const OLE = 'application/x-cfb';
const MARKUP = /^\uFEFF?\s*(?:<\?xml|<!doctype|<svg|<html|<head|<body|<script|#!|<\?php)/i;

const refused = (fault: string): Unacceptable => new Unacceptable(`documents.errors.${fault}`, {}, 'file');

/**
 * A file as it is kept: its type by its bytes, and a photo without what it tells beside its picture.
 * @throws Unacceptable for a type that a case does not take: a page, a drawing or a script that could run, macros
 */
export async function tidyAttachment(bytes: Buffer): Promise<{ contentType: string; bytes: Buffer }> {
  if (bytes.length === 0) throw refused('emptyFile');
  if (MARKUP.test(bytes.toString('utf8', 0, 1024))) throw refused('runnable');
  const contentType = await typeOf(bytes);
  if (contentType === 'image/jpeg') return { contentType, bytes: whole(withoutJpegMetadata(bytes)) };
  if (contentType === 'image/png') return { contentType, bytes: whole(withoutPngMetadata(bytes)) };
  return { contentType, bytes };
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
