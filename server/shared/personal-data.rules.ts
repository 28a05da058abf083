import { isCalendarDay, type CalendarDay } from './calendar-day.ts';

/** A phone number as it stands on screen and paper, '138****1234'; a short one keeps its last four digits at most. */
export function maskPhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/[^\d]/g, '');
  if (digits.length >= 11) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return digits.length >= 7 ? `****${digits.slice(-4)}` : '****';
}

/** Whether a text is an 11-digit mobile number, or a landline with its area code and perhaps an extension. */
export function isPhone(text: string): boolean {
  return /^(?:1\d{10}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?)$/.test(text);
}

/** Whether a text is a mail address as people have them: nothing quoted, no comment, no second address. */
export function isMailAddress(text: string): boolean {
  return (
    text.length <= 120 &&
    /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(
      text,
    )
  );
}

/** An ID number as it stands on screen and paper, '320281********1234'; any other document keeps its last two characters. */
export function maskIdNumber(idNumber: string): string {
  const text = idNumber.normalize('NFKC').trim();
  if (/^\d{17}[\dXx]$/.test(text)) return `${text.slice(0, 6)}********${text.slice(-4)}`;
  return text.length >= 6 ? `****${text.slice(-2)}` : '****';
}

/** A name of which only the first character is shown, '王**', '李*'; never more than two stars. */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  if (characters.length <= 1) return characters.length === 0 ? '' : '*';
  return characters[0]! + '*'.repeat(Math.min(characters.length - 1, 2));
}

const AND_OTHERS =
  /^([^等]{2,}?)[(（]?等(?:\d+|[几一二两三四五六七八九十百千]+)?(?:多|余|来)?(?:名|个|位)?(?:农民工|工人|员工|职工|工友|人)?[)）]?$/u;

/** Of 李建军等12人 and 李建军、王芳等人 the one who speaks for them, 李建军; any other name as it is. */
export function leadName(written: string): string {
  const [, names] = AND_OTHERS.exec(written.trim()) ?? [];
  return names === undefined ? written : names.split(/[、,，]/)[0]!.trim();
}

/** A bank account of which only the last four digits are shown, '****6789'. */
export function maskBankAccount(account: string): string {
  const digits = account.normalize('NFKC').replace(/[^\d]/g, '');
  return digits.length >= 8 ? `****${digits.slice(-4)}` : '****';
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECK_DIGITS = '10X98765432';

/** The 18th character of an ID number from its first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function idNumberCheckDigit(first17: string): string {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return ID_CHECK_DIGITS[sum % 11]!;
}

/** Whether a text is an 18-digit ID number with an existing birth date and the right check digit (GB 11643-1999). */
export function isIdNumber(text: string): boolean {
  return (
    /^[1-9]\d{16}[\dX]$/.test(text) &&
    isCalendarDay(writtenBirthDate(text)) &&
    idNumberCheckDigit(text.slice(0, 17)) === text[17]
  );
}

/** The birth date in an ID number; null when it is not one. */
export function birthDateOf(idNumber: string): CalendarDay | null {
  return isIdNumber(idNumber) ? writtenBirthDate(idNumber) : null;
}

/** The gender in an ID number (17th digit odd: male); null when it is not one. */
export function genderOf(idNumber: string): 'male' | 'female' | null {
  if (!isIdNumber(idNumber)) return null;
  return Number(idNumber[16]) % 2 === 1 ? 'male' : 'female';
}

function writtenBirthDate(idNumber: string): string {
  return `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
}

/** Surnames of two characters (复姓). */
export const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  '欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 宇文 长孙 端木 南宫 独孤'.split(' '),
);

/** Whether a text may be meant as a surname: one Chinese character, or a surname of two; it may be a word as well. */
export function isSurname(text: string): boolean {
  return /^\p{Script=Han}$/u.test(text) || COMPOUND_SURNAMES.has(text);
}
