import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { DisputeCase } from '../../models/cases.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { Ticket } from '../../models/tickets.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { aRoom, aUser } from '../support/factories.ts';
import { hotlineFile } from '../support/hotline-file.ts';
import { letSignIn } from '../support/http.ts';
import { aTownAtWork } from '../support/town-at-work.ts';
import { DESKTOP, PHONE, useTownInBrowser } from './town-in-browser.ts';
import { follow, press, says } from './words.ts';
import { today } from '../../server/shared/clock.ts';

describe('the story in the browser, from the hotline’s file to the printed sentence', () => {
  const town = useTownInBrowser();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let official: { username: string };

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    const room = await aRoom(home.town, home.town, ['王秀英']);
    const user = await aUser('许志强', 'official', home.town);
    await letSignIn(home.sender, user, ...home.own.mediators, ...room.mediators);
    official = user;
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));
  afterEach(() => expect(town.problems.splice(0)).to.deep.equal([]));

  it('on a desktop', () =>
    story({ viewport: DESKTOP }, 'A', '2022年，共接到12345劳动争议诉求件2件，调处成功率100%'));

  it('on a phone, without JavaScript', () =>
    story(
      { viewport: PHONE, isMobile: true, hasTouch: true, javaScriptEnabled: false },
      'B',
      '2022年，共接到12345劳动争议诉求件4件，调处成功率100%',
    ));

  async function story(window: BrowserContextOptions, mark: string, sentence: string): Promise<void> {
    const dispatcher = await town.as(home.sender.username, window);
    await dispatcher.goto('/imports/new');
    const respondent = home.own.enterprise.name;
    const buffer = await hotlineFile([
      { number: `${mark}001`, caller: '张伟', respondent, amount: '8000' },
      { number: `${mark}002`, caller: '刘芳', workers: '12', amount: '3.5万' },
    ]);
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await dispatcher
      .locator('input[type=file]')
      .setInputFiles({ name: `工单${mark}.xlsx`, mimeType, buffer });
    await press(dispatcher, '上传并核对');
    await says(dispatcher, '还没有保存任何工单');
    await press(dispatcher, '确认：保存 2 件新工单');
    await dispatcher.goto('/routing');
    // What belongs to an enterprise with other open cases is left to be looked at.
    for (const box of await dispatcher.locator('input[name=tickets]').all()) await box.check();
    await press(dispatcher, '确认勾选的分派');
    await says(dispatcher, '已分派 2 张');

    const { caseId } = (await Ticket.findOne({ where: { number: `${mark}001` } }))!;
    const { mediatorId } = (await DisputeCase.findByPk(caseId!))!;
    const { username } = home.own.mediators.find(({ id }) => id === mediatorId)!;
    const mediator = await town.as(username, window);
    await mediator.locator(`a[href="/cases/${caseId!}"]`).first().click();
    await says(mediator, '接手后可见');
    await press(mediator, '接手');
    await says(mediator, '张伟');
    await follow(mediator, '记录联系');
    await mediator.getByLabel('谈话要点').or(mediator.locator('[name=note]')).first().fill('已听取诉求。');
    await press(mediator, '记录联系');
    await says(mediator, '已听取诉求。');
    await follow(mediator, '受理');
    for (const party of ['worker', 'respondent'])
      await mediator.locator(`[name=${party}ConsentOn]`).fill(today());
    await press(mediator, '受理');
    await says(mediator, '祝劳调〔2022〕');
    await follow(mediator, '登记金额');
    await mediator.locator('[name=verified1]').fill('7,500');
    await mediator.locator('[name=agreed1]').fill('7500');
    await press(mediator, '登记请求和金额');
    await follow(mediator, '起草调解协议');
    await says(mediator, '柒仟伍佰元整');
    await mediator.locator('[name=terms]').fill('签署当日转入申请人本人账户。');
    await mediator.getByLabel('即时履行').check();
    await press(mediator, '起草调解协议');
    await follow(mediator, '登记签署');
    for (const name of ['workerSigned', 'respondentSigned', 'mediatorSigned', 'sealed'])
      await mediator.locator(`[name=${name}]`).check();
    await press(mediator, '登记签署');
    await says(mediator, '达成协议·即时履行');
    await mediator.locator('a[href$="/payments"]:visible').first().click();
    await mediator.locator('[name=proof]').fill('银行回单');
    await press(mediator, '登记付款');
    await says(mediator, '等待另一人核实');

    await dispatcher.goto(`/cases/${caseId!}`);
    await dispatcher.locator('a[href*="/payments/"]').first().click();
    await press(dispatcher, '核实无误');
    await says(dispatcher, '履行完毕');

    const reader = await town.as(official.username, window);
    await reader.goto('/reports?from=2022-01-01&to=2022-12-31');
    await says(reader, sentence);
    await reader.locator('.tile a').first().click();
    await says(reader, '案件');
    await reader.goto('/reports/print?from=2022-01-01&to=2022-12-31');
    await says(reader, sentence);
  }
});
