/** One import of a file by the program, in a process of its own: `node import-run.ts FILE`. Prints an ImportRun. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readConfig } from '../../config/index.ts';
import { Area } from '../../models/areas.ts';
import { closeDatabase } from '../../models/dialect.ts';
import { confirmImport } from '../../server/hotline/import.service.ts';
import { NO_MAPPING } from '../../server/hotline/mapping.rules.ts';
import { openProgram } from '../../server/program.ts';

export interface ImportRun {
  stored: number;
  seconds: number;
  peakMegabytes: number;
}

const file = process.argv[2]!;
await openProgram(readConfig());
const town = await Area.findOne({ where: { kind: 'town' } });
const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
const began = performance.now();
const { findings } = await confirmImport({
  townId: town!.id,
  source: file,
  mapping: NO_MAPPING,
  fileName: basename(file),
  sha256,
  userId: null,
});
const run: ImportRun = {
  stored: findings.counts.new,
  seconds: (performance.now() - began) / 1000,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
};
await closeDatabase();
process.stdout.write(JSON.stringify(run));
