import { mayEver, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Language, Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { summaryOf, typed } from '../web/form-view.ts';
import { exportAction } from '../web/list-view.ts';
import type { Field, Tabs } from '../web/view-model.ts';
import { presentTables } from './breakdown.presenter.ts';
import {
  presentCaseTiles,
  presentMoneyTiles,
  presentOutcomes,
  presentOverview,
  type FiguresOf,
} from './figures.presenter.ts';
import { followUpRows, followUpTile } from './follow-up-figures.presenter.ts';
import type { Indicators, Report } from './indicator.queries.ts';
import { presentHotlineTiles } from './hotline-rates.presenter.ts';
import { outreachTile } from './outreach-figures.presenter.ts';
import type { ReportArea } from './report-area.queries.ts';
import { BASES, PRESETS, presetPeriod, type Basis } from './report-period.rules.ts';
import type { ReportWish } from './report.form.ts';
import { hotlineSentence, recoverySentence } from './sentence.rules.ts';

/** What the page of the report is made of. */
export interface ReportPage {
  t: Translate;
  language: Language;
  reader: Reader;
  today: CalendarDay;
  areas: ReportArea[];
  area: ReportArea;
  wish: ReportWish;
  report: Report;
}

/** The report on the screen: its period and area to choose, its sentences, tiles and tables. */
export function presentReport(page: ReportPage) {
  const { t, area, wish, areas, today } = page;
  const { period, basis } = wish;
  const chosen = { ...period, basis, area: area.id };
  const body = bodyOf(page);
  return {
    title: t('reports.title'),
    header: {
      title: t('reports.title'),
      lead: leadOf(page),
      actions: [
        { label: t('reports.print.open'), href: listHref('/reports/print', chosen) },
        ...exportAction(listHref('/reports', chosen), body.details ? 1 : 0, t),
      ],
    },
    tabs: presetTabs(t, today, wish, area.id),
    filters: filtersOf(t, areas, chosen, []),
    ...body,
  };
}

/** The report on paper. */
export function presentReportOnPaper(page: ReportPage) {
  const title = page.t('reports.print.title', { area: page.area.name });
  const lead = page.t('reports.print.lead', { lead: leadOf(page), day: page.today });
  return { title, header: { title, lead }, ...bodyOf(page) };
}

/** The page when its address asks for what cannot be: what was typed, and what is wrong with it. */
export function presentFaultyWish(t: Translate, areas: ReportArea[], query: Posted, errors: FieldError[]) {
  const asked = { values: query, errors };
  const names = ['from', 'to', 'basis', 'area'] as const;
  const typedValues = Object.fromEntries(names.map((name) => [name, typed(asked, name)])) as FilterValues;
  const filters = filtersOf(t, areas, typedValues, errors);
  return {
    title: t('reports.title'),
    header: { title: t('reports.title') },
    errorSummary: summaryOf(errors, filters.fields, t),
    filters,
  };
}

function leadOf({ t, area, wish }: ReportPage): string {
  return t('reports.lead', { area: area.name, ...wish.period, basis: t(`reports.bases.${wish.basis}`) });
}

function presetTabs(t: Translate, today: CalendarDay, wish: ReportWish, area: string): Tabs {
  return {
    label: t('reports.presets.label'),
    tabs: PRESETS.map((preset) => {
      const { from, to } = presetPeriod(preset, today);
      const query = new URLSearchParams({ period: preset, basis: wish.basis, area });
      return {
        label: t(`reports.presets.${preset}`),
        href: `/reports?${query.toString()}`,
        current: from === wish.period.from && to === wish.period.to,
      };
    }),
  };
}

type FilterValues = Record<'from' | 'to' | 'basis' | 'area', string>;

function filtersOf(t: Translate, areas: ReportArea[], values: FilterValues, errors: FieldError[]) {
  const option = (field: 'basis' | 'area') => (value: string, text: string) => ({
    value,
    text,
    selected: values[field] === value,
  });
  const area: Field = {
    kind: 'select',
    name: 'area',
    label: t('reports.fields.area'),
    options: areas.map(({ id, name, kind }) =>
      option('area')(id, kind === 'village' ? `\u3000${name}` : name),
    ),
  };
  const fields: Field[] = [
    ...(areas.length > 1 ? [area] : []),
    { kind: 'date', name: 'from', label: t('reports.fields.from'), value: values.from },
    { kind: 'date', name: 'to', label: t('reports.fields.to'), value: values.to },
    {
      kind: 'select',
      name: 'basis',
      label: t('reports.fields.basis'),
      options: BASES.map((basis) => option('basis')(basis, t(`reports.bases.${basis}`))),
    },
  ];
  const marked = fields.map((field) => {
    const error = errors.find(({ field: name }) => name === field.name);
    return error && field.kind !== 'hidden' ? { ...field, error: t(error.sentence, error.values) } : field;
  });
  return { action: '/reports', fields: marked, chips: [] };
}

/** The parts of a report that the screen and the paper share. */
function bodyOf(page: ReportPage) {
  const { t, language, area, reader, report, wish } = page;
  const { indicators, breakdown } = report;
  const figures: FiguresOf = { t, area, ...wish, ticketsOpen: mayEver(reader, 'tickets.list') };
  const { tickets, cases } = indicators;
  const nothing = tickets.received + tickets.returned + cases.open + breakdown.months.length === 0;
  return {
    sentences: sentencesOf(indicators, 'zh-CN'),
    translations: language === 'zh-CN' ? [] : sentencesOf(indicators, language),
    sentenceNote: countsOthers(indicators) ? t('reports.sentenceNote') : '',
    caseTiles: presentCaseTiles(figures, indicators, report.yearBefore),
    moneyTiles: presentMoneyTiles(figures, indicators, report.yearBefore),
    hotline:
      indicators.handling.assigned === 0
        ? null
        : { tiles: presentHotlineTiles(figures, indicators.handling, report.yearBefore.handling) },
    serviceTiles: [
      followUpTile(figures, indicators.followUps, report.yearBefore.followUps),
      outreachTile(figures, indicators.outreach),
    ],
    empty: nothing ? emptyOf(page) : null,
    details: nothing
      ? null
      : {
          overview: {
            rows: [...presentOverview(figures, indicators), ...followUpRows(figures, indicators.followUps)],
          },
          outcomes: { rows: presentOutcomes(figures, indicators) },
          tables: presentTables(figures, report, page.areas),
        },
    definitions: definitionsOf(t, wish.basis),
  };
}

/** Whether the figures count cases that the sentence about the hotline leaves out. */
function countsOthers({ hotline, succeeded, failed, amountInvolvedFen }: Indicators): boolean {
  return (
    hotline.succeeded !== succeeded ||
    hotline.failed !== failed ||
    hotline.amountInvolvedFen !== amountInvolvedFen
  );
}

function sentencesOf({ period, hotline, recovered }: Indicators, language: Language): string[] {
  return [hotlineSentence(hotline, language), recoverySentence({ period, ...recovered }, language)];
}

function emptyOf({ t, area, wish, today }: ReportPage) {
  const lastYear = presetPeriod('lastYear', today);
  const asked = wish.period.from === lastYear.from && wish.period.to === lastYear.to;
  const query = new URLSearchParams({ period: 'lastYear', area: area.id }).toString();
  return {
    title: t('reports.empty.title'),
    text: t('reports.empty.text'),
    ...(asked ? {} : { action: { label: t('reports.empty.lastYear'), href: `/reports?${query}` } }),
  };
}

function definitionsOf(t: Translate, basis: Basis): string[] {
  const names = [
    basis,
    ...[
      'sentences',
      'ticketsReceived',
      'flows',
      'successRate',
      'hotlineRates',
      'settledLocallyRate',
      'amountInvolved',
      'recovered',
      'followUpSatisfaction',
      'outreach',
      'breakdown',
    ],
  ];
  return names.map((name) => t(`reports.definitions.${name}`));
}
