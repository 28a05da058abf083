import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { User } from '../../models/accounts.ts';
import { inTx } from '../../models/dialect.ts';
import { WageCheck, WageReport } from '../../models/wage-checks.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { openRound } from '../../server/wage-checks/rounds.service.ts';
import { anEnterprise, anInformant, aTown } from '../support/factories.ts';
import { letSignIn } from '../support/http.ts';
import { PHONE, useTownInBrowser } from './town-in-browser.ts';
import { says } from './words.ts';

const TOUCH = { viewport: PHONE, isMobile: true, hasTouch: true };
/** What somebody has to look at: the fields that are shown without opening a fold. */
const SHOWN =
  "[...document.querySelectorAll('main form[enctype] input, main form[enctype] select, main form[enctype] textarea')].filter((field) => field.type !== 'hidden' && field.checkVisibility()).length";
const SCROLLS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

describe("the informant's minute on a phone", () => {
  const town = useTownInBrowser();
  const usernames: string[] = [];

  before(async () => {
    setClock(() => instantOf('2026-10-16', '10:00'));
    const home = await aTown('祝塘镇');
    for (const name of ['江阴明华纺织有限公司', '江阴顺达物流有限公司', '江阴永利机械有限公司']) {
      const informant = await anInformant(await anEnterprise(home, name));
      const account = (await User.findByPk(informant.userId))!;
      await letSignIn(account);
      usernames.push(account.username);
    }
    await openRound({ day: '2026-10-16', inTurn: inTx });
  });
  beforeEach(() => setClock(() => instantOf('2026-10-16', '10:00')));
  after(() => setClock());
  afterEach(() => expect(town.problems.splice(0)).to.deep.equal([]));

  const october = (page: Page) => page.goto('/wage-report');

  async function fillIn(page: Page): Promise<number> {
    const values = {
      headcount: '86',
      payDay: '15',
      paidOn: '2026-10-15',
      paidPeople: '86',
      netFen: '420000',
    };
    for (const [name, value] of Object.entries(values)) await page.locator(`[name=${name}]`).fill(value);
    await page.locator('[name=nothingUnusual]').check();
    return Object.keys(values).length + 1;
  }

  it('the first time six fields and one press, the next month one press', async () => {
    const page = await town.as(usernames[0]!, TOUCH);
    await october(page);
    expect(await page.evaluate(SHOWN)).to.equal(8);
    expect(await page.evaluate(SCROLLS)).to.equal(false);
    expect(await fillIn(page)).to.equal(6);
    await page.locator('form[enctype] .submit-bar button').click();
    await says(page, '已收到您的上报');

    setClock(() => instantOf('2026-11-16', '10:00'));
    await openRound({ day: '2026-11-16', inTurn: inTx });
    const next = await town.as(usernames[0]!, TOUCH);
    await october(next);
    expect(await next.evaluate(SCROLLS)).to.equal(false);
    let presses = 0;
    await next.locator('form[action$="/unchanged"] button').click();
    presses++;
    await says(next, '已收到您的上报');
    expect(presses).to.equal(1);
    expect(await WageReport.count()).to.equal(2);
    expect(await WageCheck.count({ where: { month: '2026-11', state: 'reported' } })).to.equal(1);
  });

  it('keeps what was typed when the connection drops, and forgets it when it has arrived', async () => {
    const page = await town.as(usernames[1]!, TOUCH);
    await october(page);
    await fillIn(page);
    await page.context().setOffline(true);
    await page.locator('form[enctype] .submit-bar button').click();
    await says(page, '现在没有网络');
    await page.context().setOffline(false);
    await october(page);
    await says(page, '已恢复上次没有发送的内容');
    expect(await page.locator('[name=headcount]').inputValue()).to.equal('86');
    expect(await page.locator('[name=nothingUnusual]').isChecked()).to.equal(true);
    await page.locator('form[enctype] .submit-bar button').click();
    await says(page, '已收到您的上报');
    const kept = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length";
    expect(await page.evaluate(kept)).to.equal(0);
  });

  it('works without JavaScript', async () => {
    const page = await town.as(usernames[2]!, { ...TOUCH, javaScriptEnabled: false });
    await october(page);
    await fillIn(page);
    await page.locator('form[enctype] .submit-bar button').click();
    await says(page, '已收到您的上报');
  });
});
