/**
 * What a phone reads from a QR code that was printed as a path: a reader of its own, by ISO/IEC 18004, for codes of
 * version 1 to 6 at level M that nothing has damaged.
 */

/** Data codewords and blocks of level M by version. */
const LEVEL_M = [
  [16, 1],
  [28, 1],
  [44, 1],
  [64, 2],
  [86, 2],
  [108, 4],
] as const;

const MASKS: ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** The text of the QR code in a page: its path with its box. */
export function readQr(html: string): string {
  const [, box, path] = /<svg class="qr" viewBox="-4 -4 (\d+) \d+"[^>]*><path d="([^"]+)"/.exec(html)!;
  const size = Number(box) - 8;
  const dark = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const [, column, row, run] of path!.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    dark[Number(row)]!.fill(true, Number(column), Number(column) + Number(run));
  return textOf(codewordsOf(dark));
}

function codewordsOf(dark: boolean[][]): number[] {
  const size = dark.length;
  const mask = MASKS[maskNumber(dark)]!;
  const bits: boolean[] = [];
  let upward = true;
  for (let right = size - 1; right > 0; right -= 2, upward = !upward) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const row = upward ? size - 1 - step : step;
      for (const column of [right, right - 1])
        if (!isFunction(row, column, size)) bits.push(dark[row]![column]! !== mask(row, column));
    }
  }
  const [codewords, blocks] = LEVEL_M[(size - 21) / 4]!;
  const sent = Array.from({ length: codewords }, (_, index) =>
    numberOf(bits.slice(index * 8, index * 8 + 8)),
  );
  return Array.from({ length: blocks }, (_, block) =>
    sent.filter((_, index) => index % blocks === block),
  ).flat();
}

/** The three bits beside the upper left finder that name the mask. */
function maskNumber(dark: boolean[][]): number {
  return numberOf([2, 3, 4].map((column) => dark[8]![column]!)) ^ 0b101;
}

function isFunction(row: number, column: number, size: number): boolean {
  const finder =
    (row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9);
  const centre = size - 7;
  const alignment = size > 21 && Math.abs(row - centre) <= 2 && Math.abs(column - centre) <= 2;
  return finder || alignment || row === 6 || column === 6;
}

function textOf(codewords: number[]): string {
  const bits = codewords.flatMap((word) =>
    [...Array(8).keys()].map((bit) => ((word >> (7 - bit)) & 1) === 1),
  );
  let at = 0;
  const take = (count: number): number => numberOf(bits.slice(at, (at += count)));
  let bytes: number[] = [];
  for (let mode = take(4); mode !== 0; mode = bits.length - at < 4 ? 0 : take(4)) {
    if (mode === 4) bytes = bytes.concat(Array.from({ length: take(8) }, () => take(8)));
    else if (mode === 2) bytes.push(...Buffer.from(alphanumeric(take(9), take)));
    else if (mode === 1) bytes.push(...Buffer.from(numeric(take(10), take)));
    else throw new Error(`a mode that this reader does not know: ${mode}`);
  }
  return Buffer.from(bytes).toString();
}

function alphanumeric(length: number, take: (count: number) => number): string {
  let text = '';
  for (; length > 1; length -= 2) {
    const pair = take(11);
    text += ALPHANUMERIC[Math.floor(pair / 45)]! + ALPHANUMERIC[pair % 45]!;
  }
  return length === 1 ? text + ALPHANUMERIC[take(6)]! : text;
}

function numeric(length: number, take: (count: number) => number): string {
  let text = '';
  for (; length > 0; length -= 3) {
    const digits = Math.min(length, 3);
    text += String(take([4, 7, 10][digits - 1]!)).padStart(digits, '0');
  }
  return text;
}

function numberOf(bits: boolean[]): number {
  return bits.reduce((sum, bit) => sum * 2 + (bit ? 1 : 0), 0);
}
