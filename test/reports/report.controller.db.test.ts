import { expect } from 'chai';
import type { Area } from '../../models/areas.ts';
import { User } from '../../models/accounts.ts';
import type { Role } from '../../server/accounts/roles.rules.ts';
import { aCase, aTicket, aTown } from '../support/factories.ts';
import { useProgram, type Visitor } from '../support/http.ts';
import { saved } from '../support/saved.ts';

describe('the page of the report', () => {
  const program = useProgram();
  let town: Area;
  let other: Area;

  before(async () => {
    [town, other] = [await aTown('祝塘镇'), await aTown('青阳镇')];
    const { id } = await aCase(town).fromHotline().claiming('8,000').closedOn('2022-03-09').saved();
    await aTicket(town, '2022-03-01', { caseId: id });
    await aCase(town).receivedOn('2023-04-01').claiming('500').closedOn('2023-04-09').saved();
  });

  async function signedIn(role: Role, language = 'zh-CN'): Promise<Visitor> {
    const user = await program.person('陈书记', role, town);
    await User.update({ language }, { where: { id: user.id } });
    return program.as(user);
  }
  const year = (name: string): string => `/reports?from=${name}-01-01&to=${name}-12-31`;
  const of2022 = year('2022');
  const sentence = '2022年，共接到12345劳动争议诉求件1件，调处成功率100%，涉及总金额8000元';
  const others = '以下数字含上门登记等全部来源的案件';

  it('tells an official the sentence, and links its figures', async () => {
    const page = await (await signedIn('official')).visit(of2022);
    expect(page.text).to.include(sentence).and.not.include(others);
    expect(page.tile('办结')).to.deep.equal({
      value: '1',
      href: `/cases?area=${town.id}&closedFrom=2022-01-01&closedTo=2022-12-31`,
    });
  });

  it('says so where its figures count cases that the sentence of the hotline leaves out', async () => {
    const page = await (await signedIn('official')).visit(year('2023'));
    expect(page.text).to.include('共接到12345劳动争议诉求件0件').and.include(others);
    expect(page.tile('办结').value).to.equal('1');
  });

  it('gives the official sentence and its English on the English page', async () => {
    const { html } = await (await signedIn('official', 'en')).visit(of2022);
    expect(html).to.include(`<p lang="zh-CN">${sentence}</p>`);
    expect(html).to.include('In 2022, labour dispute complaints received through the 12345 hotline: 1');
  });

  it('is this year unless something else is asked for, and says what to do when it is empty', async () => {
    const official = await signedIn('official');
    const empty = await official.visit('/reports');
    expect(empty.text).to.include('这段时间没有案件和工单');
    const lastYear = await official.visit(empty.link('看去年全年'));
    expect(lastYear.text).to.include('这段时间没有案件和工单').and.not.include('看去年全年');
  });

  it('prints on paper', async () => {
    const { html } = await (await signedIn('official')).visit(of2022.replace('?', '/print?'));
    expect(html).to.include('class="paper"').and.include('祝塘镇劳动争议调解情况统计').and.include(sentence);
    expect(html).to.not.include('<form');
  });

  it('saves its figures as they are shown, each sheet with area, period and basis', async () => {
    const official = await signedIn('official');
    const page = await official.visit(`${of2022}&basis=received`);
    const { sheets } = await saved(official, page.link('导出Excel'));
    expect(Object.keys(sheets)).to.deep.equal([
      ...['主要指标', '收结情况', '调处结果', '按层级', '按村（社区）', '按争议类型', '按月份'],
    ]);
    for (const [, [watermark, lead]] of Object.entries(sheets)) {
      expect(watermark![0]).to.match(/^陈书记 于 /);
      expect(lead![0]).to.equal('祝塘镇，2022-01-01至2022-12-31，接件口径');
    }
    expect(sheets['主要指标']!.find(([label]) => label === '办结')).to.include.members([1, '件']);
    expect(sheets['按月份']!.slice(2).map(([month, received]) => [month, received])).to.deep.equal([
      ['月份', '新收'],
      ['2022年3月', 1],
      ['合计', 1],
    ]);
    expect((await official.visit('/reports')).text).to.not.include('导出Excel');
    expect((await official.visit('/reports/export?from=2022-02-30&to=2022-03-31')).status).to.equal(422);
  });

  it('keeps what was typed and says what is wrong with it', async () => {
    const official = await signedIn('official');
    const absent = await official.visit('/reports?from=2022-02-30&to=2022-03-31');
    expect([absent.status, absent.value('to')]).to.deep.equal([422, '2022-03-31']);
    expect(absent.error('from')).to.include('没有这一天');
    expect(absent.html).to.not.include('class="tile"');
    const reversed = await official.visit('/reports?from=2022-05-01&to=2022-04-30');
    expect(reversed.error('to')).to.include('截止日期 2022-04-30 早于起始日期 2022-05-01');
    expect((await official.visit(`${of2022}&from=2023-01-01`)).status).to.equal(400);
  });

  it('answers 404 for a town out of reach, for an absent one, and to who may not read reports', async () => {
    const official = await signedIn('official');
    expect((await official.visit(`${of2022}&area=${town.id}`)).status).to.equal(200);
    const foreign = await official.visit(`${of2022}&area=${other.id}`);
    const absent = await official.visit(`${of2022}&area=01a1fc0f-da28-76d8-abca-72c8fd2301ff`);
    const plain = (html: string): string => html.replace(/value="[^"]*"/g, '');
    expect([foreign.status, plain(foreign.html)]).to.deep.equal([404, plain(absent.html)]);
    for (const role of ['mediator', 'administrator'] as const)
      expect((await (await signedIn(role)).visit('/reports')).status).to.equal(404);
  });
});
