import { expect } from 'chai';
import { TOWN_SETTINGS, townSettingsOn } from '../../config/town.ts';
import { calendarSeed } from '../../models/seeds/calendar-seed.ts';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';
import {
  contactDeadline,
  dueDatesFrom,
  replyDeadline,
  returnDeadline,
  runningClock,
  signDeadline,
  warningOf,
} from '../../server/hotline/ticket-clocks.rules.ts';
import type { Handling } from '../../server/hotline/ticket-handling.rules.ts';
import { instantOf, wallClock, type CalendarDay } from '../../server/shared/calendar-day.ts';

const seed = calendarSeed();
const calendar = buildCalendar(
  seed.days,
  seed.years.map(({ year }) => year),
);
const settings = townSettingsOn('2026-11-20', []);
const at = (text: string): Date => {
  const [day, time] = text.split(' ');
  return instantOf(day!, time);
};

const nothingGiven = { givenSignDueAt: null, givenReplyDueOn: null };

describe('the clocks of a ticket', () => {
  for (const [sent, dueAt, why] of [
    ['2026-11-20 09:00', '2026-11-20 15:00', 'over noon'],
    ['2026-11-20 16:00', '2026-11-23 11:00', 'Friday afternoon to Monday'],
    ['2026-11-20 19:30', '2026-11-23 14:30', 'Friday evening'],
    ['2026-11-21 10:00', '2026-11-23 14:30', 'a Saturday'],
    ['2026-10-09 17:00', '2026-10-10 14:00', 'a worked Saturday (调休) counts'],
    ['2026-09-30 17:00', '2026-10-08 14:00', 'over the national holiday'],
  ] as const) {
    it(`signing of what was sent ${sent} is due ${dueAt}: ${why}`, () => {
      const { dueAt: due, provisional } = signDeadline(
        { clockFrom: at(sent), givenSignDueAt: null },
        settings,
        calendar,
      );
      expect(wallClock(due)).to.equal(dueAt);
      expect(provisional).to.equal(false);
    });
  }

  for (const [told, given, sign, reply, keys] of [
    [
      'nothing',
      nothingGiven,
      '2026-11-20 15:00',
      '2026-11-27',
      ['handling.clocks.sentAt', 'handling.clocks.dayZero.dispatch'],
    ],
    [
      'its own deadlines',
      { givenSignDueAt: at('2026-11-20 11:00'), givenReplyDueOn: '2026-12-01' },
      '2026-11-20 11:00',
      '2026-12-01',
      ['handling.clocks.signGiven', 'handling.clocks.replyGiven'],
    ],
    [
      'those of an earlier sending',
      { givenSignDueAt: at('2026-11-18 11:00'), givenReplyDueOn: '2026-11-19' },
      '2026-11-20 15:00',
      '2026-11-27',
      ['handling.clocks.sentAt', 'handling.clocks.dayZero.dispatch'],
    ],
  ] as const) {
    it(`the hotline gives ${told}`, () => {
      const clockFrom = at('2026-11-20 09:00');
      const clocked = { clockFrom, ...given, extensionDays: null, redoneOn: null };
      const deadlines = [
        signDeadline(clocked, settings, calendar),
        replyDeadline(clocked, settings, calendar),
      ] as const;
      expect([wallClock(deadlines[0].dueAt), deadlines[1].dueOn]).to.deep.equal([sign, reply]);
      expect(deadlines.map(({ explanation }) => explanation[0]!.key)).to.deep.equal(keys);
      const { signDueAt, replyDueOn } = dueDatesFrom(clockFrom, given, settings, calendar);
      expect([wallClock(signDueAt), replyDueOn]).to.deep.equal([sign, reply]);
    });
  }

  it('explains from which moment, in which hours, what was passed over, and until when', () => {
    const { explanation } = signDeadline(
      { clockFrom: at('2026-11-20 19:30'), givenSignDueAt: null },
      settings,
      calendar,
    );
    expect(explanation).to.deep.equal([
      { key: 'handling.clocks.sentAt', values: { time: '2026-11-20 19:30' } },
      { key: 'handling.clocks.sign', values: { count: 4, hours: '08:30–11:30、13:30–17:30' } },
      { key: 'deadlines.skipped.weekend', values: { days: '2026-11-21 – 2026-11-22' } },
      { key: 'handling.clocks.signBy', values: { time: '2026-11-23 14:30' } },
    ]);
  });

  for (const [day, count, dueOn] of [
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-11-20', 5, '2026-11-27'],
    ['2026-12-29', 5, '2027-01-06'],
  ] as const) {
    it(`the answer to what was sent on ${day} is due ${count} working days later, ${dueOn}`, () => {
      const clocked = {
        clockFrom: at(`${day} 18:00`),
        extensionDays: null,
        redoneOn: null,
        givenReplyDueOn: null,
      };
      const { dueOn: due, provisional } = replyDeadline(clocked, settings, calendar);
      expect(due).to.equal(dueOn);
      expect(provisional).to.equal(dueOn.startsWith('2027'));
    });
  }

  it('an extension is added and said; a redo has a clock of its own, without it', () => {
    const clockFrom = at('2026-11-20 09:00');
    const extended = replyDeadline(
      { clockFrom, extensionDays: 3, redoneOn: null, givenReplyDueOn: null },
      settings,
      calendar,
    );
    expect(extended.dueOn).to.equal('2026-12-02');
    expect(extended.explanation.map(({ key, values }) => [key, values['count']])).to.deep.include.members([
      ['handling.clocks.reply', 5],
      ['handling.clocks.extension', 3],
    ]);
    const redo = replyDeadline(
      { clockFrom, extensionDays: 3, redoneOn: '2026-11-20', givenReplyDueOn: null },
      settings,
      calendar,
    );
    expect(redo.dueOn).to.equal('2026-11-25');
    expect(redo.explanation[0]).to.deep.equal({
      key: 'handling.clocks.dayZero.redo',
      values: { day: '2026-11-20' },
    });
  });

  it('a return is asked for within one working day of the arrival, a worker contacted within two', () => {
    expect(returnDeadline(at('2026-11-20 16:00'), settings, calendar).dueOn).to.equal('2026-11-23');
    expect(contactDeadline(at('2026-11-20 16:00'), settings, calendar).dueOn).to.equal('2026-11-24');
  });

  it('follow the town’s own settings', () => {
    const own = {
      ...settings,
      ticketSignHours: 1,
      ticketReplyWorkingDays: 3,
      officeHours: [{ from: '09:00', to: '12:00' }],
    };
    const { signDueAt, replyDueOn } = dueDatesFrom(at('2026-11-20 11:30'), nothingGiven, own, calendar);
    expect([wallClock(signDueAt), replyDueOn]).to.deep.equal(['2026-11-23 09:30', '2026-11-25']);
  });

  it('have the defaults of DOMAIN §2, each with its source', () => {
    expect(settings).to.include({
      ticketSignHours: 4,
      ticketReturnWorkingDays: 1,
      ticketReplyWorkingDays: 5,
      ticketExtensionWorkingDays: 5,
      redoWorkingDays: 3,
    });
    expect(settings.ticketWarningPercents).to.deep.equal([50, 80, 100]);
    expect(TOWN_SETTINGS.ticketSignHours.source).to.include('DOMAIN §2');
    expect(TOWN_SETTINGS.ticketWarningPercents.schema.safeParse([80, 50, 100]).success).to.equal(false);
  });
});

describe('the warning of a clock', () => {
  const clock = { from: at('2026-11-20 08:30'), dueAt: at('2026-11-20 17:30') };
  for (const [now, warning] of [
    ['2026-11-20 11:59', 'none'],
    ['2026-11-20 13:59', 'none'],
    ['2026-11-20 14:00', 'half'],
    ['2026-11-20 16:05', 'half'],
    ['2026-11-20 16:06', 'nearly'],
    ['2026-11-20 17:29', 'nearly'],
    ['2026-11-20 17:30', 'over'],
    ['2026-11-22 10:00', 'over'],
  ] as const) {
    it(`of a day’s seven office hours is ${warning} at ${now}`, () => {
      expect(warningOf(clock, at(now), settings, calendar)).to.equal(warning);
    });
  }

  it('does not grow over a weekend', () => {
    const weekend = { from: at('2026-11-20 08:30'), dueAt: at('2026-11-23 17:30') };
    for (const now of ['2026-11-20 17:30', '2026-11-21 12:00', '2026-11-22 23:00'])
      expect(warningOf(weekend, at(now), settings, calendar), now).to.equal('half');
  });

  const day = (replyDueOn: CalendarDay) => ({
    clockFrom: at('2026-11-16 09:00'),
    signDueAt: at('2026-11-16 15:00'),
    replyDueOn,
    redoneOn: null,
  });
  for (const [handling, kind] of [
    ['awaitingSigning', 'sign'],
    ['signed', 'reply'],
    ['replied', null],
    ['closed', null],
    ['returned', null],
  ] as [Handling, 'sign' | 'reply' | null][]) {
    it(`runs for a ticket that is ${handling}: ${kind ?? 'none'}`, () => {
      const running = runningClock(
        { handling, ...day('2026-11-23') },
        at('2026-11-20 10:00'),
        settings,
        calendar,
      );
      expect(running?.kind ?? null).to.equal(kind);
    });
  }

  it('does not run for a ticket outside the hotline’s clocks', () => {
    const outside = { handling: 'signed' as const, ...day('9999-12-31'), clockFrom: null };
    expect(runningClock(outside, at('2026-11-20 10:00'), settings, calendar)).to.equal(null);
  });
});
