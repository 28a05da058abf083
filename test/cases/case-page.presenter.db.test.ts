import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../config/root.ts';
import { RoutingDecision, type DisputeCase } from '../../models/cases.ts';
import { jumpLinks } from '../../server/cases/case-jumps.presenter.ts';
import { presentCasePage } from '../../server/cases/case-page.presenter.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import { translator } from '../../server/web/language.ts';
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

  it('leads from its top to every part that is there, and to no other', async () => {
    const template = readFileSync(join(projectRoot, 'views/cases/show.hbs'), 'utf8');
    const ids = [...template.matchAll(/<section[^>]* id="(\w+)"/g)].map(([, id]) => `#${id}`);
    const t = translator('zh-CN');
    const jumpsOf = async (where: Partial<DisputeCase['_creationAttributes']>, papers: boolean) => {
      const town = await aTown();
      const { id } = await aCase(town).with(where).saved();
      const page = await loadCasePage(await aReader(['dispatcher', town]), id);
      return jumpLinks(presentCasePage(page, '2026-03-02', t), papers, t).map(({ href }) => href);
    };
    const all = await jumpsOf({ collective: true, workers: 12 }, true);
    expect(all).to.include('#group').and.include('#papers').and.not.include('#settlement');
    expect(ids).to.include.members(all);
    expect(await jumpsOf({}, false))
      .to.include('#overview')
      .and.not.include('#group')
      .and.not.include('#papers');
  });
});
