import { newId } from '../../server/shared/ids.ts';
import { Area, CalendarDate, CalendarYear } from '../areas.ts';
import { inTx } from '../dialect.ts';
import { calendarSeed } from './calendar-seed.ts';

/** What every database begins with: one town and the published calendar. Running it again changes nothing. */
export async function seedReference(townName: string): Promise<void> {
  await inTx(async () => {
    if ((await Area.count()) === 0) {
      const id = newId();
      await Area.create({ id, code: 'town', name: townName, kind: 'town', path: `${id}/` });
    }
    const covered = new Set((await CalendarYear.findAll()).map(({ year }) => year));
    const { years, days } = calendarSeed();
    const missing = years.filter(({ year }) => !covered.has(year));
    await CalendarYear.bulkCreate(missing);
    const missingYears = new Set(missing.map(({ year }) => year));
    await CalendarDate.bulkCreate(days.filter(({ day }) => missingYears.has(Number(day.slice(0, 4)))));
  });
}
