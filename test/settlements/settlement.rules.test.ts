import { expect } from 'chai';
import {
  paidFen,
  PAYMENT_STATES,
  paymentsAwaiting,
  STANDING,
  unpaidFen,
  type PaymentState,
} from '../../server/settlements/settlement.rules.ts';

const payment = (amountFen: number, state: PaymentState, recordedById = 'mediator') => ({
  ...{ amountFen, state, recordedById },
});

describe('what is paid of an instalment', () => {
  const ofEveryState = PAYMENT_STATES.map((state, index) => payment(10 ** index, state));

  const sums: [states: readonly PaymentState[], fen: number][] = [
    [['verified'], 10],
    [STANDING, 11],
    [['reversed'], 10_000],
    [[], 0],
  ];
  for (const [states, fen] of sums) {
    it(`counts ${states.join(' and ') || 'nothing'}: ${fen} fen of payments in every state`, () => {
      expect(paidFen(ofEveryState, states)).to.equal(fen);
      expect(unpaidFen({ amountFen: 100_000, payments: ofEveryState }, states)).to.equal(100_000 - fen);
    });
  }

  it('is nothing where no payment was recorded', () => {
    expect(unpaidFen({ amountFen: 250_000 }, STANDING)).to.equal(250_000);
  });
});

describe('payments that wait for a second person', () => {
  const [own, others, decided] = [
    payment(1, 'recorded', 'dispatcher'),
    payment(2, 'recorded'),
    payment(3, 'verified'),
  ];
  const [first, second] = [{ payments: [own, others] }, { payments: [decided] }];

  it('are those that somebody else recorded and nobody has decided, each with its instalment', () => {
    expect(paymentsAwaiting('dispatcher', [first, second, {}])).to.deep.equal([
      { payment: others, instalment: first },
    ]);
    expect(paymentsAwaiting('mediator', [first, second])).to.deep.equal([
      { payment: own, instalment: first },
    ]);
  });
});
