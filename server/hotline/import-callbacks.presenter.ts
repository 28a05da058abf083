import type { AreaChoice } from '../directory/areas.queries.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { faultTable, uploadPage } from '../web/import-view.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Notice, Row, Table, Tile } from '../web/view-model.ts';
import { ordersRedo } from './import-callbacks.rules.ts';
import type { Callback, CallbackFindings } from './import-callbacks.service.ts';

const LIST = '/tickets';
const NEW = '/callbacks';
const MOST_FAULTS = 200;
const MOST_ROWS = 500;

/** The form by which a file of callbacks is sent. */
export function presentNewCallbacks(
  t: Translate,
  form: { towns: Pick<AreaChoice, 'id' | 'name'>[]; state: FormState; key: string },
) {
  const words = {
    title: t('callbacks.title'),
    lead: t('callbacks.lead'),
    file: t('callbacks.file'),
    fileHint: t('callbacks.fileHint'),
    submit: t('callbacks.submit'),
  };
  const back = { label: t('tickets.list.title'), href: LIST };
  return uploadPage(t, { words, back, action: NEW, ...form });
}

/** What a file of callbacks would do; nothing is stored yet. */
export function presentCallbacks(
  t: Translate,
  { id, fileName }: { id: string; fileName: string },
  { counts, problems, faults, callbacks }: CallbackFindings,
) {
  const title = t('callbacks.preview');
  const problem: Notice | null =
    problems.length === 0
      ? null
      : {
          tone: 'bad',
          text: t('callbacks.unreadable'),
          lines: problems.map(({ sentence }) => t(sentence)),
        };
  const nothing: Notice | null =
    problem || counts.new > 0
      ? null
      : { tone: 'info', text: t(counts.known > 0 ? 'callbacks.allKnown' : 'callbacks.nothing') };
  return {
    title,
    header: { title, back: { label: t('callbacks.title'), href: NEW }, lead: fileName },
    notice: problem ?? nothing,
    tiles: problem ? [] : tilesOf(counts, t),
    rows: callbacks.length === 0 ? null : rowsOf(callbacks, t),
    confirmation:
      counts.new === 0
        ? null
        : {
            action: `${NEW}/${id}/confirmation`,
            method: 'post' as const,
            idempotencyKey: newFormKey(),
            fields: [{ kind: 'hidden' as const, name: 'shown', value: String(counts.new) }],
            submit: { label: t('callbacks.confirm', { count: groupDigits(counts.new) }) },
            cancel: { label: t('common.cancel'), href: LIST },
          },
    faulty:
      faults.length === 0
        ? null
        : {
            lead: t('callbacks.faultyLead', { count: groupDigits(counts.faulty) }),
            table: faultTable(faults.slice(0, MOST_FAULTS), t),
          },
  };
}

/** What each row would do, those that order a redo first. */
function rowsOf(callbacks: readonly Callback[], t: Translate): { lead: string; table: Table } {
  const inOrder = [...callbacks].sort(
    (one, other) => Number(ordersRedo(other.draft)) - Number(ordersRedo(one.draft)),
  );
  const [all, listed] = [callbacks.length, Math.min(callbacks.length, MOST_ROWS)];
  return {
    lead: t(all > listed ? 'callbacks.rowsLeadOf' : 'callbacks.rowsLead', {
      all: groupDigits(all),
      listed: groupDigits(listed),
    }),
    table: {
      caption: t('callbacks.rows'),
      captionHidden: true,
      columns: [
        { label: t('hotline.columns.number') },
        { label: t('callbacks.callbackAt') },
        { label: t('handling.details.reached') },
        { label: t('handling.details.satisfaction') },
        { label: t('handling.details.resolved') },
        { label: t('callbacks.then') },
      ],
      rows: inOrder.slice(0, MOST_ROWS).map((callback) => rowOf(callback, t)),
      empty: { title: '' },
    },
  };
}

function rowOf({ ticketId, draft }: Callback, t: Translate): Row {
  const { number, callbackAt, reached, satisfaction, resolved } = draft;
  const redo = ordersRedo(draft);
  const said = resolved === null ? t('common.none') : t(`common.${resolved ? 'yes' : 'no'}`);
  return {
    cells: [
      { text: number, href: `/tickets/${ticketId}` },
      { text: wallClock(callbackAt) },
      { text: t(`handling.reached.${reached ? 'yes' : 'no'}`) },
      { text: satisfaction === null ? t('common.none') : t(`handling.satisfactions.${satisfaction}`) },
      { text: said },
      { text: '', tag: { text: t(`callbacks.${redo ? 'redo' : 'close'}`), tone: redo ? 'bad' : 'good' } },
    ],
  };
}

function tilesOf(counts: CallbackFindings['counts'], t: Translate): Tile[] {
  const closed = counts.new - counts.redo;
  return [
    {
      label: t('callbacks.counts.new'),
      value: groupDigits(counts.new),
      note: t('callbacks.counts.closed', {
        closed: groupDigits(closed),
        unreached: groupDigits(counts.unreached),
      }),
    },
    {
      label: t('callbacks.counts.redo'),
      value: groupDigits(counts.redo),
      note: t('callbacks.counts.redoNote'),
    },
    {
      label: t('callbacks.counts.known'),
      value: groupDigits(counts.known),
      note: t('callbacks.counts.knownNote'),
    },
    {
      label: t('callbacks.counts.faulty'),
      value: groupDigits(counts.faulty),
      note: t('callbacks.counts.faultyNote'),
    },
  ];
}
