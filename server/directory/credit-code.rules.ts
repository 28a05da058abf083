const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const FORM = /^[0-9A-HJ-NP-RTUWXY]{18}$/;

/** A unified social credit code as typed or imported: half width, capitals, without spaces and hyphens. */
export function tidyCreditCode(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
}

/** The 18th character of a unified social credit code from its first 17 (GB 32100-2015, 4.6; weights 3^i mod 31). */
export function creditCodeCheckDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * CHARACTERS.indexOf(first17[i]!), 0);
  return CHARACTERS[(31 - (sum % 31)) % 31]!;
}

/** Whether a tidied text is a unified social credit code with the right check digit (GB 32100-2015). */
export function isCreditCode(code: string): boolean {
  return FORM.test(code) && creditCodeCheckDigit(code.slice(0, 17)) === code[17];
}
