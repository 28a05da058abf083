import type { ActionFields } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { dayOf, parseDay, wallClock, type CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, textField, tickField } from '../web/fields.ts';
import type { Field } from '../web/view-model.ts';
import { joinedLater } from './co-mediators.rules.ts';
import { asAttendees } from './co-mediators.presenter.ts';

type Session = CasePage['sessions'][number];

/** A session's form; the room that has the case is its place unless another one is typed. */
export function sessionFields(page: CasePage, values: Posted, t: Translate): ActionFields {
  const { room, coMediators } = page;
  const { on } = values;
  const time = (name: 'from' | 'to'): Field =>
    textField(name, t(`mediation.${name}`), values, {
      width: 'short',
      maxlength: 8,
      required: true,
      half: true,
      hint: t(`mediation.${name}Hint`),
    });
  return {
    lead: t('mediation.sessionLead'),
    fields: [
      textField('on', t('mediation.sessionOn'), values, { kind: 'date', required: true }),
      time('from'),
      time('to'),
      textField('place', t('mediation.place'), values, {
        maxlength: 200,
        hint: t('mediation.placeHint', { room: room ?? t('common.none') }),
      }),
      attendeesField({ attendees: asAttendees(coMediators, t), ...values }, t),
      ...presentBeforeField(page, typeof on === 'string' ? parseDay(on) : null, values, t),
      minutesField(values, t, { hint: t('mediation.minutesHint') }),
    ],
  };
}

/** Asked where somebody is named as present on a day on which they were no co-mediator yet. */
function presentBeforeField(
  { coMediators, endedCoMediators }: CasePage,
  day: CalendarDay | null,
  values: Posted,
  t: Translate,
): Field[] {
  const { attendees } = values;
  if (day === null || typeof attendees !== 'string') return [];
  const named = [...coMediators, ...endedCoMediators].map(({ person, since }) => ({
    name: person!.name,
    since,
  }));
  return joinedLater(attendees, day, named).length > 0
    ? [tickField('presentBefore', t('mediation.presentBefore'), values)]
    : [];
}

/** What was said at a planned session. */
export function minutesFields(page: CasePage, session: Session, values: Posted, t: Translate): ActionFields {
  return {
    lead: t('mediation.minutesLead', { when: sessionTime(session) }),
    fields: [
      attendeesField({ attendees: session.attendees, ...values }, t),
      ...presentBeforeField(page, dayOf(session.startsAt), values, t),
      minutesField(values, t, { required: true }),
    ],
  };
}

export function cancellationFields(session: Session, values: Posted, t: Translate): ActionFields {
  return {
    lead: t('mediation.cancellationLead', { when: sessionTime(session) }),
    danger: true,
    fields: [
      areaField('reason', t('cases.forms.reason'), values, { rows: 2, maxlength: 500, required: true }),
    ],
  };
}

function attendeesField(values: Posted, t: Translate): Field {
  return textField('attendees', t('mediation.attendees'), values, {
    maxlength: 500,
    required: true,
    hint: t('mediation.attendeesHint'),
  });
}

function minutesField(values: Posted, t: Translate, options: { hint?: string; required?: boolean }): Field {
  return areaField('minutes', t('mediation.minutes'), values, { rows: 8, maxlength: 20_000, ...options });
}

function sessionTime({ startsAt, endsAt }: Session): string {
  return `${wallClock(startsAt)}–${wallClock(endsAt).slice(-5)}`;
}
