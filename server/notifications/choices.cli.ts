import type { Command } from 'commander';
import { userNamed } from '../accounts/users.queries.ts';
import { Unacceptable } from '../shared/errors.ts';
import { isMailAddress } from '../shared/personal-data.rules.ts';
import { changeMail } from './choices.service.ts';

/** `user mail`: where an account is told of things, from a terminal, as the system itself. */
export function addMailCommand(user: Command): void {
  user
    .command('mail <username> [address]')
    .description('change the mail address of an account, for notices; without an address it is taken away')
    .action(async (username: string, mail?: string) => {
      if (mail && !isMailAddress(mail)) throw new Unacceptable('notifications.errors.notAMail');
      await changeMail(null, (await userNamed(username)).id, mail || null);
    });
}
