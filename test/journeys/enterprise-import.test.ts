import { expect } from 'chai';
import iconv from 'iconv-lite';
import { AuditEntry } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { Enterprise } from '../../models/directory.ts';
import { Upload } from '../../models/uploads.ts';
import { creditCodeCheckDigit } from '../../server/directory/credit-code.rules.ts';
import { anEnterprise, aTown, aVillage } from '../support/factories.ts';
import { useProgram, type ChosenFile, type Visitor } from '../support/http.ts';
import { saved } from '../support/saved.ts';

const code = (number: number): string => {
  const first17 = `91320281MA4${String(number).padStart(6, '0')}`;
  return first17 + creditCodeCheckDigit(first17);
};
const wide = (text: string): string =>
  text.replace(/[0-9A-Z]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
const WRONG = code(2).slice(0, 17) + (code(2).endsWith('0') ? '1' : '0');

/** As a village's accountant exports it: a title, GBK, digits in full width, and mistakes. */
const UGLY = [
  '祝塘镇企业名录（2026年）,,,,,,,,',
  '序号,单位 名称,统一社会信用代码,所属村（社区）,行业类别,职工人数（人）,联系人,联系电话,备注',
  `1,江阴宏达针织有限公司,${wide(code(1))},祝塘镇金庄,纺织业,８０,王总,１３８６１６０１２３４,老客户`,
  `2,错码有限公司,${WRONG},金庄村,纺织业,12,,,`,
  '3,江阴宏达针织有限公司,,金庄村,纺织业,90,,,同名',
  '4,老厂有限公司,,金庄村,,９５,,,',
  '5,一样有限公司,,,纺织,,,,',
  `6,,${code(6)},金庄村,,,,,没有名称`,
  '7,无村有限公司,,没有的村,机械,约三十人,,,',
].join('\r\n');
const file = (text: string, name = '企业名录.csv'): ChosenFile => ({
  name,
  bytes: iconv.encode(text, 'gb18030'),
});

describe('enterprises imported on a page', () => {
  const program = useProgram();
  let town: Area;
  let village: Area;
  let dispatcher: Visitor;

  before(async () => {
    town = await aTown('祝塘镇');
    village = await aVillage(town, '金庄村');
    await anEnterprise(town, '老厂有限公司', { headcount: 60 });
    await anEnterprise(town, '一样有限公司');
    dispatcher = await program.as(await program.person('陈建国', 'dispatcher', town));
  });

  const upload = (who: Visitor, chosen: ChosenFile) => who.fill('/enterprises/import', { file: chosen });
  const count = (): Promise<number> => Enterprise.count({ where: { townId: town.id } });

  it('asks for a file, and says what is wrong with one that it cannot read', async () => {
    await dispatcher.visit((await dispatcher.visit('/enterprises')).link('导入企业'));
    const none = await dispatcher.submit('/enterprises/import');
    expect([none.status, none.error('file')]).to.deep.equal([422, '请选择要导入的文件。']);
    const nameless = await upload(dispatcher, file('信用代码,行业\r\n1,纺织\r\n'));
    expect(nameless.status).to.equal(422);
    expect(nameless.error('file')).to.include('没有找到表头');
    const page = await upload(dispatcher, {
      name: '企业.xlsx',
      bytes: Buffer.from('<html>企业名称</html>'),
    });
    expect(page.status).to.equal(422);
    const elsewhere = await aTown('青阳镇');
    await dispatcher.visit('/enterprises/import');
    const idempotencyKey = dispatcher.page.value('idempotencyKey')!;
    const foreign = await dispatcher.send(
      '/enterprises/import',
      { townId: elsewhere.id, idempotencyKey, file: file(UGLY) },
      true,
    );
    expect(foreign.status).to.equal(422);
    expect(await Upload.count()).to.equal(0);
  });

  it('shows what is new, changed, known and faulty before anything is stored', async () => {
    const before = await count();
    const page = await upload(dispatcher, file(UGLY));
    const tile = (label: string): string => page.tile(label).value;
    expect(['新企业', '有变化', '已有', '有问题'].map(tile)).to.deep.equal(['2', '1', '1', '3']);
    expect(page.rows).to.deep.include.members([
      ['4', '统一社会信用代码', WRONG, '统一社会信用代码不对，请对照营业执照核对 18 位代码。'],
      [
        '5',
        '单位 名称',
        '江阴宏达针织有限公司',
        '与第 3 行的企业名称相同，但内容不同。请核对，只保留正确的一行。',
      ],
      ['8', '单位 名称', '（空）', '没有企业名称，请补填。'],
      ['9', '所属村（社区）', '没有的村', '没有这个村，已按不属任何村登记。'],
      ['9', '职工人数（人）', '约三十人', '看不懂，这一项没有登记。'],
      ['老厂有限公司', '所属村：— → 金庄村；职工人数：60 → 95'],
    ]);
    expect(page.text).to.include('138****1234').and.not.include('13861601234');
    expect(page.text).to.include('未采用的列：序号、备注');
    expect(await count()).to.equal(before);
  });

  it('gives the faulty rows back, which can be imported once they are corrected', async () => {
    const { rows, bytes } = await saved(dispatcher, dispatcher.page.link('下载有问题的行'));
    expect(rows[0]![0]).to.match(/^陈建国于 /);
    expect(rows.slice(2).map((cells) => cells[9])).to.deep.equal([4, 5, 8]);
    expect(rows[2]!.at(-1)).to.include('统一社会信用代码不对');
    expect(await AuditEntry.count({ where: { action: 'enterprises.exportFaultyRows' } })).to.equal(1);
    const waiting = dispatcher.page;
    const again = await upload(dispatcher, { name: '有问题的行.xlsx', bytes });
    expect(['新企业', '有问题'].map((label) => again.tile(label).value)).to.deep.equal(['1', '2']);
    await dispatcher.visit(waiting.path);
  });

  it('stores it once, with its enterprises in the audit', async () => {
    const before = await count();
    const { page } = dispatcher;
    const form = page.form(/confirmation$/);
    const done = await dispatcher.submit(form);
    expect(done.path).to.equal('/enterprises');
    expect(done.text).to.include('江阴宏达针织有限公司');
    expect((await dispatcher.submit(form)).path).to.equal('/enterprises');
    expect(await count()).to.equal(before + 2);
    const stored = (await Enterprise.findOne({ where: { creditCode: code(1) } }))!;
    expect(stored.get()).to.include({
      ...{ villageId: village.id, industry: 'textile', headcount: 80 },
      ...{ contactName: '王总', contactPhone: '13861601234' },
    });
    const changed = (await Enterprise.findOne({ where: { name: '老厂有限公司' } }))!;
    expect(changed.get()).to.include({ headcount: 95, villageId: village.id, version: 1 });
    const audits = await AuditEntry.findAll({ where: { action: 'importEnterprises' } });
    expect(audits.map(({ detail }) => detail)).to.have.length(1);
    expect(audits[0]!.detail).to.deep.include({ fileName: '企业名录.csv', new: 2, changed: 1, faulty: 3 });
    expect((await dispatcher.visit(page.path)).status).to.equal(404);
  });

  it('finds nothing to do in a file that was taken, and offers another', async () => {
    const page = await upload(dispatcher, file('企业名称,行业\r\n一样有限公司,纺织\r\n'));
    expect(page.text).to.include('都已登记，没有变化').and.include('换一个文件');
    expect(page.forms.some(({ action }) => action.endsWith('/confirmation'))).to.equal(false);
    const empty = await upload(dispatcher, file('企业名称,行业\r\n'));
    expect(empty.text).to.include('只有表头，没有数据行');
  });

  it('is looked at again when the directory has changed meanwhile', async () => {
    const page = await upload(
      dispatcher,
      file('企业名称,职工人数\r\n老厂有限公司,100\r\n新来有限公司,5\r\n'),
    );
    await Enterprise.update({ headcount: 70, version: 2 }, { where: { name: '老厂有限公司' } });
    const before = await count();
    const stale = await dispatcher.submit(page.form(/confirmation$/));
    expect(stale.status).to.equal(409);
    expect(stale.text).to.include('职工人数：70 → 100');
    expect(await count()).to.equal(before);
    expect((await dispatcher.submit(stale.form(/confirmation$/))).path).to.equal('/enterprises');
    expect(await count()).to.equal(before + 1);
  });

  it('is the town’s to do, and a waiting file its sender’s', async () => {
    await upload(dispatcher, file('企业名称,行业\r\n别人的有限公司,纺织\r\n'));
    const { path } = dispatcher.page;
    const colleague = await program.as(await program.person('沈敏', 'dispatcher', town));
    const ofVillage = await program.as(await program.person('村调度', 'dispatcher', village));
    const official = await program.as(await program.person('许志强', 'official', town));
    for (const who of [colleague, ofVillage, official]) expect((await who.visit(path)).status).to.equal(404);
    for (const who of [ofVillage, official]) {
      expect((await who.visit('/enterprises')).text).to.not.include('导入企业');
      expect((await who.visit('/enterprises/import')).status).to.equal(404);
    }
    expect((await colleague.visit('/enterprises/import')).status).to.equal(200);
  });
});
