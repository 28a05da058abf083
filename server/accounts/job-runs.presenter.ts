import type { JobRun, JobRunState } from '../../models/job-runs.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { administrationTabs, pagingOf } from '../web/list-view.ts';
import type { Cell, Table, Tone } from '../web/view-model.ts';
import type { JobRuns } from './job-runs.queries.ts';

const TONES: Record<JobRunState, Tone> = {
  running: 'info',
  done: 'good',
  failed: 'bad',
  interrupted: 'warn',
};

/** What the system did by itself, and how it ended. */
export function presentJobRuns({ latest, history }: JobRuns, t: Translate) {
  const title = t('jobs.title');
  return {
    title,
    header: { title, lead: t('jobs.lead') },
    tabs: administrationTabs('jobs', t),
    latest: latestTable(latest, t),
    history: historyTable(history.rows, t),
    paging: pagingOf(history, '/jobs', {}, t),
  };
}

function latestTable(runs: readonly JobRun[], t: Translate): Table {
  return {
    caption: t('jobs.latest'),
    captionHidden: true,
    columns: [
      { label: t('jobs.name'), look: 'wide' },
      { label: t('jobs.when') },
      { label: t('jobs.began') },
      { label: t('jobs.state') },
    ],
    rows: runs.map((run) => ({
      cells: [
        { text: t(`jobs.names.${run.name}`) },
        { text: t(`jobs.whens.${run.name}`) },
        { text: wallClock(run.startedAt) },
        stateCell(run, t),
      ],
    })),
    empty: { title: t('jobs.none'), text: t('jobs.noneHint') },
  };
}

function historyTable(runs: readonly JobRun[], t: Translate): Table {
  return {
    caption: t('jobs.history'),
    captionHidden: true,
    columns: [
      { label: t('jobs.began') },
      { label: t('jobs.name'), look: 'wide' },
      { label: t('jobs.day') },
      { label: t('jobs.counts') },
      { label: t('jobs.state') },
    ],
    rows: runs.map((run) => ({
      cells: [
        { text: wallClock(run.startedAt), secondary: t(run.slot ? 'jobs.scheduled' : 'jobs.byHand') },
        { text: t(`jobs.names.${run.name}`) },
        { text: run.day },
        { text: countsInWords(run, t) },
        stateCell(run, t),
      ],
    })),
    empty: { title: t('jobs.none') },
  };
}

function stateCell({ state, failure }: JobRun, t: Translate): Cell {
  const tag = { text: t(`jobs.states.${state}`), tone: TONES[state as JobRunState] };
  return { text: '', tag, ...(failure ? { secondary: t(`jobs.failures.${failure}`) } : {}) };
}

function countsInWords({ state, counts }: JobRun, t: Translate): string {
  if (state !== 'done') return '';
  const done = Object.entries(counts).filter(([, count]) => count > 0);
  if (done.length === 0) return t('jobs.nothingDue');
  return done.map(([name, count]) => t(`jobs.count.${name}`, { count })).join(t('common.comma'));
}
