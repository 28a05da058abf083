import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { User } from '../../models/accounts.ts';
import { JOBS, type JobName } from '../../jobs/schedule.ts';
import { inTx } from '../../models/dialect.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { aUser } from '../support/factories.ts';
import { letSignIn } from '../support/http.ts';
import { aCaseAt, aTownAtWork } from '../support/town-at-work.ts';
import { PHONE, useTownInBrowser } from './town-in-browser.ts';
import { follow, press, says } from './words.ts';

/** A photo of one dot. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a mediator’s year on a phone of 360 px', () => {
  const town = useTownInBrowser();
  let [mediator, colleague, clerk] = [] as unknown as [Page, Page, Page];
  let now = instantOf('2022-03-01', '13:00');
  let people: User[];
  let path: string;
  let endedPath: string;

  /** Everybody signs in again on another day. */
  const on = async (day: CalendarDay, time = '09:00'): Promise<void> => {
    now = instantOf(day, time);
    setClock(() => now);
    const phone = { viewport: PHONE, isMobile: true, hasTouch: true };
    const pages = await Promise.all(people.map(({ username }) => town.as(username, phone)));
    [mediator, colleague, clerk] = pages as [Page, Page, Page];
  };
  const run = (job: JobName, day: CalendarDay) => JOBS[job].run({ day, inTurn: inTx });
  const onCase = () => mediator.goto(path);

  before(async () => {
    setClock(() => now);
    subscribeFeatures();
    await seedReference('江阴市');
    const home = await aTownAtWork('祝塘镇');
    path = `/cases/${(await aCaseAt(home.own, 'offered'))['caseId']!}`;
    endedPath = `/cases/${(await aCaseAt(home.own, 'mediated'))['caseId']!}`;
    people = [...home.own.mediators, await aUser('冯玉兰', 'callbackClerk', home.town)];
    await letSignIn(...people);
    await on('2022-03-01', '13:00');
  });
  beforeEach(() => setClock(() => now));
  after(() => setClock());
  afterEach(() => expect(town.problems.splice(0)).to.deep.equal([]));

  it('March: hears the worker out, and both agree to mediate', async () => {
    await mediator.goto('/');
    await mediator.locator(`a[href="${path}"]`).first().click();
    await press(mediator, '接手');
    await follow(mediator, '记录联系');
    await mediator.locator('[name=note]').fill('工资拖了两个月，孩子要交学费。');
    await mediator.locator('[name=mood]').selectOption({ label: '愤怒' });
    await mediator.locator('[name=risk]').selectOption({ label: '可能上访' });
    await press(mediator, '记录联系');
    await says(mediator, '工资拖了两个月');
    await follow(mediator, '受理');
    for (const party of ['worker', 'respondent'])
      await mediator.locator(`[name=${party}ConsentOn]`).fill('2022-03-01');
    await press(mediator, '受理');
    await says(mediator, '祝劳调〔2022〕');
    await says(mediator, '2022-03-16');
  });

  it('plans a session, and writes its minutes where it was held', async () => {
    await follow(mediator, '安排调解会');
    await mediator.locator('[name=on]').fill('2022-03-03');
    await mediator.locator('[name=from]').fill('14:30');
    await mediator.locator('[name=to]').fill('16:30');
    await mediator.locator('[name=attendees]').fill('申请人、孙会计');
    await press(mediator, '安排调解会');
    await says(mediator, '已有调解会，请换个时间');
    await mediator.locator('[name=from]').fill('15:30');
    await press(mediator, '安排调解会');
    await says(mediator, '调解会已登记');
    await on('2022-03-03', '17:00');
    await onCase();
    await mediator.locator('a[href$="/minutes"]').last().click();
    await mediator.locator('[name=minutes]').fill('单位认欠，愿分两期支付。');
    await press(mediator, '记录调解会');
    await says(mediator, '单位认欠，愿分两期支付。');
  });

  it('is given more days by both parties, and writes the agreement down', async () => {
    await on('2022-03-14');
    await onCase();
    await mediator.goto(`${path}/extension`);
    for (const [name, day] of [
      ['extendedTo', '2022-03-25'],
      ['workerSignedOn', '2022-03-14'],
      ['respondentSignedOn', '2022-03-14'],
    ] as const)
      await mediator.locator(`[name=${name}]`).fill(day);
    await press(mediator, '延期');
    await says(mediator, '2022-03-25');
    await on('2022-03-21');
    await onCase();
    await follow(mediator, '修改金额');
    await mediator.locator('[name=agreed1]').fill('8,000');
    await press(mediator, '登记请求和金额');
    await follow(mediator, '起草调解协议');
    await says(mediator, '捌仟元整');
    await mediator.locator('[name=terms]').fill('分两期转入申请人本人账户。');
    await mediator.getByLabel('分期履行').check();
    for (const [name, text] of [
      ['dueOn1', '2022-04-10'],
      ['amount1', '3000'],
      ['dueOn2', '2022-05-10'],
      ['amount2', '5,000'],
    ] as const)
      await mediator.locator(`[name=${name}]`).fill(text);
    await press(mediator, '起草调解协议');
    await follow(mediator, '登记签署');
    for (const name of ['workerSigned', 'respondentSigned', 'mediatorSigned', 'sealed'])
      await mediator.locator(`[name=${name}]`).check();
    await press(mediator, '登记签署');
    await says(mediator, '达成协议·分期履行');
  });

  it('keeps the signed paper, photographed, and the filing for confirmation', async () => {
    await mediator.goto(`${path}/documents/agreement`);
    await says(mediator, '劳动争议调解协议书');
    await says(mediator, '伍仟元整');
    await mediator.goto(`${path}/attachments`);
    await mediator
      .locator('input[type=file]')
      .setInputFiles({ name: '协议书.png', mimeType: 'image/png', buffer: PHOTO });
    await mediator.locator('[name=kind]').selectOption({ label: '签名盖章扫描件' });
    await press(mediator, '上传');
    await says(mediator, '协议书.png');
    await mediator.goto(`${path}/confirmation`);
    await mediator.getByLabel('司法确认').check();
    await mediator.locator('[name=filedOn]').fill('2022-03-21');
    await press(mediator, '登记确认申请');
    await says(mediator, '已申请');
  });

  it('records what is paid, which a colleague verifies', async () => {
    await on('2022-04-10');
    await pay('3000');
    await verify();
    await onCase();
    await says(mediator, '3,000.00');
  });

  it('May: is told that an instalment is late, and what the worker can do', async () => {
    await on('2022-05-11');
    await run('instalments', '2022-05-11');
    await mediator.goto('/');
    await mediator.locator(`a[href="${path}"]`).first().click();
    await says(mediator, '未履行');
    await says(mediator, '可以持协议书依法向人民法院申请支付令');
  });

  it('takes a wrong payment back by an entry of its own, and records the right one', async () => {
    await pay('500');
    await verify();
    await onCase();
    await mediator.locator('a[href$="/reversal"]').last().click();
    await mediator.locator('[name=reason]').fill('登记到了别人的案件');
    await press(mediator, '冲正');
    await colleague.goto(path);
    await colleague.locator('a[href$="/reversal/decision"]').first().click();
    await colleague.getByLabel('同意，付款作废').check();
    await press(colleague, '核实冲正');
    await pay('5000');
    await verify();
    await onCase();
    await says(mediator, '履行完毕');
  });

  it('is asked to do it again by the clerk’s call, answers, and the case is archived', async () => {
    await on('2022-05-18');
    await run('followUps', '2022-05-18');
    await call({ satisfaction: 'unsatisfied', performance: 'kept' });
    await says(clerk, '重办');
    await mediator.goto('/');
    await says(mediator, '待重办');
    await mediator.locator(`a[href="${path}"]`).first().click();
    await follow(mediator, '答复重办');
    await mediator.locator('[name=answer]').fill('单位当面致歉，已补开工资清单。');
    await press(mediator, '答复重办');
    await on('2022-05-30');
    await run('followUps', '2022-05-30');
    await call({ satisfaction: 'satisfied', performance: 'kept' });
    await says(clerk, '归档');
  });

  it('December: what failed has its notice, and the file of the year is one print', async () => {
    await on('2022-12-30');
    await mediator.goto(`${endedPath}/failure`);
    await mediator.getByLabel('劳动仲裁').check();
    await mediator.locator('[name=reason]').fill('双方对加班费分歧较大');
    await press(mediator, '调解不成');
    await mediator.goto(`${endedPath}/documents/failure`);
    await says(mediator, '申请仲裁');
    await mediator.goto('/cases?mine=yes');
    await says(mediator, '祝劳调〔2022〕');
    await mediator.goto(`${path}/file`);
    for (const title of ['卷宗目录', '劳动争议调解协议书', '回访记录']) await says(mediator, title);
  });

  async function pay(amount: string): Promise<void> {
    await onCase();
    await mediator.locator('a[href$="/payments"]:visible').first().click();
    await mediator.locator('[name=amount]').fill(amount);
    await mediator.locator('[name=proof]').fill('银行回单');
    await press(mediator, '登记付款');
    await says(mediator, '等待另一人核实');
  }

  async function verify(): Promise<void> {
    await colleague.goto('/');
    await colleague.locator(`a[href="${path}"]`).first().click();
    await colleague.getByRole('link', { name: /^核实/ }).first().click();
    await press(colleague, '核实无误');
    await says(colleague, '付款已核实');
  }

  async function call(answers: { satisfaction: string; performance: string }): Promise<void> {
    await clerk.goto('/');
    await clerk.locator('a[href^="/follow-ups/"]').first().click();
    const heard = {
      reached: 'yes',
      ...answers,
      retaliation: 'no',
      hiddenRisk: 'no',
      mood: 'calm',
      risk: 'none',
    };
    for (const [name, value] of Object.entries(heard))
      await clerk.locator(`[name=${name}][value=${value}]`).check();
    await press(clerk, '保存回访');
  }
});
