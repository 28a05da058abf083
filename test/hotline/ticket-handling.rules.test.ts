import { expect } from 'chai';
import {
  HANDLINGS,
  handlingAfter,
  TICKET_ACTION_NAMES,
  TICKET_ACTIONS,
  ticketObstacle,
  type Handling,
  type TicketAction,
  type TicketFacts,
  type TicketTransition,
} from '../../server/hotline/ticket-handling.rules.ts';

const ready: TicketFacts = {
  handling: 'signed',
  state: 'awaitingRouting',
  signed: true,
  returnRequest: null,
  returnDueOn: '2026-11-23',
  extensionDays: null,
  redoneOn: null,
  replyDueOn: '2026-11-27',
  exported: false,
  today: '2026-11-20',
};

/** What makes the guards of an action hold. */
const fit: Partial<Record<TicketAction, Partial<TicketFacts>>> = {
  approveReturn: { returnRequest: 'open' },
  refuseReturn: { returnRequest: 'open' },
  reply: { state: 'linked' },
};

describe('the handling of a ticket', () => {
  it('lets an action be taken from its handlings only', () => {
    for (const action of TICKET_ACTION_NAMES) {
      const { from }: TicketTransition = TICKET_ACTIONS[action];
      for (const handling of HANDLINGS) {
        const found = ticketObstacle(action, { ...ready, ...fit[action], handling });
        expect(found === null, `${action} from ${handling}`).to.equal(from.includes(handling));
      }
    }
  });

  for (const [action, before, after] of [
    ['sign', 'awaitingSigning', 'signed'],
    ['return', 'signed', 'returned'],
    ['approveReturn', 'awaitingSigning', 'returned'],
    ['refuseReturn', 'awaitingSigning', 'awaitingSigning'],
    ['reopen', 'returned', 'awaitingSigning'],
    ['extend', 'signed', 'signed'],
    ['reply', 'signed', 'replied'],
    ['exportReply', 'closed', 'closed'],
    ['close', 'replied', 'closed'],
    ['redo', 'replied', 'signed'],
  ] as [TicketAction, Handling, Handling][]) {
    it(`${action} leads from ${before} to ${after}`, () => {
      expect(handlingAfter(action, { handling: before, signed: true })).to.equal(after);
    });
  }

  it('a return that is taken back leads to where the ticket was', () => {
    expect(handlingAfter('undoReturn', { handling: 'returned', signed: true })).to.equal('signed');
    expect(handlingAfter('undoReturn', { handling: 'returned', signed: false })).to.equal('awaitingSigning');
  });

  it('names the guard that does not hold', () => {
    const cases: [TicketAction, Partial<TicketFacts>, string][] = [
      ['return', { state: 'linked' }, 'waitsForRouting'],
      ['askReturn', { state: 'linked' }, 'waitsForRouting'],
      ['askReturn', { returnRequest: 'open' }, 'notAskedBefore'],
      ['askReturn', { returnRequest: 'refused' }, 'notAskedBefore'],
      ['askReturn', { today: '2026-11-24' }, 'inReturnTime'],
      ['approveReturn', {}, 'asked'],
      ['refuseReturn', { returnRequest: 'refused' }, 'asked'],
      ['extend', { extensionDays: 1 }, 'notExtended'],
      ['extend', { redoneOn: '2026-11-19' }, 'firstRound'],
      ['extend', { today: '2026-11-28' }, 'beforeExpiry'],
      ['reply', {}, 'inCase'],
    ];
    for (const [action, facts, guard] of cases)
      expect(ticketObstacle(action, { ...ready, ...facts }), `${action} ${guard}`).to.equal(guard);
  });

  it('can be extended on the last day, and a return asked for on its last', () => {
    expect(ticketObstacle('extend', { ...ready, today: ready.replyDueOn })).to.equal(null);
    expect(ticketObstacle('askReturn', { ...ready, today: ready.returnDueOn })).to.equal(null);
  });

  it('leaves returns, and what follows them, to the town; a village asks', () => {
    for (const action of ['return', 'approveReturn', 'refuseReturn', 'undoReturn', 'reopen'] as const)
      expect(TICKET_ACTIONS[action].by, action).to.deep.equal({ dispatcher: 'town' });
    for (const action of ['sign', 'askReturn', 'extend', 'reply', 'exportReply'] as const)
      expect(TICKET_ACTIONS[action].by, action).to.deep.equal({ dispatcher: 'area' });
  });
});
