import type { FieldError } from '../shared/errors.ts';

export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;

/** Long passwords that everybody tries first; shorter ones are refused by their length. */
const COMMON = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456123456',
  '123123123123',
  '111111111111',
  '000000000000',
  '888888888888',
  '666666666666',
  'password1234',
  'password12345',
  'passwordpassword',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwerty123456',
  'qwertyuiopasdf',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  'abc123456789',
  'a12345678910',
  'admin1234567',
  'administrator',
  'woaini123456',
  'woaini1314520',
  'wodemima1234',
  'iloveyou1234',
  'letmein12345',
  'changeme1234',
]);

/** What is wrong with a new password, or null: at least 12 characters, not common, not the account's own name. */
export function passwordFault(password: string, username: string): Omit<FieldError, 'field'> | null {
  const text = password.toLowerCase();
  if ([...password].length < PASSWORD_LENGTH.least)
    return { sentence: 'accounts.errors.passwordShort', values: { least: PASSWORD_LENGTH.least } };
  if (password.length > PASSWORD_LENGTH.most)
    return { sentence: 'accounts.errors.passwordLong', values: { most: PASSWORD_LENGTH.most } };
  if (COMMON.has(text) || new Set(text).size < 5) return { sentence: 'accounts.errors.passwordCommon' };
  if (text.includes(username.toLowerCase())) return { sentence: 'accounts.errors.passwordHasName' };
  return null;
}
