/** 壹拾 of bills and 两 of speech as the plain numerals. */
const PLAIN: Record<string, string> = {
  ...{ 壹: '一', 贰: '二', 叁: '三', 肆: '四', 伍: '五', 陆: '六', 柒: '七', 捌: '八', 玖: '九' },
  ...{ 拾: '十', 佰: '百', 仟: '千', 萬: '万', 億: '亿', 两: '二', 〇: '零' },
};
const DIGITS = '零一二三四五六七八九';
const NUMERAL = '[一二三四五六七八九1-9]';
const SECTION = new RegExp(
  `^(?:(${NUMERAL})千)?(零)?(?:(${NUMERAL})百)?(零)?(?:(${NUMERAL}?)十)?(零)?(${NUMERAL})?$`,
);

/**
 * A whole number in Chinese numerals: 二十万, 三千五百, 壹万贰仟, 3万5千, 十二万零六百; a digit at the end counts in the
 * next smaller unit, as it is said (一万二 is 12,000). Null for anything else, such as 两三万 and 十几万.
 */
export function readChineseNumber(text: string): number | null {
  const plain = text.replace(/./gu, (character) => PLAIN[character] ?? character);
  const parts = /^(?:([^万亿]+)亿)?(?:([^万亿]+)万)?([^万亿]*)$/.exec(plain);
  if (!parts || plain === '') return null;
  const [, hundredMillions, tenThousands, rest = ''] = parts;
  const above = tenThousands !== undefined ? 10_000 : hundredMillions !== undefined ? 100_000_000 : 1;
  const values = [
    hundredMillions === undefined ? 0 : whole(hundredMillions),
    tenThousands === undefined ? 0 : whole(tenThousands),
    rest === '' ? 0 : sectionOf(rest, above),
  ];
  if (values.includes(null)) return null;
  const [high, middle, low] = values as [number, number, number];
  return high * 100_000_000 + middle * 10_000 + low;
}

/** What stands before 万 or 亿: 十二 or 12. */
function whole(text: string): number | null {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : sectionOf(text.replace(/^零/, ''), 0);
}

/** A number below 10,000 behind the unit `above`; with 0 its last digit always counts in ones. */
function sectionOf(text: string, above: number): number | null {
  const match = SECTION.exec(text);
  if (!match || text === '') return null;
  const [, thousands, gap, hundreds, secondGap, tens, lastGap, ones] = match;
  const smallest = tens !== undefined ? 10 : hundreds ? 100 : thousands ? 1000 : above;
  const said = ones !== undefined && !(gap || secondGap || lastGap) && smallest > 10;
  if (said && above === 0) return null;
  return (
    digit(thousands) * 1000 +
    digit(hundreds) * 100 +
    (tens === undefined ? 0 : digit(tens || '一') * 10) +
    digit(ones) * (said ? smallest / 10 : 1)
  );
}

function digit(character: string | undefined): number {
  if (character === undefined) return 0;
  const index = DIGITS.indexOf(character);
  return index === -1 ? Number(character) : index;
}
