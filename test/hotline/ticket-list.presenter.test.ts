import { expect } from 'chai';
import type { Reader } from '../../server/accounts/access.rules.ts';
import type { Role } from '../../server/accounts/roles.rules.ts';
import { presentTicketList } from '../../server/hotline/ticket-list.presenter.ts';

describe('the page of the tickets', () => {
  const readerAs = (role: Role): Reader => ({
    userId: 'u',
    displayName: '王芳',
    roomIds: [],
    answers: [],
    grants: [
      {
        role,
        areaId: 'a',
        areaName: '祝塘镇',
        areaPath: 'a/',
        townIds: ['a'],
        villageId: null,
        enterpriseId: null,
      },
    ],
  });
  const page = { rows: [], total: 0, more: false, newer: null, older: null, waiting: 3 };

  for (const [role, hrefs] of [
    ['dispatcher', ['/routing', '/imports/new', '/callbacks']],
    ['official', []],
  ] as const) {
    it(`offers a ${role} only what opens for them`, () => {
      const shown = { filter: {}, page, areas: [], key: '', reader: readerAs(role) };
      const { header, table } = presentTicketList((key) => key, shown);
      expect(header.actions.map((action) => action.href)).to.deep.equal(hrefs);
      expect(table.empty?.action?.href).to.equal(hrefs[1]);
    });
  }
});
