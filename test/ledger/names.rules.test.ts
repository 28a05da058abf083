import { expect } from 'chai';
import { indexEnterprises } from '../../server/directory/enterprise-name.rules.ts';
import {
  decideName,
  enterprisesNamed,
  groupNames,
  proposedEnterprise,
  type NameChoice,
  type WrittenName,
} from '../../server/ledger/names.rules.ts';

const written = (caseId: string, name: string, values: Partial<WrittenName> = {}): WrittenName => ({
  ...{ caseId, name, townId: 'town', cases: 1, workers: 1, firstOn: '2020-01-01', lastOn: '2020-01-01' },
  ...values,
});

describe('names of ledgers', () => {
  it('are one however they are spaced, bracketed and end, and the one with most cases comes first', () => {
    const groups = groupNames([
      written('c', '宏达针织厂', { cases: 3 }),
      written('b', '明华纺织（江阴）有限公司', { cases: 2, workers: 5, lastOn: '2021-06-30' }),
      written('a', '明华纺织(江阴) 公司', { cases: 4, workers: 4, firstOn: '2018-03-01' }),
      written('d', '明华纺织（江阴）有限公司', { townId: 'other' }),
      written('e', '——'),
      written('f', '？'),
    ]);
    expect(groups).to.deep.equal([
      {
        ...{ id: 'a', townId: 'town', cases: 6, workers: 9, firstOn: '2018-03-01', lastOn: '2021-06-30' },
        names: ['明华纺织(江阴) 公司', '明华纺织（江阴）有限公司'],
      },
      {
        ...{ id: 'c', townId: 'town', cases: 3, workers: 1, firstOn: '2020-01-01', lastOn: '2020-01-01' },
        names: ['宏达针织厂'],
      },
      ...[
        ['d', 'other', '明华纺织（江阴）有限公司'],
        ['e', 'town', '——'],
        ['f', 'town', '？'],
      ].map(([id, townId, name]) => ({
        ...{ id, townId, cases: 1, workers: 1, firstOn: '2020-01-01', lastOn: '2020-01-01', names: [name] },
      })),
    ]);
  });

  const index = indexEnterprises(
    [
      { id: 'minghua', name: '江阴明华纺织有限公司', creditCode: '91320281MA1MTP2X0L', aliases: ['明华厂'] },
      { id: 'minghua2', name: '江阴明华包装有限公司', creditCode: null, aliases: [] },
      { id: 'shunda', name: '江阴顺达服饰有限公司', creditCode: null, aliases: [] },
      { id: 'twin1', name: '江苏宏达针织有限公司', creditCode: null, aliases: [] },
      { id: 'twin2', name: '江阴宏达针织有限公司', creditCode: null, aliases: [] },
    ],
    ['江苏省', '江阴市', '祝塘镇'],
  );

  for (const [names, matched] of [
    [['江阴明华纺织有限公司'], 'name'],
    [['明华厂'], 'alias'],
    [['明华', '江阴市明华纺织公司'], 'normalisedName'],
    [['江阴市明华纺织公司', '江阴明华纺织有限公司'], 'name'],
    [['明华厂', '江阴顺达服饰有限公司'], null],
    [['宏达针织'], null],
    [['某工地老李'], null],
  ] as const)
    it(`propose for ${names.join()}: ${matched}`, () => {
      expect(proposedEnterprise(names, index)?.matchedBy ?? null).to.equal(matched);
    });

  for (const [text, found] of [
    ['明华', ['minghua', 'minghua2']],
    ['明华厂', ['minghua']],
    ['宏达针织公司', ['twin1', 'twin2']],
    ['91320281ma1mtp2x0l', ['minghua']],
    ['有限公司', []],
    ['（）', []],
    ['万顺', []],
  ] as const)
    it(`are looked up by ${text}`, () => {
      expect(enterprisesNamed(index, text)).to.have.members([...found]);
    });

  const choice = (values: Partial<NameChoice>): NameChoice => ({
    ...{ nameId: 'a', enterpriseId: null, typed: null, asked: null },
    ...values,
  });
  for (const [what, given, decision] of [
    ['what is offered', { enterpriseId: 'shunda' }, { enterpriseId: 'shunda' }],
    ['nothing', {}, { problem: 'nothingChosen' }],
    ['a text that says which', { typed: '江阴市明华纺织公司' }, { enterpriseId: 'minghua' }],
    [
      'a text instead of what is offered',
      { enterpriseId: 'shunda', typed: '明华厂' },
      { enterpriseId: 'minghua' },
    ],
    ['a part of a name', { typed: '顺达' }, { problem: 'chooseFound' }],
    ['a part of no name', { enterpriseId: 'shunda', typed: '万顺' }, { problem: 'notFound' }],
    [
      'what was found by a text',
      { enterpriseId: 'minghua2', typed: '明华', asked: '明华' },
      { enterpriseId: 'minghua2' },
    ],
    ['a text of which nothing was chosen', { typed: '明华', asked: '明华' }, { problem: 'chooseFound' }],
    [
      'another text than was looked up',
      { enterpriseId: 'minghua2', typed: '万顺', asked: '明华' },
      { problem: 'notFound' },
    ],
  ] as const)
    it(`mean, by ${what}: ${JSON.stringify(decision)}`, () => {
      expect(decideName(choice(given), index)).to.deep.equal(decision);
    });
});
