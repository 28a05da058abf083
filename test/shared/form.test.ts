import { expect } from 'chai';
import {
  optionalDay,
  optionalFen,
  optionalIdNumber,
  optionalInteger,
  optionalLink,
  optionalPhone,
  optionalTime,
  readForm,
} from '../../server/shared/form.ts';

describe('the fields of a form', () => {
  for (const [name, field, typed, value] of [
    ['a day', optionalDay(), '2026年1月6日', '2026-01-06'],
    ['a day without a year', optionalDay(), '11月19日', 'errors.unreadableDay'],
    ['a day that does not exist', optionalDay(), '2026/2/30', 'errors.notADay'],
    ['a time', optionalTime(), '23：50', '23:50'],
    ['no time', optionalTime(), '下午', 'errors.notATime'],
    ['an amount', optionalFen(), '1.2万', 1_200_000],
    ['no amount', optionalFen(), '不详', 'errors.notAnAmount'],
    ['too large an amount', optionalFen(), '100001万', 'errors.amountTooLarge'],
    ['a number', optionalInteger(1, 9999), '１２', 12],
    ['a mobile number', optionalPhone(), ' １３８ 1234 5678', '13812345678'],
    ['a landline', optionalPhone(), '0510-86123456', '0510-86123456'],
    ['no phone', optionalPhone(), '8612345', 'errors.notAPhone'],
    ['an ID number', optionalIdNumber(), '11010519491231002x', '11010519491231002X'],
    ['no ID number', optionalIdNumber(), '110105194912310021', 'errors.notAnIdNumber'],
    ['a link', optionalLink(100), 'https://maps.example/?q=1', 'https://maps.example/?q=1'],
    ['an unsafe link', optionalLink(100), 'http://maps.example/', 'errors.notALink'],
    ['a script', optionalLink(100), 'javascript:alert(1)', 'errors.notALink'],
    ['no link', optionalLink(100), '人民路 1 号', 'errors.notALink'],
    ['nothing', optionalPhone(), '  ', null],
  ] as const) {
    it(`${name}: “${typed}” is ${value}`, () => {
      const form = readForm({ field }, { field: typed });
      expect(form.ok ? form.values.field : form.errors[0]!.sentence).to.equal(value);
    });
  }
});
