import type { Command } from 'commander';
import { Option } from 'commander';
import { areaByCode } from '../directory/areas.queries.ts';
import { GRANTED_ROLES, type Role } from './roles.rules.ts';
import { enterpriseNamed, userNamed } from './users.queries.ts';
import { createUser, endUser, grantRole, resetPassword, type RoleWish } from './users.service.ts';

interface RoleOptions {
  role: Role;
  area: string;
  enterprise?: string;
}

/** `user add`, `user grant`, `user end`, `user reset`: accounts from a terminal, as the system itself; gives the command, to which other features add theirs. */
export function addUserCommands(program: Command): Command {
  const user = program.command('user').description('accounts and their roles');
  const withRole = (command: Command) =>
    command
      .addOption(
        new Option('--role <role>', 'role within the area').choices(GRANTED_ROLES).makeOptionMandatory(),
      )
      .requiredOption('--area <code>', 'code of the area that bounds the role')
      .option('--enterprise <name>', 'full name or credit code of the one enterprise of a mediator');

  withRole(user.command('add <username> <name>'))
    .description('make an account with a role; prints the one-time link to its password')
    .action(async (username: string, displayName: string, options: RoleOptions) => {
      const roles = [await roleWish(options)];
      printLink((await createUser(null, { username, displayName, roles })).token);
    });
  withRole(user.command('grant <username>'))
    .description('give an account another role')
    .action(async (username: string, options: RoleOptions) =>
      grantRole(null, (await userNamed(username)).id, await roleWish(options)),
    );
  user
    .command('end <username>')
    .description('end an account and its open sessions')
    .action(async (username: string) => endUser(null, (await userNamed(username)).id));
  user
    .command('reset <username>')
    .description('take the password away; prints a one-time link to a new one')
    .action(async (username: string) => printLink(await resetPassword(null, (await userNamed(username)).id)));
  return user;
}

async function roleWish({ role, area, enterprise }: RoleOptions): Promise<RoleWish> {
  const { id: areaId } = await areaByCode(area);
  const enterpriseId = enterprise === undefined ? null : await enterpriseNamed(null, enterprise, areaId);
  return { role, areaId, enterpriseId };
}

function printLink(token: string): void {
  process.stdout.write(`one-time link, valid for 72 hours: /welcome/${token}\n`);
}
