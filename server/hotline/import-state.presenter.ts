import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import type { Action, Notice, Table, Tile } from '../web/view-model.ts';
import type { Work } from './import-progress.service.ts';
import type { RunState } from './import-runs.service.ts';

/** What is known of an upload that is being read or stored: by this process, or by the trace that another one left. */
interface UploadState {
  uploadId: string;
  fileName: string;
  work: Work | null;
  run: RunState | null;
}

/** How far the reading or storing of an upload is; `running` says that the page should be asked for again. */
export function presentState(t: Translate, { uploadId, fileName, work, run }: UploadState) {
  const address = `/imports/uploads/${uploadId}`;
  const running = work !== null || run!.running;
  const kind = work === null ? 'confirmation' : work.kind === 'choice' ? 'reading' : work.kind;
  const title = t(running ? `hotline.state.${kind}` : 'hotline.state.stopped');
  return {
    title,
    running,
    header: { title, back: { label: t('hotline.imports.title'), href: '/imports' }, lead: fileName },
    notice: running
      ? runningNotice(kind, work?.since ?? run!.since, `${address}/state`, t)
      : stoppedNotice(run!, address, t),
    tiles: work === null ? [] : tilesOf(work, t),
  };
}

function runningNotice(kind: 'reading' | 'confirmation', since: Date, address: string, t: Translate): Notice {
  const lines = [t('hotline.state.refreshes'), t(`hotline.state.${kind}Leave`)];
  const again: Action = { label: t('hotline.state.refresh'), href: address };
  return {
    tone: 'info',
    text: t('hotline.state.since', { when: wallClock(since) }),
    lines,
    actions: [again],
  };
}

function stoppedNotice({ since }: RunState, address: string, t: Translate): Notice {
  const again: Action = { label: t('hotline.state.again'), href: address, look: 'primary' };
  return {
    tone: 'warn',
    text: t('hotline.state.stoppedText', { when: wallClock(since) }),
    actions: [again],
  };
}

function tilesOf({ kind, rowsRead, rowsStored }: Work, t: Translate): Tile[] {
  const read = { label: t('hotline.state.rowsRead'), value: groupDigits(rowsRead) };
  const stored = { label: t('hotline.state.rowsStored'), value: groupDigits(rowsStored) };
  return kind === 'confirmation' ? [read, stored] : [read];
}

type ListedRun = RunState & { own: boolean; startedBy: string };

/** The imports that are running or were cut off; null when there are none. */
export function presentRuns(t: Translate, runs: readonly ListedRun[]): Table | null {
  if (runs.length === 0) return null;
  return {
    caption: t('hotline.state.list'),
    captionHidden: true,
    columns: [
      { label: t('hotline.imports.file'), look: 'wide' },
      { label: t('hotline.state.began') },
      { label: t('hotline.imports.who') },
      { label: t('hotline.mappings.state') },
    ],
    rows: runs.map(({ uploadId, fileName, since, running, own, startedBy }) => ({
      cells: [
        { text: fileName, ...(own ? { href: `/imports/uploads/${uploadId}/state` } : {}) },
        { text: wallClock(since) },
        { text: startedBy },
        {
          text: '',
          tag: running
            ? { text: t('hotline.state.runningTag'), tone: 'info' }
            : { text: t('hotline.state.stoppedTag'), tone: 'warn' },
        },
      ],
    })),
    empty: { title: '' },
  };
}
