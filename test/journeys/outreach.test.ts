import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import { selectRows } from '../../models/dialect.ts';
import { OutreachEvent } from '../../models/net.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { loadIndicators, publishedIndicators } from '../../server/reports/indicator.queries.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { aJpeg } from '../documents/files.ts';
import { aUser } from '../support/factories.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { saved } from '../support/saved.ts';
import { aTownAtWork } from '../support/town-at-work.ts';

describe('outreach events', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Visitor;
  let event: string;

  beforeEach(() => setClock(() => instantOf('2026-11-20', '09:00')));

  before(async () => {
    setClock(() => instantOf('2026-11-20', '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    await letSignIn(home.sender);
    dispatcher = await program.as(home.sender);
  });

  const filled = { title: '送法进工地', heldOn: '2026-11-10', kind: '上门宣传', place: '安置房工地' };
  const numbers = {
    audience: '75',
    materials: '80',
    materialsNote: '告知单',
    note: '联系人电话13955550123。',
  };

  async function figures(villageId: string | null = null) {
    const period = { from: '2026-11-01', to: '2026-11-30' };
    const question = { townIds: [home.town.id], villageId, period, basis: 'received' as const };
    return publishedIndicators(await loadIndicators(question)).outreach;
  }

  it('are recorded, with what is wrong beside the field and what was typed kept', async () => {
    expect((await dispatcher.visit('/outreach')).text).to.include('还没有宣传活动');
    const wrong = { ...filled, heldOn: '2026-11-21', audience: '七十五', materials: '-1' };
    const refused = await dispatcher.fill('/outreach/new', wrong, '/outreach');
    expect(refused.status).to.equal(422);
    expect(Object.keys(refused.errors)).to.have.members(['heldOn', 'areaId', 'audience', 'materials']);
    expect(refused.value('title')).to.equal('送法进工地');
    const done = await dispatcher.submit('/outreach', { ...filled, ...numbers, areaId: '建南村' });
    event = done.path;
    expect(done.text).to.include('75 人次').and.include('80 份').and.include('告知单').and.include('建南村');
    expect(done.text).to.include('139****0123').and.not.include('13955550123');
    await dispatcher.fill(
      '/outreach/new',
      {
        ...{ title: '广场咨询', heldOn: '2026-11-19', kind: '现场咨询', place: '人民广场' },
        ...{ audience: '1200', materials: '0', areaId: home.town.id },
      },
      '/outreach',
    );
  });

  it('stand in the list with their sums, filtered, and in Excel', async () => {
    const list = await dispatcher.visit('/outreach');
    expect(list.rows.map(([title]) => title)).to.deep.equal(['广场咨询', '送法进工地']);
    expect(list.text).to.include('合计 2 场').and.include('1,275');
    const search = `/outreach?q=${encodeURIComponent('工地')}`;
    expect((await dispatcher.visit(search)).rows).to.have.lengthOf(1);
    expect((await dispatcher.visit(`/outreach?village=${home.same.village.id}`)).rows).to.deep.equal([]);
    expect((await dispatcher.visit('/outreach?from=2026-11-19')).text).to.include('合计 1 场');
    const { rows } = await saved(dispatcher, '/outreach/export');
    expect(rows.flat()).to.include.members(['送法进工地', 1275, 80]);
  });

  it('are changed by a form that is not stale, and stay in their town', async () => {
    const first = await dispatcher.visit(`${event}/edit`);
    expect(first.value('audience')).to.equal('75');
    const done = await dispatcher.submit(`${event}/edit`, { audience: '90' });
    expect(done.text).to.include('90 人次');
    const stale = await dispatcher.submit(first.form(`${event}/edit`), { audience: '91' });
    expect(stale.status).to.equal(409);
    const audit = (await AuditEntry.findOne({ where: { action: 'editOutreach' } }))!;
    expect(audit.detail).to.deep.equal({ audience: { before: 75, after: 90 } });
  });

  it('show no number that somebody wrote into a text, and keep none in the audit', async () => {
    const number = '13955550123';
    const texts = { title: `咨询 ${number}`, place: `工地 ${number}`, materialsNote: `向 ${number} 领取` };
    const done = await dispatcher.fill(`${event}/edit`, texts);
    const list = await dispatcher.visit('/outreach');
    const form = await dispatcher.visit(`${event}/edit`);
    for (const { path, html } of [done, list, form])
      expect(html, path).to.include('139****0123').and.not.include(number);
    await dispatcher.submit(`${event}/edit`, { audience: '91' });
    const kept = (await OutreachEvent.findByPk(event.split('/').at(-1)))!;
    expect(kept).to.include({ ...texts, note: numbers.note, audience: 91 });
    const changed = { ...filled, note: `改拨 ${number}`, audience: '90', materialsNote: '' };
    const page = await dispatcher.fill(`${event}/edit`, changed);
    expect(page.text).to.include('改拨 139****0123').and.not.include('领取');
    const entries = await AuditEntry.findAll({ where: { action: 'editOutreach' } });
    expect(JSON.stringify(entries)).to.include('materialsNote').and.not.include(number);
  });

  it('keep photos without the place where they were taken, and nothing but photos', async () => {
    const nothing = await dispatcher.fill(event, { caption: '说明' }, `${event}/photos`);
    expect(nothing.error('file')).to.exist;
    expect(nothing.value('caption')).to.equal('说明');
    const script = { name: 'photo.jpg', bytes: Buffer.from('<svg onload="alert(1)"/>'), type: 'image/jpeg' };
    expect((await dispatcher.submit(`${event}/photos`, { file: script })).status).to.equal(422);
    const pdf = { name: 'photo.jpg', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') };
    expect((await dispatcher.submit(`${event}/photos`, { file: pdf })).error('file')).to.include('JPG或PNG');
    const { bytes } = aJpeg();
    const done = await dispatcher.submit(`${event}/photos`, {
      file: { name: '../../现场.jpg', bytes },
      caption: '王13955550123发放告知单',
    });
    expect(done.path).to.equal(event);
    const src = /<img src="([^"]+)" alt="王139\*\*\*\*0123发放告知单"/.exec(done.html)![1]!;
    const photo = await dispatcher.agent.get(src).responseType('blob');
    expect(photo.headers).to.include({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' });
    expect((photo.body as Buffer).includes('GPS-31.9N-120.4E')).to.equal(false);
    expect((photo.body as Buffer).includes('trailer')).to.equal(false);
    const [part] = await selectRows<{ bytes: Buffer }>('SELECT bytes FROM outreach_photo_parts');
    expect(part!.bytes.includes('JFIF')).to.equal(false);

    const removal = await dispatcher.visit(done.link('移除'));
    expect(removal.text).to.include('王139****0123发放告知单').and.not.include('13955550123');
    const unticked = await dispatcher.submit(removal.form(/removal$/));
    expect(unticked.error('confirmed')).to.include('请勾选确认');
    const removed = await dispatcher.submit(/removal$/, { confirmed: 'yes' });
    expect(removed.text).to.include('还没有照片');
    expect((await dispatcher.visit(src)).status).to.equal(404);
  });

  it('count in the report and on the command line, by town and village, and open their list', async () => {
    expect(await figures()).to.deep.equal({ events: 2, audience: 1290, materials: 80 });
    expect(await figures(home.own.village.id)).to.deep.equal({ events: 1, audience: 90, materials: 80 });
    expect(await figures(home.same.village.id)).to.deep.equal({ events: 0, audience: 0, materials: 0 });
    const report = await dispatcher.visit('/reports?from=2026-11-01&to=2026-11-30');
    const tile = report.tile('宣传活动');
    expect(tile.value).to.equal('2');
    expect(report.text).to.include('受众 1,290 人次，发放资料 80 份');
    expect((await dispatcher.visit(tile.href!)).text).to.include('合计 2 场');
  });

  it('are seen, not changed, by officials; another village’s are not there', async () => {
    const official = await program.as(await program.person('许领导', 'official', home.town));
    expect((await official.visit(event)).forms.map(({ action }) => action)).to.not.include(`${event}/photos`);
    expect((await official.visit(`${event}/edit`)).status).to.equal(404);
    const neighbour = await aUser('邻村领导', 'official', home.same.village);
    await letSignIn(neighbour);
    const elsewhere = await program.as(neighbour);
    expect((await elsewhere.visit(event)).status).to.equal(404);
    expect((await elsewhere.visit('/outreach')).rows).to.deep.equal([]);
  });

  it('are declared void with a reason: they stay on record and count no more', async () => {
    const file = { name: '误传.jpg', bytes: aJpeg().bytes };
    await dispatcher.fill(event, { file, caption: '误传' }, `${event}/photos`);
    const refused = await dispatcher.fill(`${event}/void`, {});
    expect(refused.error('reason')).to.exist;
    const done = await dispatcher.submit(`${event}/void`, { reason: '重复登记，问13955550123' });
    expect(done.text).to.include('已作废').and.include('重复登记，问139****0123');
    const audit = (await AuditEntry.findOne({ where: { action: 'voidOutreach' } }))!;
    expect(audit.detail).to.deep.equal({ reason: '重复登记，问139****0123' });
    expect((await dispatcher.visit(`${event}/edit`)).status).to.equal(409);
    expect((await dispatcher.send(`${event}/photos`, {}, true)).status).to.equal(409);
    expect(await figures()).to.deep.equal({ events: 1, audience: 1200, materials: 0 });
    expect((await dispatcher.visit('/outreach?state=void')).rows.map(([title]) => title)).to.deep.equal([
      '送法进工地',
    ]);
    expect(await OutreachEvent.count()).to.equal(2);
  });

  it('lose a photo that was kept by mistake also when they are void', async () => {
    const page = await dispatcher.visit(event);
    expect(page.forms.map(({ action }) => action)).to.not.include(`${event}/photos`);
    const src = /<img src="([^"]+)" alt="误传"/.exec(page.html)![1]!;
    await dispatcher.visit(page.link('移除'));
    const done = await dispatcher.submit(/removal$/, { confirmed: 'yes' });
    expect([done.path, done.text.includes('还没有照片')]).to.deep.equal([event, true]);
    expect((await dispatcher.visit(src)).status).to.equal(404);
  });
});
