import type { Command } from 'commander';
import { Option } from 'commander';
import { User } from '../../models/accounts.ts';
import { areaByCode } from '../directory/areas.queries.ts';
import { Unacceptable } from '../shared/errors.ts';
import { ROLES, type Role } from './roles.rules.ts';
import { createUser, endUser, grantRole, resetPassword } from './users.service.ts';

/** `user add`, `user grant`, `user end`, `user reset`: accounts from a terminal, as the system itself. */
export function addUserCommands(program: Command): void {
  const user = program.command('user').description('accounts and their roles');
  const role = () => new Option('--role <role>', 'role within the area').choices(ROLES).makeOptionMandatory();

  user
    .command('add <username> <name>')
    .description('make an account with a role; prints the one-time link to its password')
    .addOption(role())
    .requiredOption('--area <code>', 'code of the area that bounds the role')
    .action(async (username: string, displayName: string, options: { role: Role; area: string }) => {
      const area = await areaByCode(options.area);
      const roles = [{ role: options.role, areaId: area.id }];
      const { token } = await createUser(null, { username, displayName, roles });
      printLink(token);
    });
  user
    .command('grant <username>')
    .description('give an account another role')
    .addOption(role())
    .requiredOption('--area <code>', 'code of the area that bounds the role')
    .action(async (username: string, options: { role: Role; area: string }) => {
      const area = await areaByCode(options.area);
      await grantRole(null, (await byName(username)).id, { role: options.role, areaId: area.id });
    });
  user
    .command('end <username>')
    .description('end an account and its open sessions')
    .action(async (username: string) => endUser(null, (await byName(username)).id));
  user
    .command('reset <username>')
    .description('take the password away; prints a one-time link to a new one')
    .action(async (username: string) => printLink(await resetPassword(null, (await byName(username)).id)));
}

async function byName(username: string): Promise<User> {
  const user = await User.findOne({ where: { username, endedAt: null } });
  if (!user) throw new Unacceptable('accounts.errors.userUnknown', { username });
  return user;
}

function printLink(token: string): void {
  process.stdout.write(`one-time link, valid for 72 hours: /welcome/${token}\n`);
}
