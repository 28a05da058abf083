import { inTx, selectRows } from '../../models/dialect.ts';
import { insertRows } from '../../models/rows.ts';
import { WageCheck } from '../../models/wage-checks.ts';
import { addDays } from '../../server/shared/calendar-day.ts';
import { today } from '../../server/shared/clock.ts';
import { monthOf } from '../../server/wage-checks/rounds.rules.ts';
import { openRound } from '../../server/wage-checks/rounds.service.ts';
import { evaluateWarnings } from '../../server/wage-checks/warning-night.service.ts';
import { statementsOf } from '../support/statements.ts';

/** `opening`: a check for every enterprise; `night`: the evaluation of every enterprise when nothing has changed. */
export const ROUND_JOBS = ['opening', 'night'] as const;

export interface RoundResult {
  bench: (typeof ROUND_JOBS)[number];
  rows: number;
  seconds: number;
  /** Of a bare insert of the same rows, or of the same statements with nothing done to what they give. */
  bareSeconds: number;
  ratio: number;
}

const ROWS_AT_A_TIME = 500;
const NIGHTS = 3;

/** Measures the round of the open database; afterwards the present month is open, and every warning evaluated. */
export async function benchRound(): Promise<RoundResult[]> {
  return [await opening(), await night()];
}

async function opening(): Promise<RoundResult> {
  const month = monthOf(today());
  const seconds = await timed(() => openRound({ day: today(), inTurn: inTx }));
  const rows = await WageCheck.findAll({ where: { month }, raw: true });
  await WageCheck.destroy({ where: { month } });
  const bareSeconds = await timed(() =>
    inTx(async () => {
      for (let start = 0; start < rows.length; start += ROWS_AT_A_TIME)
        await insertRows(WageCheck, rows.slice(start, start + ROWS_AT_A_TIME));
    }),
  );
  return { bench: 'opening', rows: rows.length, seconds, bareSeconds, ratio: seconds / bareSeconds };
}

async function night(): Promise<RoundResult> {
  const on = (later: number) => evaluateWarnings({ day: addDays(today(), later), inTurn: inTx });
  await on(0);
  const statements = await statementsOf(() => on(1));
  const reads = statements.filter((sql) => sql.startsWith('SELECT'));
  const [ours, bare]: [number[], number[]] = [[], []];
  let rows = 0;
  for (let later = 2; later < 2 + NIGHTS; later++) {
    ours.push(await timed(async () => void ({ evaluated: rows } = await on(later))));
    bare.push(
      await timed(async () => {
        for (const sql of reads) await selectRows(sql);
      }),
    );
  }
  const [seconds, bareSeconds] = [Math.min(...ours), Math.min(...bare)];
  return { bench: 'night', rows, seconds, bareSeconds, ratio: seconds / bareSeconds };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
