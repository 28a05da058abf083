import type { Rectification, RoundExemption, WageFinding, WageReport } from '../../models/wage-checks.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { wallClock } from '../shared/calendar-day.ts';
import { officersWords } from '../directory/duty-words.rules.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan, groupDigits } from '../shared/money.ts';
import { monthWord } from '../shared/month-word.ts';
import { warningTag } from '../web/list-view.ts';
import type { Action, Notice, SummaryList, SummaryRow, Tag, Timeline } from '../web/view-model.ts';
import {
  findingForm,
  leavingOutForm,
  rectificationEndForm,
  rectificationForm,
} from './findings.presenter.ts';
import type { FormState } from '../web/form-view.ts';
import { reportedPayState } from './reports.rules.ts';
import type { CheckDetails, KnownFinding, KnownReport } from './wage-checks-page.queries.ts';
import { payStateTag, reportWords, signLines, signTexts, stateTag } from './wage-checks-words.presenter.ts';
import { owes } from './wage-checks.rules.ts';

/** The forms of the page; the one that came back with errors stands open. */
export const CHECK_FORMS = ['finding', 'rectification', 'rectificationEnd', 'leavingOut'] as const;
export type CheckForm = (typeof CHECK_FORMS)[number];

export interface ShownCheck {
  page: CheckDetails;
  /** What was typed into one of the forms. */
  sent: { form: CheckForm; state: FormState; key: string } | null;
  newKey: () => string;
  today: CalendarDay;
}

type Entry = Timeline['entries'][number] & { at: Date };

/** One enterprise, one month: what was reported and found, and what can be done. */
export function presentCheck(t: Translate, shown: ShownCheck) {
  const { page } = shown;
  const { check } = page;
  const title = check.enterprise!.name;
  const list = { label: t('wage-checks.tabs.list'), href: `/wage-checks?month=${check.month}` };
  const tags: Tag[] = [stateTag(check, page.reportDue, t)];
  if (check.contradicted && check.state !== 'contradicted')
    tags.push({ text: t('wage-checks.states.contradicted'), tone: 'bad' });
  return {
    title: `${title} ${monthWord(check.month, t)}`,
    header: { title, back: list, tags, lead: monthWord(check.month, t), actions: headActions(shown, t) },
    notices: noticesOf(page, t),
    summary: summaryOf(page, t),
    reports: page.reports
      .filter(({ report }) => report.openKey !== null)
      .map((one) => reportPanel(one, page, t)),
    noReport: t('wage-checks.page.noReport'),
    timeline: timelineOf(page, t),
    ...formsOf(shown, t),
  };
}

function headActions({ page: { check, findings, warned, may }, newKey }: ShownCheck, t: Translate): Action[] {
  const [last] = findings;
  const mayOpen = may.openCase && last && last.finding.caseId === null && owes(last.finding);
  return [
    ...(mayOpen
      ? [
          {
            label: t('wage-checks.page.openCase'),
            href: `/cases/new?wageCheck=${check.id}`,
            look: warned ? ('plain' as const) : ('primary' as const),
          },
        ]
      : []),
    { label: t('wage-checks.monthForm.title'), href: `/wage-checks/${check.id}/form` },
    ...(may.leaveOut && check.leftOutReason !== null
      ? [
          {
            label: t('wage-checks.page.takeBack'),
            post: `/wage-checks/${check.id}/return`,
            idempotencyKey: newKey(),
          },
        ]
      : []),
  ];
}

function warnedNotice({ caseHref }: { caseHref: string | null }, t: Translate): Notice {
  return {
    ...{ tone: 'info', text: t('wage-checks.page.warned') },
    actions: caseHref ? [{ label: t('wage-checks.page.openWarned'), href: caseHref, look: 'plain' }] : [],
  };
}

function noticesOf({ check, reportsDiffer, findings, warned }: CheckDetails, t: Translate): Notice[] {
  const notices: Notice[] = [];
  if (warned) notices.push(warnedNotice(warned, t));
  if (check.leftOutReason !== null) notices.push({ tone: 'info', text: t('wage-checks.page.leftOut') });
  else if (check.checkedOn === null) notices.push({ tone: 'warn', text: t('wage-checks.page.notChecked') });
  if (reportsDiffer && findings.length === 0)
    notices.push({ tone: 'bad', text: t('wage-checks.page.reportsDiffer') });
  return notices;
}

function summaryOf({ check, duties }: CheckDetails, t: Translate): SummaryList {
  const row = (key: string, value: string, more: Partial<SummaryRow> = {}): SummaryRow => ({
    key: t(key),
    value: value || t('common.none'),
    ...more,
  });
  const level = check.enterprise!.warningLevel;
  const officers = officersWords(duties, t);
  return {
    rows: [
      {
        key: t('wage-checks.enterprise'),
        value: check.enterprise!.name,
        href: `/enterprises/${check.enterpriseId}/wages`,
        ...(level ? { tag: warningTag(level, t) } : {}),
      },
      row('directory.village', check.village?.name ?? ''),
      row(
        'directory.headcount',
        check.enterprise!.headcount === null ? '' : groupDigits(check.enterprise!.headcount),
      ),
      row('wage-checks.payDue', check.payDueOn ?? t('common.unknown')),
      row('wage-checks.officer', officers[0] ?? t('wage-checks.nobody'), { lines: officers.slice(1) }),
      row(
        'wage-checks.page.lastChecked',
        check.checkedOn
          ? t('wage-checks.checkedBy', { day: check.checkedOn, name: check.checkedBy?.displayName ?? '' })
          : t('wage-checks.states.open'),
      ),
      ...(check.promisedOn ? [row('wage-checks.fields.promisedOn', check.promisedOn)] : []),
      ...(check.rectifyBy ? [row('wage-checks.page.rectifyBy', check.rectifyBy)] : []),
    ],
  };
}

function reportPanel({ report, code, note, hasPhoto }: KnownReport, { check }: CheckDetails, t: Translate) {
  const who = code
    ? t('wage-checks.page.reportOf', { code })
    : t(report.source === 'employer' ? 'wage-checks.page.employersReport' : 'wage-checks.page.aReport');
  const row = (key: string, value: string): SummaryRow => ({ key: t(key), value });
  const people = (count: number): string => t('wage-checks.people', { count: groupDigits(count) });
  const yuan = (fen: number | null): string => (fen === null ? t('common.unknown') : formatYuan(fen));
  const state = reportedPayState(report, report.payDueOn, report.reportedOn);
  return {
    title: who,
    lead: t('wage-checks.page.reportedOn', { day: report.reportedOn }),
    list: {
      rows: [
        { key: t('wage-checks.payState'), value: '', tag: payStateTag(state, t) },
        row('wage-checks.fields.headcount', people(report.headcount)),
        row('wage-checks.fields.paidOn', report.paidOn ?? t('common.none')),
        row('wage-checks.fields.paidPeople', people(report.paidPeople)),
        row('wage-checks.fields.unpaidPeople', people(report.unpaidPeople)),
        row('wage-checks.fields.grossFen', yuan(report.grossFen)),
        row('wage-checks.fields.netFen', yuan(report.netFen)),
        ...signRows(report, t),
        ...(note === null ? [] : [row('wage-checks.fields.note', note)]),
      ],
    },
    actions: hasPhoto
      ? [{ label: t('wage-checks.page.photo'), href: `/wage-checks/${check.id}/reports/${report.id}/photo` }]
      : [],
  };
}

/** What a report or a finding says beyond the payment; nothing where nothing is said. */
function signRows(of: WageReport | WageFinding, t: Translate): SummaryRow[] {
  return signLines(of, t).map(([key, value]) => ({ key, value }));
}

function timelineOf(page: CheckDetails, t: Translate): Timeline {
  const entries: Entry[] = [
    ...page.findings.map((one) => findingEntry(one, t)),
    ...page.reports.map((one) => reportEntry(one, t)),
    ...page.rectifications.flatMap((one) => rectificationEntries(one, t)),
    ...page.exemptions.flatMap((one) => exemptionEntries(one, page.check.month, t)),
  ];
  entries.sort((one, other) => other.at.getTime() - one.at.getTime());
  return {
    entries: entries.map(({ at: _, ...entry }) => entry),
    empty: { title: t('wage-checks.page.nothingYet') },
  };
}

function findingEntry({ finding, workers, note, caseHref }: KnownFinding, t: Translate): Entry {
  const { manner, verdict, payState, promisedOn, foundOn, createdAt, officer, caseId } = finding;
  const bad = owes(finding) || verdict === 'contradicts';
  return {
    at: createdAt,
    when: foundOn,
    who: officer!.displayName,
    title: t('wage-checks.page.finding', {
      manner: t(`wage-checks.manners.${manner}`),
      payState: t(`wage-checks.payStates.${payState}`),
    }),
    lines: [
      t(`wage-checks.verdicts.${verdict}`),
      ...signTexts(finding, t),
      ...(promisedOn
        ? [t('common.labelled', { label: t('wage-checks.fields.promisedOn'), text: promisedOn })]
        : []),
      ...(workers.length > 0
        ? [
            t('common.labelled', {
              ...{ label: t('wage-checks.fields.workers'), text: workers.join(t('common.comma')) },
            }),
          ]
        : []),
      ...(note ? [note] : []),
      ...(caseId && !caseHref ? [t('wage-checks.page.caseOpened')] : []),
    ],
    links: caseHref ? [{ label: t('wage-checks.page.toCase'), href: caseHref }] : [],
    tone: bad ? 'bad' : payState === 'notDue' ? 'info' : 'good',
  };
}

function reportEntry({ report, code }: KnownReport, t: Translate): Entry {
  const { correctsId, openKey, createdAt, changedAt } = report;
  const { who, state, lines } = reportWords(report, code, t);
  return {
    at: createdAt,
    when: wallClock(changedAt ?? createdAt),
    who,
    title: t(correctsId ? 'wage-checks.page.correctedReport' : 'wage-checks.page.report', { state }),
    lines,
    tone: openKey === null ? 'neutral' : 'info',
  };
}

function rectificationEntries(one: Rectification, t: Translate): Entry[] {
  const { demand, dueOn, createdAt, issuedOn, issuedBy, closedOn, closedBy, result, resultNote } = one;
  const issued: Entry = {
    at: createdAt,
    when: issuedOn,
    who: issuedBy!.displayName,
    title: t('wage-checks.page.rectification', { day: dueOn }),
    lines: [demand],
    tone: 'warn',
  };
  if (!closedOn) return [issued];
  const closed: Entry = {
    // Behind its request, also where both are of one moment.
    at: new Date(Math.max(createdAt.getTime() + 1, Date.parse(`${closedOn}T00:00:00+08:00`))),
    when: closedOn,
    who: closedBy?.displayName ?? '',
    title: t(`wage-checks.results.${result!}`),
    lines: resultNote ? [resultNote] : [],
    tone: result === 'done' ? 'good' : 'bad',
  };
  return [closed, issued];
}

function exemptionEntries(one: RoundExemption, month: string, t: Translate): Entry[] {
  const { reason, explanation, fromMonth, toMonth, at, by, endedAt, endedBy } = one;
  if (fromMonth > month) return [];
  const left: Entry = {
    at,
    when: wallClock(at),
    who: by!.displayName,
    title: t('wage-checks.leftOutFor', { reason: t(`wage-checks.leftOutReasons.${reason}`) }),
    lines: [
      t('wage-checks.page.fromMonth', { month: monthWord(fromMonth, t) }),
      ...(explanation ? [explanation] : []),
    ],
    tone: 'neutral',
  };
  if (!endedAt || !toMonth || toMonth > month) return [left];
  const back = t('wage-checks.page.takenBack', { month: monthWord(toMonth, t) });
  return [
    { at: endedAt, when: wallClock(endedAt), who: endedBy?.displayName ?? '', title: back, tone: 'info' },
    left,
  ];
}

function formsOf({ page, sent, newKey, today }: ShownCheck, t: Translate) {
  const { check, may, reports, findings, rectifications } = page;
  const open = check.leftOutReason === null;
  const of = (form: CheckForm) => ({
    state: sent?.form === form ? sent.state : null,
    key: sent?.form === form ? sent.key : newKey(),
  });
  const counting = reports.filter(({ report }) => report.openKey !== null).map(({ report }) => report);
  const rectifying = rectifications.some(({ openKey }) => openKey !== null);
  const rectify = may.check && open && findings.length > 0;
  return {
    finding:
      may.check && open
        ? findingForm(t, {
            check,
            report: counting[0] ?? null,
            last: findings[0] ?? null,
            ...of('finding'),
            today,
          })
        : null,
    rectification:
      rectify && !rectifying ? rectificationForm(t, { check, ...of('rectification'), today }) : null,
    rectificationEnd:
      may.check && rectifying ? rectificationEndForm(t, { check, ...of('rectificationEnd') }) : null,
    leavingOut:
      may.leaveOut && open && check.checkedOn === null
        ? leavingOutForm(t, { check, ...of('leavingOut') })
        : null,
    // Once something was found, recording more is not what comes next.
    foundAlready: findings.length > 0,
    findingOpen: sent?.form === 'finding',
    rectificationOpen: sent?.form === 'rectification',
    leavingOutOpen: sent?.form === 'leavingOut',
  };
}
