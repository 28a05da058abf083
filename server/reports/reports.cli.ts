import { Option, type Command } from 'commander';
import { formatYuan } from '../shared/money.ts';
import { Unacceptable } from '../shared/errors.ts';
import { loadIndicators, publishedIndicators } from './indicator.queries.ts';
import { reportAreaByCode } from './report-area.queries.ts';
import { BASES, isReportDay, type Basis } from './report-period.rules.ts';

interface IndicatorOptions {
  from: string;
  to: string;
  basis: Basis;
  area?: string;
  json?: true;
}

/** Adds `report indicators` to the command line. */
export function addReportCommands(program: Command): void {
  program
    .command('report')
    .description('figures and sentences of a period')
    .command('indicators')
    .description('the indicators of an area, by the definitions of the report page')
    .requiredOption('--from <day>', 'first day, YYYY-MM-DD')
    .requiredOption('--to <day>', 'last day, YYYY-MM-DD')
    .addOption(
      new Option('--basis <basis>', 'cases received, or cases closed in the period')
        .choices(BASES)
        .default('received'),
    )
    .option('--area <code>', 'jurisdiction, town or village; not needed with one town')
    .option('--json', 'as one line of JSON')
    .action(async (options: IndicatorOptions) => {
      const figures = await indicatorsFor(options);
      process.stdout.write(`${options.json ? JSON.stringify(figures) : inWords(figures)}\n`);
    });
}

type Published = ReturnType<typeof publishedIndicators>;

/** @throws Unacceptable for a day that does not exist, a period that ends before it begins, an unknown area */
async function indicatorsFor({ from, to, basis, area }: IndicatorOptions): Promise<Published> {
  for (const day of [from, to])
    if (!isReportDay(day)) throw new Unacceptable('reports.errors.notADay', { day });
  if (from > to) throw new Unacceptable('reports.errors.endsBeforeItBegins', { from, to });
  const { townIds, villageId } = await reportAreaByCode(area);
  return publishedIndicators(await loadIndicators({ townIds, villageId, period: { from, to }, basis }));
}

function inWords({
  period,
  basis,
  tickets,
  cases,
  outcomes,
  recovered,
  outreach,
  sentences,
  ...figures
}: Published): string {
  const { succeeded, failed, excluded, successRate, amountInvolvedFen } = figures;
  const occurring = Object.entries(outcomes).filter(([, cases]) => cases > 0);
  return [
    sentences.hotline,
    sentences.recovery,
    '',
    `period     ${period.from} to ${period.to}, cases ${basis} in it`,
    `tickets    ${tickets.received} received, ${tickets.returned} returned`,
    `cases      ${cases.opening} open before, ${cases.received} received (${cases.collective} collective), ${cases.closed} closed, ${cases.open} open after`,
    `outcomes   ${occurring.map(([outcome, cases]) => `${cases} ${outcome}`).join(', ') || 'none'}`,
    `success    ${succeeded} of ${succeeded + failed}${successRate === null ? '' : `, ${successRate} %`}; ${excluded} excluded`,
    `involved   ${formatYuan(amountInvolvedFen)} yuan`,
    `recovered  ${formatYuan(recovered.fen)} yuan for ${recovered.workers} workers, of which ${formatYuan(recovered.migrantFen)} yuan for ${recovered.migrantWorkers} migrant workers`,
    `outreach   ${outreach.events} events, ${outreach.audience} people reached, ${outreach.materials} materials handed out`,
  ].join('\n');
}
