import { expect } from 'chai';
import { villageFinder } from '../../server/hotline/import-villages.rules.ts';

const VILLAGES = ['文林村', '建南社区', '祝塘村', '祝塘社区', '村'].map((name) => ({ id: name, name }));

describe('the village that a file names', () => {
  const find = villageFinder(VILLAGES, '祝塘镇');
  const table: [string, string | null][] = [
    ['文林村', '文林村'],
    ['文林', '文林村'],
    ['文林村委会', '文林村'],
    ['文林村民委员会', '文林村'],
    [' 祝塘镇 文林村', '文林村'],
    ['文林社区', '文林村'],
    ['建南', '建南社区'],
    ['建南村', '建南社区'],
    ['祝塘村', '祝塘村'],
    ['祝塘社区', '祝塘社区'],
    ['祝塘', null],
    ['祝塘镇', null],
    ['无名村', null],
    ['', null],
  ];
  for (const [text, village] of table)
    it(`${text || '(nothing)'} → ${village ?? 'none'}`, () => expect(find(text)).to.equal(village));
});
