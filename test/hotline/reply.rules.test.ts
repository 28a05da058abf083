import { expect } from 'chai';
import { readReply } from '../../server/hotline/handling.form.ts';
import { isKnownRespondent, templateOf, type AnsweredCase } from '../../server/hotline/reply.rules.ts';

const open: AnsweredCase = {
  outcome: null,
  performance: null,
  respondent: '明华纺织',
  room: null,
  commission: '仲裁委',
  authority: null,
  agreedFen: null,
  closedOn: null,
  statutoryDueOn: '2026-11-21',
  today: '2026-11-21',
};

describe('the template of an answer', () => {
  for (const [told, change, template] of [
    ['not begun', { statutoryDueOn: null }, 'routed'],
    ['on the last day', {}, 'open'],
    ['a day after the last', { statutoryDueOn: '2026-11-20' }, 'openOverdue'],
    ['an outcome after the last day', { statutoryDueOn: '2026-11-20', outcome: 'failed' }, 'failed'],
  ] as const) {
    it(`${told}: ${template}`, () => expect(templateOf({ ...open, ...change })).to.equal(template));
  }

  for (const [name, known] of [
    ['被申请人不详', false],
    ['不详', false],
    ['无锡明华纺织有限公司', true],
    ['张老板', true],
  ] as const) {
    it(`${name} is ${known ? 'somebody' : 'nobody'}`, () => expect(isKnownRespondent(name)).to.equal(known));
  }
});

describe('the form of an answer', () => {
  const whole = {
    version: '1',
    text: '已办结',
    channel: 'call',
    contactedOn: '2026-11-16',
    contactedTime: '下午3点半',
    verdict: 'true',
    resolved: 'yes',
  };
  const wrong = (change: object): string[] => {
    const form = readReply({ ...whole, ...change });
    return form.ok ? [] : form.errors.map(({ field }) => field).sort();
  };
  for (const [told, change, fields] of [
    ['whole', {}, []],
    ['without the time', { contactedTime: '' }, ['contactedTime']],
    ['nobody to contact', { channel: 'unreachable', contactedOn: '', contactedTime: '' }, []],
    [
      'everything wrong at once',
      { text: '', contactedOn: '', resolved: 'no', unresolvedReason: ' ' },
      ['contactedOn', 'text', 'unresolvedReason'],
    ],
  ] as const) {
    it(`${told}: ${fields.join(', ') || 'no fault'}`, () => expect(wrong(change)).to.deep.equal(fields));
  }
});
