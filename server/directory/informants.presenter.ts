import type { Informant } from '../../models/one-duty.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { chipsOf, exportAction, pagingOf } from '../web/list-view.ts';
import type { Action, Field, Filters, FormView, Notice, Row, Table } from '../web/view-model.ts';
import type { AreaChoice } from './areas.queries.ts';
import { areaWord, directoryTabs, emptyList } from './directory-words.presenter.ts';
import {
  INFORMANT_NAME_LENGTH,
  INFORMANT_SECRETS,
  SECRET_REASONS,
  type InformantSecret,
} from './informants.rules.ts';
import type { InformantFilter } from './informants.queries.ts';

const LIST = '/informants';

export interface ShownInformants {
  page: KeysetPage<Informant>;
  filter: InformantFilter;
  areas: AreaChoice[];
  reader: Reader;
  today: CalendarDay;
}

/** The list, and its file: codes only. */
export function presentInformants(t: Translate, { page, filter, areas, reader, today }: ShownInformants) {
  const title = t('directory.tabs.informants');
  const add: Action = { label: t('duties.informants.add'), href: `${LIST}/new`, look: 'primary' };
  const filtered = Object.keys(filter).length > 0;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('duties.informants.code') },
      { label: t('directory.enterprises.name'), look: 'wide' },
      { label: t('directory.village') },
      { label: t('duties.informants.since') },
    ],
    rows: page.rows.map((informant) => informantRow(informant, today, t)),
    empty: emptyList(t, 'duties.informants', filtered, LIST, add),
  };
  return {
    title,
    header: {
      title,
      lead: t('duties.informants.lead'),
      actions: [add, ...exportAction(listHref(LIST, filter), page.total, t)],
    },
    tabs: directoryTabs(t, 'informants', reader),
    filters: filtered || page.total > 0 ? informantFilters(filter, areas, t) : null,
    table,
    paging: pagingOf(page, LIST, filter, t),
  };
}

function informantRow(informant: Informant, today: CalendarDay, t: Translate): Row {
  const { id, code, enterprise } = informant;
  const ended = hasEnded(informant, today);
  return {
    cells: [
      {
        text: code,
        href: `${LIST}/${id}`,
        ...(ended ? { tag: { text: t('duties.informants.ended'), tone: 'neutral' } } : {}),
      },
      { text: enterprise!.name, href: `/enterprises/${enterprise!.id}` },
      { text: enterprise!.village?.name ?? t('common.none') },
      { text: daysOf(informant, t) },
    ],
  };
}

function hasEnded({ activeTo }: Informant, today: CalendarDay): boolean {
  return activeTo !== null && activeTo <= today;
}

function daysOf({ activeFrom: from, activeTo: to }: Informant, t: Translate): string {
  return to ? t('directory.people.fromTo', { from, to }) : t('directory.people.from', { from });
}

function informantFilters(filter: InformantFilter, areas: AreaChoice[], t: Translate): Filters {
  const values: Posted = { ...filter };
  const villages = areas.filter(({ villageId }) => villageId !== null).map(({ id }) => id);
  const area = areaWord(areas, t);
  const stateWord = (code: string): string => t(`duties.states.${code}`);
  return {
    action: LIST,
    fields: [
      textField('q', t('duties.informants.code'), values, { inputmode: 'search', maxlength: 20 }),
      choiceField('select', 'village', t('directory.village'), villages, area, values, {
        emptyText: t('common.all'),
      }),
      choiceField('select', 'state', t('directory.state'), ['ended', 'all'], stateWord, values, {
        emptyText: t('duties.states.running'),
      }),
    ],
    ...chipsOf(LIST, filter, {
      q: (text) => t('directory.containing', { text }),
      village: area,
      state: stateWord,
    }),
  };
}

export function presentNewInformant(t: Translate, { state, key }: { state: FormState; key: string }) {
  const title = t('duties.informants.add');
  const off = { half: true, autocomplete: 'off' };
  const form: FormView = {
    action: LIST,
    method: 'post',
    idempotencyKey: key,
    fields: [
      textField('enterprise', t('duties.enterprise'), state.values, {
        required: true,
        maxlength: 200,
        autocomplete: 'off',
        hint: t('duties.enterpriseHint'),
      }),
      textField('name', t('duties.informants.name'), state.values, {
        ...off,
        required: true,
        maxlength: INFORMANT_NAME_LENGTH,
      }),
      textField('phone', t('directory.phone'), state.values, { ...off, inputmode: 'tel', maxlength: 40 }),
      textField('activeFrom', t('directory.activeFrom'), state.values, {
        kind: 'date',
        required: true,
        half: true,
      }),
    ],
    submit: { label: t('duties.informants.addSubmit') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  return {
    title,
    header: {
      title,
      back: { label: t('directory.tabs.informants'), href: LIST },
      lead: t('duties.informants.addLead'),
    },
    form: withErrors(form, state.errors, t),
  };
}

/** The only page that shows the link: the answer to who asked for it. */
export function presentInformantLink(
  t: Translate,
  { id, code, address }: { id: string; code: string; address: string },
) {
  const title = t('accounts.users.linkTitle');
  const notice: Notice = { tone: 'warn', text: t('accounts.users.linkOnce') };
  const page = `${LIST}/${id}`;
  return {
    title,
    header: { title, back: { label: code, href: page } },
    notice,
    summary: {
      rows: [
        { key: t('duties.informants.code'), value: code, lines: [t('duties.informants.codeHint')] },
        { key: t('accounts.users.link'), value: address },
      ],
    },
    actions: [{ label: t('accounts.users.linkDone'), href: page, look: 'primary' as const }],
  };
}

export function presentInformant(
  t: Translate,
  { informant, today, key }: { informant: Informant; today: CalendarDay; key: string },
) {
  const { id, code, enterprise, name, phone } = informant;
  const page = `${LIST}/${id}`;
  const ended = hasEnded(informant, today);
  const reveal = [{ label: t('duties.informants.reveal'), href: `${page}/reveals` }];
  const end: Action = { label: t('duties.informants.end'), href: `${page}/end` };
  const renew: Action = { label: t('duties.informants.renew'), post: `${page}/link`, idempotencyKey: key };
  return {
    title: code,
    header: {
      title: code,
      back: { label: t('directory.tabs.informants'), href: LIST },
      tags: ended ? [{ text: t('duties.informants.ended'), tone: 'neutral' as const }] : [],
      actions: ended ? [] : [end],
    },
    summary: {
      rows: [
        {
          key: t('directory.enterprises.name'),
          value: enterprise!.name,
          href: `/enterprises/${enterprise!.id}`,
        },
        { key: t('directory.village'), value: enterprise!.village?.name ?? t('common.none') },
        { key: t('duties.informants.since'), value: daysOf(informant, t) },
        { key: t('duties.informants.name'), value: maskName(name), actions: reveal },
        {
          key: t('directory.phone'),
          value: phone ? maskPhone(phone) : t('common.none'),
          ...(phone ? { actions: reveal } : {}),
        },
      ],
    },
    protection: t('duties.informants.protection'),
    renew: ended ? null : { hint: t('duties.informants.renewHint'), action: renew },
  };
}

export function presentInformantEnd(
  t: Translate,
  { informant: { id, code }, state, key }: { informant: Informant; state: FormState; key: string },
) {
  const back = `${LIST}/${id}`;
  const title = t('duties.informants.endTitle', { code });
  const form: FormView = {
    action: `${back}/end`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      tickField('confirmed', t('duties.informants.endConfirm'), state.values, {
        hint: t('duties.informants.endHint'),
      }),
    ],
    submit: { label: t('duties.informants.end'), look: 'danger' },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: { title, back: { label: code, href: back } },
    form: withErrors(form, state.errors, t),
  };
}

/** The page that asks for a reason, and then shows the name or the phone. */
export function presentSecret(
  t: Translate,
  informant: Informant,
  shown: { values?: Posted; errors?: FieldError[]; revealed?: string },
) {
  const back = `${LIST}/${informant.id}`;
  const title = t('duties.informants.revealTitle', { code: informant.code });
  const form: FormView = {
    action: `${back}/reveals`,
    method: 'post',
    fields: secretFields(informant, shown.values ?? {}, t),
    submit: { label: t('cases.reveal.submit') },
    cancel: { label: t('common.back'), href: back },
  };
  return {
    title,
    header: { title, back: { label: informant.code, href: back }, lead: t('duties.informants.revealLead') },
    revealed: shown.revealed,
    call: shown.revealed && shown.values?.['field'] === 'phone' ? `tel:${shown.revealed}` : null,
    form: withErrors(form, shown.errors ?? [], t),
  };
}

function secretFields({ name, phone }: Informant, values: Posted, t: Translate): Field[] {
  const words: Record<InformantSecret, string | null> = {
    name: `${t('duties.informants.name')} ${maskName(name)}`,
    phone: phone && `${t('directory.phone')} ${maskPhone(phone)}`,
  };
  const known = INFORMANT_SECRETS.filter((field) => words[field] !== null);
  const chosen = { field: known[0], ...values };
  const required = { required: true };
  const wordOf = (field: string): string => words[field as InformantSecret] ?? '';
  const reasonOf = (reason: string): string => t(`duties.informants.reasons.${reason}`);
  return [
    choiceField('radio', 'field', t('duties.informants.revealField'), known, wordOf, chosen, required),
    choiceField('radio', 'reason', t('cases.reveal.reason'), SECRET_REASONS, reasonOf, chosen, required),
  ];
}
