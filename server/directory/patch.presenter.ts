import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { choiceField, textField } from '../web/fields.ts';
import { markErrors, summaryOf } from '../web/form-view.ts';
import type { Field, Filters, FormView, Notice, Row, Table } from '../web/view-model.ts';
import { passOn } from './duty.rules.ts';
import type { PassingDuty } from './patch.service.ts';
import { kindCell, objectCell, officerWord } from './responsibilities.presenter.ts';
import type { OfficerChoice } from './responsibilities.queries.ts';

const LIST = '/responsibilities';
const PATCH = `${LIST}/hand-over`;
/** More duties than this are counted, not listed. */
const MOST_SHOWN = 200;

interface PatchPage {
  officers: OfficerChoice[];
  values: Posted;
  errors: FieldError[];
  /** What would pass; null while nothing is asked. */
  passing: PassingDuty[] | null;
  key: string;
}

/** Who hands over to whom, and below it what passes, to be confirmed. */
export function presentPatch(t: Translate, { officers, values, errors, passing, key }: PatchPage) {
  const title = t('duties.patch.title');
  const fields = patchFields(officers, values, t);
  const asked: Filters = { action: PATCH, fields: markErrors(fields, errors, t), chips: [] };
  const blocked = (passing ?? []).some(({ obstacle }) => obstacle !== null);
  const day = String(values['day']);
  const notice: Notice | null = blocked ? { tone: 'warn', text: t('duties.errors.obstacles') } : null;
  return {
    title,
    header: {
      title,
      lead: t('duties.patch.lead'),
      back: { label: t('directory.tabs.responsibilities'), href: LIST },
    },
    errorSummary: errors.length > 0 ? summaryOf(errors, fields, t) : null,
    asked,
    submitLabel: t('duties.patch.show'),
    notice,
    table: passing ? passingTable(passing, day, t) : null,
    form:
      passing && passing.length > 0 && !blocked
        ? confirmation(officers, values, passing.length, key, t)
        : null,
  };
}

function patchFields(officers: OfficerChoice[], values: Posted, t: Translate): Field[] {
  const ids = officers.map(({ id }) => id);
  const choose = { required: true, emptyText: t('common.choose') };
  const name = officerWord(officers);
  return [
    choiceField('select', 'fromId', t('duties.patch.from'), ids, name, values, choose),
    choiceField('select', 'toId', t('duties.patch.to'), ids, name, values, choose),
    textField('day', t('duties.patch.day'), values, { kind: 'date', required: true }),
  ];
}

function passingTable(passing: PassingDuty[], day: string, t: Translate): Table {
  // What stands in the way first: it must not be hidden behind the rest.
  const inOrder = [...passing].sort((a, b) => Number(a.obstacle === null) - Number(b.obstacle === null));
  const shown = inOrder.slice(0, MOST_SHOWN);
  const words = { count: passing.length, shown: shown.length };
  return {
    caption: t(passing.length > MOST_SHOWN ? 'duties.patch.passingShown' : 'duties.patch.passing', words),
    columns: [
      { label: t('duties.object'), look: 'wide' },
      { label: t('duties.kind') },
      { label: t('duties.patch.newFrom') },
      { label: t('duties.to') },
    ],
    rows: shown.map((one) => passingRow(one, day, t)),
    empty: { title: t('duties.patch.nothing'), text: t('duties.patch.nothingHint') },
  };
}

function passingRow({ duty, obstacle }: PassingDuty, day: string, t: Translate): Row {
  const object = objectCell(duty, t);
  return {
    cells: [
      obstacle ? { ...object, tag: { text: t(`duties.patch.obstacles.${obstacle}`), tone: 'bad' } } : object,
      kindCell(duty, t),
      { text: passOn(duty, day).fromDay },
      { text: duty.toDay ?? t('common.none') },
    ],
  };
}

function confirmation(
  officers: OfficerChoice[],
  values: Posted,
  count: number,
  key: string,
  t: Translate,
): FormView {
  const name = officerWord(officers);
  const hidden = (field: string, value: unknown): Field => ({
    kind: 'hidden',
    name: field,
    value: String(value),
  });
  const words = { count, to: name(String(values['toId'])) };
  return {
    action: PATCH,
    method: 'post',
    idempotencyKey: key,
    fields: [
      ...['fromId', 'toId', 'day'].map((field) => hidden(field, values[field])),
      hidden('shown', count),
    ],
    submit: { label: t('duties.patch.submit', words) },
    cancel: { label: t('common.cancel'), href: LIST },
  };
}
