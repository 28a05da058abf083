import { writeFileSync } from 'node:fs';
import mocha from 'mocha';

/** How many tests of one run passed, failed and were skipped. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** The totals of one run of mocha, with what failed in it. */
export interface Outcome extends Totals {
  failures: { title: string; reason: string }[];
}

/** Mocha's spec reporter, which also writes the outcome of the run to the file of the reporter option `outcome`. */
export default class OutcomeReporter extends mocha.reporters.Spec {
  constructor(runner: mocha.Runner, options: mocha.MochaOptions) {
    super(runner, options);
    const { outcome: path } = options.reporterOptions as { outcome: string };
    const failed: Outcome['failures'] = [];
    runner.on('fail', (test, error: Error) => {
      failed.push({ title: test.fullTitle(), reason: error.stack ?? error.message });
    });
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(
        path,
        JSON.stringify({
          passed: passes,
          failed: failures,
          skipped: pending,
          failures: failed,
        } satisfies Outcome),
      );
    });
  }
}
