import { expect } from 'chai';
import { withoutNumbers, withoutPersonalData } from '../../server/cases/privacy.rules.ts';

describe('texts that people wrote freely', () => {
  for (const [written, shown] of [
    ['请打13912340001，找老王', '请打139****0001，找老王'],
    ['手机139 1234 0001或139-1234-0001', '手机139****0001或139****0001'],
    ['电话１３９１２３４０００１', '电话139****0001'],
    ['身份证320281199003076652', '身份证320281********6652'],
    ['座机0510-86123456', '座机0510-****3456'],
    [
      '2022年1月6日，2022-01-06，8000元，12人，工资3500.50元',
      '2022年1月6日，2022-01-06，8000元，12人，工资3500.50元',
    ],
  ] as const) {
    it(`${written}`, () => expect(withoutNumbers(written)).to.equal(shown));
  }

  it('names of the people concerned are masked too; a name of one character would be everywhere', () => {
    const text = '张伟说：欧阳金雀和张伟都没拿到工资，电话13912340001。';
    expect(withoutPersonalData(text, ['张伟', '欧阳金雀', '工'])).to.equal(
      '张*说：欧**和张*都没拿到工资，电话139****0001。',
    );
  });
});
