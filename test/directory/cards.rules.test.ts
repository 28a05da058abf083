import { expect } from 'chai';
import { inSheets, openKeyOf, surnameOf } from '../../server/directory/cards.rules.ts';

describe('contact cards by their rules', () => {
  for (const [name, surname] of [
    ['马国栋', '马'],
    ['欧阳会', '欧阳'],
    ['欧阳', '欧'],
    ['司徒银杏', '司徒'],
    ['𠮷田', '𠮷'],
    ['', ''],
  ] as const)
    it(`say ${surname} of ${name}`, () => expect(surnameOf(name)).to.equal(surname));

  it('fill sheets of ten, the last one with what is left', () => {
    const sheets = inSheets([...Array(21).keys()]);
    expect(sheets.map(({ length }) => length)).to.deep.equal([10, 10, 1]);
    expect(sheets[2]).to.deep.equal([20]);
    expect(inSheets([])).to.deep.equal([]);
  });

  it('are one for a village, an enterprise, and each informant', () => {
    const [village, enterprise] = [{ villageId: 'v' }, { villageId: 'v', enterpriseId: 'e' }];
    const none = { enterpriseId: null, informantId: null };
    expect([
      openKeyOf({ ...none, ...village }),
      openKeyOf({ ...none, ...enterprise }),
      openKeyOf({ ...none, ...enterprise, informantId: 'i' }),
    ]).to.deep.equal(['v:', 'e:', 'e:i']);
  });
});
