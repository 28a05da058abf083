import type { WageSignal } from '../../models/warnings.ts';
import type { Enterprise } from '../../models/directory.ts';
import { dayOf, type CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { monthWord } from '../shared/month-word.ts';
import { areaField, choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { warningTag } from '../web/list-view.ts';
import type { Field, FormView, Link, Notice, Table, Timeline, Tone } from '../web/view-model.ts';
import { reportWords, signTexts } from './wage-checks-words.presenter.ts';
import { owes } from './wage-checks.rules.ts';
import type { CourseEntry, EnterpriseCourse } from './warning-enterprise.queries.ts';
import { eventLines } from './warning-page.presenter.ts';
import { reasonsText, warningTags } from './warning-words.presenter.ts';
import { SIGNAL_KINDS } from './warning.rules.ts';

/** The wages of an enterprise: its warning, what was seen there, and everything that happened, the newest first. */
export function presentCourse(t: Translate, course: EnterpriseCourse) {
  const { enterprise, warning, mayHandle } = course;
  const title = t('warnings.course.of', { enterprise: enterprise.name });
  return {
    title,
    header: {
      title,
      back: { label: enterprise.name, href: `/enterprises/${enterprise.id}` },
      tags: warning ? warningTags(warning, t) : [],
      actions: mayHandle
        ? [
            {
              label: t('warnings.signals.add'),
              href: `/enterprises/${enterprise.id}/signals`,
              look: 'primary' as const,
            },
          ]
        : [],
    },
    now: nowNotice(course, t),
    signals: signalsTable(course, t),
    timeline: timelineOf(course, t),
  };
}

function nowNotice({ warning, withSource }: EnterpriseCourse, t: Translate): Notice {
  if (!warning) return { tone: 'neutral', text: t('warnings.course.none') };
  const { id, level, evaluation } = warning;
  return {
    tone: warningTag(level, t).tone,
    text: t('warnings.sentence', {
      level: t(`directory.warningLevels.${level}`),
      reasons: reasonsText(evaluation!.hits, warning, withSource, t) || t('warnings.page.noHits'),
      day: evaluation!.day,
    }),
    actions: [{ label: t('warnings.course.open'), href: `/warnings/${id}`, look: 'plain' }],
  };
}

function signalsTable({ enterprise, signals, mayHandle }: EnterpriseCourse, t: Translate): Table {
  return {
    caption: t('warnings.signals.title'),
    captionHidden: true,
    columns: [
      { label: t('warnings.signals.kind'), look: 'wide' },
      { label: t('warnings.signals.since') },
      { label: t('warnings.signals.note'), look: 'wide' },
      { label: t('warnings.signals.state'), look: 'wide' },
    ],
    rows: signals.map((signal) => {
      const kind = t(`warnings.signals.kinds.${signal.kind}`);
      const href = `/enterprises/${enterprise.id}/signals/${signal.id}/end`;
      return {
        cells: [
          { text: kind, ...(signal.days ? { secondary: deferralText(signal, t) } : {}) },
          { text: signal.since },
          { text: signal.note, secondary: recordedText(signal, t) },
          signal.endedOn
            ? { text: t('warnings.signals.ended', { day: signal.endedOn, reason: signal.endReason ?? '' }) }
            : {
                ...{ text: '', tag: { text: t('warnings.signals.current'), tone: 'warn' as const } },
                ...(mayHandle ? { button: { label: t('warnings.signals.end'), href, context: kind } } : {}),
              },
        ],
      };
    }),
    empty: { title: t('warnings.signals.none') },
  };
}

function deferralText({ days, consentFiled }: WageSignal, t: Translate): string {
  const consent = t(`warnings.consent.${consentFiled ? 'filed' : 'missing'}`);
  return t('warnings.signals.deferralDays', { days: days!, consent });
}

function recordedText({ recordedBy, recordedAt }: WageSignal, t: Translate): string {
  return t('warnings.signals.recorded', { who: recordedBy!.displayName, day: dayOf(recordedAt) });
}

function timelineOf({ entries }: EnterpriseCourse, t: Translate): Timeline {
  return {
    entries: entries.map((entry) => ({ when: entry.day, who: '', ...wordsOf(entry, t) })),
    empty: { title: t('warnings.course.nothing') },
  };
}

type EntryWords = Omit<Timeline['entries'][number], 'when' | 'who'> & { who?: string };

function wordsOf(entry: CourseEntry, t: Translate): EntryWords {
  switch (entry.kind) {
    case 'warning': {
      const { event } = entry;
      const tone: Tone | undefined = event.toLevel ? warningTag(event.toLevel, t).tone : undefined;
      return {
        title: t('warnings.course.warning', { step: t(`warnings.events.${event.action}`) }),
        lines: eventLines(event, t),
        links: [{ label: t('warnings.course.open'), href: `/warnings/${event.warningId}` }],
        ...(tone ? { tone } : {}),
      };
    }
    case 'payments':
      return {
        title: t('warnings.course.payments'),
        lines: [
          t('warnings.course.paymentsLine', { amount: formatYuan(entry.amountFen), count: entry.count }),
        ],
      };
    case 'signal':
    case 'signalEnded': {
      const { kind, signal } = entry;
      const values = { kind: t(`warnings.signals.kinds.${signal.kind}`) };
      const line = kind === 'signal' ? signal.note : signal.endReason;
      return { title: t(`warnings.course.${kind}`, values), lines: line ? [line] : [] };
    }
    case 'report':
      return reportEntry(entry, t);
    case 'finding':
      return findingWords(entry, t);
    default:
      return caseWords(entry, t);
  }
}

function reportEntry(
  { report, month, code }: Extract<CourseEntry, { kind: 'report' }>,
  t: Translate,
): EntryWords {
  const { checkId, correctsId, openKey } = report;
  const { who, state, lines } = reportWords(report, code, t);
  return {
    who,
    title: t(correctsId ? 'warnings.course.correctedReport' : 'warnings.course.report', {
      ...{ month: monthWord(month, t), state },
    }),
    lines,
    links: [checkLink(checkId, t)],
    ...(openKey !== null && report.arrearsFen > 0 ? { tone: 'warn' } : {}),
  };
}

function findingWords(
  { finding, month }: Extract<CourseEntry, { kind: 'finding' }>,
  t: Translate,
): EntryWords {
  const { checkId, manner, verdict, payState, officer } = finding;
  return {
    who: officer!.displayName,
    title: t('warnings.course.finding', {
      month: monthWord(month, t),
      manner: t(`wage-checks.manners.${manner}`),
      state: t(`wage-checks.payStates.${payState}`),
    }),
    lines: [
      ...(verdict === 'noReport' ? [] : [t(`wage-checks.verdicts.${verdict}`)]),
      ...signTexts(finding, t),
    ],
    links: [checkLink(checkId, t)],
    tone: owes(finding) || verdict === 'contradicts' ? 'bad' : payState === 'notDue' ? 'info' : 'good',
  };
}

const checkLink = (checkId: string, t: Translate): Link => ({
  label: t('warnings.course.openCheck'),
  href: `/wage-checks/${checkId}`,
});

function caseWords(
  { kind, disputeCase, readable }: Extract<CourseEntry, { kind: 'caseReceived' | 'caseClosed' }>,
  t: Translate,
): EntryWords {
  const { id, number, primaryType, workers, outcome, source } = disputeCase;
  const about =
    kind === 'caseClosed'
      ? [outcome ? t(`cases.outcomes.${outcome}`) : null]
      : [
          t(`cases.sources.${source}`),
          t(`cases.types.${primaryType}`),
          t('warnings.course.workers', { count: workers }),
        ];
  return {
    title: t(`warnings.course.${kind}`),
    lines: [[number, ...about].filter((text) => text !== null).join(' · ')],
    links: readable ? [{ label: t('warnings.course.openCase'), href: `/cases/${id}` }] : [],
  };
}

interface FormPage {
  enterprise: Pick<Enterprise, 'id' | 'name'>;
  state: FormState;
  key: string;
  today: CalendarDay;
}

/** The form in which a signal is recorded. */
export function presentNewSignal(t: Translate, shown: FormPage) {
  const { values } = shown.state;
  const kindWord = (kind: string): string => t(`warnings.signals.kinds.${kind}`);
  return formPage(t, shown, {
    title: t('warnings.signals.addTitle'),
    path: 'signals',
    submit: t('warnings.signals.submit'),
    fields: [
      choiceField('radio', 'kind', t('warnings.signals.kind'), SIGNAL_KINDS, kindWord, values, {
        required: true,
      }),
      dayField('since', t('warnings.signals.since'), shown, t('warnings.signals.sinceHint')),
      textField('days', t('warnings.signals.days'), values, {
        ...{ inputmode: 'numeric', width: 'short', hint: t('warnings.signals.daysHint') },
      }),
      tickField('consentFiled', t('warnings.signals.consentFiled'), values),
      areaField('note', t('warnings.signals.note'), values, { required: true, maxlength: 500 }),
    ],
  });
}

/** The form in which a signal ends. */
export function presentSignalEnd(t: Translate, shown: FormPage, signal: WageSignal) {
  return formPage(t, shown, {
    title: t('warnings.signals.endTitle', { kind: t(`warnings.signals.kinds.${signal.kind}`) }),
    path: `signals/${signal.id}/end`,
    submit: t('warnings.signals.end'),
    fields: [
      dayField('endedOn', t('warnings.signals.endedOn'), shown),
      areaField('endReason', t('warnings.signals.endReason'), shown.state.values, {
        ...{ required: true, maxlength: 500 },
      }),
    ],
  });
}

function dayField(name: string, label: string, { state, today }: FormPage, hint?: string): Field {
  const values = { [name]: today, ...state.values };
  return {
    ...textField(name, label, values, { required: true, width: 'medium', ...(hint ? { hint } : {}) }),
    kind: 'date',
  };
}

function formPage(
  t: Translate,
  { enterprise, state, key }: FormPage,
  { title, path, submit, fields }: { title: string; path: string; submit: string; fields: Field[] },
) {
  const at = `/enterprises/${enterprise.id}`;
  const form: FormView = {
    ...{ action: `${at}/${path}`, method: 'post', idempotencyKey: key, fields },
    submit: { label: submit },
    cancel: { label: t('common.cancel'), href: `${at}/wages` },
  };
  return {
    title,
    header: { title, back: { label: enterprise.name, href: `${at}/wages` } },
    form: withErrors(form, state.errors, t),
  };
}
