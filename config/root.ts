import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the project, absolute. The same whether the program runs from its sources or compiled under
 * `dist/`: views, locale files and data stay outside `dist/`.
 */
export const projectRoot: string = nearestRoot(import.meta.dirname);

function nearestRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'views'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json beside views/ above ${start}`);
  }
}
