import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** The keys derived from the process's secret: one encrypts, the other makes look-up values. */
interface DataKey {
  id: string;
  cipher: Buffer;
  lookup: Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
let dataKey: DataKey | undefined;

/** Sets the process's secret (32 bytes) and returns the key's id, which the database keeps to notice a wrong one. */
export function useDataKey(secret: Buffer): string {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  dataKey = {
    id: derive('key id').toString('hex').slice(0, 8),
    cipher: derive('personal data'),
    lookup: derive('exact look-up'),
  };
  return dataKey.id;
}

/** Personal data at rest (个人信息保护法 51): AES-256-GCM as `keyId.base64(nonce + tag + ciphertext)`. */
export function encrypt(text: string): string {
  return `${currentKey().id}.${encryptBytes(Buffer.from(text, 'utf8')).toString('base64')}`;
}

/** @throws Error when the value was changed or belongs to another key */
export function decrypt(stored: string): string {
  const [id, body = ''] = stored.split('.');
  if (id !== currentKey().id)
    throw new Error(`personal data of key ${id} cannot be read with key ${currentKey().id}`);
  return decryptBytes(Buffer.from(body, 'base64')).toString('utf8');
}

export function encryptBytes(plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', currentKey().cipher, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Far below 16 MiB, above which MariaDB drops the connection. */
export const PART_BYTES = 512 * 1024;

/** A file in encrypted parts, each for a row of its own. */
export function* encryptedParts(bytes: Buffer): Generator<{ position: number; bytes: Buffer }> {
  for (let at = 0, position = 0; at < bytes.length; at += PART_BYTES, position++)
    yield { position, bytes: encryptBytes(bytes.subarray(at, at + PART_BYTES)) };
}

export function decryptBytes(stored: Buffer): Buffer {
  const nonce = stored.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', currentKey().cipher, nonce);
  decipher.setAuthTag(stored.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(stored.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

/** A keyed digest (hex) by which an encrypted value can be found again when it is known exactly. */
export function lookupHash(text: string): string {
  return createHmac('sha256', currentKey().lookup).update(text).digest('hex');
}

function currentKey(): DataKey {
  if (!dataKey) throw new Error('useDataKey has not been called');
  return dataKey;
}
