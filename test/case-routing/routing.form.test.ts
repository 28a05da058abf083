import { expect } from 'chai';
import { deskValue } from '../../server/case-routing/proposal.rules.ts';
import {
  answersIn,
  readLink,
  readReassignment,
  readReturn,
  readRoute,
  readTicks,
} from '../../server/case-routing/routing.form.ts';
import { newId } from '../../server/shared/ids.ts';

const desk = { roomId: newId(), mediatorId: newId() };
const ticketId = newId();
const tick = `${ticketId}:3:${deskValue(desk)}`;

describe('the forms of routing', () => {
  it('read one tick, many, or none', () => {
    const confirmation = { ticketId, version: 3, seen: desk };
    expect(readTicks({ tickets: tick })).to.deep.equal([confirmation]);
    expect(readTicks({ tickets: [tick, tick] })).to.deep.equal([confirmation, confirmation]);
    expect(readTicks({})).to.deep.equal([]);
  });

  for (const tickets of [
    '',
    ticketId,
    `${ticketId}:-1:${deskValue(desk)}`,
    `${ticketId}:1:${deskValue(desk)}:more`,
    `x:1:${deskValue(desk)}`,
    { $gt: '' },
    [{}],
    Array.from({ length: 51 }, () => tick),
  ]) {
    it(`refuse what no such form holds: ${JSON.stringify(tickets).slice(0, 60)}`, () => {
      expect(() => readTicks({ tickets }))
        .to.throw()
        .with.property('status', 400);
    });
  }

  it('read a decision; an empty enterprise is none, an absent box is unticked', () => {
    const read = readRoute({ version: '2', enterprise: '', desk: '', reason: ' ', seen: deskValue(desk) });
    expect(read).to.deep.equal({
      ok: true,
      values: {
        version: 2,
        choice: {
          enterprise: null,
          enterpriseConsent: false,
          keptHits: [],
          desk: undefined,
          seen: desk,
          reason: null,
          workers: null,
        },
      },
    });
    const chosen = readRoute({
      version: '2',
      consent: 'yes',
      hits: ['danger:跳楼', 'x'],
      desk: deskValue(desk),
    });
    expect(chosen.ok && chosen.values.choice).to.deep.include({
      enterpriseConsent: true,
      keptHits: ['danger:跳楼', 'x'],
      desk,
    });
    expect(() => readRoute({ version: '2', desk: 'somewhere' }))
      .to.throw()
      .with.property('status', 400);
  });

  it('say what is missing beside the field', () => {
    const fieldsOf = (read: { ok: boolean; errors?: { field: string }[] }): string[] =>
      (read.errors ?? []).map(({ field }) => field);
    expect(fieldsOf(readReassignment({ version: '1' }))).to.deep.equal(['desk', 'reason']);
    expect(fieldsOf(readRoute({ version: '1', reason: '长'.repeat(501) }))).to.deep.equal(['reason']);
    expect(fieldsOf(readLink({ version: '1', number: ' ' }))).to.deep.equal(['number']);
    expect(fieldsOf(readReturn({ version: '1', returnReason: 'because' }))).to.deep.equal(['returnReason']);
  });

  it('show the proposal again with what was answered, without an enterprise that is unknown', () => {
    const values = { version: '1', enterprise: '没有这家', consent: 'yes' };
    expect(answersIn({ values, errors: [] })).to.include({ enterprise: '没有这家', enterpriseConsent: true });
    const unknown = [{ field: 'enterprise', sentence: 'routing.errors.enterpriseUnknown' }];
    expect(answersIn({ values, errors: unknown })).not.to.have.property('enterprise');
  });
});
