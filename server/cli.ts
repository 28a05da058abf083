import { Command } from 'commander';
import { DEFAULT_LANGUAGE } from './shared/language.ts';
import { DomainError } from './shared/errors.ts';
import { closeDatabase } from '../models/dialect.ts';
import { migrateDown, migrationStatus } from '../models/migrate.ts';
import { openModels } from '../models/index.ts';
import { addJobCommand } from '../jobs/job.cli.ts';
import { addUserCommands } from './accounts/users.cli.ts';
import { addDirectoryCommands } from './directory/directory.cli.ts';
import { addSettingCommands } from './directory/settings.cli.ts';
import { addHotlineCommands } from './hotline/import.cli.ts';
import { addCallbackCommands } from './hotline/import-callbacks.cli.ts';
import { addLedgerCommands } from './ledger/ledger.cli.ts';
import { addMailCommand } from './notifications/choices.cli.ts';
import { addReportCommands } from './reports/reports.cli.ts';
import { configOrExit, migrate, openProgram, StartError } from './program.ts';
import { translator } from './web/language.ts';

const config = configOrExit();
const program = new Command('cli').description('三个一: the services of the program from a terminal');

program
  .command('migrate')
  .description('bring the database to this version of the program')
  .option('--status', 'only say what is applied and what is pending')
  .option('--down', 'take the latest migration back')
  .action(async (options: { status?: true; down?: true }) => {
    if (options.status) {
      openModels(config.databaseUrl);
      const { applied, pending } = await migrationStatus();
      for (const name of applied) console.log(`applied  ${name}`);
      for (const name of pending) console.log(`pending  ${name}`);
    } else if (options.down) {
      openModels(config.databaseUrl);
      console.log(
        (await migrateDown()).map((name) => `taken back  ${name}`).join('\n') || 'nothing to take back',
      );
    } else {
      console.log((await migrate(config)).map((name) => `applied  ${name}`).join('\n') || 'nothing pending');
    }
  });

addMailCommand(addUserCommands(program));
addDirectoryCommands(program, translator(DEFAULT_LANGUAGE));
addReportCommands(program);
addSettingCommands(program);
addHotlineCommands(program, translator(DEFAULT_LANGUAGE));
addCallbackCommands(program, translator(DEFAULT_LANGUAGE));
addLedgerCommands(program, translator(DEFAULT_LANGUAGE));
addJobCommand(program, config);

program.hook('preAction', async (_, command) => {
  if (command.name() !== 'migrate') await openProgram(config);
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof DomainError) && !(error instanceof StartError)) throw error;
  const sentence =
    error instanceof DomainError ? translator(DEFAULT_LANGUAGE)(error.sentence, error.values) : error.message;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
