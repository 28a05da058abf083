import { basename } from 'node:path';
import type { Command } from 'commander';
import { townByCode } from '../directory/areas.queries.ts';
import { Unacceptable } from '../shared/errors.ts';
import { sha256OfFile } from '../shared/given-files.ts';
import type { Translate } from '../shared/language.ts';
import { faultsInWords } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { importCallbacks, readCallbacks, type CallbackFindings } from './import-callbacks.service.ts';

interface CallbackOptions {
  dryRun?: true;
  area?: string;
  json?: true;
}

/** Adds `import callbacks`, what the hotline heard when it called back, to the commands `import …`; `t` says the sentences. */
export function addCallbackCommands(program: Command, t: Translate): void {
  const imports = program.commands.find((command) => command.name() === 'import');
  (imports ?? program.command('import').description('files into the database'))
    .command('callbacks <file>')
    .description('callback results of the hotline from an .xlsx or .csv file')
    .option('--dry-run', 'only say what the file holds')
    .option('--area <code>', 'town; not needed with one')
    .option('--json', 'as one JSON object')
    .action(async (path: string, options: CallbackOptions) => {
      const findings = await importFrom(path, options);
      process.stdout.write(options.json ? `${asJson(findings, t)}\n` : inWords(findings, options, t));
    });
}

/** @throws Unacceptable for a file or a town that cannot be taken */
async function importFrom(path: string, { dryRun, area }: CallbackOptions): Promise<CallbackFindings> {
  const { id: townId } = await townByCode(area);
  if (!dryRun) {
    const fileName = basename(path).slice(0, 255);
    return importCallbacks({ townId, fileName, sha256: await sha256OfFile(path), userId: null }, path);
  }
  const findings = await readCallbacks(townId, path);
  const [problem] = findings.problems;
  if (problem) throw new Unacceptable(problem.sentence);
  return findings;
}

function asJson({ counts, faults }: CallbackFindings, t: Translate): string {
  const { rows, new: fresh, known, faulty, redo } = counts;
  return JSON.stringify({ rows, new: fresh, known, faulty, redo, faults: faultsInWords(faults, t) });
}

function inWords({ counts, faults }: CallbackFindings, { dryRun }: CallbackOptions, t: Translate): string {
  const lines = [
    t(dryRun ? 'callbacks.cli.wouldImport' : 'callbacks.cli.imported', { ...counts }),
    ...faultsInWords(faults, t).map((fault) => t('hotline.cli.fault', fault)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
