import { expect } from 'chai';
import { passwordFault } from '../../server/accounts/password.rules.ts';
import { isUsername } from '../../server/accounts/username.rules.ts';

describe('a new password', () => {
  const cases: [string, string, string | null][] = [
    ['a sentence', '今天下午三点开调解会议室', null],
    ['words', 'correct horse battery', null],
    ['eleven characters', 'abcdefghijk', 'accounts.errors.passwordShort'],
    ['twelve emoji count as twelve', '🐎🔋📎🐖🍎🌂🚲🎻🧵🪡🧶🪢', null],
    ['too long', 'abcdefgh'.repeat(26), 'accounts.errors.passwordLong'],
    ['a common one in capitals', 'PASSWORD1234', 'accounts.errors.passwordCommon'],
    ['four different characters', 'abcdabcdabcd', 'accounts.errors.passwordCommon'],
    ['the user name inside', 'the-WangFang-2026', 'accounts.errors.passwordHasName'],
  ];
  for (const [title, password, sentence] of cases) {
    it(title, () => expect(passwordFault(password, 'wangfang')?.sentence ?? null).to.equal(sentence));
  }
});

describe('a user name', () => {
  for (const name of ['王芳', 'wang.fang', 'w_2-3@jiangyin', '1', '𠮷田'])
    it(`may be ${name}`, () => expect(isUsername(name)).to.equal(true));
  for (const name of ['', ' a', 'a b', '.a', '@', 'a\n', '<i>', 'a/b', '张'.repeat(65)])
    it(`may not be ${JSON.stringify(name)}`, () => expect(isUsername(name)).to.equal(false));
});
