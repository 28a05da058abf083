import { refusal } from './rows.ts';

const OLE_MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED_WORKBOOK = Buffer.from('EncryptedPackage', 'utf16le');
const WORD_DOCUMENT = Buffer.from('WordDocument', 'utf16le');
const MARKUP = /^\uFEFF?\s*<(?:!doctype|html|head|meta|table|div|\?xml|\?mso)/i;

/**
 * What a file is by its content; its name does not count. Throws Unacceptable with the way out for an empty
 * file, an old .xls, a protected workbook, a PDF, a Word document, a web page under another name, and anything that is
 * not text.
 */
export function fileKind(bytes: Buffer): 'xlsx' | 'csv' {
  if (bytes.length === 0) throw refusal('emptyFile');
  if (bytes.subarray(0, OLE_MAGIC.length).equals(OLE_MAGIC)) {
    if (bytes.includes(ENCRYPTED_WORKBOOK)) throw refusal('protectedFile');
    throw refusal(bytes.includes(WORD_DOCUMENT) ? 'wordFile' : 'oldExcel');
  }
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return 'xlsx';
  const start = bytes.subarray(0, 4096);
  if (start.includes('%PDF-')) throw refusal('pdfFile');
  if (start.toString('latin1', 0, 5) === '{\\rtf') throw refusal('wordFile');
  if (MARKUP.test(start.toString('utf8'))) throw refusal('webPage');
  if (!isUtf16(bytes) && start.includes(0)) throw refusal('unknownType');
  return 'csv';
}

/** Whether the bytes begin with a UTF-16 byte order mark, as Excel's "Unicode text" does. */
export function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
