import type { Command } from 'commander';
import type { Translate } from '../shared/language.ts';
import { areaByCode, townByCode } from './areas.queries.ts';
import { addArea, addJurisdiction } from './areas.service.ts';
import type { RowRemark } from './import-enterprises.rules.ts';
import { importEnterprises, type EnterpriseImport } from './import-enterprises.service.ts';

/** Adds `import enterprises` and `area add` to the command line; `t` says the sentences. */
export function addDirectoryCommands(program: Command, t: Translate): void {
  importCommands(program)
    .command('enterprises <file>')
    .description('enterprises of the directory from an .xlsx or .csv file')
    .option('--area <code>', 'town; not needed with one')
    .option('--dry-run', 'only say what the file holds')
    .option('--json', 'as one JSON object')
    .action(async (path: string, options: { area?: string; dryRun?: true; json?: true }) => {
      const town = await townByCode(options.area);
      const found = await importEnterprises(town.id, path, { actorId: null, dryRun: options.dryRun });
      process.stdout.write(options.json ? `${asJson(found, t)}\n` : inWords(found, options.dryRun, t));
    });
  program
    .command('area')
    .description('the tree of jurisdictions, towns and villages')
    .command('add <code> <name>')
    .description('make a town, or below one a village, or over towns a jurisdiction')
    .option('--under <code>', 'the jurisdiction of a new town, or the town of a new village')
    .option('--over <codes...>', 'the towns of a new jurisdiction')
    .action(async (code: string, name: string, options: { under?: string; over?: string[] }) => {
      if (options.over) await addJurisdiction({ code, name }, options.over);
      else await addArea(null, options.under ? (await areaByCode(options.under)).id : null, { code, name });
    });
}

/** The commands `import …`, which several features add to. */
function importCommands(program: Command): Command {
  const present = program.commands.find((command) => command.name() === 'import');
  return present ?? program.command('import').description('files into the database');
}

function asJson({ faults, notes, ...counts }: EnterpriseImport, t: Translate): string {
  return JSON.stringify({ ...counts, faults: said(faults, t), notes: said(notes, t) });
}

function inWords(
  { faults, notes, ...counts }: EnterpriseImport,
  dryRun: true | undefined,
  t: Translate,
): string {
  const lines = [
    t(dryRun ? 'directory.import.would' : 'directory.import.done', counts),
    ...said([...faults, ...notes], t).map((remark) => t('directory.import.remark', remark)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function said(remarks: RowRemark[], t: Translate) {
  return remarks.map(({ row, column, value, reason, values }) => ({
    row,
    column: t(`directory.import.columns.${column}`),
    value,
    reason: t(`directory.import.${reason}`, values),
  }));
}
