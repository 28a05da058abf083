import { expect } from 'chai';
import { now, setClock, today } from '../../server/shared/clock.ts';

describe('clock', () => {
  afterEach(() => setClock());

  it("gives the town's day, not that of UTC", () => {
    setClock(() => new Date('2026-11-20T16:30:00Z'));
    expect(today()).to.equal('2026-11-21');
  });

  it('returns to the real clock', () => {
    setClock(() => new Date(0));
    setClock();
    expect(Math.abs(now().getTime() - Date.now())).to.be.below(1000);
  });
});
