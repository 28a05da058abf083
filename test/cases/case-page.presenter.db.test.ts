import { expect } from 'chai';
import { RoutingDecision } from '../../models/cases.ts';
import { presentCasePage } from '../../server/cases/case-page.presenter.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aClaimant, aReader, aRoom, aTown } from '../support/factories.ts';

describe('the page of a case', () => {
  useDatabase();

  it('tells an official why it was routed without the names and numbers in the reason', async () => {
    const town = await aTown();
    const { room, mediators } = await aRoom(town, town, ['周强']);
    const desk = { roomId: room.id, mediatorId: mediators[0]!.id };
    const disputeCase = await aCase(town).routedTo('town').with(desk).saved();
    await aClaimant(disputeCase, { name: '赵敏华' });
    await RoutingDecision.create({
      caseId: disputeCase.id,
      decidedById: mediators[0]!.id,
      rule: 'village',
      proposedLevel: 'village',
      level: 'town',
      ...desk,
      reason: '赵敏华（13812345678）在镇上住',
      inputs: {},
    });
    const page = await loadCasePage(await aReader(['official', town]), disputeCase.id);
    const shown = JSON.stringify(presentCasePage(page, '2026-03-02', (key) => key));
    expect(shown).to.contain('赵**（138****5678）在镇上住');
    expect(shown).not.to.match(/赵敏华|13812345678/);
  });
});
