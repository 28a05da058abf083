import { expect } from 'chai';
import {
  candidateText,
  joinedLater,
  meantBy,
  tieTo,
  type Sides,
} from '../../server/mediation/co-mediators.rules.ts';

const sides: Sides = {
  partyNames: ['李强', '明华纺织'],
  enterprisePeople: ['孙会计', '顾永康'],
  phones: ['13955550123'],
};

describe('who cannot be a co-mediator', () => {
  const tried: [string, string, string | null, string | null][] = [
    ['a worker of the case', '李强', null, 'party'],
    ['the contact person of the enterprise', '孙会计', null, 'enterprise'],
    ['who sits on its committee', '顾永康', '13800009999', 'enterprise'],
    ['who has the phone of the enterprise', '钱文娟', '13955550123', 'enterprise'],
    ['anybody else', '钱文娟', '13800009999', null],
    ['anybody without a phone', '钱文娟', null, null],
  ];
  for (const [who, name, phone, tie] of tried)
    it(`${who}: ${tie ?? 'can'}`, () => {
      expect(tieTo({ name, area: '建南村', phone }, sides)).to.equal(tie);
    });
});

describe('whom a typed name means', () => {
  const people = ['建南村', '文林村'].map((area) => ({ name: '钱文娟', area, phone: null }));
  const tried: [string, number][] = [
    ['钱文娟', 2],
    ['钱文娟 · 文林村', 1],
    [candidateText(people[0]!, '法律志愿者'), 1],
    ['钱文娟 · 河湘村', 0],
    ['钱', 0],
  ];
  for (const [text, found] of tried)
    it(`${text}: ${found}`, () => {
      expect(meantBy(text, people)).to.have.length(found);
    });
});

describe('who is named as present before they mediated along', () => {
  const people = [
    { name: '王明', since: '2026-03-10' },
    { name: '李芳', since: '2026-03-01' },
    { name: '李芳', since: '2026-03-10' },
  ];
  const tried: [string, string[]][] = [
    ['王明', ['王明']],
    ['申请人、协助调解员王明（网格员）', ['王明']],
    ['王明和企业代表', ['王明']],
    ['王明华、企业代表', []],
    ['王明华、王明', ['王明']],
    ['李芳', []],
    ['企业代表', []],
  ];
  for (const [attendees, named] of tried)
    it(`${attendees}: ${named.join() || 'nobody'}`, () => {
      expect(joinedLater(attendees, '2026-03-05', people).map(({ name }) => name)).to.deep.equal(named);
    });
});
