/** What a photo tells beside its picture (place, device, time, thumbnail) is not kept: 个人信息保护法 6, 51. */

const SOI = 0xffd8;
const SOS = 0xda;
const EOI = 0xd9;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;

const ORIENTATION = 0x0112;
const SHORT = 3;

/**
 * A JPEG without EXIF, XMP, IPTC and comments; the picture's bytes, colour profile and orientation stay. Null when
 * its segments are not those of a JPEG. Every length is checked against the file.
 */
export function withoutJpegMetadata(bytes: Buffer): Buffer | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== SOI) return null;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let orientation = 1;
  let at = 2;
  for (;;) {
    if (at + 4 > bytes.length || bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === EOI) return null;
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return null;
    const segment = bytes.subarray(at, at + 2 + length);
    if (marker === SOS) {
      const picture = pictureFrom(bytes, at);
      return (
        picture && Buffer.concat([kept[0]!, ...orientationSegment(orientation), ...kept.slice(1), picture])
      );
    }
    if (marker === APP1) orientation = orientationOf(segment) ?? orientation;
    if (isKept(marker, segment)) kept.push(segment);
    at += 2 + length;
  }
}

/** Everything from the scan to the end mark; what a phone hangs behind it (a video, a second picture) is left out. */
function pictureFrom(bytes: Buffer, start: number): Buffer | null {
  let at = start + 2 + bytes.readUInt16BE(start + 2);
  while (at + 1 < bytes.length) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return null;
    const marker = bytes[at + 1]!;
    if (marker === EOI) return bytes.subarray(start, at + 2);
    // A stuffed zero, a restart mark and a fill byte belong to the scan; any other segment has a length.
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (at + 4 > bytes.length) return null;
    if (isMetadata(marker)) return null;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

function isKept(marker: number, segment: Buffer): boolean {
  if (marker === APP0 || marker === APP14) return true;
  if (marker === APP2) return segment.toString('latin1', 4, 15) === 'ICC_PROFILE';
  return !isMetadata(marker);
}

function isMetadata(marker: number): boolean {
  return (marker >= APP0 && marker <= APP15) || marker === COMMENT;
}

/** The orientation (1–8) that an EXIF segment gives; null when it gives none. */
function orientationOf(segment: Buffer): number | null {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return null;
  const tiff = segment.subarray(10);
  if (tiff.length < 14) return null;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return null;
  const entries = short(directory);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return null;
    if (short(at) !== ORIENTATION || short(at + 2) !== SHORT) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An EXIF segment that says how the picture is turned, and nothing else; none for a picture that is upright. */
function orientationSegment(orientation: number): Buffer[] {
  if (orientation === 1) return [];
  const segment = Buffer.alloc(36);
  segment.writeUInt16BE(0xff00 | APP1, 0);
  segment.writeUInt16BE(segment.length - 2, 2);
  segment.write('Exif\0\0MM\0*', 4, 'latin1');
  segment.writeUInt32BE(8, 14);
  segment.writeUInt16BE(1, 18);
  segment.writeUInt16BE(ORIENTATION, 20);
  segment.writeUInt16BE(SHORT, 22);
  segment.writeUInt32BE(1, 24);
  segment.writeUInt16BE(orientation, 28);
  return [segment];
}

const PNG_HEAD = 8;
const PNG_METADATA = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

/** A PNG without EXIF, texts and time; null when its chunks are not those of a PNG. */
export function withoutPngMetadata(bytes: Buffer): Buffer | null {
  const kept: Buffer[] = [bytes.subarray(0, PNG_HEAD)];
  let at = PNG_HEAD;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (!PNG_METADATA.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  return null;
}
