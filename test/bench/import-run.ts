/**
 * One import of a file by the program, in a process of its own: `node import-run.ts import|ledger FILE`. Prints an
 * ImportRun.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readConfig } from '../../config/index.ts';
import { Area } from '../../models/areas.ts';
import { closeDatabase } from '../../models/dialect.ts';
import { confirmImport } from '../../server/hotline/import.service.ts';
import { NO_MAPPING } from '../../server/hotline/mapping.rules.ts';
import { NO_LEDGER_MAPPING } from '../../server/ledger/ledger-mapping.rules.ts';
import { importLedger } from '../../server/ledger/store-ledger.service.ts';
import { openProgram } from '../../server/program.ts';
import type { ImportBench } from './imports.ts';

export interface ImportRun {
  stored: number;
  seconds: number;
  peakMegabytes: number;
}

const [bench, file] = [process.argv[2] as ImportBench, process.argv[3]!];
await openProgram(readConfig());
const town = await Area.findOne({ where: { kind: 'town' } });
const order = {
  townId: town!.id,
  source: file,
  fileName: basename(file),
  sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  userId: null,
};
const began = performance.now();
const { findings } =
  bench === 'ledger'
    ? await importLedger({ ...order, mapping: NO_LEDGER_MAPPING })
    : await confirmImport({ ...order, mapping: NO_MAPPING });
const run: ImportRun = {
  stored: findings.counts.new,
  seconds: (performance.now() - began) / 1000,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
};
await closeDatabase();
process.stdout.write(JSON.stringify(run));
