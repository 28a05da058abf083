import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import {
  CASE_ACTIONS,
  CASE_STATES,
  LIFECYCLE,
  obstacle,
  stateAfter,
  type CaseFacts,
  type Transition,
} from '../../server/cases/lifecycle.rules.ts';
import { README, readmeWithDiagram } from '../support/lifecycle-diagram.ts';

const ready: CaseFacts = {
  state: 'inMediation',
  takenOverAt: new Date(0),
  workerConsentOn: '2026-01-05',
  respondentConsentOn: '2026-01-06',
  outcome: null,
  performance: 'pending',
  level: 'village',
  collective: true,
  workers: 12,
  redoOpen: true,
  handOverOpen: true,
  receiptOpen: true,
  imported: false,
  hasSettlement: true,
  hasPayments: false,
};

describe('the lifecycle of a case', () => {
  it('is drawn in the README as it is', () => {
    const readme = readFileSync(README, 'utf8');
    expect(readme).to.include('[*] --> awaitingRouting').and.to.equal(readmeWithDiagram());
  });

  it('gives every action to somebody, or to the system', () => {
    for (const action of CASE_ACTIONS) {
      const { by, bySystem }: Transition = LIFECYCLE[action];
      expect(bySystem === true || Object.keys(by).length > 0, action).to.equal(true);
    }
  });

  it('lets an action be taken from its states only', () => {
    for (const action of CASE_ACTIONS) {
      const rule: Transition = LIFECYCLE[action];
      for (const state of CASE_STATES) {
        const takenOverAt = rule.needs?.includes('notTakenOver') ? null : ready.takenOverAt;
        const outcome = state === 'closed' ? 'failed' : null;
        const handOverOpen = !rule.needs?.includes('noHandOver');
        const found = obstacle(action, { ...ready, state, takenOverAt, outcome, handOverOpen });
        expect(found === null, `${action} from ${state}`).to.equal(rule.from.includes(state));
      }
    }
  });

  it('names the guard that does not hold', () => {
    const cases: [Parameters<typeof obstacle>[0], Partial<CaseFacts>, string][] = [
      ['takeOver', { state: 'awaitingAcceptance' }, 'notTakenOver'],
      ['accept', { state: 'awaitingAcceptance', takenOverAt: null }, 'takenOver'],
      ['accept', { state: 'awaitingAcceptance', workerConsentOn: null }, 'bothConsents'],
      ['accept', { state: 'awaitingAcceptance', respondentConsentOn: null }, 'bothConsents'],
      ['recordPayment', { state: 'closed', hasSettlement: false }, 'hasSettlement'],
      ['void', { state: 'closed', hasPayments: true }, 'noPayments'],
      ['recordReceipt', { state: 'closed', receiptOpen: false }, 'receiptOpen'],
      ['answerRedo', { state: 'closed', redoOpen: false }, 'redoOpen'],
      ['reopen', { state: 'closed', outcome: 'settledAtOnce' }, 'withoutAgreement'],
      ['reopen', { state: 'closed', outcome: 'duplicate' }, 'withoutAgreement'],
      ['goUp', { level: 'town' }, 'belowTown'],
      ['goUp', { level: null }, 'belowTown'],
      ['offerHandOver', {}, 'noHandOver'],
      [
        'offerHandOver',
        { state: 'closed', outcome: 'settledAtOnce', performance: 'fulfilled', redoOpen: false },
        'unfinished',
      ],
      ['acceptHandOver', { handOverOpen: false }, 'handOverOpen'],
      ['withdrawHandOver', { handOverOpen: false }, 'handOverOpen'],
      ['declineHandOver', { handOverOpen: false }, 'handOverOpen'],
      ['electRepresentatives', { collective: false }, 'collective'],
      ['reportToCounty', { collective: false }, 'collective'],
      ['splitOff', { workers: 1 }, 'severalWorkers'],
    ];
    for (const [action, facts, guard] of cases)
      expect(obstacle(action, { ...ready, ...facts }), action).to.equal(guard);
  });

  it('closes a case by these actions and by no other; only a reviewer opens it again', () => {
    const closing = CASE_ACTIONS.filter((action) => stateAfter(action, 'inMediation') === 'closed');
    expect(closing).to.have.members([
      ...['decline', 'sign', 'fail', 'withdraw', 'loseContact', 'transfer'],
      ...['markNotLabour', 'merge', 'markDuplicate', 'void'],
    ]);
    const fromClosed = CASE_ACTIONS.filter((action) =>
      (LIFECYCLE[action] as Transition).from.includes('closed'),
    );
    const opening = fromClosed.filter((action) => stateAfter(action, 'closed') !== 'closed');
    expect(opening).to.deep.equal(['reopen']);
    expect(LIFECYCLE.reopen.by).to.deep.equal({ dispatcher: 'town' });
  });

  it('lets nothing be done to a case that a ledger brought', () => {
    for (const action of CASE_ACTIONS)
      expect(obstacle(action, { ...ready, imported: true }), action).to.equal('imported');
  });

  it('lets nothing be done to a void case', () => {
    for (const action of CASE_ACTIONS)
      expect(obstacle(action, { ...ready, state: 'closed', outcome: 'void' })).to.equal('state');
  });
});
