import { expect } from 'chai';
import { DisputeCase } from '../../models/cases.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { mergeCases } from '../../server/cases/merger.service.ts';
import * as closing from '../../server/cases/closing.service.ts';
import { CASE_ACTIONS, stateAfter, type CaseAction } from '../../server/cases/lifecycle.rules.ts';
import { signSettlement } from '../../server/settlements/settlements.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { aReader } from '../support/factories.ts';
import { aCaseAt, aTownAtWork, type CaseStage, type Corner } from '../support/town-at-work.ts';

const ON = '2022-03-07';

describe('every action that closes a case', () => {
  useDatabase();
  let corner: Corner;
  let mediator: Reader;
  let dispatcher: Reader;

  before(async () => {
    corner = (await aTownAtWork('祝塘镇')).own;
    mediator = (await findSignedIn(corner.mediators[0]!.id))!.reader;
    dispatcher = await aReader(['dispatcher', corner.town]);
  });
  beforeEach(() => setClock(() => instantOf(ON, '09:00')));
  afterEach(() => setClock());

  type End = (id: string, version: number) => Promise<DisputeCase>;
  const reason = '已当面说明';
  const declined =
    (why: 'partyRefuses' | 'outOfScope'): End =>
    async (id, version) => {
      const proposed = await closing.proposeDecline(mediator, id, version, {
        reason: why,
        explanation: reason,
      });
      return closing.decideProposal(dispatcher, id, proposed.version, true);
    };
  const ENDS: [CaseAction, CaseStage, string, End][] = [
    ['sign', 'drafted', 'settledByInstalments', (id, v) => signSettlement(mediator, id, v, { signedOn: ON })],
    [
      'fail',
      'mediated',
      'failed',
      (id, v) => closing.failCase(mediator, id, v, { referral: 'court', reason }),
    ],
    ['withdraw', 'mediated', 'withdrawn', (id, v) => closing.withdrawCase(mediator, id, v, { reason })],
    ['loseContact', 'taken', 'lostContact', (id, v) => closing.loseContact(mediator, id, v, { reason })],
    ['decline', 'taken', 'declined', (id, v) => declined('partyRefuses')(id, v)],
    ['decline', 'taken', 'notLabour', (id, v) => declined('outOfScope')(id, v)],
    [
      'transfer',
      'mediated',
      'transferred',
      (id, v) => closing.transferCase(dispatcher, id, v, { authority: 'police', letter: null, reason }),
    ],
    [
      'markNotLabour',
      'waiting',
      'notLabour',
      (id, v) => closing.markNotLabour(dispatcher, id, v, { reason }),
    ],
    [
      'markDuplicate',
      'taken',
      'duplicate',
      async (id, v) => {
        const original = (await aCaseAt(corner, 'failed'))['caseId']!;
        await DisputeCase.update({ number: `原案${id}` }, { where: { id: original } });
        return closing.markDuplicate(dispatcher, id, v, { number: `原案${id}` });
      },
    ],
    [
      'merge',
      'taken',
      'duplicate',
      async (id, v) => {
        const { caseId: stays } = await aCaseAt(corner, 'taken');
        return mergeCases(dispatcher, id, v, { otherId: stays!, otherVersion: 0, stays: stays! });
      },
    ],
    ['void', 'proposed', 'void', (id, v) => closing.decideProposal(dispatcher, id, v, true)],
  ];

  it('is among these', () => {
    const all = CASE_ACTIONS.filter((action) => stateAfter(action, 'inMediation') === 'closed');
    expect([...new Set(ENDS.map(([action]) => action))]).to.have.members(all);
  });

  for (const [action, stage, outcome, end] of ENDS) {
    it(`${action} a case that is ${stage}: ${outcome}, today`, async () => {
      const { caseId } = await aCaseAt(corner, stage);
      const { version } = (await DisputeCase.findByPk(caseId))!;
      await end(caseId!, version);
      expect(await DisputeCase.findByPk(caseId)).to.include({ state: 'closed', outcome, closedOn: ON });
    });
  }
});
