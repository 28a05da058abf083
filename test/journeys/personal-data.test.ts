import { expect } from 'chai';
import { runStatement, selectRows } from '../../models/dialect.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { Ticket } from '../../models/tickets.ts';
import type { User } from '../../models/accounts.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { everyPageOf } from '../support/crawl.ts';
import { hotlineFile } from '../support/hotline-file.ts';
import { letSignIn, useProgram, type Page, type Visitor } from '../support/http.ts';
import { aTownAtWork } from '../support/town-at-work.ts';

/** Data of a worker that must not turn up where it does not belong. */
const NAME = '欧阳金雀';
const PHONE = '13955550123';
const WRITTEN_PHONE = '13855550456';
const SPACED_PHONE = '137 5555 0789';
const ID_NUMBER = '320281199003076655';
const CANARIES = [NAME, PHONE, WRITTEN_PHONE, SPACED_PHONE, ID_NUMBER];
const NUMBERS = [PHONE, WRITTEN_PHONE, SPACED_PHONE, ID_NUMBER];

describe('personal data stays where it belongs', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let official: User;
  let caseId: string;
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    official = await program.person('许志强', 'official', home.town);
    await letSignIn(home.sender, ...home.own.mediators, ...home.same.mediators);
    const dispatcher = await program.as(home.sender);
    const content = `我叫${NAME}，电话${WRITTEN_PHONE}或${SPACED_PHONE}，身份证${ID_NUMBER}，单位拖欠工资。`;
    const line = {
      number: 'GD001',
      caller: NAME,
      phone: PHONE,
      title: `${NAME}（${WRITTEN_PHONE}）反映欠薪`,
      content,
    };
    const respondent = home.own.enterprise.name;
    const bytes = await hotlineFile([
      { ...line, respondent, amount: '8000' },
      { ...line, number: 'GD002', receivedAt: '2022-02-30' },
      { ...line, number: 'GD003', anonymous: '是', receivedAt: '2022-03-02 10:00' },
    ]);
    await dispatcher.fill('/imports/new', { file: { name: `${NAME}.xlsx`, bytes } }, '/imports/uploads');
    await dispatcher.submit(/\/confirmation$/);
    for (const number of ['GD003', 'GD001']) {
      const ticket = (await Ticket.findOne({ where: { number } }))!;
      await dispatcher.fill(`/tickets/${ticket.id}`, {}, `/tickets/${ticket.id}/routing`);
      caseId = (await ticket.reload()).caseId!;
    }
  });

  /** The canaries that a page prints, each with its surroundings. */
  function found(pages: Page[], canaries: string[]): string[] {
    return pages.flatMap(({ path, html }) =>
      canaries
        .filter((canary) => html.includes(canary))
        .map((canary) => `${path}: …${html.slice(html.indexOf(canary) - 60, html.indexOf(canary) + 30)}…`),
    );
  }

  it('the mediator who has not taken over finds nothing of the worker on any page', async () => {
    const mediator = await mediatorOf();
    const pages = await everyPageOf(mediator, [
      '/',
      `/cases/${caseId}`,
      `/cases?text=${encodeURIComponent(NAME)}`,
    ]);
    expect(pages.some(({ path }) => path === `/cases/${caseId}`)).to.equal(true);
    expect(
      found(
        pages.filter(({ path }) => !path.includes('text=')),
        CANARIES,
      ),
    ).to.deep.equal([]);
  });

  it('neither does a colleague of the room, or the mediator of an enterprise', async () => {
    for (const person of [...home.own.mediators, ...home.same.mediators]) {
      const browser = await program.as(person);
      const pages = await everyPageOf(browser);
      expect(found(pages, CANARIES)).to.deep.equal([]);
      for (const wanted of [NAME, PHONE, ID_NUMBER]) {
        const search = await browser.visit(`/cases?text=${encodeURIComponent(wanted)}`);
        expect(search.text, `a search for ${wanted} tells nothing`).to.include('没有符合条件的案件');
      }
    }
  });

  it('the official sees masked names, and the administrator no case at all', async () => {
    const browser = await program.as(official);
    const pages = await everyPageOf(browser, ['/', `/cases/${caseId}`]);
    expect(pages.map(({ path }) => path)).to.include(`/cases/${caseId}`);
    expect(found(pages, CANARIES)).to.deep.equal([]);
    const administrator = await program.as(await program.person('宋文斌', 'administrator', home.town));
    expect(found(await everyPageOf(administrator), CANARIES)).to.deep.equal([]);
  });

  it('after taking over the mediator sees the name; numbers stay masked until they are asked for', async () => {
    const mediator = await mediatorOf();
    await mediator.visit(`/cases/${caseId}`);
    const page = await mediator.submit(`/cases/${caseId}/take-over`);
    expect(page.html).to.include(NAME).and.include('139****0123');
    const claimant = (await Claimant.findOne({ where: { caseId } }))!;
    await mediator.fill(`/cases/${caseId}/claimants/${claimant.id}`, { idNumber: ID_NUMBER });
    const fields = [PHONE, ID_NUMBER];
    expect(found(await everyPageOf(mediator), [PHONE])).to.deep.equal([]);
    const dispatcher = await program.as(home.sender);
    expect(found(await everyPageOf(dispatcher), [PHONE]), 'the dispatcher').to.deep.equal([]);
    const reveal = `/cases/${caseId}/claimants/${claimant.id}/reveals`;
    for (const [index, field] of ['phone', 'idNumber'].entries()) {
      const shown = await mediator.fill(reveal, { field, reason: 'checkIdentity' });
      expect(shown.text).to.include(fields[index]!);
    }
    const masked = await mediator.visit(`/cases/${caseId}`);
    expect(found([masked], NUMBERS)).to.deep.equal([]);
    const told = await mediator.fill(masked.link('查看原文'), { reason: 'checkIdentity' });
    expect(told.text).to.include(WRITTEN_PHONE).and.include(SPACED_PHONE);
    const browser = await program.as(official);
    expect(
      found(await everyPageOf(browser, ['/', `/cases/${caseId}`]), CANARIES),
      'the official',
    ).to.deep.equal([]);
  });

  it('phone and ID number are stored encrypted', async () => {
    const stored = [
      await selectRows('SELECT callerPhone, callerPhoneHash FROM tickets'),
      await selectRows('SELECT phone, idNumber, phoneHash, idNumberHash FROM claimants'),
      await selectRows('SELECT detail FROM audit_entries'),
      await selectRows('SELECT detail FROM case_events'),
      await selectRows('SELECT data FROM sessions'),
      await selectRows('SELECT mapping FROM import_batches'),
      (await selectRows<{ bytes: Buffer }>('SELECT bytes FROM import_kept_rows')).map(({ bytes }) =>
        bytes.toString('latin1'),
      ),
    ];
    for (const canary of NUMBERS) expect(JSON.stringify(stored)).to.not.include(canary);
    expect((await DisputeCase.findByPk(caseId))!.title).to.not.include(WRITTEN_PHONE);
  });

  it('no line of the log carries any of it', async () => {
    const browser = program.visitor();
    await browser.signIn(NAME, PHONE);
    await browser.visit(`/sign-in?returnTo=${encodeURIComponent(`/cases?text=${NAME}`)}`);
    await browser.visit(`/cases/${encodeURIComponent(NAME)}`);
    const log = program.log.join('');
    expect(program.log.length).to.be.above(50);
    for (const canary of [...CANARIES, encodeURIComponent(NAME)]) expect(log).to.not.include(canary);
  });

  it('a statement that the database refuses is neither shown nor logged', async () => {
    const mediator = await mediatorOf();
    const path = `/cases/${caseId}/contacts`;
    await mediator.visit(path);
    await runStatement('ALTER TABLE contacts RENAME TO contacts_away');
    const note = `${NAME}说电话${WRITTEN_PHONE}，身份证${ID_NUMBER}`;
    const refused = await mediator.submit(path, { channel: 'call', party: 'worker', reached: 'yes', note });
    await runStatement('ALTER TABLE contacts_away RENAME TO contacts');
    expect(refused.status).to.equal(500);
    const log = program.log.join('');
    expect(log).to.include(/[0-9a-f]{8}/.exec(refused.text)![0]);
    for (const canary of [...CANARIES, 'INSERT', 'SELECT']) {
      expect(refused.html).to.not.include(canary);
      expect(log).to.not.include(canary);
    }
  });

  async function mediatorOf(): Promise<Visitor> {
    const { mediatorId } = (await DisputeCase.findByPk(caseId))!;
    return program.as(home.own.mediators.find(({ id }) => id === mediatorId)!);
  }
});
