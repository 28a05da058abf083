import { expect } from 'chai';
import {
  clocksTogether,
  expiredTogether,
  isSamePerson,
  joinClaims,
  mayStay,
  mergeHindrance,
  pairWorkers,
  workersTogether,
  type MergedCase,
} from '../../server/cases/merger.rules.ts';

const older: MergedCase = {
  ...{ id: 'a', townId: 't', state: 'awaitingAcceptance', level: 'village', enterpriseId: 'e' },
  ...{
    enterpriseConsent: false,
    receivedAt: new Date('2022-03-01T01:00Z'),
    imported: false,
    proposed: false,
  },
};
const newer: MergedCase = { ...older, id: 'b', receivedAt: new Date('2022-03-05T01:00Z') };

describe('two cases that may become one', () => {
  it('do not where one says why', () => {
    const table: [Partial<MergedCase>, ReturnType<typeof mergeHindrance>][] = [
      [{}, null],
      [{ id: 'a' }, 'same'],
      [{ townId: 'other' }, 'otherTown'],
      [{ imported: true }, 'imported'],
      [{ state: 'awaitingSignature' }, 'drafted'],
      [{ state: 'closed' }, 'closed'],
      [{ proposed: true }, 'proposed'],
      [{ state: 'inMediation', level: 'enterprise' }, 'committee'],
      [{ state: 'awaitingRouting', level: null }, null],
    ];
    for (const [values, hindrance] of table) {
      expect(mergeHindrance(older, { ...newer, ...values }), JSON.stringify(values)).to.equal(hindrance);
      expect(mergeHindrance({ ...newer, ...values }, older), JSON.stringify(values)).to.equal(hindrance);
    }
  });

  it('stay: the one that is further on, else either with the older first, and no committee without consent', () => {
    const table: [Partial<MergedCase>, Partial<MergedCase>, string[]][] = [
      [{}, {}, ['a', 'b']],
      [{}, { state: 'inMediation' }, ['b']],
      [{}, { state: 'awaitingRouting' }, ['a']],
      [{ level: 'enterprise' }, {}, ['b']],
      [{ level: 'enterprise' }, { enterpriseConsent: true }, ['a', 'b']],
      [{ level: 'enterprise' }, { enterpriseConsent: true, enterpriseId: 'other' }, ['b']],
      [{ level: 'enterprise' }, { enterpriseConsent: true, enterpriseId: null }, ['b']],
    ];
    for (const [one, other, ids] of table)
      for (const [first, second] of [
        [
          { ...older, ...one },
          { ...newer, ...other },
        ],
        [
          { ...newer, ...other },
          { ...older, ...one },
        ],
      ] as const)
        expect(mayStay(first, second).map(({ id }) => id)).to.deep.equal(ids);
  });

  it('have one worker where the ID number says so, and the phone where one of them gave none', () => {
    const table: [[string | null, string | null], [string | null, string | null], boolean][] = [
      [['i', 'p'], ['i', 'q'], true],
      [['i', 'p'], ['j', 'p'], false],
      [['i', 'p'], [null, 'p'], true],
      [[null, 'p'], [null, 'p'], true],
      [[null, null], [null, null], false],
      [['i', null], [null, 'p'], false],
    ];
    const person = ([idNumberHash, phoneHash]: [string | null, string | null]) => ({
      idNumberHash,
      phoneHash,
    });
    for (const [one, other, same] of table)
      expect(isSamePerson(person(one), person(other)), JSON.stringify([one, other])).to.equal(same);
  });

  it('pair nobody with two people', () => {
    const person = { idNumberHash: null, phoneHash: 'p' };
    const pairs = pairWorkers([{ ...person }], [{ ...person }, { ...person }]);
    expect(pairs.map(({ same }) => same !== null)).to.deep.equal([true, false]);
    expect(workersTogether(1, 2, 1)).to.equal(2);
  });

  it('add up no claims of one type, and join those of others', () => {
    const wages = { type: 'wages', claimedFen: 500 } as const;
    const going = [{ type: 'wages', claimedFen: 700 } as const, { type: 'overtime', claimedFen: 1 } as const];
    const { joining, repeated } = joinClaims<{ type: 'wages' | 'overtime'; claimedFen: number }>(
      [wages],
      going,
    );
    expect(joining).to.deep.equal([going[1]]);
    expect(repeated).to.deep.equal([{ going: going[0], staying: wages }]);
  });

  it('run by the first application; an extension holds where both have one', () => {
    const days = {
      receivedAt: older.receivedAt,
      receivedOn: '2022-03-01',
      firstContactAt: null,
      firstRoutedAt: null,
    };
    const none = { ...days, workerConsentOn: null, statutoryDueOn: null, extendedTo: null };
    const table = [
      ['2022-03-02', '2022-03-01', null, null, '2022-03-01', null],
      ['2022-03-02', null, '2022-03-20', null, '2022-03-02', null],
      [null, '2022-03-02', null, '2022-03-20', '2022-03-02', null],
      ['2022-03-02', '2022-03-03', '2022-03-20', '2022-03-19', '2022-03-02', '2022-03-19'],
      [null, null, null, null, null, null],
    ] as const;
    for (const [one, other, oneTo, otherTo, dayZero, extendedTo] of table)
      expect(
        clocksTogether(
          { ...none, workerConsentOn: one, extendedTo: oneTo },
          { ...none, workerConsentOn: other, extendedTo: otherTo },
        ),
      ).to.include({ workerConsentOn: dayZero, extendedTo });
  });

  it('are over when the earlier days are, unless both parties of both agreed to more', () => {
    const days = { receivedAt: older.receivedAt, receivedOn: '2022-03-01', firstContactAt: null };
    const none = { ...days, firstRoutedAt: null, workerConsentOn: null, extendedTo: null };
    for (const [one, other, oneTo, otherTo, over] of [
      ['2022-03-17', '2022-03-25', null, null, '2022-03-17'],
      ['2022-03-25', '2022-03-17', null, null, '2022-03-17'],
      ['2022-03-18', '2022-03-25', null, null, null],
      ['2022-03-17', '2022-03-25', '2022-03-30', null, '2022-03-17'],
      ['2022-03-17', '2022-03-25', '2022-03-30', '2022-04-01', null],
      [null, null, null, null, null],
    ] as const)
      expect(
        expiredTogether(
          { ...none, statutoryDueOn: one, extendedTo: oneTo },
          { ...none, statutoryDueOn: other, extendedTo: otherTo },
          '2022-03-18',
        ),
      ).to.equal(over);
  });
});
