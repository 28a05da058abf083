import { expect } from 'chai';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Claimant, DisputeCase, Respondent } from '../../models/cases.ts';
import { runStatement } from '../../models/dialect.ts';
import { Enterprise, Person, Room } from '../../models/directory.ts';
import { Contact } from '../../models/mediation.ts';
import { Settlement } from '../../models/settlements.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { Ticket } from '../../models/tickets.ts';
import { setClock } from '../../server/shared/clock.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { everyPageOf } from '../support/crawl.ts';
import { hotlineFile } from '../support/hotline-file.ts';
import type { Form } from '../support/html.ts';
import { letSignIn, useProgram, type Filled, type Page, type Visitor } from '../support/http.ts';
import { rowCounts } from '../support/row-counts.ts';
import { aCaseAt, aTownAtWork } from '../support/town-at-work.ts';
import { textCell, workbookOf, zipOf } from '../shared/spreadsheets/workbook-files.ts';

const HOSTILE = `'"><script>alert(1)</script><img src=x onerror=alert(1)>{{7}}';DROP TABLE cases;--`;
const ESCAPED = '&lt;script&gt;alert(1)&lt;/script&gt;';

describe('bad input', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Visitor;
  let mediator: Visitor;
  let administrator: Visitor;
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    await letSignIn(home.sender, ...home.own.mediators);
    dispatcher = await program.as(home.sender);
    mediator = await program.as(home.own.mediators[0]!);
    administrator = await program.as(await program.person('宋文斌', 'administrator', home.town));
  });

  const upload = (name: string, bytes: Buffer): Promise<Page> =>
    dispatcher.fill('/imports/new', { file: { name, bytes } }, '/imports/uploads');

  describe('files that are no file of the hotline', () => {
    const bomb = zipOf({
      '[Content_Types].xml': '<Types/>',
      'xl/worksheets/sheet1.xml': Buffer.alloc(300 * 1024 * 1024, ' '),
    });
    const noHeader = workbookOf(`<row r="1">${textCell('A1', '甲')}${textCell('B1', '乙')}</row>`);
    const files: [string, string, Buffer | (() => Promise<Buffer>), RegExp][] = [
      ['empty', '工单.xlsx', Buffer.alloc(0), /空的/],
      ['a picture', '工单.xlsx', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /不认识这种文件/],
      ['an old .xls', '工单.xls', Buffer.from('d0cf11e0a1b11ae1'.padEnd(2048, '0'), 'hex'), /旧版的 .xls/],
      [
        'a web page named .xls',
        '工单.xls',
        Buffer.from('<html><table><tr><td>1</td></tr></table>'),
        /其实是网页/,
      ],
      ['a renamed zip', '工单.xlsx', zipOf({ 'readme.txt': 'hello' }), /不是 Excel 工作簿/],
      ['half a workbook', '工单.xlsx', noHeader.subarray(0, 300), /已损坏/],
      ['a bomb', '工单.xlsx', bomb, /展开后大得不正常/],
      ['without a header', '工单.xlsx', noHeader, /没有找到表头/],
      [
        'a cell of ten megabytes',
        '工单.csv',
        Buffer.from(`工单编号,来电时间,标题\n1,2022-01-01,${'长'.repeat(3_500_000)}\n`),
        /太长|超过/,
      ],
    ];
    for (const [what, name, content, sentence] of files) {
      it(`${what}: a sentence, and nothing is written`, async () => {
        const bytes = typeof content === 'function' ? await content() : content;
        const before = await rowCounts();
        const page = await upload(name, bytes);
        expect([page.status, page.text]).to.satisfy(
          ([status, text]: [number, string]) => status === 422 && sentence.test(text),
        );
        expect(await rowCounts()).to.deep.equal(before);
      });
    }

    it('no file at all, and a multipart body that is broken', async () => {
      const before = await rowCounts();
      const none = await dispatcher.fill('/imports/new', {}, '/imports/uploads');
      expect([none.status, none.error('file')]).to.deep.equal([422, '请选择要导入的文件。']);
      for (const body of [
        '',
        'no boundary',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n',
      ]) {
        const broken = await dispatcher.agent
          .post('/imports/uploads')
          .set('Content-Type', 'multipart/form-data; boundary=x')
          .send(body);
        expect(broken.status).to.be.oneOf([400, 403]);
      }
      expect((await dispatcher.visit('/imports/new')).status, 'the program lives').to.equal(200);
      expect(await rowCounts()).to.deep.equal(before);
    });
  });

  it('faulty rows stay out, each with its reason; the rest is stored once', async () => {
    const bytes = await hotlineFile([
      { number: 'B1', amount: '3.5万', village: '没有这个村' },
      { number: 'B2', receivedAt: '2022-02-30 08:00' },
      { number: 'B3', amount: '-500' },
      { number: 'B4', amount: '20亿' },
      { number: 'B5', title: '同号甲' },
      { number: 'B5', title: '同号乙' },
      {
        number: 'B6',
        title: HOSTILE,
        content: HOSTILE,
        caller: HOSTILE.slice(0, 60),
        village: '建南村',
        respondent: HOSTILE,
      },
    ]);
    const before = await rowCounts();
    const preview = await upload('三月.xlsx', bytes);
    expect(['新工单', '有问题'].map((label) => preview.tile(label).value)).to.deep.equal(['3', '4']);
    expect((await rowCounts())['Ticket']).to.equal(before['Ticket']);
    expect(preview.html).to.not.include('<script>alert');
    await dispatcher.submit(/\/confirmation$/);
    expect((await Ticket.findAll({ order: [['number', 'ASC']] })).map(({ number }) => number)).to.deep.equal([
      'B1',
      'B5',
      'B6',
    ]);
    const [known, hostile] = [
      await Ticket.findOne({ where: { number: 'B1' } }),
      await Ticket.findOne({ where: { number: 'B6' } }),
    ];
    expect(known).to.include({ amountFen: 3_500_000, villageId: null, villageText: '没有这个村' });
    expect(hostile).to.include({ title: HOSTILE, content: HOSTILE, respondentText: HOSTILE });
    await dispatcher.fill(`/tickets/${hostile!.id}`, {}, `/tickets/${hostile!.id}/routing`);
    expect((await hostile!.reload()).caseId, 'it becomes a case like any other').to.be.a('string');
  });

  describe('amounts and days that cannot be', () => {
    const claims = async (filled: Filled): Promise<Page> => {
      const { caseId, claimantId } = await aCaseAt(home.own, 'taken');
      const before = await rowCounts();
      const page = await mediator.fill(`/cases/${caseId!}/claimants/${claimantId!}`, filled);
      expect(await rowCounts()).to.deep.equal(before);
      return page;
    };
    for (const amount of [
      '-500',
      '1e9',
      '1000000000.01',
      '99999999999999999999',
      '8000元钱',
      '0x10',
      'NaN',
      '1.234',
    ]) {
      it(`an amount of ${amount}`, async () => {
        const page = await claims({ verified1: amount });
        expect(page.status).to.equal(422);
        expect(page.value('verified1')).to.equal(amount);
        expect(page.error('verified1')).to.be.a('string');
      });
    }
    for (const day of ['2022-02-30', '2022-13-01', '昨天', '2022-03-08', '1999-01-01', '9999999-01-01']) {
      it(`a consent on ${day}`, async () => {
        const { caseId } = await aCaseAt(home.own, 'taken');
        const before = await rowCounts();
        const page = await mediator.fill(`/cases/${caseId!}/acceptance`, { workerConsentOn: day });
        expect([page.status, page.value('workerConsentOn')]).to.deep.equal([422, day]);
        expect(await rowCounts()).to.deep.equal(before);
      });
    }
  });

  describe('SQL and HTML in every field of every form', () => {
    /** Fills every field that takes words with hostile ones, and every choice with the first that it offers. */
    function hostileIn(form: Form): Filled {
      const filled: Filled = {};
      for (const { name, kind, choices = [], value } of form.controls) {
        if (kind === 'hidden' || kind === 'button' || kind === 'file') continue;
        if (choices.length > 0)
          filled[name] = value || (choices.find((choice) => choice.value !== '')?.value ?? '');
        else filled[name] = HOSTILE;
      }
      return filled;
    }
    const usable: Filled = {
      workers: '2',
      receivedOn: '2022-03-01',
      receivedTime: '08:00',
      activeFrom: '2022-03-01',
      headcount: '10',
      dueOn1: '2022-03-07',
      amount1: '8,000.00',
      on: '2022-03-07',
      time: '08:00',
      ...Object.fromEntries(Array.from({ length: 9 }, (_, line) => [`type${line + 2}`, ''])),
    };
    const empty =
      /Phone|IdNumber|phone|mapLink|idNumber|creditCode|Claimed|claimed|verified|agreed|dueOn|amount|activeTo|letter|enterprise$|respondent[2-4]|claimant[2-5]/;

    it('is refused beside its field or stored as it is, and always shown escaped', async () => {
      const { caseId, claimantId } = await aCaseAt(home.own, 'taken');
      const mediated = await aCaseAt(home.own, 'mediated');
      const forms: [Visitor, string, string][] = [
        [dispatcher, '/enterprises/new', '/enterprises'],
        [dispatcher, '/rooms/new', '/rooms'],
        [dispatcher, '/people/new', '/people'],
        [mediator, '/cases/new', '/cases'],
        [mediator, `/cases/${caseId!}/contacts`, `/cases/${caseId!}/contacts`],
        [
          mediator,
          `/cases/${caseId!}/claimants/${claimantId!}`,
          `/cases/${caseId!}/claimants/${claimantId!}`,
        ],
        [mediator, `/cases/${mediated['caseId']!}/settlement`, `/cases/${mediated['caseId']!}/settlement`],
        [mediator, `/cases/${caseId!}/decline`, `/cases/${caseId!}/decline`],
        [administrator, '/areas/new', '/areas'],
        [administrator, '/users/new', '/users'],
      ];
      for (const [browser, path, action] of forms) {
        await browser.visit(path);
        const form = browser.page.form(action);
        const raw = await browser.submit(form, hostileIn(form));
        expect(raw.status, `${path} with everything hostile`).to.be.oneOf([200, 422]);
        expect(raw.html, path)
          .to.include(ESCAPED)
          .and.not.include('<script>alert')
          .and.not.include('<img src=x');
        if (raw.status !== 422) continue;
        const again = raw.form(action);
        const names = new Set(again.controls.map(({ name }) => name));
        const mended: Filled = {};
        for (const { name, kind, choices } of again.controls)
          if (kind !== 'hidden' && kind !== 'file' && !choices && empty.test(name)) mended[name] = '';
        for (const [name, value] of Object.entries(usable)) if (names.has(name)) mended[name] = value;
        const done = await browser.submit(again, mended);
        expect(done.html, path).to.not.include('<script>alert');
        expect(done.status, `${path}: ${JSON.stringify(done.errors)}`).to.be.oneOf([200, 422]);
      }
      const stored = [
        (await Enterprise.findOne({ where: { name: HOSTILE } }))?.name,
        (await Room.findOne({ where: { name: HOSTILE } }))?.name,
        (await Person.findOne({ where: { name: HOSTILE } }))?.name,
        (await DisputeCase.findOne({ where: { facts: HOSTILE } }))?.facts,
        (await Respondent.findOne({ where: { name: HOSTILE } }))?.name,
        (await Contact.findOne({ where: { note: HOSTILE } }))?.note,
        (await Claimant.findOne({ where: { name: HOSTILE, caseId: caseId! } }))?.name,
        (await Settlement.findOne({ where: { terms: HOSTILE } }))?.terms,
      ];
      expect(stored).to.deep.equal(stored.map(() => HOSTILE));
      for (const browser of [dispatcher, mediator, administrator]) {
        for (const { path, html, status } of await everyPageOf(browser)) {
          expect(status, path).to.equal(200);
          expect(html, path).to.not.include('<script>alert').and.not.include('<img src=x');
        }
      }
    });

    it('in every search and filter, where it finds nothing and breaks nothing', async () => {
      const before = await rowCounts();
      for (const path of ['/cases', '/tickets', '/enterprises', '/rooms', '/people', '/reports']) {
        await dispatcher.visit(path);
        const search = dispatcher.page.forms.find(
          ({ method, action }) => method === 'get' && action === path,
        )!;
        const names = [
          ...search.controls.map(({ name }) => name),
          'sort',
          'after',
          'before',
          'area',
          'order',
        ];
        for (const name of names) {
          for (const value of [HOSTILE, "' OR 1=1 --", '%', '_', '\\', '%00', '😀', 'x'.repeat(3000)]) {
            const page = await dispatcher.visit(`${path}?${name}=${encodeURIComponent(value)}`);
            expect(page.status, `${path}?${name}=${value.slice(0, 20)}`).to.be.oneOf([200, 404, 422]);
            expect(page.html).to.not.include('<script>alert');
          }
        }
      }
      for (const query of [
        'layout=../../package',
        'settings[views]=/etc',
        'cache=1',
        '_locals[a]=1',
        '__proto__[x]=1',
      ])
        expect((await dispatcher.visit(`/cases?${query}`)).status, query).to.equal(200);
      expect(await rowCounts()).to.deep.equal(before);
    });
  });

  describe('fields that a form does not have', () => {
    it('change nothing: mass assignment', async () => {
      const { caseId } = await aCaseAt(home.own, 'taken');
      const extra = {
        ...{ role: 'administrator', state: 'closed', outcome: 'settledAtOnce', mediatorId: home.sender.id },
        ...{
          townId: home.town.id,
          caseId: caseId!,
          verifiedById: home.sender.id,
          decidedById: home.sender.id,
        },
        ...{
          passwordHash: 'x',
          mustChangePassword: '0',
          endedAt: '2022-01-01',
          id: home.sender.id,
          number: 'X1',
        },
        ...{ createdById: home.sender.id, performance: 'fulfilled', verifiedFen: '1', isAdmin: 'true' },
      };
      const before = (await DisputeCase.findByPk(caseId))!.toJSON();
      await mediator.visit(`/cases/${caseId!}/contacts`);
      const form = mediator.page.form(`/cases/${caseId!}/contacts`);
      const carried = Object.fromEntries(form.controls.map(({ name, value }) => [name, value]));
      const answer = await mediator.request(form.action, { ...extra, ...carried });
      expect(answer.status).to.equal(303);
      const after = (await DisputeCase.findByPk(caseId))!.toJSON();
      const { version, firstContactAt, dueOn, dueKind } = after;
      expect(after, 'only what a contact changes').to.deep.equal({
        ...before,
        version,
        firstContactAt,
        dueOn,
        dueKind,
      });
      const grants = await RoleGrant.findAll({ where: { userId: home.own.mediators[0]!.id } });
      expect(grants.map(({ role }) => role)).to.deep.equal(['mediator']);

      await administrator.visit('/users/new');
      const hire = administrator.page.form('/users');
      const hired = Object.fromEntries(hire.controls.map(({ name, value }) => [name, value]));
      const wish = { username: 'lina', displayName: '李娜', role: 'official', areaId: home.town.id };
      await administrator.request('/users', { ...extra, ...hired, ...wish });
      const user = (await User.findOne({ where: { username: 'lina' }, include: ['grants'] }))!;
      expect(user).to.include({ passwordHash: null, mustChangePassword: true, endedAt: null });
      expect(user.grants!.map(({ role }) => role)).to.deep.equal(['official']);

      await mediator.visit('/account/password');
      const change = mediator.page.form('/account/password');
      const fields = Object.fromEntries(change.controls.map(({ name, value }) => [name, value]));
      await mediator.request('/account/password', {
        ...fields,
        ...extra,
        current: 'wrong',
        password: 'a new word 1234',
        repeated: 'a new word 1234',
      });
      expect((await User.findByPk(home.own.mediators[0]!.id))!.passwordHash).to.match(/^\$argon2id/);
    });

    it('an area, a room or a mediator out of reach is no choice', async () => {
      const away = await aTownAtWork('青阳镇');
      const before = await rowCounts();
      await dispatcher.visit('/enterprises/new');
      const form = dispatcher.page.form('/enterprises');
      const carried = Object.fromEntries(form.controls.map(({ name, value }) => [name, value]));
      const answer = await dispatcher.send('/enterprises', {
        ...carried,
        name: '某公司',
        industry: 'textile',
        areaId: away.own.village.id,
      });
      expect(answer.status).to.equal(422);
      const { caseId } = await aCaseAt(home.own, 'waiting');
      const waiting = (await DisputeCase.findByPk(caseId))!;
      const desk = `${away.own.room.id}:${away.own.mediators[0]!.id}`;
      await dispatcher.visit(`/cases/${caseId!}/routing`);
      const routing = Object.fromEntries(
        dispatcher.page.form(`/cases/${caseId!}/routing`).controls.map(({ name, value }) => [name, value]),
      );
      const sent = await dispatcher.send(`/cases/${caseId!}/routing`, {
        ...routing,
        desk,
        reason: '……',
      });
      expect(sent.status).to.equal(422);
      expect((await waiting.reload()).roomId).to.equal(null);
      expect((await rowCounts())['Enterprise']).to.equal(before['Enterprise']);
    });
  });

  it('a failure nobody foresaw: a number to report, and no stack, statement or path', async () => {
    await runStatement('ALTER TABLE people RENAME TO people_gone');
    try {
      const page = await dispatcher.visit('/people');
      expect(page.status).to.equal(500);
      expect(page.text).to.match(/联系管理员时请报编号 [\da-f]{8}/);
      expect(page.html).to.not.match(/SELECT|no such table|doesn't exist|node_modules|\/work|\.ts:|at .*\(/);
      const [, reference] = /编号 ([\da-f]{8})/.exec(page.text)!;
      expect(
        program.log.some((line) => line.includes(reference!) && line.includes('people')),
        'the log says it',
      ).to.equal(true);
    } finally {
      await runStatement('ALTER TABLE people_gone RENAME TO people');
    }
  });

  it('addresses and bodies of every wrong kind', async () => {
    for (const path of [
      '/nowhere',
      '/cases/%E0%A4%A',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/../package.json',
      '/assets/%2e%2e/locales/en/cases.json',
      `/${'x'.repeat(7000)}`,
    ])
      expect((await dispatcher.agent.get(path)).status, path).to.be.oneOf([400, 404]);
    const token = await dispatcher.token();
    const big = await dispatcher.agent
      .post('/cases')
      .type('form')
      .send(`_csrf=${token}&facts=${'x'.repeat(2_000_000)}`);
    expect(big.status).to.equal(413);
    const many = await dispatcher.agent
      .post('/cases')
      .type('form')
      .send(`_csrf=${token}&${'a=1&'.repeat(20_000)}`);
    expect(many.status).to.be.oneOf([400, 413]);
    for (const method of ['put', 'delete', 'patch'] as const)
      expect((await dispatcher.agent[method]('/cases')).status, method).to.equal(404);
  });
});
