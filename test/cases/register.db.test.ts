import { expect } from 'chai';
import { pino } from 'pino';
import supertest from 'supertest';
import { readConfig } from '../../config/index.ts';
import { User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { CaseEvent, Claim, Claimant, DisputeCase, Respondent } from '../../models/cases.ts';
import type { Enterprise } from '../../models/directory.ts';
import { hashPassword } from '../../server/accounts/passwords.service.ts';
import type { Role } from '../../server/accounts/roles.rules.ts';
import { createApp } from '../../server/app.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { idNumberCheckDigit } from '../../server/shared/personal-data.rules.ts';
import { newId } from '../../server/shared/ids.ts';
import { useDatabase } from '../support/database.ts';
import {
  aCase,
  aClaimant,
  anEnterprise,
  aRoom,
  aTicket,
  aTown,
  aUser,
  aVillage,
} from '../support/factories.ts';

const PASSWORD = 'correct horse battery 9';
const ID_NUMBER = `32028119900307221${idNumberCheckDigit('32028119900307221')}`;

describe('desk, list and registration over HTTP', () => {
  const database = useDatabase();
  let app: ReturnType<typeof createApp>;
  let town: Area;
  let village: Area;
  let enterprise: Enterprise;

  before(async () => {
    const config = readConfig({
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      SESSION_SECRET: 'a secret of the tests, long enough',
      DATA_KEY: Buffer.alloc(32, 'test').toString('base64'),
    });
    app = createApp(config, pino({ level: 'silent' }));
    town = await aTown('祝塘镇');
    village = await aVillage(town, '文林村');
    enterprise = await anEnterprise(town, '江阴市华星纺织有限公司', { villageId: village.id });
    await anEnterprise(town, '江阴市华星服饰有限公司');
  });
  beforeEach(() => setClock(() => instantOf('2026-11-20', '10:00')));

  async function signedIn(...grants: [Role, Area][]) {
    const user = await aUser('陈书记', ...grants[0]!);
    await User.update({ passwordHash: await hashPassword(PASSWORD) }, { where: { id: user.id } });
    const agent = supertest.agent(app);
    const token = tokenIn((await agent.get('/sign-in')).text);
    await agent
      .post('/sign-in')
      .type('form')
      .send({ username: user.username, password: PASSWORD, _csrf: token })
      .expect(303);
    return { agent, user };
  }
  const tokenIn = (text: string): string => /name="_csrf" value="([^"]+)"/.exec(text)![1]!;

  function filledIn(values: Record<string, string> = {}): Record<string, string> {
    return {
      source: 'walkIn',
      areaId: town.id,
      receivedOn: '2026-11-20',
      receivedTime: '9:30',
      applied: 'yes',
      title: '拖欠三个月工资',
      facts: '三月起没有发工资',
      workers: '3',
      respondent1Name: '江阴市华星纺织有限公司',
      respondent1Part: 'employer',
      claimant1Name: '欧阳小红',
      claimant1IdNumber: ID_NUMBER.toLowerCase(),
      claimant1Phone: '138 1234 5678',
      claimant1Type: 'wages',
      claimant1Claimed: '8000.50',
      claimant1Migrant: 'yes',
      idempotencyKey: newId(),
      ...values,
    };
  }

  async function send(agent: ReturnType<typeof supertest.agent>, values: Record<string, string>) {
    const _csrf = tokenIn((await agent.get('/cases/new').expect(200)).text);
    return agent
      .post('/cases')
      .type('form')
      .send({ ...values, _csrf });
  }

  it('registers a case once, however often the form is sent', async () => {
    const { agent, user } = await signedIn(['dispatcher', town]);
    const values = filledIn({
      respondent2Name: '王老板',
      respondent2Part: 'labourContractor',
      claimant2Name: '李强',
      claimant2Type: 'overtime',
      claimant2Claimed: '',
    });
    const first = await send(agent, values);
    expect(first.status).to.equal(303);
    expect((await send(agent, values)).headers.location).to.equal(first.headers.location);
    const id = first.headers.location!.slice('/cases/'.length);
    expect(await DisputeCase.count({ where: { title: values.title } })).to.equal(1);
    const disputeCase = (await DisputeCase.findByPk(id))!;
    expect(disputeCase).to.deep.include({
      townId: town.id,
      villageId: village.id,
      enterpriseId: enterprise.id,
      state: 'awaitingRouting',
      source: 'walkIn',
      primaryType: 'wages',
      workers: 3,
      claimedFen: 800050,
      receivedOn: '2026-11-20',
      workerConsentOn: '2026-11-20',
      statutoryDueOn: '2026-12-05',
      dueKind: 'dispatch',
    });
    expect(disputeCase.receivedAt).to.deep.equal(instantOf('2026-11-20', '09:30'));
    const respondents = await Respondent.findAll({ where: { caseId: id }, order: [['position', 'ASC']] });
    expect(respondents.map(({ name, part }) => [name, part])).to.deep.equal([
      ['江阴市华星纺织有限公司', 'employer'],
      ['王老板', 'labourContractor'],
    ]);
    const [worker, second] = await Claimant.findAll({ where: { caseId: id }, order: [['position', 'ASC']] });
    expect(worker).to.include({ idNumber: ID_NUMBER, phone: '13812345678', gender: 'male', migrant: true });
    expect(second).to.include({ name: '李强', idNumber: null, migrant: null });
    expect(await Claim.count({ where: { caseId: id } })).to.equal(2);
    expect(await CaseEvent.count({ where: { caseId: id, action: 'register', actorId: user.id } })).to.equal(
      1,
    );
    await agent.get(`/cases/${id}`).expect(200);
  });

  it('refuses another content with the same key', async () => {
    const { agent } = await signedIn(['dispatcher', town]);
    const values = filledIn({ title: '第一份' });
    expect((await send(agent, values)).status).to.equal(303);
    expect((await send(agent, { ...values, title: '第二份' })).status).to.equal(409);
    expect(await DisputeCase.count({ where: { title: '第二份' } })).to.equal(0);
  });

  const WRONG: [Record<string, string>, string[]][] = [
    [{ title: '', facts: '', workers: '0' }, ['title', 'facts', 'workers']],
    [{ receivedOn: '2026-02-30' }, ['receivedOn']],
    [{ receivedOn: '2026-11-21' }, ['receivedOn']],
    [{ receivedTime: '25:00' }, ['receivedTime']],
    [{ areaId: newId() }, ['areaId']],
    [{ source: 'hotline' }, ['source']],
    [
      { claimant1IdNumber: `${ID_NUMBER.slice(0, 17)}?`, claimant1Phone: '12' },
      ['claimant1IdNumber', 'claimant1Phone'],
    ],
    [{ claimant1Claimed: '-5' }, ['claimant1Claimed']],
    [{ claimant3Phone: '13812345678', claimant3Type: 'wages' }, ['claimant3Name']],
    [{ respondent1Name: '华星' }, ['respondent1Choice']],
    [{ respondent2Name: '某某厂', respondent2Part: 'friend' }, ['respondent2Part']],
    [
      {
        ...{ title: '', receivedOn: '2026-11-21', claimant1Phone: '12', claimant1Claimed: '-5' },
        ...{ respondent1Name: '华星', respondent2Name: '华星服', respondent2Part: 'subcontractor' },
      },
      [
        ...['title', 'receivedOn', 'claimant1Phone', 'claimant1Claimed'],
        ...['respondent1Choice', 'respondent2Choice'],
      ],
    ],
  ];
  for (const [wrong, fields] of WRONG) {
    it(`keeps what was typed when ${fields.join(', ')} is wrong`, async () => {
      const { agent } = await signedIn(['dispatcher', town]);
      const before = await DisputeCase.count();
      const values = filledIn({ facts: '<b>“原话”</b>', ...wrong });
      const { status, text } = await send(agent, values);
      expect(status).to.equal(422);
      expect(await DisputeCase.count()).to.equal(before);
      for (const field of fields) {
        expect(text).to.include(`id="${field}-error"`);
        expect(text.replaceAll('&#x3D;', '=')).to.include(`href="#${field}"`);
      }
      for (const name of [
        'title',
        'receivedOn',
        'claimant1Name',
        'claimant1Claimed',
        'claimant3Phone',
        'respondent1Name',
      ])
        if (values[name]) expect(text).to.match(new RegExp(`name="${name}"[^>]*value="${values[name]}"`));
      if (values.facts) expect(text).to.include('&lt;b&gt;“原话”&lt;/b&gt;');
      expect(text).to.include(`name="idempotencyKey" value="${values.idempotencyKey}"`);
    });
  }

  it('takes the enterprise that was chosen, or the name as typed', async () => {
    const { agent } = await signedIn(['dispatcher', town]);
    const choose = async (choice: string) => {
      const answer = await send(agent, filledIn({ respondent1Name: '华星', respondent1Choice: choice }));
      return (await DisputeCase.findByPk(answer.headers.location?.slice('/cases/'.length)))!;
    };
    expect(await choose(enterprise.id)).to.include({
      enterpriseId: enterprise.id,
      respondentName: enterprise.name,
    });
    expect(await choose('notListed')).to.include({
      enterpriseId: null,
      respondentName: '华星',
      villageId: null,
    });
    const elsewhere = await anEnterprise(await aTown('青阳镇'), '华星外镇厂');
    const answer = await send(agent, filledIn({ respondent1Name: '华星', respondent1Choice: elsewhere.id }));
    expect(answer.status).to.equal(422);
    expect(answer.text).not.to.include('华星外镇厂');
  });

  it('asks when the village that was chosen is not the enterprise’s; the town takes it from the directory', async () => {
    const { agent } = await signedIn(['dispatcher', town]);
    const other = await aVillage(town, '河湘村');
    const asked = await send(agent, filledIn({ areaId: other.id }));
    expect(asked.status).to.equal(422);
    expect(asked.text).to.include('id="areaId-error"').and.include('这家企业在文林村，与所选的河湘村不同');
    expect(asked.text, 'the choice stays').to.include(`<option value="${other.id}" selected>`);
    for (const areaId of [town.id, village.id]) {
      const { headers } = await send(agent, filledIn({ areaId }));
      const made = await DisputeCase.findByPk(headers.location!.slice('/cases/'.length));
      expect(made).to.include({ villageId: village.id });
    }
  });

  it('lets a mediator of a village register there only, and leads home', async () => {
    const { agent } = await signedIn(['mediator', village]);
    const { status, headers } = await send(agent, filledIn({ areaId: village.id }));
    expect([status, headers.location]).to.deep.equal([303, '/']);
    expect((await send(agent, filledIn({ areaId: town.id }))).status).to.equal(422);
    const other = await anEnterprise(town, '建南某厂', { villageId: (await aVillage(town, '建南村')).id });
    const elsewhere = await send(agent, filledIn({ areaId: village.id, respondent1Name: other.name }));
    expect(elsewhere.status).to.equal(422);
    expect(elsewhere.text).to.include('id="respondent1Name-error"');
  });

  it('offers no enterprise but those against which one may register', async () => {
    const near = await anEnterprise(town, '江阴近处针织厂', { villageId: village.id });
    const far = await anEnterprise(town, '江阴远处针织厂', {
      villageId: (await aVillage(town, '河塘村')).id,
    });
    const offered = async (who: Parameters<typeof signedIn>[0]) => {
      const { agent } = await signedIn(who);
      return (await send(agent, filledIn({ areaId: who[1].id, respondent1Name: '针织' }))).text;
    };
    expect(await offered(['dispatcher', town]))
      .to.include(near.id)
      .and.to.include(far.id);
    expect(await offered(['mediator', village]))
      .to.include(near.id)
      .and.to.not.include(far.id);
  });

  it('is absent for an official and an administrator', async () => {
    for (const role of ['official', 'administrator'] as const) {
      const { agent } = await signedIn([role, town]);
      await agent.get('/cases/new').expect(404);
    }
  });

  it('names no worker on any desk or list', async () => {
    const { room, mediators } = await aRoom(town, town, ['周建国']);
    const routed = aCase(town).routedTo('town').with({ title: '有名字的案件', roomId: room.id });
    const disputeCase = await routed
      .with({ mediatorId: mediators[0]!.id, dueOn: '2026-11-19', dueKind: 'acceptance' })
      .saved();
    await aClaimant(disputeCase, { name: '诸葛孔明', phone: '13900001111' });
    await aTicket(town, '2026-11-20', { title: '待分派的工单', callerName: '诸葛孔明' });
    for (const role of ['dispatcher', 'official', 'mediator'] as const) {
      const { agent } = await signedIn([role, town]);
      for (const path of ['/', '/cases', '/cases?state=all', '/cases?state=all&text=诸葛孔明']) {
        const { text } = await agent.get(encodeURI(path)).expect(200);
        expect(text.replace(/value="诸葛孔明"|“诸葛孔明”/g, '')).not.to.match(/诸葛|13900001111/);
      }
    }
  });

  it('shows on a desk what waits there, with its list', async () => {
    const { agent, user } = await signedIn(['mediator', town]);
    const mine = aCase(town).routedTo('town').with({ title: '我要接手的', mediatorId: user.id });
    await mine.with({ dueOn: '2026-11-18', dueKind: 'firstContact' }).saved();
    const { text } = await agent.get('/').expect(200);
    expect(text).to.include('待接手的案件').and.include('我要接手的').and.include('超期2天');
    const all = text.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
    expect(all).to.include('href="/cases?mine=yes&awaits=takeOver"');
    const list = await agent.get('/cases?mine=yes&awaits=takeOver').expect(200);
    expect(list.text).to.include('我要接手的');
    expect((await agent.get('/cases').expect(200)).text).to.include('我要接手的');
  });

  it('keeps every condition of an address in the form that refines it', async () => {
    const { agent } = await signedIn(['dispatcher', town]);
    const { text } = await agent
      .get('/cases?outcomeGroup=decided&closedFrom=2026-01-01&level=town&text=50%25')
      .expect(200);
    for (const field of [
      'name="outcomeGroup" value="decided"',
      'name="closedFrom" value="2026-01-01"',
      'value="50%"',
    ])
      expect(text).to.include(field);
    expect(text).to.include('<option value="town" selected>');
  });

  it('answers 400 to a condition given twice or as a list', async () => {
    const { agent } = await signedIn(['dispatcher', town]);
    await agent.get('/cases?state=open&state=closed').expect(400);
  });
});
