import { basename } from 'node:path';
import type { Command } from 'commander';
import { townByCode } from '../directory/areas.queries.ts';
import { Unacceptable } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import { readJsonFile, sha256OfFile } from '../shared/given-files.ts';
import type { Translate } from '../shared/language.ts';
import { faultsInWords } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { readLedger, type LedgerFindings } from './import-ledger.service.ts';
import { NO_LEDGER_MAPPING, readLedgerMapping, type LedgerMapping } from './ledger-mapping.rules.ts';
import { undoLedgerAsSystem } from './undo-ledger.service.ts';
import { importLedger } from './store-ledger.service.ts';

interface LedgerOptions {
  mapping?: string;
  dryRun?: true;
  area?: string;
  json?: true;
  undo?: string;
  reason?: string;
}

const EVERY_FAULT = { mostFaults: Infinity };

/** Adds `import ledger`, closed cases of past years, to the commands `import …`; `t` says the sentences. */
export function addLedgerCommands(program: Command, t: Translate): void {
  const imports = program.commands.find((command) => command.name() === 'import');
  (imports ?? program.command('import').description('files into the database'))
    .command('ledger [file]')
    .description('closed cases of past years from an .xlsx or .csv file, or one such import taken back')
    .option('--mapping <file>', 'JSON file that names the columns, the wanted rows and what the texts mean')
    .option('--dry-run', 'only say what the file holds')
    .option('--area <code>', 'town; not needed with one')
    .option('--json', 'as one JSON object')
    .option('--undo <id>', 'take the import with this id back, while none of its cases was worked on')
    .option('--reason <text>', 'why it is taken back')
    .action(async (path: string | undefined, options: LedgerOptions, command: Command) => {
      if ((path === undefined) === (options.undo === undefined)) command.help({ error: true });
      process.stdout.write(
        options.undo === undefined
          ? await imported(path!, options, t)
          : await undone(options.undo, options, t),
      );
    });
}

async function imported(path: string, options: LedgerOptions, t: Translate): Promise<string> {
  const { findings, batchId } = await importFrom(path, options);
  return options.json ? `${asJson(findings, t)}\n` : inWords(findings, batchId, options, t);
}

/** @throws NotFound, Conflict */
async function undone(id: string, { json, reason }: LedgerOptions, t: Translate): Promise<string> {
  if (!isId(id)) throw new Unacceptable('ledger.undo.errors.unknown');
  const cases = await undoLedgerAsSystem(id, reason?.slice(0, 500) ?? null);
  return json ? `${JSON.stringify({ undone: cases })}\n` : `${t('ledger.undo.cli.undone', { cases })}\n`;
}

/** @throws Unacceptable for a file, a mapping or a town that cannot be taken */
async function importFrom(
  path: string,
  { mapping, dryRun, area }: LedgerOptions,
): Promise<{ findings: LedgerFindings; batchId: string | null }> {
  const file = {
    townId: (await townByCode(area)).id,
    source: path,
    mapping: mapping === undefined ? NO_LEDGER_MAPPING : readMappingFile(mapping),
  };
  if (!dryRun) {
    const order = {
      ...file,
      sha256: await sha256OfFile(path),
      fileName: basename(path).slice(0, 255),
      userId: null,
    };
    return importLedger(order, EVERY_FAULT);
  }
  const findings = await readLedger(file, undefined, EVERY_FAULT);
  const [problem] = findings.problems;
  if (problem) throw new Unacceptable(problem.sentence, problem.values);
  return { findings, batchId: null };
}

function readMappingFile(path: string): LedgerMapping {
  const read = readLedgerMapping(readJsonFile(path));
  if ('values' in read) return read.values;
  const [error] = read.errors;
  throw new Unacceptable(error!.sentence, error!.values);
}

function asJson({ counts, faults }: LedgerFindings, t: Translate): string {
  const { rows, new: fresh, known, unwanted, faulty } = counts;
  return JSON.stringify({ rows, new: fresh, known, unwanted, faulty, faults: faultsInWords(faults, t) });
}

function inWords(
  { counts, faults, changedCount }: LedgerFindings,
  batchId: string | null,
  { dryRun }: LedgerOptions,
  t: Translate,
): string {
  const lines = [
    t(dryRun ? 'ledger.cli.wouldImport' : 'ledger.cli.imported', { ...counts }),
    ...(changedCount > 0 ? [t('ledger.cli.changed', { count: changedCount })] : []),
    ...(batchId ? [t('ledger.undo.cli.how', { id: batchId })] : []),
    ...faultsInWords(faults, t).map((fault) => t('hotline.cli.fault', fault)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
