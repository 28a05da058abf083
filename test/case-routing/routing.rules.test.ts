import { expect } from 'chai';
import fc from 'fast-check';
import { townSettingsOn } from '../../config/town.ts';
import { highlightHits } from '../../server/case-routing/highlight.rules.ts';
import {
  alarmsAmong,
  chooseMediator,
  findHits,
  routeComplaint,
  ROUTING_RULE_CODES,
  type RoutedEnterprise,
  type RoutingInput,
} from '../../server/case-routing/routing.rules.ts';

const settings = townSettingsOn('2026-11-20', []);

const plainEnterprise: RoutedEnterprise = {
  villageId: 'village-1',
  hasCommittee: false,
  warningLevel: null,
  industry: 'textile',
  complainantsInWindow: 1,
  mediatorAvailable: false,
};
const plain: RoutingInput = {
  text: '公司拖着工资不给',
  workers: 1,
  amountFen: 800_000,
  anonymous: false,
  workerConsentsToEnterprise: false,
  enterprise: plainEnterprise,
  ticketVillageId: 'village-2',
  staffedVillageIds: new Set(['village-1', 'village-2']),
  dismissedHits: [],
};
const withCommittee: RoutingInput = {
  ...plain,
  workerConsentsToEnterprise: true,
  enterprise: { ...plainEnterprise, hasCommittee: true, mediatorAvailable: true },
};
const enterprise = (change: Partial<RoutedEnterprise>) => ({ enterprise: { ...plainEnterprise, ...change } });
const committee = (change: Partial<RoutedEnterprise>) => ({
  enterprise: { ...withCommittee.enterprise!, ...change },
});
const route = (change: Partial<RoutingInput> = {}, from = plain) =>
  routeComplaint({ ...from, ...change }, settings);

describe('routing, first match', () => {
  for (const [told, change, ruleCode, level, notes] of [
    ['a threat to jump', { text: '再不发就跳楼' }, 'danger', 'town', ['notifyPolice']],
    [
      'a blocked gate of 30',
      { text: '30人堵门', workers: 30 },
      'danger',
      'town',
      ['notifyPolice', 'electRepresentatives', 'notifyCounty'],
    ],
    [
      'a building site, and a way to petition',
      { text: '工地欠薪，准备上访' },
      'construction',
      'town',
      ['notifyHousing', 'recordMainContractor', 'notifyPetitionOffice'],
    ],
    [
      'a boss who ran from a building site',
      { text: '工地老板跑路' },
      'absconding',
      'town',
      ['referToLabourInspection', 'notifyHousing', 'recordMainContractor'],
    ],
    ['a way to petition', { text: '再不解决就去上访' }, 'petition', 'town', ['notifyPetitionOffice']],
    [
      '30 who petition',
      { text: '准备集访', workers: 30 },
      'group',
      'town',
      ['electRepresentatives', 'notifyCounty', 'notifyPetitionOffice'],
    ],
    [
      'a boss who is gone, and a way to petition',
      { text: '老板跑路，准备集访' },
      'absconding',
      'town',
      ['referToLabourInspection', 'notifyPetitionOffice'],
    ],
    ['10 workers', { workers: 10 }, 'group', 'town', ['electRepresentatives', 'notifyCounty']],
    ['9 workers', { workers: 9 }, 'village', 'village', []],
    [
      '10 workers and ¥60,000',
      { workers: 10, amountFen: 6_000_000 },
      'group',
      'town',
      ['electRepresentatives', 'notifyCounty', 'referToLabourInspection'],
    ],
    ['a boss who ran', { text: '老板跑路了' }, 'absconding', 'town', ['referToLabourInspection']],
    [
      '¥10,000 of three months',
      { text: '拖欠三个月工资', amountFen: 1_000_000 },
      'absconding',
      'town',
      ['referToLabourInspection'],
    ],
    [
      'a year that is no duration',
      { text: '拖欠2022年1个月工资', amountFen: 1_200_000 },
      'village',
      'village',
      [],
    ],
    ['¥9,999.99 of three months', { text: '拖欠三个月工资', amountFen: 999_999 }, 'village', 'village', []],
    ['¥10,000 of two months', { text: '拖欠两个月工资', amountFen: 1_000_000 }, 'village', 'village', []],
    ['¥10,000 of March', { text: '拖欠3月份工资', amountFen: 1_000_000 }, 'village', 'village', []],
    [
      '¥20,000 of three workers and three months',
      { text: '拖欠三个月工资', workers: 3, amountFen: 2_000_000 },
      'village',
      'village',
      [],
    ],
    [
      'a building site',
      { text: '在工地做工' },
      'construction',
      'town',
      ['notifyHousing', 'recordMainContractor'],
    ],
    [
      'a building firm',
      enterprise({ industry: 'construction' }),
      'construction',
      'town',
      ['notifyHousing', 'recordMainContractor'],
    ],
    [
      'social insurance',
      { text: '要求补缴社保' },
      'authority',
      'town',
      ['transferToAuthority', 'civilPartMayContinue'],
    ],
    [
      'unpaid social insurance',
      { text: '公司不给交社保' },
      'authority',
      'town',
      ['transferToAuthority', 'civilPartMayContinue'],
    ],
    ['¥50,000', { amountFen: 5_000_000 }, 'largeAmount', 'town', []],
    ['¥49,999.99', { amountFen: 4_999_999 }, 'village', 'village', []],
    ['an orange enterprise', enterprise({ warningLevel: 'orange' }), 'warned', 'town', []],
    ['a red enterprise', enterprise({ warningLevel: 'red' }), 'warned', 'town', []],
    ['a yellow enterprise', enterprise({ warningLevel: 'yellow' }), 'village', 'village', []],
    ['the third complaint', enterprise({ complainantsInWindow: 3 }), 'repeated', 'town', []],
    ['the second complaint', enterprise({ complainantsInWindow: 2 }), 'village', 'village', []],
    ['nothing known', { workers: null, amountFen: null }, 'village', 'village', []],
  ] as const) {
    it(`${told}: ${ruleCode}, ${level}`, () => {
      const proposal = route(change);
      expect(proposal).to.include({ ruleCode, level, transfer: ruleCode === 'authority' });
      expect(proposal.notes).to.deep.equal(notes);
      expect(proposal.explanation).to.not.be.empty;
    });
  }

  it('goes to the enterprise when everything that it takes is there', () => {
    expect(route({}, withCommittee)).to.include({
      ruleCode: 'enterprise',
      level: 'enterprise',
      villageId: null,
    });
    expect(route({ workers: 9 }, withCommittee).level).to.equal('enterprise');
    expect(route({ workers: null }, withCommittee).level).to.equal('enterprise');
  });

  for (const [told, change] of [
    ['no consent', { workerConsentsToEnterprise: false }],
    ['anonymous', { anonymous: true }],
    ['no committee', committee({ hasCommittee: false })],
    ['its mediator is a party, or there is none', committee({ mediatorAvailable: false })],
    ['an unknown enterprise', { enterprise: null }],
  ] as const) {
    it(`never goes to the enterprise with ${told}`, () => {
      expect(route(change, withCommittee)).to.include({ ruleCode: 'village', level: 'village' });
    });
  }

  it('falls back from village to town', () => {
    expect(route()).to.include({ level: 'village', villageId: 'village-1' });
    expect(route({ enterprise: null })).to.include({ level: 'village', villageId: 'village-2' });
    expect(route(enterprise({ villageId: null }))).to.include({ level: 'village', villageId: 'village-2' });
    for (const change of [
      { enterprise: null, ticketVillageId: null },
      { enterprise: null, ticketVillageId: 'village-3' },
      { staffedVillageIds: new Set(['village-2']) },
    ]) {
      expect(route(change)).to.include({ ruleCode: 'village', level: 'town', villageId: null });
    }
  });

  it('tells its reasons with the values that decided', () => {
    expect(route({ text: '要跳楼，跳楼！还要持刀' }).explanation).to.deep.equal([
      { key: 'routing.reasons.danger', values: { words: '跳楼、持刀' } },
    ]);
    const { ruleCode, explanation, besides } = route({
      amountFen: 6_000_000,
      ...enterprise({ warningLevel: 'red', complainantsInWindow: 4 }),
    });
    expect([{ ruleCode, explanation }, ...besides]).to.deep.equal([
      {
        ruleCode: 'largeAmount',
        explanation: [
          { key: 'routing.reasons.amount', values: { amount: '60,000.00', threshold: '50,000.00' } },
        ],
      },
      { ruleCode: 'warned', explanation: [{ key: 'routing.reasons.redWarning', values: {} }] },
      {
        ruleCode: 'repeated',
        explanation: [{ key: 'routing.reasons.repeatedComplaints', values: { complaints: 4, days: 90 } }],
      },
    ]);
  });

  it('does not tell of the enterprise beside a rule that takes the case from there', () => {
    expect(route({ text: '在工地做工' }, withCommittee)).to.deep.include({
      ruleCode: 'construction',
      besides: [],
    });
  });

  it("takes its thresholds from the town's settings", () => {
    const strict = { ...settings, groupWorkers: 5, townAmountFen: 100 };
    expect(routeComplaint({ ...plain, workers: 5 }, strict).ruleCode).to.equal('group');
    expect(routeComplaint(plain, strict).ruleCode).to.equal('largeAmount');
    expect(routeComplaint({ ...plain, text: '要跳楼' }, { ...settings, dangerWords: [] }).ruleCode).to.equal(
      'village',
    );
  });

  it('lets the next rule decide when a word is unticked, wherever it stands', () => {
    const text = '在跳楼机旁的工地，跳楼机上做工';
    expect(route({ text }).ruleCode).to.equal('danger');
    const unticked = route({ text, dismissedHits: ['danger:跳楼'] });
    expect(unticked.ruleCode).to.equal('construction');
    expect(unticked.hits.filter(({ dismissed }) => dismissed).map(({ word }) => word)).to.deep.equal([
      '跳楼',
      '跳楼',
    ]);
    expect(route({ text, dismissedHits: ['danger:跳楼', 'construction:工地'] }).ruleCode).to.equal('village');
  });

  const someInput = fc.record<RoutingInput>({
    text: fc
      .array(fc.constantFrom('跳楼', '跑路', '工地', '童工', '工资', '，', '拖欠三个月'), { maxLength: 4 })
      .map((parts) => parts.join('')),
    workers: fc.option(fc.integer({ min: 1, max: 20 })),
    amountFen: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
    anonymous: fc.boolean(),
    workerConsentsToEnterprise: fc.boolean(),
    enterprise: fc.option(
      fc.record<RoutedEnterprise>({
        villageId: fc.option(fc.constantFrom('village-1', 'village-9')),
        hasCommittee: fc.boolean(),
        warningLevel: fc.constantFrom(null, 'blue', 'yellow', 'orange', 'red'),
        industry: fc.constantFrom('garment', 'construction'),
        complainantsInWindow: fc.integer({ min: 1, max: 5 }),
        mediatorAvailable: fc.boolean(),
      }),
    ),
    ticketVillageId: fc.option(fc.constantFrom('village-2', 'village-8')),
    staffedVillageIds: fc.constant(new Set(['village-1', 'village-2'])),
    dismissedHits: fc.subarray(['danger:跳楼', 'absconding:跑路', 'construction:工地', 'authority:童工']),
  });

  it('always gives a rule with a reason, and a village only where somebody mediates', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const { ruleCode, level, villageId, explanation } = routeComplaint(input, settings);
        expect(ROUTING_RULE_CODES).to.include(ruleCode);
        expect(explanation).to.not.be.empty;
        expect(level === 'village').to.equal(villageId !== null);
        if (villageId !== null) expect(input.staffedVillageIds.has(villageId)).to.equal(true);
      }),
    );
  });

  it('never shows the employer a worker who did not consent, or is anonymous', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const { level } = routeComplaint(input, settings);
        return level !== 'enterprise' || (input.workerConsentsToEnterprise && !input.anonymous);
      }),
    );
  });
});

describe('hits', () => {
  const words = (text: string) =>
    findHits(text, settings, [])
      .filter(({ kind }) => kind === 'unpaidMonths')
      .map(({ word }) => word);

  for (const [text, found] of [
    ['拖欠三个月工资', ['拖欠三个月']],
    ['公司欠我工资已经3个月', ['欠我工资已经3个月']],
    ['半年没发工资', ['半年没发']],
    ['12个多月未支付', ['12个多月未支付']],
    ['欠薪一年', ['欠薪一年']],
    ['2022年未发工资', []],
    ['22年未发工资', []],
    ['3月份工资没发', []],
    ['工作三个月，没发工资', []],
    ['拖欠工资', []],
  ] as const) {
    it(`"${text}" is unpaid for ${found.join() || 'an unknown time'}`, () =>
      expect(words(text)).to.deep.equal(found));
  }

  for (const [text, months] of [
    ['拖欠两个月', 2],
    ['拖欠3个月', 3],
    ['拖欠十个月', 10],
    ['拖欠十二个月', 12],
    ['拖欠二十个月', 20],
    ['拖欠半年', 6],
    ['拖欠两年', 24],
  ] as const) {
    it(`${text} is ${months} months`, () => {
      for (const [threshold, reached] of [
        [months, true],
        [months + 1, false],
      ] as const) {
        const input = { ...plain, text, amountFen: 1_000_000 };
        const { explanation } = routeComplaint(input, { ...settings, crimeSingleMonths: threshold });
        expect(explanation.some(({ key }) => key === 'routing.reasons.crimeAmount')).to.equal(reached);
      }
    });
  }

  it('show the longest of overlapping words of a list', () => {
    const lists = { ...settings, constructionWords: ['总包', '总包单位', '包单'] };
    expect(findHits('总包单位', lists, []).map(({ word }) => word)).to.deep.equal(['总包单位']);
  });

  it('cut the text without losing a character, and point at their words', () => {
    const text = fc
      .array(fc.constantFrom('老板', '跑路', '工地', '跳楼', '拖欠', '三个月', '工资', '，', '𠮷', '<b>'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (written) => {
        const hits = findHits(written, settings, []);
        for (const { word, start, end } of hits) expect(written.slice(start, end)).to.equal(word);
        const pieces = highlightHits(written, hits);
        expect(pieces.map((piece) => piece.text).join('')).to.equal(written);
        expect(pieces.some((piece) => piece.hit !== null)).to.equal(hits.length > 0);
      }),
    );
  });
});

describe('alarms', () => {
  for (const [text, dismissed, alarms] of [
    ['不给就跳楼，已经堵门', [], [['danger', '跳楼、堵门']]],
    [
      '去上访，跳楼',
      [],
      [
        ['danger', '跳楼'],
        ['petition', '上访'],
      ],
    ],
    ['去上访，跳楼', ['danger:跳楼'], [['petition', '上访']]],
    ...['活不下去', '跳河', '想不开', '从楼上跳下去', '没有活路', '没活路'].map(
      (words) => [`再不发工资我${words}了`, [], [['danger', words.replace('从楼上', '')]]] as const,
    ),
    ['用跳楼价买的货抵工资', [], []],
    ['用跳楼价的货抵工资，我要跳楼', [], [['danger', '跳楼']]],
    ['已向信访局反映', [], []],
    ['拖欠工资，老板跑路，在工地', [], []],
  ] as const) {
    it(`${text}${dismissed.length ? ', a word unticked' : ''}: ${alarms.join(' ') || 'none'}`, () => {
      const heard = alarmsAmong(findHits(text, settings, dismissed));
      expect(heard).to.deep.equal(
        alarms.map(([kind, words]) => ({ key: `routing.alarms.${kind}`, values: { words } })),
      );
    });
  }
});

describe('chooseMediator', () => {
  it('takes the fewest open cases, the first of equals, nobody of nobody', () => {
    const of = (...loads: number[]) =>
      chooseMediator(
        loads.map((openCases, i) => ({ id: String(i), openCases })),
        ({ openCases }) => openCases,
      );
    expect(of(3, 1, 2)?.id).to.equal('1');
    expect(of(2, 1, 1)?.id).to.equal('1');
    expect(of()).to.equal(null);
  });
});
