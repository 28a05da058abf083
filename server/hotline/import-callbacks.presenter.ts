import type { AreaChoice } from '../directory/areas.queries.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { faultTable, uploadPage } from '../web/import-view.ts';
import type { Notice, Tile } from '../web/view-model.ts';
import type { CallbackFindings } from './import-callbacks.service.ts';

const LIST = '/tickets';
const NEW = '/callbacks';
const MOST_FAULTS = 200;

/** The form by which a file of callbacks is sent. */
export function presentNewCallbacks(
  t: Translate,
  form: { towns: Pick<AreaChoice, 'id' | 'name'>[]; state: FormState; key: string },
) {
  const words = {
    title: t('callbacks.title'),
    lead: t('callbacks.lead'),
    file: t('hotline.upload.file'),
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
  { counts, problems, faults }: CallbackFindings,
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
