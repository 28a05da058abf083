import { expect } from 'chai';
import { AuditEntry, IdempotencyKey, OneTimeLink, RoleGrant, Session, User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { selectRows } from '../../models/dialect.ts';
import { RoomMediator } from '../../models/directory.ts';
import { NoticeAddress } from '../../models/notifications.ts';
import { today } from '../../server/shared/clock.ts';
import { aCase, anEnterprise, anInformant, aRoom, aTown } from '../support/factories.ts';
import { useProgram, type Visitor } from '../support/http.ts';

const LINK = /http:\/\/[^\s<]+\/welcome\/([\w-]{32})/;

describe('the pages of accounts', () => {
  const program = useProgram();
  let town: Area;
  let administrator: Visitor;
  let own: User;

  before(async () => {
    town = await aTown();
    own = await program.person('管理员', 'administrator', town);
    administrator = await program.as(own);
  });

  const role = () => ({ role: 'dispatcher', areaId: town.id, enterprise: '' });
  const newUser = (username: string) => ({ username, displayName: username, ...role() });

  it('show the one-time link once, in no address, log, session or kept answer', async () => {
    const page = await administrator.visit('/users/new');
    const idempotencyKey = page.value('idempotencyKey')!;
    const first = await administrator.submit('/users', newUser('新调度员'));
    const [, token] = LINK.exec(first.text)!;
    expect(first.path).to.equal('/users');
    expect(first.headers['cache-control']).to.equal('no-store');
    const { id } = (await User.findOne({ where: { username: '新调度员' } }))!;
    const again = await administrator.send('/users', { ...newUser('新调度员'), idempotencyKey });
    expect(again.path).to.equal(`/users/${id}`);
    expect(again.text).to.not.match(LINK);
    const kept = JSON.stringify([
      await Session.findAll(),
      await IdempotencyKey.findAll(),
      await OneTimeLink.findAll(),
    ]);
    expect(kept + program.log.join('')).to.not.include(token);

    const owner = program.visitor();
    const welcome = `/welcome/${token}`;
    const passwords = (password: string, repeated = password) => owner.fill(welcome, { password, repeated });
    expect((await passwords('今天下午三点开调解会议室', '另一个')).error('repeated')).to.include('两次输入');
    expect((await passwords('今天下午三点')).error('password')).to.include('至少');
    expect((await passwords('今天下午三点开调解会议室')).path).to.equal('/');
    expect((await owner.visit('/enterprises')).status).to.equal(200);
    const used = await program.visitor().visit(welcome);
    expect([used.status, used.text]).to.satisfy(
      ([status, text]: [number, string]) => status === 404 && text.includes('这个链接已用过'),
    );
    expect(program.log.join('')).to.not.include(token);
  });

  it('keep what was typed beside the sentence', async () => {
    const typed = { ...newUser('a b'), displayName: '<b>王</b>' };
    const page = await administrator.fill('/users/new', typed, '/users');
    expect(page.status).to.equal(422);
    expect(page.error('username')).to.include('用户名只能用汉字');
    expect([page.value('username'), page.value('displayName')]).to.deep.equal(['a b', '<b>王</b>']);
    const bounded = { ...newUser('限定'), enterprise: '某某有限公司' };
    const refused = await administrator.fill('/users/new', bounded, '/users');
    expect(refused.error('enterprise')).to.include('只有调解员岗位可以限定在一家企业');
    await anEnterprise(town, '某某有限公司');
    expect((await administrator.submit('/users', { role: 'mediator' })).text).to.match(LINK);
  });

  it('keep the mail address of a new account encrypted, for notices', async () => {
    const wrong = await administrator.fill('/users/new', { ...newUser('有邮箱'), mail: 'wang' }, '/users');
    expect(wrong.error('mail')).to.include('电子邮箱的格式不对');
    await administrator.submit('/users', { ...newUser('有邮箱'), mail: 'wang@example.cn' });
    const { id } = (await User.findOne({ where: { username: '有邮箱' } }))!;
    expect((await NoticeAddress.findByPk(id))!.mail).to.equal('wang@example.cn');
    const [row] = await selectRows<{ mail: string }>('SELECT mail FROM notice_addresses WHERE userId = :id', {
      id,
    });
    expect(row!.mail).to.not.include('wang');
    const kept = JSON.stringify([await IdempotencyKey.findAll(), await AuditEntry.findAll()]);
    expect(kept + program.log.join('')).to.not.include('wang@example.cn');
  });

  it('change the mail address of an account and take it away, and say what is wrong with it', async () => {
    const user = await program.person('换邮箱', 'dispatcher', town);
    const page = `/users/${user.id}`;
    const wrong = await administrator.fill(page, { mail: 'wang@' }, `${page}/mail`);
    expect(wrong.error('mail')).to.include('电子邮箱的格式不对');
    expect(wrong.value('mail')).to.equal('wang@');
    await administrator.submit(`${page}/mail`, { mail: 'first@example.cn' });
    expect(administrator.page.text).to.include('邮箱已保存');
    expect(administrator.page.value('mail')).to.equal('first@example.cn');
    await administrator.submit(`${page}/mail`, { mail: '' });
    expect((await NoticeAddress.findByPk(user.id))!.mail).to.equal(null);
    expect(await AuditEntry.count({ where: { action: 'changeNoticeAddress', objectId: user.id } })).to.equal(
      2,
    );
    const kept = JSON.stringify([await IdempotencyKey.findAll(), await AuditEntry.findAll()]);
    expect(kept + program.log.join('')).to.not.include('first@example.cn');
  });

  it('neither show nor change how an informant is reached, and let nobody in by their code', async () => {
    const { userId } = await anInformant(await anEnterprise(town, '信息员所在有限公司'));
    await NoticeAddress.create({ userId, mail: 'zhangsan@example.cn' });
    const page = await administrator.visit(`/users/${userId}`);
    expect(page.text).to.include('这是职工信息员的账户').and.not.include('重设密码');
    expect(page.html).to.not.include('zhangsan');
    const hidden = { _csrf: page.value('_csrf')!, idempotencyKey: page.value('idempotencyKey')! };
    for (const [path, fields] of [
      ['mail', { mail: 'mine@example.cn' }],
      ['password-reset', {}],
    ] as const) {
      const refused = await administrator.send(`/users/${userId}/${path}`, { ...hidden, ...fields });
      expect(refused.status, path).to.equal(403);
    }
    expect((await NoticeAddress.findByPk(userId))!.mail).to.equal('zhangsan@example.cn');

    const { id } = (await RoleGrant.findOne({ where: { userId } }))!;
    await administrator.visit(`/users/${userId}`);
    const ended = await administrator.submit(`/users/${userId}/roles/${id}/end`);
    expect(ended.text, 'not without the role either').to.include('岗位已结束').and.not.include('重设密码');
    expect(ended.html).to.not.include('zhangsan');
  });

  it('reset a password and end an account for good', async () => {
    const user = await program.person('要停用', 'dispatcher', town);
    const visitor = await program.as(user);
    const page = `/users/${user.id}`;
    await administrator.visit(page);
    expect((await administrator.submit(`${page}/password-reset`)).text).to.match(LINK);
    expect((await visitor.visit('/enterprises')).path).to.match(/^\/sign-in/);
    const unsure = await administrator.fill(page, {}, `${page}/end`);
    expect(unsure.error('confirmed')).to.include('请勾选确认');
    const ended = await administrator.submit(`${page}/end`, { confirmed: 'yes' });
    expect(ended.text).to.include('账户已停用').and.include('已于');
    expect(ended.forms.some(({ action }) => action.startsWith(page))).to.equal(false);
  });

  it('say how many cases lose their mediator with the account, and end the place in every room', async () => {
    const { room, mediators } = await aRoom(town, town, ['周调解']);
    const [mediator] = mediators as [User];
    const page = `/users/${mediator.id}`;
    expect((await administrator.visit(page)).text).to.not.include('未办结');
    const held = aCase(town).with({ roomId: room.id, mediatorId: mediator.id });
    await held.saved();
    expect((await administrator.visit(page)).text).to.include('名下还有 1 件未办结的案件');
    await administrator.submit(`${page}/end`, { confirmed: 'yes' });
    const [membership] = await RoomMediator.findAll({ where: { userId: mediator.id } });
    expect(membership!.activeTo).to.equal(today());
  });

  it('name the enterprise to which a mediator’s role is bound', async () => {
    const enterprise = await anEnterprise(town, '江阴市华澄纺织有限公司', { hasCommittee: true });
    await program.person('厂里调解员', 'mediator', town, enterprise.id);
    expect((await administrator.visit('/users?q=厂里调解员')).text).to.include(enterprise.name);
  });

  it('add and end roles, which hold from the next request', async () => {
    const user = await program.person('变岗', 'mediator', town);
    const visitor = await program.as(user);
    const page = `/users/${user.id}`;
    expect((await visitor.visit('/enterprises')).status).to.equal(404);
    await administrator.fill(page, role(), `${page}/roles`);
    expect((await visitor.visit('/enterprises')).status).to.equal(200);
    const grant = (await RoleGrant.findOne({ where: { userId: user.id, role: 'dispatcher' } }))!;
    await administrator.submit(`${page}/roles/${grant.id}/end`);
    expect((await visitor.visit('/enterprises')).status).to.equal(404);
  });

  it('have nothing to offer for the own account, and refuse what is sent nevertheless', async () => {
    const page = await administrator.visit(`/users/${own.id}`);
    expect(page.text).to.include('不能给自己增减岗位');
    expect(page.forms.some(({ action }) => action.startsWith(`/users/${own.id}`))).to.equal(false);
    const idempotencyKey = (await administrator.visit('/users/new')).value('idempotencyKey')!;
    const sent = await administrator.send(`/users/${own.id}/roles`, { ...role(), idempotencyKey });
    expect(sent.status).to.equal(403);
  });
});
