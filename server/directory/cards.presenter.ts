import type { Room } from '../../models/directory.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import type { ContactCard } from '../../models/net.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { dayOf } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import type { QrCode } from '../shared/qr-code.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { chipsOf, exportAction, pagingOf } from '../web/list-view.ts';
import type { Action, Cell, Field, Filters, FormView, Row, Table, Tag } from '../web/view-model.ts';
import type { AreaChoice } from './areas.queries.ts';
import { objectName, responsible } from './card-print.presenter.ts';
import type { CardFilter } from './cards.queries.ts';
import { REVOCATION_REASONS } from './cards.rules.ts';
import { areaWord, directoryTabs } from './directory-words.presenter.ts';
import type { Duty } from './duty.rules.ts';

const LIST = '/cards';

interface ShownCards {
  page: KeysetPage<ContactCard>;
  filter: CardFilter;
  areas: AreaChoice[];
  reader: Reader;
}

export function presentCards(t: Translate, { page, filter, areas, reader }: ShownCards) {
  const title = t('directory.tabs.cards');
  const forIt = listHref(`${LIST}/new`, { enterprise: filter.enterprise });
  const add: Action = { label: t('cards.add'), href: forIt, look: 'primary' };
  const filtered = Object.keys(filter).length > 0;
  const { state: _, ...printed } = filter;
  const print: Action[] =
    page.total > 0 && filter.state !== 'revoked'
      ? [{ label: t('cards.print.list'), href: listHref(`${LIST}/print`, printed), look: 'plain' }]
      : [];
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('cards.for'), look: 'wide' },
      { label: t('directory.village') },
      { label: t('cards.informant') },
      { label: t('cards.madeOn') },
      { label: t('directory.state') },
    ],
    rows: page.rows.map((card) => cardRow(card, t)),
    empty: filtered
      ? {
          title: t('cards.noneFound'),
          text: t('directory.noneFoundHint'),
          action: filter.enterprise ? add : { label: t('common.filters.clear'), href: LIST },
        }
      : { title: t('cards.none'), text: t('cards.noneHint'), action: add },
  };
  return {
    title,
    header: {
      title,
      lead: t('cards.lead'),
      actions: [add, ...print, ...exportAction(listHref(LIST, filter), page.total, t)],
    },
    tabs: directoryTabs(t, 'cards', reader),
    filters: filtered || page.total > 0 ? cardFilters(filter, areas, t) : null,
    table,
    paging: pagingOf(page, LIST, filter, t),
  };
}

function cardRow(card: ContactCard, t: Translate): Row {
  const none: Cell = { text: t('common.none') };
  return {
    cells: [
      { text: objectName(card), href: `${LIST}/${card.id}` },
      card.village ? { text: card.village.name } : none,
      card.informant ? { text: card.informant.code } : none,
      { text: dayOf(card.madeAt) },
      { text: '', tag: stateTag(card, t) },
    ],
  };
}

function stateTag({ revokedAt }: ContactCard, t: Translate): Tag {
  return revokedAt
    ? { text: t('cards.states.revoked'), tone: 'neutral' }
    : { text: t('cards.states.inForce'), tone: 'good' };
}

function cardFilters(filter: CardFilter, areas: AreaChoice[], t: Translate): Filters {
  const { enterprise: _, ...shown } = filter;
  const values: Posted = { ...shown };
  const villages = areas.filter(({ villageId }) => villageId !== null).map(({ id }) => id);
  const area = areaWord(areas, t);
  const stateWord = (code: string): string => t(`cards.states.${code}`);
  return {
    action: LIST,
    fields: [
      textField('q', t('cards.search'), values, { inputmode: 'search', maxlength: 100 }),
      choiceField('select', 'village', t('directory.village'), villages, area, values, {
        emptyText: t('common.all'),
      }),
      choiceField('select', 'state', t('directory.state'), ['revoked', 'all'], stateWord, values, {
        emptyText: t('cards.states.inForce'),
      }),
    ],
    ...chipsOf(LIST, filter, {
      q: (text) => t('directory.containing', { text }),
      village: area,
      enterprise: () => t('cards.ofOneEnterprise'),
      state: stateWord,
    }),
  };
}

interface CardPage {
  card: ContactCard;
  /** Where it leads to. */
  address: string;
  code: QrCode;
  room: Room | null;
  duties: Duty[];
}

export function presentCard(t: Translate, { card, address, code, room, duties }: CardPage) {
  const { id, enterprise, village, informant, madeAt, revokedAt, reason } = card;
  const title = objectName(card);
  const print = (format: 'sheet' | 'single'): Action => ({
    label: t(`cards.print.${format}`),
    href: listHref(`${LIST}/${id}/print`, { format }),
  });
  const none = t('common.none');
  return {
    title,
    header: {
      title,
      back: { label: t('directory.tabs.cards'), href: LIST },
      tags: [stateTag(card, t)],
      actions: revokedAt
        ? []
        : [
            { ...print('sheet'), look: 'primary' as const },
            print('single'),
            { label: t('cards.revoke'), href: `${LIST}/${id}/revocation`, look: 'plain' as const },
          ],
    },
    summary: {
      rows: [
        {
          key: t('cards.for'),
          value: title,
          ...(enterprise ? { href: `/enterprises/${enterprise.id}` } : {}),
        },
        { key: t('directory.village'), value: village?.name ?? none },
        { key: t('cards.informant'), value: informant?.code ?? none },
        { key: t('cards.madeOn'), value: dayOf(madeAt) },
        ...(revokedAt
          ? [
              { key: t('cards.revokedOn'), value: dayOf(revokedAt) },
              { key: t('cards.reason'), value: reason ? t(`cards.reasons.${reason}`) : none },
            ]
          : []),
      ],
    },
    qr: revokedAt ? null : { ...code, label: t('cards.qr') },
    address: { label: address, href: address, outside: true },
    leadsTo: t(revokedAt ? 'cards.leadsToRevoked' : 'cards.leadsTo'),
    today: revokedAt
      ? null
      : {
          title: t('cards.public.responsible'),
          room: room ? t('cards.shownRoom', { room: room.name }) : t('cards.public.noRoom'),
          ...responsible(duties, room, t),
        },
  };
}

interface NewPage {
  areas: AreaChoice[];
  state: FormState;
  key: string;
}

export function presentNewCards(t: Translate, { areas, state, key }: NewPage) {
  const title = t('cards.add');
  const form: FormView = {
    action: LIST,
    method: 'post',
    idempotencyKey: key,
    fields: newFields(areas, state.values, t),
    submit: { label: t('cards.make') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  return {
    title,
    header: {
      title,
      back: { label: t('directory.tabs.cards'), href: LIST },
      lead: t('cards.addLead'),
    },
    form: withErrors(form, state.errors, t),
  };
}

function newFields(areas: AreaChoice[], values: Posted, t: Translate): Field[] {
  const villages = areas.filter(({ villageId }) => villageId !== null).map(({ id }) => id);
  const ofVillage: Field[] = [
    choiceField('select', 'villageId', t('cards.village'), villages, areaWord(areas, t), values, {
      emptyText: t('cards.noVillage'),
    }),
    tickField('everyEnterprise', t('cards.everyEnterprise'), values, {
      hint: t('cards.everyEnterpriseHint'),
    }),
  ];
  return [
    textField('enterprise', t('duties.enterprise'), values, {
      maxlength: 200,
      autocomplete: 'off',
      hint: t('duties.enterpriseHint'),
    }),
    ...(villages.length > 0 ? ofVillage : []),
    tickField('informants', t('cards.informants'), values, { hint: t('cards.informantsHint') }),
  ];
}

interface RevocationPage {
  card: ContactCard;
  state: FormState;
  key: string;
}

export function presentRevocation(t: Translate, { card, state, key }: RevocationPage) {
  const name = objectName(card);
  const title = t('cards.revokeTitle', { name });
  const back = `${LIST}/${card.id}`;
  const form: FormView = {
    action: `${back}/revocation`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      choiceField(
        'radio',
        'reason',
        t('cards.reason'),
        REVOCATION_REASONS,
        (code) => t(`cards.reasons.${code}`),
        state.values,
        { required: true },
      ),
      tickField('reissue', t('cards.reissue'), state.values, { hint: t('cards.reissueHint') }),
    ],
    submit: { label: t('cards.revoke'), look: 'danger' },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: { title, back: { label: name, href: back }, lead: t('cards.revokeLead') },
    form: withErrors(form, state.errors, t),
  };
}
