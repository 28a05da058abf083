import { expect } from 'chai';
import { townSettingsOn } from '../../config/town.ts';
import { calendarSeed } from '../../models/seeds/calendar-seed.ts';
import { goingUpOn, levelAbove, type GoingUpFacts } from '../../server/case-routing/going-up.rules.ts';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';

const seed = calendarSeed();
const calendar = buildCalendar(
  seed.days,
  seed.years.map(({ year }) => year),
);
const settings = townSettingsOn('2026-03-02', []);

/** Routed on Monday 2 March, reached, consent of the worker on the 3rd. */
const going: GoingUpFacts = {
  level: 'village',
  routedOn: '2026-03-02',
  contacted: true,
  workerConsentOn: '2026-03-03',
  met: false,
};
const atEnterprise: GoingUpFacts = { ...going, level: 'enterprise' };
const silent: GoingUpFacts = { ...going, contacted: false, workerConsentOn: null };

describe('going up a level', () => {
  for (const [what, facts, day, expected] of [
    ['no first contact on the second working day', silent, '2026-03-04', null],
    ['no first contact the day after', silent, '2026-03-05', 'noFirstContact to town'],
    [
      'no first contact at an enterprise',
      { ...silent, level: 'enterprise' },
      '2026-03-05',
      'noFirstContact to village',
    ],
    ['no first contact over a weekend', { ...silent, routedOn: '2026-03-06' }, '2026-03-10', null],
    ['no meeting at the enterprise on day 5', atEnterprise, '2026-03-08', null],
    [
      'no meeting at the enterprise after day 5, a Sunday',
      atEnterprise,
      '2026-03-09',
      'noMeeting to village',
    ],
    ['a meeting at the enterprise', { ...atEnterprise, met: true }, '2026-03-09', null],
    ['no meeting in a village', going, '2026-03-09', null],
    ['no agreement on day 10', going, '2026-03-13', null],
    ['no agreement after day 10', going, '2026-03-14', 'noAgreement to town'],
    [
      'no agreement at the enterprise after day 10',
      { ...atEnterprise, met: true },
      '2026-03-14',
      'noAgreement to town',
    ],
    ['without day 0 no such clock runs', { ...going, workerConsentOn: null }, '2026-04-30', null],
    ['nothing is above the town', { ...silent, level: 'town' }, '2026-04-30', null],
    ['not routed yet', { ...silent, level: null, routedOn: null }, '2026-04-30', null],
  ] as [string, GoingUpFacts, string, string | null][]) {
    it(`${what}: ${expected ?? 'stays'}`, () => {
      const due = goingUpOn(day, facts, settings, calendar);
      expect(due && `${due.reason} to ${due.to}`).to.equal(expected);
    });
  }

  it('goes by one level', () => {
    expect([
      levelAbove('enterprise'),
      levelAbove('village'),
      levelAbove('town'),
      levelAbove(null),
    ]).to.deep.equal(['village', 'town', null, null]);
  });
});
