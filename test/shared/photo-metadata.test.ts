import { expect } from 'chai';
import fc from 'fast-check';
import { withoutJpegMetadata, withoutPngMetadata } from '../../server/shared/photo-metadata.ts';
import { aJpeg, aPng } from '../documents/files.ts';

describe('what a photo tells beside its picture', () => {
  it('place, device, texts and comments leave a JPEG; its picture stays byte for byte', () => {
    const photo = aJpeg();
    expect(photo.bytes.includes('GPS-31.9N-120.4E')).to.equal(true);
    const tidy = withoutJpegMetadata(photo.bytes)!;
    for (const said of [
      'GPS-31.9N-120.4E',
      'Exif',
      'http://ns.adobe.com/xap',
      'Photoshop',
      'a comment',
      'trailer',
    ])
      expect(tidy.includes(said), said).to.equal(false);
    expect(tidy.includes(photo.picture)).to.equal(true);
    expect(tidy.includes('JFIF')).to.equal(true);
    expect(tidy.includes('ICC_PROFILE')).to.equal(true);
    expect(withoutJpegMetadata(tidy), 'tidy already').to.deep.equal(tidy);
  });

  for (const order of ['II', 'MM'] as const) {
    it(`how a picture is turned is kept, from ${order}`, () => {
      const tidy = withoutJpegMetadata(aJpeg({ orientation: 6, order }).bytes)!;
      expect(tidy.includes('GPS-31.9N-120.4E')).to.equal(false);
      const exif = tidy.indexOf('Exif');
      expect(exif).to.be.greaterThan(0);
      expect(tidy.readUInt16BE(exif + 24), 'the value of its only entry').to.equal(6);
      expect(withoutJpegMetadata(tidy)).to.deep.equal(tidy);
    });
  }

  it('a JPEG with a length beyond its end, cut off, or without a picture is none', () => {
    const { bytes } = aJpeg();
    expect(withoutJpegMetadata(bytes.subarray(0, 40))).to.equal(null);
    expect(withoutJpegMetadata(Buffer.from('ffd8ffe1ffff00', 'hex'))).to.equal(null);
    expect(withoutJpegMetadata(Buffer.from('ffd8ffe1000100', 'hex'))).to.equal(null);
    expect(withoutJpegMetadata(Buffer.from('ffd8ffd9', 'hex'))).to.equal(null);
    expect(withoutJpegMetadata(Buffer.from('<html>'))).to.equal(null);
  });

  it('whatever bytes come, it ends, and never says more than they did', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        const bytes = Buffer.concat([Buffer.from('ffd8', 'hex'), Buffer.from(tail)]);
        const tidy = withoutJpegMetadata(bytes);
        expect(tidy === null || tidy.length <= bytes.length + 36).to.equal(true);
      }),
    );
  });

  it('texts and EXIF leave a PNG', () => {
    const png = aPng();
    const tidy = withoutPngMetadata(png)!;
    for (const type of ['tEXt', 'eXIf']) {
      expect(png.includes(type)).to.equal(true);
      expect(tidy.includes(type)).to.equal(false);
    }
    expect(tidy.includes('IDAT')).to.equal(true);
    expect(withoutPngMetadata(png.subarray(0, 30))).to.equal(null);
  });
});
