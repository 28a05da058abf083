import { expect } from 'chai';
import { readWorkerClaims } from '../../server/cases/claims.form.ts';

const read = (fields: Record<string, string>) =>
  readWorkerClaims({ name: '王小明', type1: 'wages', ...fields });
const errorsOf = (fields: Record<string, string>): string[] => {
  const form = read(fields);
  return form.ok ? [] : form.errors.map(({ field, sentence }) => `${field}: ${sentence}`);
};

describe('the claims of a worker as posted', () => {
  for (const [fields, errors] of [
    [{ claimed1: '8000', agreed1: '8000' }, []],
    [{ claimed1: '8000', agreed1: '8000.01' }, ['agreed1: cases.errors.agreedAboveClaimed']],
    [{ claimed1: '8000', agreed1: '8000.01', above1: 'yes' }, []],
    [{ claimed1: '8000', agreed1: '9000', above2: 'yes' }, ['agreed1: cases.errors.agreedAboveClaimed']],
    [{ agreed1: '8000' }, []],
    [{ claimed1: '8000', verified1: '9000', agreed1: '8000' }, []],
    [
      { name: '', phone: '12', claimed1: '1', agreed1: '2', claimed2: '5' },
      [
        'name: errors.required',
        'phone: errors.notAPhone',
        'agreed1: cases.errors.agreedAboveClaimed',
        'type2: errors.chooseOne',
      ],
    ],
    [{ type2: 'wages' }, ['type2: cases.errors.typeTwice']],
    [{ phone: '86123456' }, ['phone: errors.notAPhone']],
    [{ phone: '0510-86123456' }, []],
  ] as [Record<string, string>, string[]][]) {
    it(`${JSON.stringify(fields)}: ${errors.join(', ') || 'is right'}`, () =>
      expect(errorsOf(fields)).to.deep.equal(errors));
  }

  it('keeps a number that was left empty, and forgets it when that is ticked', () => {
    const kept = read({ idNumber: '' });
    const cleared = read({ clearNumbers: 'yes' });
    expect(kept.ok && kept.values).to.include({ phone: undefined, idNumber: undefined });
    expect(cleared.ok && cleared.values).to.include({ phone: null, idNumber: null });
  });
});
