import QRCode from 'qrcode';

/** A QR code as an SVG prints it: the box of its drawing, with the quiet zone, and one path of dark modules. */
export interface QrCode {
  viewBox: string;
  path: string;
}

const QUIET_ZONE = 4;

/** The QR code of a text, at level M (15 % may be covered or worn). */
export function qrCode(text: string): QrCode {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const runs: string[] = [];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const from = column;
      while (column < size && data[row * size + column]) column++;
      if (column > from) runs.push(`M${from} ${row}h${column - from}v1h-${column - from}z`);
    }
  const box = size + 2 * QUIET_ZONE;
  return { viewBox: `-${QUIET_ZONE} -${QUIET_ZONE} ${box} ${box}`, path: runs.join('') };
}
