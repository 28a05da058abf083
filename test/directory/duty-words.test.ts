import { expect } from 'chai';
import { officersWords } from '../../server/directory/duty-words.rules.ts';
import type { Duty } from '../../server/directory/duty.rules.ts';
import { translator } from '../../server/web/language.ts';

const duty = (officer: string, values: Partial<Duty> = {}): Duty => ({
  ...{ officerId: officer, officer, kind: 'enforcement', isLead: false, enterpriseId: null },
  ...{ villageId: '村', fromDay: '2026-01-01', toDay: null },
  ...values,
});
const ITSELF = { enterpriseId: '企业', villageId: null };

describe('who answers for an enterprise, in words', () => {
  it('names each officer once, with what they answer as', () => {
    const duties = [
      duty('马国栋', { ...ITSELF, isLead: true }),
      duty('邓红英', { kind: 'union' }),
      duty('马国栋'),
    ];
    expect(officersWords(duties, translator('zh-CN'))).to.deep.equal([
      '马国栋（劳动监察·本企业、劳动监察·全村企业，牵头）',
      '邓红英（工会）',
    ]);
  });

  it('speaks English too', () =>
    expect(officersWords([duty('马国栋', ITSELF), duty('马国栋')], translator('en'))).to.deep.equal([
      '马国栋 (Labour enforcement: This enterprise, Labour enforcement: The whole village)',
    ]));
});
