import type { MonthOwed } from '../directory/informants.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan, percent1 } from '../shared/money.ts';
import { monthWord } from '../shared/month-word.ts';
import { warningTag } from '../web/list-view.ts';
import type { WorkList } from '../web/view-model.ts';
import { dueTag } from './case-words.presenter.ts';
import type {
  CheckToCorrect,
  CheckWork,
  MonthCoverage,
  PromiseDue,
  UncheckedMonth,
} from './home-wage-checks.queries.ts';

/** The informant's page. */
export const REPORT = '/wage-report';

/** The months that an informant has still to report; who it is, the enterprise never sees. */
export function reportList(t: Translate, reports: MonthOwed[], today: CalendarDay): WorkList {
  return {
    title: t('wage-checks.home.toReport'),
    count: reports.length,
    items: reports.map(({ checkId, month, dueOn }) => ({
      title: t('wage-checks.report.title', { month: monthWord(month, t) }),
      href: `${REPORT}/${checkId}`,
      due: dueTag(dueOn, today, t),
      meta: t('wage-checks.home.toReportHint'),
    })),
    all: { label: t('wage-checks.report.own'), href: REPORT },
    empty: t('home.nothing'),
  };
}

/** The officer's round: what nobody has checked yet is not fine. */
export function uncheckedList(t: Translate, { checks, total }: CheckWork<UncheckedMonth>): WorkList {
  return {
    title: t('wage-checks.home.unchecked'),
    count: total,
    items: checks.map(({ id, enterprise, village, level, state, payDueOn }) => ({
      title: enterprise,
      href: `/wage-checks/${id}`,
      ...(level ? { tag: warningTag(level, t) } : {}),
      meta: [
        village,
        t(`wage-checks.states.${state}`),
        payDueOn && t('wage-checks.home.payDue', { day: payDueOn }),
      ]
        .filter((text) => text)
        .join(' · '),
    })),
    all: { label: t('wage-checks.home.all', { count: total }), href: '/wage-checks' },
    empty: t('home.nothing'),
  };
}

export function correctionList(
  t: Translate,
  { checks, total }: CheckWork<CheckToCorrect>,
  today: CalendarDay,
): WorkList {
  return {
    title: t('wage-checks.home.corrections'),
    count: total,
    items: checks.map(({ id, enterprise, village, month, rectifyBy }) => ({
      title: enterprise,
      href: `/wage-checks/${id}`,
      due: dueTag(rectifyBy, today, t),
      meta: [village, t('wage-checks.home.ofMonth', { month: monthWord(month, t) })]
        .filter((text) => text)
        .join(' · '),
    })),
    empty: t('home.nothing'),
  };
}

export function promiseList(
  t: Translate,
  { checks, total }: CheckWork<PromiseDue>,
  today: CalendarDay,
): WorkList {
  return {
    title: t('wage-checks.home.promises'),
    count: total,
    items: checks.map(({ id, enterprise, village, month, promisedOn, people, amountFen }) => ({
      title: enterprise,
      href: `/wage-checks/${id}`,
      due: dueTag(promisedOn, today, t),
      meta: [
        village,
        t('wage-checks.home.ofMonth', { month: monthWord(month, t) }),
        t('wage-checks.home.owed', { people, amount: formatYuan(amountFen) }),
      ]
        .filter((text) => text)
        .join(' · '),
    })),
    empty: t('home.nothing'),
  };
}

/** How far this month's round has come: the villages where most is unchecked (未检查 is not 正常, DOMAIN §6). */
export function coverageList(t: Translate, { villages, due, checked, month }: MonthCoverage): WorkList {
  const share = (one: { due: number; checked: number }): string =>
    t('wage-checks.home.coverageOf', {
      ...{ due: one.due, checked: one.checked },
      percent: percent1(one.checked, one.due) ?? '',
    });
  return {
    title: t('wage-checks.home.coverage', { month: monthWord(month, t), share: share({ due, checked }) }),
    count: due - checked,
    items: villages.map((village) => ({
      title: village.name ?? t('home.noVillage'),
      href: village.id
        ? `/wage-checks?month=${month}&show=unchecked&village=${village.id}`
        : `/wage-checks?month=${month}&show=unchecked`,
      due: { text: t('wage-checks.home.toCheck', { count: village.due - village.checked }), tone: 'warn' },
      meta: share(village),
    })),
    all: { label: t('wage-checks.tabs.board'), href: '/wage-checks/board' },
    empty: t('home.nothing'),
  };
}
