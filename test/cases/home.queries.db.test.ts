import { expect } from 'chai';
import { loadHome } from '../../server/cases/home.queries.ts';
import { presentHome } from '../../server/cases/home.presenter.ts';
import { useDatabase } from '../support/database.ts';
import { aReader, aTicket, aTown, aVillage } from '../support/factories.ts';

describe('the desk', () => {
  useDatabase();

  it('of a dispatcher of one village counts and names only its tickets, without phone numbers', async () => {
    const town = await aTown();
    const [own, other] = [await aVillage(town, '建南村'), await aVillage(town, '河塘村')];
    const title = '欠薪，电话13812345678';
    const ticket = await aTicket(town, '2026-03-02', { villageId: own.id, title });
    await aTicket(town, '2026-03-01', { villageId: other.id, title: '邻村的工资' });
    const home = await loadHome(await aReader(['dispatcher', own]));
    expect(home.tickets!.tickets.map(({ id }) => id)).to.deep.equal([ticket.id]);
    expect(home.tickets!.total).to.equal(1);
    const shown = presentHome((key) => key, home, '2026-03-02');
    expect(shown.lists[0]!.items.map((item) => item.title)).to.deep.equal(['欠薪，电话138****5678']);
  });
});
