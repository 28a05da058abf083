import { expect } from 'chai';
import { townSettingsOn } from '../../config/town.ts';
import { calendarSeed } from '../../models/seeds/calendar-seed.ts';
import { nextDue, runningClocks, type ClockedCase } from '../../server/deadlines/case-deadlines.rules.ts';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';

const seed = calendarSeed();
const calendar = buildCalendar(
  seed.days,
  seed.years.map(({ year }) => year),
);
const settings = townSettingsOn('2026-03-02', []);

describe('the clocks of a case', () => {
  const taken: ClockedCase = {
    state: 'awaitingAcceptance',
    receivedOn: '2026-03-02',
    routedOn: '2026-03-02',
    firstRoutedOn: '2026-03-02',
    contacted: false,
    danger: false,
    workerConsentOn: '2026-03-03',
    began: 'workerConsent',
    acceptedOn: null,
    extendedTo: null,
    reopenedOn: null,
    redoOn: null,
    nextInstalmentOn: null,
  };
  const accepted = { ...taken, acceptedOn: '2026-03-03' };

  for (const [what, disputeCase, kinds] of [
    ['waits for acceptance', taken, ['firstContact', 'acceptance', 'statutory']],
    ['waits for acceptance, contacted', { ...taken, contacted: true }, ['acceptance', 'statutory']],
    [
      'accepted without any contact',
      { ...accepted, state: 'inMediation' },
      ['firstContact', 'statutory', 'secondDate'],
    ],
    [
      'drafted without any contact',
      { ...accepted, state: 'awaitingSignature' },
      ['firstContact', 'statutory', 'secondDate'],
    ],
    [
      'accepted and contacted',
      { ...accepted, state: 'inMediation', contacted: true },
      ['statutory', 'secondDate'],
    ],
    [
      'extended by both parties',
      { ...accepted, state: 'inMediation', contacted: true, extendedTo: '2026-04-10' },
      ['extension'],
    ],
    ['closed without any contact', { ...accepted, state: 'closed' }, []],
    ['to be done again', { ...accepted, state: 'closed', redoOn: '2026-03-20' }, ['redo']],
    [
      'to be done again before money is due',
      { ...accepted, state: 'closed', redoOn: '2026-03-20', nextInstalmentOn: '2026-03-26' },
      ['redo', 'instalment'],
    ],
    [
      'waits for routing',
      { ...taken, state: 'awaitingRouting', routedOn: null, firstRoutedOn: null },
      ['dispatch', 'statutory'],
    ],
  ] as [string, ClockedCase, string[]][]) {
    it(`${what}: ${kinds.join(', ') || 'none'}`, () => {
      expect(runningClocks(disputeCase, settings, calendar).map(({ kind }) => kind)).to.deep.equal(kinds);
      expect(nextDue(disputeCase, settings, calendar).dueKind).to.equal(kinds[0] ?? null);
    });
  }

  // Monday 2 March; the statutory days run from the consent of the 3rd, acceptance without it from the first routing.
  const unasked: ClockedCase = { ...taken, workerConsentOn: null };
  for (const [what, moved, due] of [
    ['where it was first sent', unasked, ['firstContact 2026-03-04', 'acceptance 2026-03-05']],
    [
      'gone up on the 5th',
      { ...unasked, routedOn: '2026-03-05' },
      ['acceptance 2026-03-05', 'firstContact 2026-03-09'],
    ],
    [
      'gone up again on the 10th',
      { ...unasked, routedOn: '2026-03-10' },
      ['acceptance 2026-03-05', 'firstContact 2026-03-12'],
    ],
    [
      'handed back and sent again on the 6th',
      { ...unasked, routedOn: '2026-03-06', contacted: true },
      ['acceptance 2026-03-05'],
    ],
    [
      'gone up with consent',
      { ...taken, routedOn: '2026-03-05', contacted: true },
      ['acceptance 2026-03-06', 'statutory 2026-03-18'],
    ],
    [
      'gone up in mediation',
      { ...accepted, state: 'inMediation', routedOn: '2026-03-14', contacted: true },
      ['statutory 2026-03-18', 'secondDate 2026-03-18'],
    ],
    [
      'gone up in mediation, extended',
      {
        ...accepted,
        state: 'inMediation',
        routedOn: '2026-03-14',
        contacted: true,
        extendedTo: '2026-04-10',
      },
      ['extension 2026-04-10'],
    ],
  ] as [string, ClockedCase, string[]][]) {
    it(`only the first contact begins anew with another desk: ${what}`, () => {
      const clocks = runningClocks(moved, settings, calendar);
      expect(clocks.map(({ kind, dueOn }) => `${kind} ${dueOn}`)).to.deep.equal(due);
    });
  }

  it('a redo is due after 3 working days, and a case opened again is to be dispatched from that day on', () => {
    const [redo] = runningClocks({ ...accepted, state: 'closed', redoOn: '2026-03-20' }, settings, calendar);
    expect(redo!.dueOn).to.equal('2026-03-25');
    expect(redo!.explanation.map(({ key }) => key)).to.include.members([
      'deadlines.dayZero.redo',
      'deadlines.rules.redo',
    ]);
    const again = {
      ...taken,
      state: 'awaitingRouting',
      workerConsentOn: null,
      reopenedOn: '2026-04-01',
    } as const;
    expect(runningClocks(again, settings, calendar)[0]).to.include({ kind: 'dispatch', dueOn: '2026-04-02' });
  });
});
