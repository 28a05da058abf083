import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { ImportMapping } from '../../models/imports.ts';
import { ImportBatch } from '../../models/tickets.ts';
import { newId } from '../../server/shared/ids.ts';
import { aTown } from '../support/factories.ts';
import { useProgram, type Page, type Visitor } from '../support/http.ts';

const HEADERS = ['工单编号', '来电时间', '标题', '事由', '诉求分类'];
const COLUMNS = '按所选列重新核对';
const USED = '已按保存的对照“';

describe('kept mappings of the ticket import', () => {
  const program = useProgram();
  let town: Area;
  let dispatcher: Visitor;

  beforeEach(async () => {
    town = await aTown();
    dispatcher = await program.as(await program.person('陈建国', 'dispatcher', town));
  });

  async function upload(number: string, who = dispatcher, headers = HEADERS): Promise<Page> {
    const row = [number, '2022-01-06 09:03', '欠薪', `${number}的事由`, '劳动'];
    const bytes = Buffer.from(
      [headers, row.slice(0, headers.length)].map((cells) => cells.join()).join('\n'),
    );
    return who.fill('/imports/new', { file: { name: '工单.csv', bytes } }, '/imports/uploads');
  }
  /** Corrects the columns of the upload that is open: the content stands under 事由. */
  const correct = async (): Promise<Page> =>
    dispatcher.submit(dispatcher.page.form(/\/mapping$/, COLUMNS), { 'column-content': '事由' });
  const keep = async (name: string, replace: string | null = null): Promise<Page> =>
    dispatcher.submit(/\/saved-mapping$/, { mappingName: name, ...(replace ? { replace } : {}) });
  const contentOf = (page: Page): string | null | undefined => page.value('column-content');

  it('are offered only where something was corrected', async () => {
    const plain = await upload('A1');
    expect(plain.forms.some(({ action }) => action.endsWith('/saved-mapping'))).to.equal(false);
    const corrected = await correct();
    expect(corrected.forms.some(({ action }) => action.endsWith('/saved-mapping'))).to.equal(true);
    expect(corrected.text).to.not.include(USED);
  });

  it('read the next file with the same headers, in any order, and say so', async () => {
    await upload('A1');
    await correct();
    const kept = await keep('江阴热线');
    expect(kept.text).to.include('已按保存的对照“江阴热线”读取（陈建国');
    expect(await ImportBatch.count({ where: { townId: town.id } })).to.equal(0);

    const next = await upload('A2');
    expect([next.text.includes('已按保存的对照“江阴热线”读取'), contentOf(next)]).to.deep.equal([
      true,
      '事由',
    ]);
    const turned = await upload('A3', dispatcher, ['工单编号', '来电时间', '事由', '标题', '诉求分类']);
    expect(turned.text).to.include('已按保存的对照“江阴热线”读取');
    const other = await upload('A4', dispatcher, ['工单编号', '来电时间', '标题']);
    expect(other.text).to.not.include(USED);

    await upload('A2');
    const without = await dispatcher.submit(dispatcher.page.form(/\/mapping$/, '不用它，重新识别'));
    expect([without.text.includes(USED), contentOf(without)]).to.deep.equal([false, '']);
    const [mapping] = await ImportMapping.findAll({ where: { townId: town.id } });
    const again = await dispatcher.submit(dispatcher.page.form(/\/mapping$/, '按所选对照重新核对'), {
      mappingId: mapping!.id,
    });
    expect([again.text.includes(USED), contentOf(again)]).to.deep.equal([true, '事由']);
  });

  it('are replaced under the same name only when that is wanted', async () => {
    await upload('A1');
    await correct();
    await keep('江阴热线');
    await dispatcher.submit(dispatcher.page.form(/\/mapping$/, COLUMNS), { 'column-category': '' });
    expect(dispatcher.page.text).to.include('在对照“江阴热线”上改的，还没有保存');
    const refused = await keep('江阴热线');
    expect([refused.status, refused.error('mappingName')]).to.deep.equal([
      422,
      '已经有名为“江阴热线”的对照。请换一个名称，或勾选“替换同名的对照”。',
    ]);
    const replaced = await keep('江阴热线', 'yes');
    expect(replaced.text).to.include(USED);
    const all = await ImportMapping.findAll({ where: { townId: town.id }, order: [['savedAt', 'ASC']] });
    expect(all.map(({ openName, endedAt }) => [openName, endedAt === null])).to.deep.equal([
      [null, false],
      ['江阴热线', true],
    ]);
    const next = await upload('A2');
    expect([contentOf(next), next.value('column-category')]).to.deep.equal(['事由', '']);
  });

  it('read no more once they are ended, and stay listed', async () => {
    await upload('A1');
    await correct();
    await keep('江阴热线');
    await dispatcher.submit(/\/confirmation$/);
    const list = await dispatcher.visit('/imports/mappings');
    expect(list.text).to.include('诉求内容：“事由”').and.include('使用中');
    const page = await dispatcher.visit(list.link('停用'));
    await dispatcher.submit(page.form(/\/ending$/));
    expect(dispatcher.page.text).to.include('对照已停用').and.include('已停用');
    const again = await dispatcher.send(page.path, { idempotencyKey: newId() });
    expect([again.status, again.text.includes('已经停用或被替换')]).to.deep.equal([409, true]);
    const next = await upload('A2');
    expect([next.text.includes('读取（'), contentOf(next)]).to.deep.equal([false, '']);
    const [, , mappingId] = page.path.split('/').slice(1);
    const acts = await AuditEntry.findAll({ where: { objectId: mappingId! } });
    expect(acts.map(({ action }) => action)).to.have.members(['tickets.saveMapping', 'tickets.endMapping']);
  });

  it('without a name remember the last import, and say so', async () => {
    await upload('A1');
    await correct();
    await dispatcher.submit(/\/confirmation$/);
    const next = await upload('A2');
    expect([next.text.includes('已按上次导入时选择的列和类别读取'), contentOf(next)]).to.deep.equal([
      true,
      '事由',
    ]);
    await dispatcher.submit(next.form(/\/mapping$/, '不用它，重新识别'));
    await dispatcher.submit(/\/confirmation$/);
    expect(contentOf(await upload('A3'))).to.equal('');
    expect((await dispatcher.visit('/imports/mappings')).text).to.include('还没有保存过对照');
  });

  it('of another town are neither seen nor used nor found', async () => {
    await upload('A1');
    await correct();
    await keep('江阴热线');
    const [mapping] = await ImportMapping.findAll({ where: { townId: town.id } });
    const stranger = await program.as(await program.person('外镇', 'dispatcher', await aTown('华士镇')));
    const page = await upload('A1', stranger);
    expect(page.text).to.not.include('江阴热线');
    const sneaky = await stranger.send(`${page.path}/mapping`, { part: 'saved', mappingId: mapping!.id });
    expect(sneaky.status).to.equal(422);
    expect((await stranger.visit('/imports/mappings')).text).to.not.include('江阴热线');
    const answers = [
      await stranger.visit(`/imports/mappings/${mapping!.id}/ending`),
      await stranger.send(`/imports/mappings/${mapping!.id}/ending`, { idempotencyKey: newId() }),
      await stranger.visit(`/imports/mappings/${newId()}/ending`),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404]);
  });
});
