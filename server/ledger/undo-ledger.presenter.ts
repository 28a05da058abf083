import type { BatchRow } from '../hotline/batches.queries.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { groupDigits } from '../shared/money.ts';
import { areaField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { FormView, Notice } from '../web/view-model.ts';
import type { WorkedOn } from './ledger-batches.queries.ts';

/** Where a ledger is taken back. */
export const undoAddress = (ledgerId: string): string => `/ledgers/${ledgerId}/undoing`;

/** That a ledger was taken back: when, by whom and why. */
export function undoneNotice({ batch, undoneBy }: BatchRow, t: Translate): Notice | null {
  const { undoneAt, undoReason } = batch;
  if (!undoneAt) return null;
  const who = undoneBy ?? t('hotline.imports.system');
  return {
    tone: 'warn',
    text: t('ledger.undo.undone', { when: wallClock(undoneAt), who }),
    lines: undoReason
      ? [t('common.labelled', { label: t('cases.forms.reason'), text: undoReason })]
      : undefined,
  };
}

/** What goes with a ledger that is taken back, and the reason for it; or which of its cases keep it. */
export function presentUndo(
  t: Translate,
  page: BatchRow & { workedOn: WorkedOn },
  state: FormState,
  key: string,
) {
  const { batch, workedOn } = page;
  const { id, fileName, newCount } = batch;
  const title = t('ledger.undo.title');
  const open = batch.undoneAt === null && workedOn.count === 0;
  const form: FormView = {
    action: undoAddress(id),
    method: 'post',
    idempotencyKey: key,
    fields: [
      areaField('reason', t('cases.forms.reason'), state.values, {
        ...{ rows: 2, maxlength: 500, required: true },
        hint: t('ledger.undo.reasonHint'),
      }),
    ],
    submit: { label: title, look: 'danger' },
    cancel: { label: t('common.cancel'), href: `/ledgers/${id}` },
  };
  return {
    title,
    header: {
      title,
      back: { label: fileName, href: `/ledgers/${id}` },
      lead: t('ledger.undo.lead', { count: groupDigits(newCount) }),
    },
    notice: undoneNotice(page, t) ?? workedOnNotice(workedOn, t),
    form: open ? withErrors(form, state.errors, t) : null,
  };
}

function workedOnNotice({ count, first }: WorkedOn, t: Translate): Notice | null {
  if (count === 0) return null;
  return {
    tone: 'warn',
    text: t('ledger.undo.errors.workedOn', { count: groupDigits(count) }),
    lines: [t('ledger.undo.which', { cases: first.map(({ number }) => number).join(t('common.comma')) })],
  };
}
