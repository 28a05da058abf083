import { expect } from 'chai';
import fc from 'fast-check';
import {
  indexEnterprises,
  matchEnterprise,
  normaliseEnterpriseName,
  type KnownEnterprise,
} from '../../server/directory/enterprise-name.rules.ts';

const places = ['江苏省', '无锡市', '江阴市', '祝塘镇'];

describe('normaliseEnterpriseName', () => {
  for (const [name, normalised] of [
    ['江阴市祝塘宏达针织有限公司', '江阴市祝塘宏达针织'],
    ['江阴市祝塘宏达针织(有限公司)', '江阴市祝塘宏达针织'],
    ['江阴市祝塘宏达针织（有限公司）', '江阴市祝塘宏达针织'],
    [' 江阴市　祝塘【宏达】针织 有限责任公司。', '江阴市祝塘宏达针织'],
    ['宏达针织股份有限公司', '宏达针织'],
    ['宏达（江阴）针织有限公司', '宏达江阴针织'],
    ['ＡＢＣ－电子有限公司', 'ABC电子'],
    ['abc电子公司', 'ABC电子'],
    ['宏达针织厂', '宏达针织厂'],
    ['宏达建工有限公司江阴分公司', '宏达建工有限公司江阴分公司'],
    ['祝塘镇小李饭店（个体工商户）', '祝塘镇小李饭店'],
    ['有限公司', '有限公司'],
    ['—', ''],
  ] as const) {
    it(`${name} is ${normalised}`, () => expect(normaliseEnterpriseName(name)).to.equal(normalised));
  }

  it('changes nothing more the second time, but for a doubled legal form', () => {
    const parts = fc.constantFrom(
      '江阴市',
      '祝塘',
      '宏达',
      '针织',
      '厂',
      '集团',
      '（',
      '）',
      ' ',
      '·',
      'Ａ',
      '分公司',
    );
    fc.assert(
      fc.property(fc.array(parts), (written) => {
        const once = normaliseEnterpriseName(`${written.join('')}有限公司`);
        return normaliseEnterpriseName(once) === once;
      }),
    );
  });
});

describe('matchEnterprise', () => {
  const known = (id: string, name: string, more: Partial<KnownEnterprise> = {}): KnownEnterprise => ({
    id,
    name,
    creditCode: null,
    aliases: [],
    ...more,
  });
  const index = indexEnterprises(
    [
      known('hongda', '江阴市祝塘宏达针织有限公司', {
        creditCode: '91440300708461136T',
        aliases: ['宏达袜厂'],
      }),
      known('xinhua', '江苏新华纺织有限公司'),
      known('xinhua-town', '江阴市新华纺织有限公司'),
      known('minglu', '江阴明路服装有限公司'),
      known('minglu-zhutang', '祝塘明路服装有限公司'),
      known('ruifeng', '江阴瑞丰机械厂'),
      known('ruifeng-company', '江阴瑞丰机械有限公司'),
    ],
    places,
  );

  for (const [text, id, matchedBy] of [
    ['江阴市祝塘宏达针织有限公司', 'hongda', 'name'],
    ['江阴市祝塘宏达针织 有限公司', 'hongda', 'name'],
    ['宏达袜厂', 'hongda', 'alias'],
    ['江阴市祝塘宏达针织（有限公司）', 'hongda', 'normalisedName'],
    ['江阴祝塘宏达针织(有限公司)', 'hongda', 'normalisedName'],
    ['江苏省江阴市祝塘镇宏达针织有限公司', 'hongda', 'normalisedName'],
    ['宏达针织', 'hongda', 'normalisedName'],
    ['祝塘宏达针织公司', 'hongda', 'normalisedName'],
    ['江阴祝塘宏达袜厂', 'hongda', 'normalisedName'],
    ['宏达', null, null],
    ['宏达针织厂', null, null],
    ['苏州宏达针织有限公司', null, null],
    ['江苏新华纺织', 'xinhua', 'normalisedName'],
    ['江阴新华纺织', 'xinhua-town', 'normalisedName'],
    ['无锡新华纺织', null, null],
    ['新华纺织', null, null],
    ['明路服装', null, null],
    ['江阴瑞丰机械厂', 'ruifeng', 'name'],
    ['瑞丰机械厂', 'ruifeng', 'normalisedName'],
    ['瑞丰机械', 'ruifeng-company', 'normalisedName'],
    ['', null, null],
    ['？', null, null],
    ['公司', null, null],
    ['江阴市', null, null],
  ] as const) {
    it(`${text} is ${id} by ${matchedBy}`, () => {
      const match = matchEnterprise(index, { creditCode: null, text });
      expect(match).to.deep.equal(id === null ? null : { enterpriseId: id, matchedBy });
    });
  }

  it('believes a known credit code before any name, and an unknown one not at all', () => {
    const text = '江阴瑞丰机械厂';
    expect(matchEnterprise(index, { creditCode: '91440300708461136t', text })).to.deep.equal({
      enterpriseId: 'hongda',
      matchedBy: 'creditCode',
    });
    expect(matchEnterprise(index, { creditCode: '91350100M000100Y43', text })?.enterpriseId).to.equal(
      'ruifeng',
    );
    expect(matchEnterprise(index, { creditCode: null, text: null })).to.equal(null);
  });

  it('leaves two enterprises of one name to a person', () => {
    const twins = indexEnterprises(
      [known('one', '宏达针织有限公司'), known('two', '宏达针织有限公司')],
      places,
    );
    expect(matchEnterprise(twins, { creditCode: null, text: '宏达针织有限公司' })).to.equal(null);
  });
});
