import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import type { Action, Notice, Table, Tile } from '../web/view-model.ts';
import type { MappedKind } from './file-kinds.rules.ts';
import { IMPORT_ADDRESSES } from './import-mapping.rules.ts';
import type { Work } from './import-progress.service.ts';
import type { ListedRun, RunState } from './import-runs.service.ts';

/** What is known of an upload that is being read or stored: by this process, or by the trace that another one left. */
interface UploadState {
  kind: MappedKind;
  uploadId: string;
  fileName: string;
  work: Work | null;
  run: RunState | null;
}

/** How far the reading or storing of an upload is; `running` says that the page should be asked for again. */
export function presentState(t: Translate, { kind: file, uploadId, fileName, work, run }: UploadState) {
  const list = IMPORT_ADDRESSES[file];
  const address = `${list}/uploads/${uploadId}`;
  const running = work !== null || run!.running;
  const kind = work === null ? 'confirmation' : work.kind === 'choice' ? 'reading' : work.kind;
  const title = t(running ? `hotline.state.${kind}` : 'hotline.state.stopped');
  return {
    title,
    running,
    header: {
      title,
      back: { label: t(`${file === 'tickets' ? 'hotline' : 'ledger'}.imports.title`), href: list },
      lead: fileName,
    },
    notice: running
      ? runningNotice({ file, kind, since: work?.since ?? run!.since }, `${address}/state`, t)
      : stoppedNotice(file, run!, address, t),
    tiles: work === null ? [] : tilesOf(file, work, t),
  };
}

function runningNotice(
  { file, kind, since }: { file: MappedKind; kind: 'reading' | 'confirmation'; since: Date },
  address: string,
  t: Translate,
): Notice {
  const leave =
    kind === 'reading' ? t(`hotline.state.${file}.readingLeave`) : t('hotline.state.confirmationLeave');
  const lines = [t('hotline.state.refreshes'), leave];
  const again: Action = { label: t('hotline.state.refresh'), href: address };
  return {
    tone: 'info',
    text: t('hotline.state.since', { when: wallClock(since) }),
    lines,
    actions: [again],
  };
}

function stoppedNotice(file: MappedKind, { since }: RunState, address: string, t: Translate): Notice {
  const again: Action = { label: t('hotline.state.again'), href: address, look: 'primary' };
  return {
    tone: 'warn',
    text: t(`hotline.state.${file}.stoppedText`, { when: wallClock(since) }),
    actions: [again],
  };
}

function tilesOf(file: MappedKind, { kind, rowsRead, rowsStored }: Work, t: Translate): Tile[] {
  const read = { label: t('hotline.state.rowsRead'), value: groupDigits(rowsRead) };
  const stored = { label: t(`hotline.state.${file}.rowsStored`), value: groupDigits(rowsStored) };
  return kind === 'confirmation' ? [read, stored] : [read];
}

/** The imports that are running or were cut off; null when there are none. */
export function presentRuns(t: Translate, kind: MappedKind, runs: readonly ListedRun[]): Table | null {
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
        { text: fileName, ...(own ? { href: `${IMPORT_ADDRESSES[kind]}/uploads/${uploadId}/state` } : {}) },
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
