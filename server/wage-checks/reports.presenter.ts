import type { WageReport } from '../../models/wage-checks.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { MonthOwed } from '../directory/informants.queries.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan, groupDigits } from '../shared/money.ts';
import { monthWord } from '../shared/month-word.ts';
import { areaField, choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { Action, Field, FormSection, FormView, Notice, Row, Table } from '../web/view-model.ts';
import { payStateTag } from './wage-checks-words.presenter.ts';
import { asBeginning, reportedPayState, unchangedReport, type ReportValues } from './reports.rules.ts';
import type { ReportPage } from './reports.queries.ts';
import {
  PAY_CHANNELS,
  PROTECTION_ITEMS,
  PROTECTION_PERCENTS,
  RISK_SIGNS,
  type WageSigns,
} from './wage-checks.rules.ts';

const PAGE = '/wage-report';

export interface ShownReport {
  page: ReportPage;
  /** Null when the form shows what is stored or what last month leaves. */
  state: FormState | null;
  key: string;
  code: string;
  userId: string;
  today: CalendarDay;
}

/** The informant's page: the month in one press, in a form, and what was reported before. */
export function presentReportPage(t: Translate, shown: ShownReport) {
  const { page, code } = shown;
  const { check, report } = page;
  const title = t('wage-checks.report.title', { month: check ? monthWord(check.month, t) : '' }).trim();
  const head = {
    title,
    header: { title, lead: t('wage-checks.report.lead', { enterprise: page.enterprise, code }) },
    own: ownTable(page, t),
  };
  if (!check || check.leftOutReason) {
    const why = check ? 'leftOut' : 'notOpen';
    return { ...head, notice: { tone: 'info', text: t(`wage-checks.report.${why}`) } satisfies Notice };
  }
  return {
    ...head,
    notice: stateNotice(shown, t),
    quick: report || shown.state ? null : quickForm(shown, t),
    form: reportForm(shown, t),
    formTitle: t(report ? 'wage-checks.report.again' : 'wage-checks.report.inDetail'),
    draft: {
      key: `${shown.userId}:${check.id}:${report ? report.version + 1 : 0}`,
      restored: t('wage-checks.report.restored'),
      offline: t('wage-checks.report.offline'),
    },
  };
}

function stateNotice({ page, today }: ShownReport, t: Translate): Notice | null {
  const { report, changeableUntil } = page;
  const until = { day: changeableUntil };
  const late = today > changeableUntil;
  if (report)
    return {
      tone: 'good',
      text: t('wage-checks.report.reported', { day: report.reportedOn }),
      lines: [t(late ? 'wage-checks.report.correctsNow' : 'wage-checks.report.changeableUntil', until)],
    };
  return late ? { tone: 'warn', text: t('wage-checks.report.late', until) } : null;
}

/** The month in one press: what would be reported, and the button. */
function quickForm({ page, key, today }: ShownReport, t: Translate) {
  const { last, lastMonth, payDueOn, check } = page;
  const values = last && unchangedReport(last, payDueOn, today);
  if (!values || !lastMonth) return null;
  const month = monthWord(lastMonth, t);
  const people = (count: number): string => t('wage-checks.people', { count: groupDigits(count) });
  const rows = [
    { key: t('wage-checks.fields.headcount'), value: people(values.headcount) },
    payDueOn !== null && payDueOn <= today
      ? { key: t('wage-checks.fields.paidOn'), value: t('wage-checks.report.allPaidOn', { day: payDueOn }) }
      : { key: t('wage-checks.fields.payDueOn'), value: payDueOn ?? t('common.unknown') },
    ...(values.netFen === null
      ? []
      : [
          {
            key: t('wage-checks.fields.netFen'),
            value: t('wage-checks.yuan', { amount: formatYuan(values.netFen) }),
          },
        ]),
  ];
  const action: Action = {
    label: t('wage-checks.report.unchanged', { month }),
    look: 'primary',
    post: `${PAGE}/${check!.id}/unchanged`,
    idempotencyKey: key,
    hidden: [{ name: 'last', value: last.id }],
  };
  return { title: t('wage-checks.report.asBefore', { month }), list: { rows }, actions: [action] };
}

function reportForm({ page, state, key, today }: ShownReport, t: Translate): FormView {
  const { check, report, last, payDueOn } = page;
  const stored = report ?? (last && asBeginning(last, payDueOn, today));
  const values = state?.values ?? (stored ? reportInForm(stored) : {});
  const errors = state?.errors ?? [];
  const errorFields = new Set(errors.map(({ field }) => field));
  const fold = (section: string, fields: Field[], telling: string[] = []): FormSection => ({
    title: t(`wage-checks.report.sections.${section}`),
    fields,
    onDemand: true,
    open: fields.some(
      ({ name }) => errorFields.has(name) || (telling.includes(name) && isSaid(values[name])),
    ),
  });
  const form: FormView = {
    action: `${PAGE}/${check!.id}`,
    method: 'post',
    multipart: true,
    idempotencyKey: key,
    ...(report ? { version: report.version } : {}),
    sections: [
      { title: t('wage-checks.report.sections.wages'), fields: wageFields(values, payDueOn, t) },
      fold('arrears', arrearsFields(values, t), TELLING),
      fold('people', peopleFields(values, t)),
      fold('protection', protectionFields(values, t)),
      fold('note', noteFields(values, Boolean(report?.photoType), t), ['note']),
    ],
    submit: { label: t('wage-checks.report.submit') },
  };
  return withErrors(form, errors, t);
}

const TELLING = [
  ...['unpaidPeople', 'arrearsPeople', 'arrearsFen', 'deferredUntil', 'leaversUnpaid', 'belowMinimum'],
  ...RISK_SIGNS.map((sign) => `risk-${sign}`),
];

function isSaid(value: unknown): boolean {
  return typeof value === 'string' && !['', '0', '0.00', 'no'].includes(value);
}

const NUMBER = { inputmode: 'numeric', width: 'short', half: true, autocomplete: 'off' } as const;

function wageFields(values: Posted, payDueOn: CalendarDay | null, t: Translate): Field[] {
  const word = (name: string): string => t(`wage-checks.fields.${name}`);
  const people = { ...NUMBER, maxlength: 7, suffix: t('common.people') };
  const hint = payDueOn ? { hint: t('wage-checks.report.payDueHint', { day: payDueOn }) } : {};
  return [
    textField('headcount', word('headcount'), values, { ...people, required: true }),
    textField('payDay', word('payDay'), values, {
      ...NUMBER,
      maxlength: 2,
      suffix: t('wage-checks.dayOfMonth'),
      ...hint,
    }),
    textField('paidOn', word('paidOn'), values, {
      kind: 'date',
      half: true,
      hint: t('wage-checks.report.paidOnHint'),
    }),
    textField('paidPeople', word('paidPeople'), values, people),
    textField('unpaidPeople', word('unpaidPeople'), values, people),
    amount('grossFen', values, t),
    amount('netFen', values, t),
    tickField('nothingUnusual', word('nothingUnusual'), values, {
      hint: t('wage-checks.report.nothingUnusualHint'),
    }),
  ];
}

function amount(name: string, values: Posted, t: Translate): Field {
  return textField(name, t(`wage-checks.fields.${name}`), values, {
    kind: 'amount',
    half: true,
    suffix: t('common.yuan'),
    autocomplete: 'off',
  });
}

/** Arrears and what threatens: the same in a report and in a finding. */
export function arrearsFields(values: Posted, t: Translate): Field[] {
  const word = (name: string): string => t(`wage-checks.fields.${name}`);
  const people = { ...NUMBER, maxlength: 7, suffix: t('common.people') };
  const yesNo = (name: string): Field =>
    choiceField('select', name, word(name), ['yes', 'no'], (code) => t(`common.${code}`), values, {
      half: true,
      emptyText: t('common.unknown'),
    });
  return [
    textField('arrearsPeople', word('arrearsPeople'), values, people),
    amount('arrearsFen', values, t),
    textField('arrearsSince', word('arrearsSince'), values, { kind: 'date', half: true }),
    yesNo('belowMinimum'),
    textField('deferredUntil', word('deferredUntil'), values, { kind: 'date', half: true }),
    yesNo('deferralConsent'),
    textField('leaversUnpaid', word('leaversUnpaid'), values, people),
    textField('leaversUnpaidSince', word('leaversUnpaidSince'), values, { kind: 'date', half: true }),
    ...RISK_SIGNS.map((sign) =>
      tickField(`risk-${sign}`, t(`wage-checks.risks.${sign}`), values, { half: true }),
    ),
  ];
}

function peopleFields(values: Posted, t: Translate): Field[] {
  const people = { ...NUMBER, maxlength: 7, suffix: t('common.people') };
  return ['migrants', 'women', 'dispatched', 'overAge'].map((name) =>
    textField(name, t(`wage-checks.fields.${name}`), values, people),
  );
}

function protectionFields(values: Posted, t: Translate): Field[] {
  const word = (name: string): string => t(`wage-checks.protection.${name}`);
  const yesNo = (name: string): Field =>
    choiceField('select', name, word(name), ['yes', 'no'], (code) => t(`common.${code}`), values, {
      half: true,
      emptyText: t('common.unknown'),
    });
  return [
    choiceField(
      'select',
      'channel',
      t('wage-checks.fields.channel'),
      PAY_CHANNELS,
      (code) => t(`wage-checks.channels.${code}`),
      values,
      { half: true, emptyText: t('common.unknown') },
    ),
    choiceField(
      'select',
      'wageSlips',
      t('wage-checks.fields.wageSlips'),
      ['yes', 'no'],
      (code) => t(`common.${code}`),
      values,
      { half: true, emptyText: t('common.unknown') },
    ),
    ...PROTECTION_PERCENTS.map((name) =>
      textField(name, word(name), values, { ...NUMBER, maxlength: 3, suffix: '%' }),
    ),
    textField('overtimeHours', word('overtimeHours'), values, {
      ...NUMBER,
      maxlength: 3,
      suffix: t('wage-checks.hours'),
    }),
    ...PROTECTION_ITEMS.map(yesNo),
  ];
}

function noteFields(values: Posted, hasPhoto: boolean, t: Translate): Field[] {
  return [
    areaField('note', t('wage-checks.fields.note'), values, {
      rows: 3,
      maxlength: 1000,
      hint: t('wage-checks.report.noteHint'),
    }),
    {
      kind: 'file',
      name: 'file',
      label: t('wage-checks.fields.photo'),
      hint: t(hasPhoto ? 'wage-checks.report.photoThere' : 'wage-checks.report.photoHint'),
      accept: 'image/jpeg,image/png',
    },
  ];
}

/** A report as the fields of its form show it. */
export function reportInForm(report: ReportValues): Posted {
  const text = (value: string | number | null): string => (value === null ? '' : String(value));
  const yuan = (fen: number | null): string => (fen === null ? '' : formatYuan(fen));
  const yesNo = (value: boolean | null): string => (value === null ? '' : value ? 'yes' : 'no');
  const { protection } = report;
  return {
    headcount: text(report.headcount),
    ...{ migrants: text(report.migrants), women: text(report.women) },
    ...{ dispatched: text(report.dispatched), overAge: text(report.overAge) },
    ...{ payDay: text(report.payDay), paidOn: text(report.paidOn) },
    ...{ paidPeople: text(report.paidPeople), unpaidPeople: text(report.unpaidPeople) },
    ...{ grossFen: yuan(report.grossFen), netFen: yuan(report.netFen) },
    ...signsInForm(report),
    ...{ channel: text(report.channel), wageSlips: yesNo(report.wageSlips) },
    ...Object.fromEntries(Object.entries(protection).map(([name, value]) => [name, text(value ?? null)])),
    ...{ nothingUnusual: report.nothingUnusual ? 'yes' : '', note: text(report.note) },
  };
}

/** What is owed and what threatens, as the fields of a report and of a finding show it. */
export function signsInForm(signs: WageSigns): Posted {
  const yesNo = (value: boolean | null): string => (value === null ? '' : value ? 'yes' : 'no');
  return {
    arrearsPeople: String(signs.arrearsPeople),
    arrearsFen: formatYuan(signs.arrearsFen),
    arrearsSince: signs.arrearsSince ?? '',
    ...{ deferredUntil: signs.deferredUntil ?? '', deferralConsent: yesNo(signs.deferralConsent) },
    belowMinimum: yesNo(signs.belowMinimum),
    leaversUnpaid: signs.leaversUnpaid === null ? '' : String(signs.leaversUnpaid),
    leaversUnpaidSince: signs.leaversUnpaidSince ?? '',
    ...Object.fromEntries(signs.risks.map((sign) => [`risk-${sign}`, 'yes'])),
  };
}

function ownTable({ own, owed }: ReportPage, t: Translate): Table {
  const title = t('wage-checks.report.own');
  return {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('wage-checks.month') },
      { label: t('wage-checks.report.reportedOn') },
      { label: t('wage-checks.fields.headcount'), look: 'number' },
      { label: t('wage-checks.payState') },
      { label: t('wage-checks.fields.arrearsFen'), look: 'number' },
      { label: t('wage-checks.report.counts') },
    ],
    rows: [
      ...owed.map((one) => owedRow(one, t)),
      ...own.map(({ report, month }) => ownRow(report, month, t)),
    ],
    empty: { title: t('wage-checks.report.none'), text: t('wage-checks.report.noneHint') },
  };
}

function owedRow({ checkId, month }: MonthOwed, t: Translate): Row {
  const none = { text: t('common.none') };
  return {
    cells: [
      { text: monthWord(month, t), href: `${PAGE}/${checkId}` },
      ...[none, none, none, none],
      { text: '', tag: { text: t('wage-checks.report.owed'), tone: 'warn' } },
    ],
  };
}

function ownRow(report: WageReport, month: string, t: Translate): Row {
  const { openKey, checkId, payDueOn, reportedOn } = report;
  const counts = openKey !== null;
  return {
    cells: [
      { text: monthWord(month, t), ...(counts ? { href: `${PAGE}/${checkId}` } : {}) },
      { text: reportedOn },
      { text: groupDigits(report.headcount) },
      { text: '', tag: payStateTag(reportedPayState(report, payDueOn, reportedOn), t) },
      { text: formatYuan(report.arrearsFen) },
      {
        text: t(
          counts
            ? report.correctsId
              ? 'wage-checks.report.correction'
              : 'wage-checks.report.valid'
            : 'wage-checks.report.corrected',
        ),
      },
    ],
  };
}
