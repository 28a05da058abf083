import { writeFileSync } from 'node:fs';
import mocha from 'mocha';

/** How many tests of one run passed, failed and were skipped. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** Mocha's spec reporter, which also writes the totals of the run to the file of the reporter option `totals`. */
export default class TotalsReporter extends mocha.reporters.Spec {
  constructor(runner: mocha.Runner, options: mocha.MochaOptions) {
    super(runner, options);
    const { totals: path } = options.reporterOptions as { totals: string };
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(
        path,
        JSON.stringify({ passed: passes, failed: failures, skipped: pending } satisfies Totals),
      );
    });
  }
}
