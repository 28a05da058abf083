import { expect } from 'chai';
import { endsOffer, receiversOf, type HandedCase } from '../../server/case-routing/hand-over.rules.ts';
import type { Desk } from '../../server/case-routing/proposal.rules.ts';
import { ANSWER_DAYS, isUnanswered } from '../../server/cases/hand-over.rules.ts';
import type { CaseAction, CaseFacts } from '../../server/cases/lifecycle.rules.ts';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';

const desk = (mediatorName: string, values: Partial<Desk> = {}): Desk => ({
  ...{ roomId: 'r1', roomName: '建南村调解室', level: 'village', areaId: 'v1', enterpriseId: null },
  ...{ mediatorId: mediatorName, mediatorName, boundTo: [], openCases: 0 },
  ...values,
});
const handed: HandedCase = {
  ...{ level: 'village', enterpriseId: 'e1', mediatorId: '周国平' },
  partyNames: ['明华纺织', '李强'],
};

describe('who can be offered a case', () => {
  const tried: [string, Desk, Partial<HandedCase>, boolean][] = [
    ['a colleague of the same level', desk('徐春梅'), {}, true],
    ['a mediator of another village', desk('吴敏', { areaId: 'v2', roomId: 'r2' }), {}, true],
    ['its own mediator', desk('周国平'), {}, false],
    ['somebody of the town: that is going up', desk('陈静', { level: 'town' }), {}, false],
    ['who sits on the committee of the enterprise', desk('徐春梅', { boundTo: ['e1'] }), {}, false],
    ['who sits on another committee', desk('徐春梅', { boundTo: ['e2'] }), {}, true],
    ['who has the name of a party', desk('李强'), {}, false],
    [
      'the committee, for a case of the village',
      desk('郑工', { level: 'enterprise', enterpriseId: 'e1' }),
      {},
      false,
    ],
    [
      'a second mediator of the committee, for a case of the committee',
      desk('郑工', { level: 'enterprise', enterpriseId: 'e1', boundTo: ['e1'] }),
      { level: 'enterprise' },
      true,
    ],
    [
      'another committee',
      desk('郑工', { level: 'enterprise', enterpriseId: 'e2', boundTo: ['e2'] }),
      { level: 'enterprise' },
      false,
    ],
    ['a village, for a case of the committee', desk('徐春梅'), { level: 'enterprise' }, false],
  ];
  for (const [who, receiver, values, fits] of tried)
    it(`${who}: ${fits ? 'yes' : 'no'}`, () => {
      expect(receiversOf({ ...handed, ...values }, [receiver])).to.have.length(fits ? 1 : 0);
    });
});

describe('when an open offer is over', () => {
  const facts: CaseFacts & { mediatorId: string | null } = {
    ...{ state: 'inMediation', takenOverAt: null, workerConsentOn: null, respondentConsentOn: null },
    ...{ outcome: null, performance: null, level: 'village', collective: false, workers: 1 },
    ...{ redoOpen: false, receiptOpen: false, handOverOpen: true, imported: false },
    ...{ hasSettlement: false, hasPayments: false, mediatorId: 'me' },
  };
  const tried: [CaseAction, Partial<typeof facts>, boolean][] = [
    ['recordContact', {}, false],
    ['offerHandOver', {}, false],
    ['reassign', { mediatorId: 'other' }, true],
    ['reassign', {}, false],
    ['goUp', { mediatorId: null }, true],
    ['handBack', { mediatorId: null, state: 'awaitingRouting' }, true],
    ['sign', { state: 'closed', performance: 'pending' }, true],
    ['markDuplicate', { state: 'closed' }, true],
    ['recordPayment', { state: 'closed', performance: 'performing' }, false],
    ['verifyPayment', { state: 'closed', performance: 'fulfilled' }, true],
  ];
  for (const [action, values, over] of tried)
    it(`${action} ${JSON.stringify(values)}: ${over ? 'over' : 'still open'}`, () => {
      expect(endsOffer(action, 'me', { ...facts, ...values })).to.equal(over);
    });
});

describe('an offer that nobody answers', () => {
  const calendar = buildCalendar([], []);
  it(`is shown to the dispatcher after ${ANSWER_DAYS} working days`, () => {
    // Friday: the second working day after it is the Tuesday.
    expect(isUnanswered('2022-03-04', '2022-03-08', calendar)).to.equal(false);
    expect(isUnanswered('2022-03-04', '2022-03-09', calendar)).to.equal(true);
  });
});
