import { expect } from 'chai';
import { CalendarChange, CalendarDate, CalendarYear } from '../../models/areas.ts';
import { AuditEntry } from '../../models/accounts.ts';
import { DisputeCase } from '../../models/cases.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { readNotice } from '../../server/deadlines/calendar.form.ts';
import { withDay } from '../../server/deadlines/calendar-file.rules.ts';
import { currentCalendar } from '../../server/deadlines/calendar.queries.ts';
import { importYear, setDay, showYear } from '../../server/deadlines/calendar.service.ts';
import { addWorkingDays } from '../../server/deadlines/working-days.rules.ts';
import { nextDueOf } from '../../server/cases/case-action.service.ts';
import { inTx } from '../../models/dialect.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aReader, aTown } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

/** An invented notice of 2027: seven days off around the spring festival, a worked Sunday before it. */
const NOTICE = [
  '日期,安排,名称',
  '2027-01-01,放假,元旦',
  '2027/1/4,放假,元旦',
  '2027年2月5日,休,春节',
  ...[8, 9, 10, 11, 12].map((day) => `2027-02-${String(day).padStart(2, '0')},放假,春节`),
  '2027-02-14,上班,春节',
].join('\n');

const faultOf = async (text: string): Promise<string> => {
  const read = await readNotice(Buffer.from(text));
  return read.ok ? 'nothing' : read.errors[0]!.sentence.split('.').at(-1)!;
};

describe('the calendar of working days', () => {
  useDatabase();
  let administrator: Reader;
  before(async () => {
    subscribeFeatures();
    await seedReference('祝塘镇');
    administrator = await aReader(['administrator', await aTown('祝塘镇二')]);
  });
  beforeEach(() => setClock(() => instantOf('2026-12-29', '09:00')));
  afterEach(() => setClock());

  describe('a year’s notice', () => {
    it('is read from .csv with or without header, and from .json in both spellings', async () => {
      const csv = await readNotice(Buffer.from(NOTICE));
      expect(csv.ok && [csv.values.year, csv.values.days.length]).to.deep.equal([2027, 9]);
      const bare = await readNotice(Buffer.from(NOTICE.split('\n').slice(1).join('\r\n')));
      expect(bare).to.deep.equal(csv);
      const days = csv.ok ? csv.values.days : [];
      expect(await readNotice(Buffer.from(JSON.stringify({ year: 2027, days })))).to.deep.equal(csv);
      const other = days.map(({ day, isWorkday, name }) => ({ date: day, isOffDay: !isWorkday, name }));
      expect(await readNotice(Buffer.from(JSON.stringify(other)))).to.deep.equal(csv);
    });

    for (const [what, text, fault] of [
      ['an empty file', '', 'unreadable'],
      ['broken JSON', '{"days": [', 'unreadable'],
      ['JSON that is no list', '{"year": 2027}', 'unreadable'],
      ['a day that does not exist', NOTICE.replace('2027-02-09', '2027-02-30'), 'dayAt'],
      ['a kind that says nothing', NOTICE.replace('2027-02-09,放假', '2027-02-09,也许'), 'kindAt'],
      ['a day twice', NOTICE.replace('2027-02-09', '2027-02-08'), 'dayTwice'],
      ['two years', NOTICE.replace('2027-02-09', '2028-02-09'), 'otherYear'],
      ['half a year', NOTICE.split('\n').slice(0, 5).join('\n'), 'tooFew'],
      ['too many lines', Array.from({ length: 401 }, () => '2027-01-01,放假').join('\n'), 'tooMany'],
    ] as const) {
      it(`is refused with a sentence: ${what}`, async () => expect(await faultOf(text)).to.equal(fault));
    }
  });

  it('makes a provisional year certain, moves the open deadlines and says which', async () => {
    const town = await aTown('祝塘镇三');
    const disputeCase = await aCase(town)
      .receivedOn('2026-12-29')
      .routedTo('village')
      .with({
        routedAt: instantOf('2026-12-29', '09:00'),
        firstContactAt: instantOf('2026-12-29', '10:00'),
        number: '甲1',
      })
      .saved();
    await inTx(async () => disputeCase.update(await nextDueOf(disputeCase)));
    // +3 working days from a Tuesday; 1 January is a statutory holiday, Monday the 4th a day of work until the notice.
    expect(disputeCase.dueOn).to.equal('2027-01-04');
    expect((await showYear(2027)).covered).to.equal(false);
    expect((await showYear(2027)).days.map(({ day }) => day)).to.include('2027-01-01');
    const read = await readNotice(Buffer.from(NOTICE));
    await importYear(administrator, read.ok ? read.values : null!, '2027.csv');
    await disputeCase.reload();
    expect([disputeCase.dueOn, disputeCase.version]).to.deep.equal(['2027-01-05', 0]);
    const { covered, lastChange, days } = await showYear(2027);
    expect([covered, days.length]).to.deep.equal([true, 9]);
    expect(lastChange!.moved).to.deep.equal([
      { href: `/cases/${disputeCase.id}`, label: '甲1', before: '2027-01-04', after: '2027-01-05' },
    ]);
    expect(addWorkingDays(await currentCalendar(), '2027-02-04', 3)).to.include({ day: '2027-02-16' });
    expect(await AuditEntry.count({ where: { action: 'calendar.change' } })).to.equal(1);
    await DisputeCase.destroy({ where: {} });
  });

  it('has single days changed in a year whose notice is known only', async () => {
    await CalendarDate.destroy({ where: { day: '2026-12-30' } });
    await setDay(administrator, { day: '2026-12-30', kind: 'off', name: '停电' });
    expect((await currentCalendar()).isWorkday('2026-12-30')).to.equal(false);
    await setDay(administrator, { day: '2026-12-30', kind: 'usual', name: '' });
    expect((await currentCalendar()).isWorkday('2026-12-30')).to.equal(true);
    expect(await refusal(setDay(administrator, { day: '2031-05-04', kind: 'off', name: '' }))).to.equal(
      'errors.notFound',
    );
    expect(await CalendarYear.findByPk(2031)).to.equal(null);
    const stranger = await aReader(['dispatcher', await aTown('外镇')]);
    const before = await CalendarChange.count();
    expect(await refusal(setDay(stranger, { day: '2026-12-31', kind: 'off', name: '' }))).to.equal(
      'errors.notFound',
    );
    expect(await CalendarChange.count()).to.equal(before);
  });

  it('keeps a day that is what its weekday says without a row', () => {
    const days = [{ day: '2027-01-01', isWorkday: false, name: '元旦' }];
    expect(withDay(days, '2027-01-01', 'usual', '')).to.deep.equal([]);
    expect(withDay(days, '2027-01-02', 'worked', '调休').map(({ day }) => day)).to.deep.equal([
      '2027-01-01',
      '2027-01-02',
    ]);
  });
});
