import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan, groupDigits } from '../shared/money.ts';
import { monthWord } from '../shared/month-word.ts';
import type { Table } from '../web/view-model.ts';
import { isHot, missingIn, type MonthForm } from './month-form.rules.ts';
import { PROTECTION_ITEMS, PROTECTION_PERCENTS } from './wage-checks.rules.ts';

type Line = { label: string; value: string };

/** A part of the form: its heading and its lines. */
interface Part {
  heading: string;
  lines: Line[];
}

/** The form on paper, in Chinese as it is filed; what is missing stands above it, in the language of the page. */
export function presentMonthForm(
  page: Translate,
  paper: Translate,
  { form, checkId, town, today }: { form: MonthForm; checkId: string; town: string; today: CalendarDay },
) {
  const missing = missingIn(form);
  const title = `${form.enterprise} ${monthWord(form.month, page)}`;
  return {
    title,
    back: { label: page('wage-checks.monthForm.back'), href: `/wage-checks/${checkId}` },
    actions: [{ label: page('wage-checks.monthForm.export'), href: `/wage-checks/${checkId}/form.xlsx` }],
    missingTitle: page('wage-checks.monthForm.missing'),
    missing: missing.map((key) => page(key)),
    complete: missing.length === 0 ? page('wage-checks.monthForm.complete') : null,
    heading: paper('wage-checks.monthForm.heading'),
    organisation: town,
    number: paper('common.labelled', {
      label: paper('wage-checks.month'),
      text: monthWord(form.month, paper),
    }),
    parts: partsOf(form, paper).map(({ heading, lines }) => ({ heading, grid: inPairs(lines) })),
    signatures: ['reporter', 'verifier'].map((name) => paper(`wage-checks.monthForm.${name}`)),
    seal: paper('wage-checks.monthForm.seal'),
    printed: paper('wage-checks.monthForm.printed', { day: today }),
  };
}

/** Two lines beside each other; the last of an odd number over the whole width. */
function inPairs(lines: Line[]) {
  const rows: (Line & { span: number })[][] = [];
  for (let index = 0; index < lines.length; index += 2) {
    const pair = lines.slice(index, index + 2);
    rows.push(pair.map((line) => ({ ...line, span: pair.length === 2 ? 1 : 3 })));
  }
  return rows;
}

function partsOf(form: MonthForm, t: Translate): Part[] {
  const people = (count: number | null): string =>
    count === null ? '' : t('wage-checks.people', { count: groupDigits(count) });
  const yuan = (fen: number | null): string =>
    fen === null ? '' : t('wage-checks.yuan', { amount: formatYuan(fen) });
  const yesNo = (value: boolean | null): string =>
    value === null ? '' : t(value ? 'common.yes' : 'common.no');
  const field = (name: string, value: string): Line => ({ label: t(`wage-checks.fields.${name}`), value });
  const own = (name: string, value: string): Line => ({ label: t(`wage-checks.monthForm.${name}`), value });
  const part = (name: string, lines: Line[]): Part => ({
    heading: t(`wage-checks.monthForm.${name}`),
    lines,
  });
  const { reporter } = form;
  return [
    part('basics', [
      { label: t('wage-checks.enterprise'), value: form.enterprise },
      own('creditCode', form.creditCode ?? ''),
      { label: t('directory.village'), value: form.village ?? '' },
      ...(['headcount', 'migrants', 'women', 'dispatched', 'overAge'] as const).map((name) =>
        field(name, people(form[name])),
      ),
    ]),
    part('wages', [
      field('payDueOn', form.payDueOn ?? ''),
      field('paidOn', form.paidOn ?? ''),
      field('grossFen', yuan(form.grossFen)),
      field('netFen', yuan(form.netFen)),
      field('paidPeople', people(form.paidPeople)),
      field('unpaidPeople', people(form.unpaidPeople)),
      field('arrearsPeople', people(form.arrearsPeople)),
      field('arrearsFen', yuan(form.arrearsFen)),
      field('arrearsSince', form.arrearsSince ?? ''),
      field('deferralConsent', yesNo(form.deferralConsent)),
      field('belowMinimum', yesNo(form.belowMinimum)),
      field('channel', form.channel ? t(`wage-checks.channels.${form.channel}`) : ''),
      field('wageSlips', yesNo(form.wageSlips)),
    ]),
    part('protectionPart', protectionLines(form, t)),
    part('risksPart', [
      {
        label: t('wage-checks.risksTitle'),
        value:
          form.risks.length > 0
            ? form.risks.map((sign) => t(`wage-checks.risks.${sign}`)).join(t('common.comma'))
            : t('wage-checks.monthForm.noRisks'),
      },
    ]),
    part('signs', [
      own(
        'reporter',
        reporter === null
          ? ''
          : t(`wage-checks.monthForm.${reporter === 'employer' ? 'employer' : 'aReporter'}`),
      ),
      { label: t('wage-checks.report.reportedOn'), value: form.reportedOn ?? '' },
      own(
        'officerFound',
        form.verifier && form.payState
          ? t(`wage-checks.payStates.${form.payState}`)
          : t('wage-checks.states.open'),
      ),
      own('verifier', form.verifier ?? ''),
      own('verifiedOn', form.verifiedOn ?? ''),
    ]),
  ];
}

function protectionLines({ protection, month }: MonthForm, t: Translate): Line[] {
  const label = (name: string): string => t(`wage-checks.protection.${name}`);
  const given = (value: unknown, suffix: string): string =>
    typeof value === 'number' ? `${value}${suffix}` : '';
  return [
    ...PROTECTION_PERCENTS.map((name) => ({ label: label(name), value: given(protection[name], '%') })),
    { label: label('overtimeHours'), value: given(protection.overtimeHours, t('wage-checks.hours')) },
    ...PROTECTION_ITEMS.filter((name) => name !== 'heat' || isHot(month)).map((name) => {
      const answer = protection[name];
      return { label: label(name), value: answer ? t(`common.${answer}`) : '' };
    }),
  ];
}

/** The form as a sheet: its parts one below the other. */
export function monthFormTables(
  t: Translate,
  form: MonthForm,
): { title: string; lead: string[]; tables: Table[] } {
  const title = `${t('wage-checks.monthForm.heading')}-${form.enterprise}-${form.month}`;
  const rows = partsOf(form, t).flatMap(({ heading, lines }) => [
    { cells: [{ text: heading }, { text: '' }] },
    ...lines.map(({ label, value }) => ({ cells: [{ text: label }, { text: value }] })),
  ]);
  return {
    title,
    lead: [`${t('wage-checks.monthForm.heading')} ${monthWord(form.month, t)}`],
    tables: [
      {
        caption: form.month,
        columns: [{ label: t('wage-checks.monthForm.item') }, { label: t('wage-checks.monthForm.content') }],
        rows,
        empty: { title: '' },
      },
    ],
  };
}
