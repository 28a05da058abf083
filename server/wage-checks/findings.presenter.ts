import type { WageCheck, WageReport } from '../../models/wage-checks.ts';
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, choiceField, textField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { Field, FormView } from '../web/view-model.ts';
import { arrearsFields, reportInForm, signsInForm } from './reports.presenter.ts';
import type { KnownFinding } from './wage-checks-page.queries.ts';
import { reportedPayState } from './reports.rules.ts';
import {
  LEFT_OUT_REASONS,
  MANNERS,
  PAY_STATES,
  RECTIFICATION_RESULTS,
  VERDICTS,
} from './wage-checks.rules.ts';

interface Shown {
  check: WageCheck;
  /** What was typed before; null at first. */
  state: FormState | null;
  key: string;
}

/** What is known of the month already. */
interface Told {
  report: WageReport | null;
  last: KnownFinding | null;
}

const RECTIFY_DAYS = 7;

/** What an officer records; it begins with what was found last, else with what was reported. */
export function findingForm(
  t: Translate,
  { check, report, last, state, key, today }: Shown & Told & { today: CalendarDay },
): FormView {
  const values = state?.values ?? beginning({ report, last }, today);
  const errors = state?.errors ?? [];
  const word = (name: string): string => t(`wage-checks.fields.${name}`);
  const verdicts = report ? VERDICTS.filter((code) => code !== 'noReport') : (['noReport'] as const);
  const fields: Field[] = [
    choiceField(
      'radio',
      'manner',
      word('manner'),
      MANNERS,
      (code) => t(`wage-checks.manners.${code}`),
      values,
      {
        inline: true,
        required: true,
      },
    ),
    textField('foundOn', word('foundOn'), values, { kind: 'date', required: true }),
    report
      ? choiceField(
          'radio',
          'verdict',
          word('verdict'),
          verdicts,
          (code) => t(`wage-checks.verdicts.${code}`),
          values,
          {
            inline: true,
            required: true,
          },
        )
      : { kind: 'hidden', name: 'verdict', value: 'noReport' },
    choiceField(
      'radio',
      'payState',
      t('wage-checks.payState'),
      PAY_STATES,
      (code) => t(`wage-checks.payStates.${code}`),
      values,
      {
        inline: true,
        required: true,
      },
    ),
  ];
  const arrears = [
    ...arrearsFields(values, t),
    textField('promisedOn', word('promisedOn'), values, { kind: 'date', half: true }),
    areaField('workers', word('workers'), values, {
      ...{ rows: 3, maxlength: 4000, hint: t('wage-checks.page.workersHint') },
    }),
  ];
  const filled = arrears.some((field) => field.kind !== 'hidden' && isFilled(values[field.name]));
  const wrong = arrears.some(({ name }) => errors.some(({ field }) => field === name));
  const form: FormView = {
    action: `/wage-checks/${check.id}/findings`,
    method: 'post',
    idempotencyKey: key,
    sections: [
      { title: t('wage-checks.page.whatFound'), fields },
      {
        title: t('wage-checks.page.arrearsAndSigns'),
        fields: arrears,
        onDemand: true,
        open: filled || wrong,
      },
      {
        title: t('wage-checks.page.remark'),
        fields: [areaField('note', word('findingNote'), values, { rows: 3, maxlength: 2000 })],
      },
    ],
    submit: { label: t('wage-checks.page.recordFinding') },
  };
  return withErrors(form, errors, t);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && !['', '0', '0.00'].includes(value);
}

function beginning({ report, last }: Told, today: CalendarDay): Posted {
  const base = { manner: 'visit', foundOn: today };
  if (last) {
    const { finding, workers } = last;
    // A promise whose day has not come holds on, unless something else is written.
    const promisedOn = finding.promisedOn !== null && finding.promisedOn >= today ? finding.promisedOn : '';
    const told = { payState: finding.payState, promisedOn, workers: workers.join('\n') };
    return { ...signsInForm(finding), ...base, ...told };
  }
  if (!report) return base;
  const { note: _, ...told } = reportInForm(report);
  return { ...told, ...base, payState: reportedPayState(report, report.payDueOn, today) };
}

export function rectificationForm(
  t: Translate,
  { check, state, key, today }: Shown & { today: CalendarDay },
): FormView {
  const values = state?.values ?? { dueOn: addDays(today, RECTIFY_DAYS) };
  const form: FormView = {
    action: `/wage-checks/${check.id}/rectification`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      areaField('demand', t('wage-checks.fields.demand'), values, {
        required: true,
        rows: 3,
        maxlength: 1000,
      }),
      textField('dueOn', t('wage-checks.page.rectifyBy'), values, {
        kind: 'date',
        required: true,
        id: 'rectifyBy',
      }),
    ],
    submit: { label: t('wage-checks.page.issue'), look: 'plain' },
  };
  return withErrors(form, state?.errors ?? [], t);
}

export function rectificationEndForm(t: Translate, { check, state, key }: Shown): FormView {
  const values = state?.values ?? {};
  const form: FormView = {
    action: `/wage-checks/${check.id}/rectification/closure`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      choiceField(
        'radio',
        'result',
        t('wage-checks.fields.result'),
        RECTIFICATION_RESULTS,
        (code) => t(`wage-checks.results.${code}`),
        values,
        { inline: true, required: true },
      ),
      areaField('resultNote', t('wage-checks.fields.resultNote'), values, {
        required: true,
        rows: 2,
        maxlength: 1000,
      }),
    ],
    submit: { label: t('wage-checks.page.close'), look: 'plain' },
  };
  return withErrors(form, state?.errors ?? [], t);
}

export function leavingOutForm(t: Translate, { check, state, key }: Shown): FormView {
  const values = state?.values ?? {};
  const form: FormView = {
    action: `/wage-checks/${check.id}/exemption`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      choiceField(
        'select',
        'reason',
        t('wage-checks.fields.reason'),
        LEFT_OUT_REASONS,
        (code) => t(`wage-checks.leftOutReasons.${code}`),
        values,
        { required: true, emptyText: t('common.choose') },
      ),
      textField('explanation', t('wage-checks.fields.explanation'), values, { maxlength: 500 }),
    ],
    submit: { label: t('wage-checks.page.leaveOut'), look: 'plain' },
  };
  return withErrors(form, state?.errors ?? [], t);
}
