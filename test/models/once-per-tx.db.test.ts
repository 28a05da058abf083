import { expect } from 'chai';
import { Setting, type Area } from '../../models/areas.ts';
import { inTx } from '../../models/dialect.ts';
import { settingsOf } from '../../server/directory/town-settings.queries.ts';
import { setTownSetting } from '../../server/directory/town-settings.service.ts';
import { useDatabase } from '../support/database.ts';
import { aTown } from '../support/factories.ts';
import { statementsOf } from '../support/statements.ts';

describe('what a transaction reads once', () => {
  useDatabase();
  let town: Area;
  before(async () => {
    town = await aTown();
  });
  afterEach(() => Setting.destroy({ where: { areaId: town.id } }));

  const reads = async (work: () => Promise<unknown>): Promise<number> =>
    (await statementsOf(work)).filter((sql) => sql.includes('FROM settings')).length;

  it('is asked of the database once in it, and each time outside', async () => {
    const thrice = async (): Promise<void> => {
      for (let time = 0; time < 3; time++) await settingsOf(town.id);
    };
    expect(await reads(() => inTx(() => inTx(thrice)))).to.equal(1);
    expect(await reads(thrice)).to.equal(3);
  });

  it('is asked again by the next one', async () => {
    const before = await inTx(() => settingsOf(town.id));
    const wish = { key: 'groupWorkers', value: before.groupWorkers + 5, validFrom: '2020-01-01' };
    await setTownSetting(null, town.id, wish);
    expect((await inTx(() => settingsOf(town.id))).groupWorkers).to.equal(before.groupWorkers + 5);
  });
});
