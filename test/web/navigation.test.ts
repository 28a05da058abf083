import { expect } from 'chai';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { navigationFor } from '../../server/web/navigation.ts';

describe('the main navigation', () => {
  const reader: Reader = {
    userId: 'u',
    displayName: '王芳',
    roomIds: [],
    answers: [],
    grants: [
      {
        role: 'dispatcher',
        areaId: 'a',
        areaName: '祝塘镇',
        areaPath: 'a/',
        townIds: ['a'],
        villageId: null,
        enterpriseId: null,
      },
    ],
  };

  for (const [path, entry] of [
    ['/', '/'],
    ['/tickets', '/tickets'],
    ['/tickets/1', '/tickets'],
    ['/routing', '/tickets'],
    ['/imports', '/tickets'],
    ['/imports/new', '/tickets'],
    ['/cases/1/routing', '/cases'],
    ['/rooms', '/enterprises'],
  ] as const) {
    it(`on ${path} marks ${entry}`, () => {
      const current = navigationFor(reader, path, (key) => key).filter((item) => item.current);
      expect(current.map(({ href }) => href)).to.deep.equal([entry]);
    });
  }
});
