import { isPhone, maskPhone } from '../shared/personal-data.rules.ts';

/**
 * The phone number that a field means: nothing, the stored one where its mask was left as it stood, or what was
 * typed, half width and without spaces. Undefined when that is no phone number.
 */
export function readPhoneField(typed: string | null, stored: string | null): string | null | undefined {
  if (typed === null) return null;
  if (stored !== null && typed === maskPhone(stored)) return stored;
  const phone = typed.normalize('NFKC').replace(/\s/g, '');
  return isPhone(phone) ? phone : undefined;
}

/** A stored phone as a form shows it. */
export function phoneInForm(stored: string | null): string {
  return stored === null ? '' : maskPhone(stored);
}
