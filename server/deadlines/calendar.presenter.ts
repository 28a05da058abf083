import type { CalendarChange } from '../../models/areas.ts';
import { wallClock, weekdayOf } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { choiceField, textField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { administrationTabs } from '../web/list-view.ts';
import type { FormView, Notice, Table } from '../web/view-model.ts';
import { DAY_KINDS, isKnownYear } from './calendar-file.rules.ts';
import type { ShownYear } from './calendar.service.ts';

const PATH = '/calendar';

/** A year's days off and worked weekend days, and the two ways to change them. */
export function presentYear(
  shown: ShownYear,
  t: Translate,
  forms: { key: string; upload?: FormState; day?: FormState },
) {
  const { year, covered, source } = shown;
  const title = t('deadlines.calendar.title', { year });
  return {
    title,
    header: {
      title,
      lead: t('deadlines.calendar.lead'),
      actions: [year - 1, year + 1].filter(isKnownYear).map((other) => ({
        label: t('deadlines.calendar.year', { year: other }),
        href: `${PATH}/${other}`,
        look: 'plain' as const,
      })),
    },
    tabs: administrationTabs('calendar', t),
    notice: covered ? null : provisionalNotice(year, t),
    source: covered ? t('deadlines.calendar.source', { source: source ?? '' }) : '',
    table: dayTable(shown, t),
    change: changePart(shown.lastChange, t),
    upload: uploadForm(year, forms.upload ?? EMPTY, forms.key, t),
    day: covered ? dayForm(year, forms.day ?? EMPTY, forms.key, t) : null,
  };
}

const EMPTY: FormState = { values: {}, errors: [] };

function provisionalNotice(year: number, t: Translate): Notice {
  return { tone: 'warn', text: t('deadlines.calendar.provisional', { year }) };
}

function dayTable({ days }: ShownYear, t: Translate): Table {
  return {
    caption: t('deadlines.calendar.days'),
    captionHidden: true,
    columns: [
      { label: t('deadlines.calendar.day') },
      { label: t('deadlines.calendar.weekday') },
      { label: t('deadlines.calendar.kind') },
      { label: t('deadlines.calendar.name'), look: 'wide' },
    ],
    rows: days.map(({ day, isWorkday, name }) => ({
      cells: [
        { text: day },
        { text: t(`deadlines.calendar.weekdays.${weekdayOf(day)}`) },
        {
          text: '',
          tag: {
            text: t(`deadlines.calendar.kinds.${isWorkday ? 'worked' : 'off'}`),
            tone: isWorkday ? 'warn' : 'good',
          },
        },
        { text: name },
      ],
    })),
    empty: { title: t('deadlines.calendar.none') },
  };
}

function uploadForm(year: number, state: FormState, key: string, t: Translate): FormView {
  const form: FormView = {
    action: `${PATH}/${year}/notice`,
    method: 'post',
    multipart: true,
    idempotencyKey: key,
    fields: [
      {
        kind: 'file',
        name: 'file',
        label: t('deadlines.calendar.file'),
        hint: t('deadlines.calendar.fileHint'),
        accept: '.csv,.json',
        required: true,
      },
    ],
    submit: { label: t('deadlines.calendar.import') },
  };
  return withErrors(form, state.errors, t);
}

function dayForm(year: number, state: FormState, key: string, t: Translate): FormView {
  const { values } = state;
  const form: FormView = {
    action: `${PATH}/${year}/days`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      textField('day', t('deadlines.calendar.day'), values, { kind: 'date', required: true }),
      choiceField(
        'radio',
        'kind',
        t('deadlines.calendar.kind'),
        DAY_KINDS,
        (kind) => t(`deadlines.calendar.kinds.${kind}`),
        values,
        { required: true, inline: true },
      ),
      textField('name', t('deadlines.calendar.name'), values, { maxlength: 50 }),
    ],
    submit: { label: t('deadlines.calendar.setDay') },
  };
  return withErrors(form, state.errors, t);
}

/** What the last change of a year did: which deadlines moved, from when to when. */
function changePart(change: CalendarChange | null, t: Translate) {
  if (!change) return null;
  const { moved, dayCount, source, createdAt } = change;
  const values = { days: dayCount, source, when: wallClock(createdAt) };
  const table: Table = {
    caption: t('deadlines.calendar.moved'),
    captionHidden: true,
    columns: [
      { label: t('deadlines.calendar.case'), look: 'wide' },
      { label: t('deadlines.calendar.before') },
      { label: t('deadlines.calendar.after') },
    ],
    rows: moved.map(({ label, before, after }) => ({
      cells: [{ text: label }, { text: before }, { text: after }],
    })),
    empty: { title: t('deadlines.calendar.nothingMoved') },
  };
  return { lead: t('deadlines.calendar.changedLead', values), table };
}
