import { expect } from 'chai';
import { RoleGrant, User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { NoticeAddress } from '../../models/notifications.ts';
import { findLink } from '../../server/accounts/users.service.ts';
import { runCli } from '../support/cli.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, aTown } from '../support/factories.ts';

const LINK = /^one-time link, valid for 72 hours: \/welcome\/(\S+)\n$/;

describe('accounts on the command line', () => {
  // Every command is a process of its own.
  const database = useDatabase();
  let town: Area;

  before(async () => {
    town = await aTown();
  });

  const run = (...parameters: string[]) => runCli(database.url, 'user', ...parameters);
  const named = async (username: string): Promise<User> => (await User.findOne({ where: { username } }))!;
  const rolesOf = async (username: string): Promise<(string | null)[][]> =>
    (await RoleGrant.findAll({ where: { userId: (await named(username)).id }, order: ['id'] })).map(
      ({ role, enterpriseId }) => [role, enterpriseId],
    );

  it('are made with a role and a link, get another role, a new link, and end', async () => {
    const added = run('add', 'gao', '高明', '--role', 'dispatcher', '--area', town.code);
    expect({ status: added.status, stderr: added.stderr }).to.deep.equal({ status: 0, stderr: '' });
    const { user } = await findLink(LINK.exec(added.stdout)![1]!);
    expect([user!.username, user!.displayName]).to.deep.equal(['gao', '高明']);
    expect(run('grant', 'gao', '--role', 'official', '--area', town.code).status).to.equal(0);
    expect(await rolesOf('gao')).to.deep.equal([
      ['dispatcher', null],
      ['official', null],
    ]);
    expect(run('mail', 'gao', 'gao@example.cn').status).to.equal(0);
    const mail = async () => (await NoticeAddress.findByPk((await named('gao')).id))!.mail;
    expect(await mail()).to.equal('gao@example.cn');
    expect(run('mail', 'gao', 'gao@').stderr).to.include('电子邮箱的格式不对');
    for (const none of [[], ['']]) {
      expect(run('mail', 'gao', ...none).status).to.equal(0);
      expect(await mail()).to.equal(null);
    }
    expect(run('reset', 'gao').stdout).to.match(LINK);
    expect(run('end', 'gao').status).to.equal(0);
    expect((await named('gao')).endedAt).to.be.instanceOf(Date);
  });

  it('bind a mediator to one enterprise', async () => {
    const enterprise = await anEnterprise(town, '江阴市华澄纺织有限公司');
    const bound = ['--role', 'mediator', '--area', town.code, '--enterprise'];
    expect(run('add', 'feng', '冯工', ...bound, enterprise.name).status).to.equal(0);
    expect(await rolesOf('feng')).to.deep.equal([['mediator', enterprise.id]]);
  });

  it('say what is wrong and change nothing', async () => {
    const count = await User.count();
    for (const [parameters, sentence] of [
      [['add', 'a b', '某', '--role', 'official', '--area', town.code], '用户名只能用'],
      [
        ['add', 'xu', '许', '--role', 'official', '--area', town.code, '--enterprise', '无名厂'],
        '没有这家企业',
      ],
      [['end', 'nobody'], '没有用户名为“nobody”的账户'],
    ] as const) {
      const { status, stdout, stderr } = run(...parameters);
      expect({ status, stdout }, stderr).to.deep.equal({ status: 1, stdout: '' });
      expect(stderr).to.include(sentence);
    }
    expect(await User.count()).to.equal(count);
  });
});
