import { expect } from 'chai';
import { calendarSeed } from '../../models/seeds/calendar-seed.ts';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';
import {
  confirmationWays,
  type AgreementInForce,
  type Confirmation,
} from '../../server/settlements/confirmation.rules.ts';

const seed = calendarSeed();
const calendar = buildCalendar(
  seed.days,
  seed.years.map(({ year }) => year),
);
const village: AgreementInForce = {
  effectiveOn: '2026-03-02',
  level: 'village',
  types: ['wages'],
  totalFen: 800_000,
};

const way = (kind: Confirmation, agreement: AgreementInForce, today = '2026-03-03') =>
  confirmationWays(agreement, today, calendar).find((one) => one.kind === kind)!;

describe('confirming an agreement', () => {
  for (const [what, kind, agreement, today, expected] of [
    ['wages in a village', 'arbitrationReview', village, '2026-03-03', 'anyLevel until 2026-03-17'],
    [
      'wages in a village',
      'judicialConfirmation',
      village,
      '2026-03-03',
      'peoplesMediation until 2026-04-01',
    ],
    ['on its last day', 'arbitrationReview', village, '2026-03-17', 'anyLevel until 2026-03-17'],
    ['a day late', 'arbitrationReview', village, '2026-03-18', 'closed: late'],
    [
      'in the town',
      'judicialConfirmation',
      { ...village, level: 'town' },
      '2026-03-03',
      'closed: notPeoplesMediation',
    ],
    [
      'at an enterprise',
      'judicialConfirmation',
      { ...village, level: 'enterprise' },
      '2026-03-03',
      'closed: notPeoplesMediation',
    ],
    [
      'at an enterprise',
      'arbitrationReview',
      { ...village, level: 'enterprise' },
      '2026-03-03',
      'anyLevel until 2026-03-17',
    ],
    [
      'on the employment itself',
      'arbitrationReview',
      { ...village, types: ['wages', 'relationship'] },
      '2026-03-03',
      'closed: relationship',
    ],
    [
      'on the employment itself',
      'judicialConfirmation',
      { ...village, types: ['relationship'] },
      '2026-03-03',
      'closed: notPaymentOnly',
    ],
    [
      'without money',
      'judicialConfirmation',
      { ...village, totalFen: 0 },
      '2026-03-03',
      'closed: notPaymentOnly',
    ],
    [
      'whose last day is a Saturday',
      'arbitrationReview',
      { ...village, effectiveOn: '2026-03-06' },
      '2026-03-07',
      'anyLevel until 2026-03-23',
    ],
    [
      'whose last day falls into the October holidays',
      'judicialConfirmation',
      { ...village, effectiveOn: '2026-09-02' },
      '2026-09-03',
      'peoplesMediation until 2026-10-08',
    ],
  ] as [string, Confirmation, AgreementInForce, string, string][]) {
    it(`${kind}, ${what}: ${expected}`, () => {
      const { open, reason, dueOn } = way(kind, agreement, today);
      expect(open ? `${reason} until ${dueOn}` : `closed: ${reason}`).to.equal(expected);
    });
  }

  it('explains the day it rolled over, and calls a year without a notice provisional', () => {
    const rolled = way('arbitrationReview', { ...village, effectiveOn: '2026-03-06' });
    expect(rolled.explanation.map(({ key }) => key)).to.include('deadlines.rules.arbitrationReview');
    expect(rolled.explanation.length).to.be.greaterThan(way('arbitrationReview', village).explanation.length);
    expect(way('arbitrationReview', { ...village, effectiveOn: '2026-12-20' }).provisional).to.equal(true);
  });
});
