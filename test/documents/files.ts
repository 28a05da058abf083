/** Files as people bring them, small, with everything in them that must not be kept. */

const segment = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};

/** EXIF with an orientation and the words of a place. */
function exif(orientation: number, order: 'II' | 'MM'): Buffer {
  const little = order === 'II';
  const number = (value: number, size: 2 | 4): Buffer => {
    const bytes = Buffer.alloc(size);
    if (size === 2) bytes[little ? 'writeUInt16LE' : 'writeUInt16BE'](value);
    else bytes[little ? 'writeUInt32LE' : 'writeUInt32BE'](value);
    return bytes;
  };
  const entry = (tag: number, type: number, value: Buffer): Buffer =>
    Buffer.concat([number(tag, 2), number(type, 2), number(1, 4), value]);
  return Buffer.concat([
    ...[Buffer.from('Exif\0\0', 'latin1'), Buffer.from(order), number(42, 2), number(8, 4), number(2, 2)],
    entry(0x0112, 3, Buffer.concat([number(orientation, 2), Buffer.alloc(2)])),
    entry(0x8825, 4, number(38, 4)),
    ...[number(0, 4), Buffer.from('GPS-31.9N-120.4E')],
  ]);
}

/** A JPEG from a phone: EXIF with its place, XMP, IPTC, a comment, and something hung behind its end. */
export function aJpeg({
  orientation = 1,
  order = 'II',
}: { orientation?: number; order?: 'II' | 'MM' } = {}): {
  bytes: Buffer;
  picture: Buffer;
} {
  const picture = Buffer.concat([
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, Buffer.from('0800010001010111', 'hex')),
    segment(0xda, Buffer.from('0101003f00', 'hex')),
    Buffer.from('12ff0034ffd056', 'hex'),
    Buffer.from('ffd9', 'hex'),
  ]);
  const bytes = Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    segment(0xe0, Buffer.from('JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0', 'latin1')),
    segment(0xe1, exif(orientation, order)),
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>', 'latin1')),
    segment(0xe2, Buffer.from('ICC_PROFILE\0\u0001\u0001profile', 'latin1')),
    segment(0xed, Buffer.from('Photoshop 3.0\0', 'latin1')),
    segment(0xfe, Buffer.from('a comment')),
    picture,
    Buffer.from('trailer'),
  ]);
  return { bytes, picture };
}

export function aPng(): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, Buffer.from(type), content, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.from('00000001000000010802000000', 'hex')),
    chunk('tEXt', Buffer.from('Comment\0where it was taken')),
    chunk('eXIf', exif(1, 'MM').subarray(6)),
    chunk('IDAT', Buffer.from('789c63000100000500010d0a2db4', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const A_PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
export const AN_MP3 = Buffer.concat([
  Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1'),
  Buffer.from('fffb9064', 'hex'),
  Buffer.alloc(600),
]);
