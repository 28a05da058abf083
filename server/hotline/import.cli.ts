import { basename } from 'node:path';
import type { Command } from 'commander';
import { townByCode } from '../directory/areas.queries.ts';
import { Unacceptable } from '../shared/errors.ts';
import { readJsonFile, sha256OfFile } from '../shared/given-files.ts';
import type { Translate } from '../shared/language.ts';
import type { Findings } from './import-reading.service.ts';
import { faultsInWords } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { confirmImport, previewImport } from './import.service.ts';
import { NO_MAPPING, readMapping, type TicketMapping } from './mapping.rules.ts';

interface ImportOptions {
  mapping?: string;
  dryRun?: true;
  area?: string;
  json?: true;
}

const EVERY_FAULT = { mostFaults: Infinity };

/** Adds `import tickets` to the command line; `t` says the sentences. */
export function addHotlineCommands(program: Command, t: Translate): void {
  importCommands(program)
    .command('tickets <file>')
    .description('tickets of the hotline from an .xlsx or .csv file')
    .option('--mapping <file>', 'JSON file that names the columns and the wanted rows')
    .option('--dry-run', 'only say what the file holds')
    .option('--area <code>', 'town; not needed with one')
    .option('--json', 'as one JSON object')
    .action(async (path: string, options: ImportOptions) => {
      const findings = await importTickets(path, options);
      process.stdout.write(options.json ? `${asJson(findings, t)}\n` : inWords(findings, options, t));
    });
}

/** The commands `import …`, which several features add to. */
function importCommands(program: Command): Command {
  const present = program.commands.find((command) => command.name() === 'import');
  return present ?? program.command('import').description('files into the database');
}

/** @throws Unacceptable for a file, a mapping or a town that cannot be taken */
async function importTickets(path: string, { mapping, dryRun, area }: ImportOptions): Promise<Findings> {
  const file = {
    townId: (await townByCode(area)).id,
    source: path,
    mapping: mapping === undefined ? NO_MAPPING : readMappingFile(mapping),
  };
  if (!dryRun) {
    const sha256 = await sha256OfFile(path);
    const order = { ...file, sha256, fileName: basename(path).slice(0, 255), userId: null };
    return (await confirmImport(order, undefined, EVERY_FAULT)).findings;
  }
  const findings = await previewImport(file, EVERY_FAULT);
  const [problem] = findings.problems;
  if (problem) throw new Unacceptable(problem.sentence, problem.values);
  return findings;
}

function readMappingFile(path: string): TicketMapping {
  const read = readMapping(readJsonFile(path));
  if ('values' in read) return read.values;
  const [error] = read.errors;
  throw new Unacceptable(error!.sentence, error!.values);
}

function asJson({ counts, faults }: Findings, t: Translate): string {
  const { rows, new: fresh, known, unwanted, faulty } = counts;
  return JSON.stringify({ rows, new: fresh, known, unwanted, faulty, faults: faultsInWords(faults, t) });
}

function inWords(
  { counts, faults, changedCount }: Findings,
  { dryRun }: ImportOptions,
  t: Translate,
): string {
  const lines = [
    t(dryRun ? 'hotline.cli.wouldImport' : 'hotline.cli.imported', { ...counts }),
    ...(changedCount > 0 ? [t('hotline.cli.changed', { count: changedCount })] : []),
    ...faultsInWords(faults, t).map((fault) => t('hotline.cli.fault', fault)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
