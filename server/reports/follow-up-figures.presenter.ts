import { followUpListHref, type FollowUpFilter } from '../follow-ups/follow-up-filter.rules.ts';
import { groupDigits, percent1 } from '../shared/money.ts';
import type { Link, SummaryRow, Tile } from '../web/view-model.ts';
import type { FollowUpFigures } from './follow-up-figures.queries.ts';
import { changeInPoints, followUpSatisfactionRate, NO_COMPARISON } from './indicators.rules.ts';
import type { FiguresOf } from './figures.presenter.ts';

/** The follow-ups that a figure counts. */
function listOf({ area, period: { from, to } }: FiguresOf, figure: number, filter: FollowUpFilter) {
  const counted: FollowUpFilter = { area: area.id, state: 'done', calledFrom: from, calledTo: to, ...filter };
  return figure === 0 ? {} : { href: followUpListHref(counted) };
}

/** 回访满意率, with its change against the same days of the year before. */
export function followUpTile(of: FiguresOf, now: FollowUpFigures, before: FollowUpFigures): Tile {
  const { t } = of;
  const rate = percent1(now.satisfied, now.valid);
  const points = changeInPoints(rateOf(now), rateOf(before));
  const tone = points.startsWith('+') ? 'good' : points.startsWith('-') ? 'bad' : 'neutral';
  return {
    label: t('reports.tiles.followUpSatisfaction'),
    ...(rate === null ? { value: NO_COMPARISON } : { value: rate, unit: '%' }),
    note: t('reports.tiles.followUpSatisfactionNote', {
      satisfied: groupDigits(now.satisfied),
      valid: groupDigits(now.valid),
    }),
    ...listOf(of, now.valid, { valid: 'yes' }),
    others: discontent(of, now),
    ...(points === NO_COMPARISON
      ? {}
      : { trend: { text: t('reports.tiles.trendPoints', { change: points }), tone } }),
  };
}

function discontent(of: FiguresOf, { valid, satisfied }: FollowUpFigures): Link[] {
  const count = valid - satisfied;
  const { href } = listOf(of, count, { discontent: 'yes' });
  return href ? [{ label: of.t('reports.tiles.discontent', { count: groupDigits(count) }), href }] : [];
}

function rateOf({ satisfied, valid }: FollowUpFigures): string | null {
  return followUpSatisfactionRate(satisfied, valid);
}

/** What was done again after a call, and how much of it changed anything. */
export function followUpRows(of: FiguresOf, { redone, redosHelped }: FollowUpFigures): SummaryRow[] {
  const { t } = of;
  return [
    {
      key: t('reports.overview.redone'),
      value: groupDigits(redone),
      ...listOf(of, redone, { redo: 'yes' }),
    },
    {
      key: t('reports.overview.redosHelped'),
      value: groupDigits(redosHelped),
      ...listOf(of, redosHelped, { helped: 'yes' }),
    },
  ];
}
