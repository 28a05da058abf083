import type { LeaderVisit } from '../../models/one-duty.ts';
import type { AreaChoice } from '../directory/areas.queries.ts';
import { dayOf, wallClock } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { monthWord } from '../shared/month-word.ts';
import type { CaseFromCheck } from '../wage-checks/findings.service.ts';
import { areaField, choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { Field, FormSection, FormView } from '../web/view-model.ts';
import { CLAIM_TYPES, GENDERS, RESPONDENT_PARTS } from './case.rules.ts';
import { CLAIMANTS, NOT_LISTED, RESPONDENTS, TYPED_SOURCES } from './register.rules.ts';

/** An enterprise of the directory that a typed name may mean. */
export interface OfferedEnterprise {
  id: string;
  name: string;
  creditCode: string | null;
}

export interface ShownRegistration {
  places: AreaChoice[];
  /** By the prefix of a respondent's fields: what the directory offers for the name that was typed. */
  offered: Map<string, OfferedEnterprise[]>;
  /** The leaders' visit from which the case is opened. */
  visit: LeaderVisit | null;
  /** The wage check whose finding it is opened from. */
  check: CaseFromCheck | null;
  state: FormState;
  key: string;
}

/** A section that stands folded until it is needed. */
interface Section extends FormSection {
  folded?: boolean;
  open?: boolean;
}

/** What the form begins with. */
export function newRegistration(now: Date): Posted {
  const [receivedOn, receivedTime] = wallClock(now).split(' ');
  return { source: 'walkIn', receivedOn, receivedTime, applied: 'yes', workers: '1' };
}

/** What the form begins with when a case is opened from a leaders' visit; it is no application of the worker's yet. */
export function registrationOf(visit: LeaderVisit, now: Date): Posted {
  const { id, townId, villageId, enterprise, visitedOn, issue } = visit;
  return {
    ...newRegistration(now),
    ...{ source: 'leaderVisit', visitId: id, areaId: villageId ?? townId },
    ...(visitedOn === dayOf(now) ? {} : { receivedOn: visitedOn, receivedTime: '12:00' }),
    ...{ applied: '', respondent1Name: enterprise?.name ?? '', facts: issue },
  };
}

/** What the form begins with when a case is opened from a finding of arrears; the workers are yet to be named. */
export function registrationOfCheck(check: CaseFromCheck, now: Date, t: Translate): Posted {
  const { id, townId, villageId, enterprise, month, arrearsPeople, arrearsFen, arrearsSince } = check;
  const people = String(Math.max(arrearsPeople, 1));
  const since = arrearsSince ?? t('common.unknown');
  return {
    ...newRegistration(now),
    ...{ source: 'wageCheck', wageCheckId: id, areaId: villageId ?? townId, applied: '', workers: people },
    respondent1Name: enterprise,
    title: t('wage-checks.caseTitle', { enterprise }),
    facts: t('wage-checks.caseFacts', {
      ...{ month: monthWord(month, t), people, amount: formatYuan(arrearsFen), since },
    }),
    claimant1Type: 'wages',
    ...Object.fromEntries(
      check.workers.slice(0, CLAIMANTS).flatMap((name, index) => [
        [`claimant${index + 1}Name`, name],
        [`claimant${index + 1}Type`, 'wages'],
      ]),
    ),
  };
}

export function presentRegistration(
  t: Translate,
  { places, offered, visit, check, state, key }: ShownRegistration,
) {
  const { values, errors } = state;
  const title = t('cases.register.title');
  const back = visit ? `/visits/${visit.id}` : check ? `/wage-checks/${check.id}` : '/cases';
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
  const sections: Section[] = [
    {
      title: t('cases.register.sections.basics'),
      fields: [
        ...(visit ? [{ kind: 'hidden' as const, name: 'visitId', value: visit.id }] : []),
        ...(check ? [{ kind: 'hidden' as const, name: 'wageCheckId', value: check.id }] : []),
        ...basicFields(t, places, values),
      ],
    },
    ...numbers(RESPONDENTS).map((number) => {
      const prefix = `respondent${number}`;
      return section(
        t,
        'Respondent',
        number,
        respondentFields(t, prefix, offered.get(prefix) ?? [], values),
        state,
      );
    }),
    { title: t('cases.register.sections.dispute'), fields: disputeFields(t, values) },
    ...numbers(CLAIMANTS).map((number) => ({
      ...section(t, 'Claimant', number, claimantFields(t, `claimant${number}`, values), state),
      ...(number === 1 ? furtherNamed(check?.workers.slice(CLAIMANTS) ?? [], t) : {}),
    })),
  ];
  const form: FormView = {
    action: '/cases',
    method: 'post',
    idempotencyKey: key,
    sections,
    submit: { label: t('cases.register.submit') },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: {
      title,
      lead: visit
        ? t('duties.visits.prefilled', { day: visit.visitedOn, place: visit.place })
        : t('cases.register.lead'),
      back: {
        label: check?.enterprise ?? t(visit ? 'directory.tabs.visits' : 'cases.list.title'),
        href: back,
      },
    },
    form: withErrors(form, errors, t),
  };
}

/** Whom the finding names beyond the fields of the form: they become claimants as well. */
function furtherNamed(names: string[], t: Translate): Pick<FormSection, 'lead'> {
  if (names.length === 0) return {};
  const values = { count: names.length, names: names.join(t('common.comma')) };
  return { lead: t('cases.register.furtherNamed', values) };
}

/** The first stands open; a further one is folded while nothing is in it. */
function section(
  t: Translate,
  kind: 'Respondent' | 'Claimant',
  number: number,
  fields: Field[],
  { values, errors }: FormState,
): Section {
  if (number === 1) return { title: t(`cases.register.sections.${kind.toLowerCase()}`), fields };
  const touched = (field: Field): boolean =>
    errors.some((error) => error.field === field.name) ||
    ((field.kind === 'text' || field.kind === 'amount') && Boolean(values[field.name]));
  return {
    title: t(`cases.register.sections.further${kind}`, { number }),
    fields,
    folded: true,
    open: fields.some(touched),
  };
}

function basicFields(t: Translate, places: AreaChoice[], values: Posted): Field[] {
  const word = (key: string): string => t(`cases.register.${key}`);
  const severalTowns = new Set(places.map(({ townId }) => townId)).size > 1;
  const placeName = (id: string): string => {
    const place = places.find((one) => one.id === id)!;
    return severalTowns && place.villageId ? `${place.townName} ${place.name}` : place.name;
  };
  const ids = places.map(({ id }) => id);
  return [
    choiceField(
      'radio',
      'source',
      word('source'),
      TYPED_SOURCES,
      (code) => t(`cases.sources.${code}`),
      values,
      {
        inline: true,
        required: true,
      },
    ),
    choiceField('select', 'areaId', word('place'), ids, placeName, values, {
      required: true,
      hint: word('placeHint'),
      ...(ids.length === 1 ? {} : { emptyText: t('common.choose') }),
    }),
    textField('receivedOn', word('received'), values, { kind: 'date', required: true, half: true }),
    textField('receivedTime', word('receivedTime'), values, {
      required: true,
      half: true,
      width: 'short',
      maxlength: 8,
      hint: word('receivedTimeHint'),
    }),
    tickField('applied', word('applied'), values, { hint: word('appliedHint') }),
  ];
}

function respondentFields(
  t: Translate,
  prefix: string,
  offered: OfferedEnterprise[],
  values: Posted,
): Field[] {
  const first = prefix === 'respondent1';
  const wordOf = (id: string): string => {
    const enterprise = offered.find((one) => one.id === id);
    if (!enterprise) return t('cases.register.notListed');
    return [enterprise.name, enterprise.creditCode].filter((text) => text !== null).join(' ');
  };
  const choices = [...offered.map(({ id }) => id), NOT_LISTED];
  return [
    textField(`${prefix}Name`, t('cases.register.name'), values, {
      required: first,
      maxlength: 200,
      hint: t('cases.register.nameHint'),
      autocomplete: 'off',
    }),
    ...(offered.length > 0
      ? [
          choiceField('radio', `${prefix}Choice`, t('cases.register.choice'), choices, wordOf, values, {
            required: true,
          }),
        ]
      : []),
    choiceField(
      'select',
      `${prefix}Part`,
      t('cases.register.part'),
      RESPONDENT_PARTS,
      (code) => t(`cases.parts.${code}`),
      values,
      {
        half: true,
      },
    ),
  ];
}

function disputeFields(t: Translate, values: Posted): Field[] {
  const word = (key: string): string => t(`cases.register.${key}`);
  return [
    textField('title', word('subject'), values, {
      required: true,
      maxlength: 300,
      hint: word('subjectHint'),
      autocomplete: 'off',
    }),
    areaField('facts', word('facts'), values, {
      required: true,
      maxlength: 5000,
      rows: 6,
      hint: word('factsHint'),
    }),
    textField('workers', word('workers'), values, {
      required: true,
      inputmode: 'numeric',
      width: 'short',
      maxlength: 4,
      suffix: t('common.people'),
    }),
  ];
}

function claimantFields(t: Translate, prefix: string, values: Posted): Field[] {
  const word = (key: string): string => t(`cases.register.${key}`);
  const off = { half: true, autocomplete: 'off' };
  const choice = (
    name: string,
    codes: readonly string[],
    wordOf: (code: string) => string,
    emptyText?: string,
  ): Field =>
    choiceField(
      'select',
      `${prefix}${name}`,
      word(`${name[0]!.toLowerCase()}${name.slice(1)}`),
      codes,
      wordOf,
      values,
      { half: true, emptyText },
    );
  const unknown = t('common.unknown');
  return [
    textField(`${prefix}Name`, word('claimantName'), values, {
      ...off,
      required: prefix === 'claimant1',
      maxlength: 100,
    }),
    choice('Gender', GENDERS, (code) => t(`cases.genders.${code}`), unknown),
    textField(`${prefix}IdNumber`, word('idNumber'), values, { ...off, maxlength: 40 }),
    textField(`${prefix}Phone`, word('phone'), values, { ...off, inputmode: 'tel', maxlength: 40 }),
    choice('Type', CLAIM_TYPES, (code) => t(`cases.types.${code}`)),
    textField(`${prefix}Claimed`, word('claimed'), values, {
      ...off,
      kind: 'amount',
      suffix: t('common.yuan'),
    }),
    choice('Migrant', ['yes', 'no'], (code) => t(`common.${code}`), unknown),
    tickField(`${prefix}OverRetirementAge`, word('overRetirementAge'), values, { half: true }),
  ];
}
