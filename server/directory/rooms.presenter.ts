import type { User } from '../../models/accounts.ts';
import type { Enterprise, Room, RoomMediator } from '../../models/directory.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import { may, mayEver, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { chipsOf, exportAction, pagingOf } from '../web/list-view.ts';
import type {
  Action,
  Cell,
  Field,
  Filters,
  FormView,
  Link,
  Row,
  SummaryRow,
  Table,
} from '../web/view-model.ts';
import type { AreaChoice } from './areas.queries.ts';
import { areaWord, directoryTabs, emptyList, versionOf, withStored } from './directory-words.presenter.ts';
import { LEVELS } from './directory.rules.ts';
import type { RoomFilter } from './rooms.queries.ts';

const LIST = '/rooms';

export interface ShownRooms {
  page: KeysetPage<Room>;
  filter: RoomFilter;
  reader: Reader;
}

export function presentRooms(t: Translate, { page, filter, reader }: ShownRooms) {
  const title = t('directory.tabs.rooms');
  const mayEdit = mayEver(reader, 'directory.edit');
  const actions: Action[] = mayEdit
    ? [{ label: t('directory.rooms.add'), href: `${LIST}/new`, look: 'primary' }]
    : [];
  const filtered = Object.keys(filter).length > 0;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('directory.rooms.name'), look: 'wide' },
      { label: t('directory.level') },
      { label: t('directory.rooms.place'), look: 'wide' },
      { label: t('directory.rooms.mediators'), look: 'wide' },
      { label: t('directory.rooms.phone') },
    ],
    rows: page.rows.map((room) => roomRow(room, t)),
    empty: emptyList(t, 'directory.rooms', filtered, LIST, actions[0]),
  };
  return {
    title,
    header: {
      title,
      actions: [...actions, ...exportAction(listHref(LIST, filter), page.total, t)],
      ...(mayEdit ? { lead: t('directory.rooms.lead') } : {}),
    },
    tabs: directoryTabs(t, 'rooms', reader),
    filters: filtered || page.total > 0 ? roomFilters(filter, t) : null,
    table,
    paging: pagingOf(page, LIST, filter, t),
  };
}

function roomRow(room: Room, t: Translate): Row {
  const mediators = (room.mediators ?? []).map(({ user }) => user!.displayName).join(t('common.comma'));
  return {
    cells: [
      {
        text: room.name,
        href: `${LIST}/${room.id}`,
        ...(room.active ? {} : { tag: { text: t('directory.inactive'), tone: 'neutral' } }),
      },
      { text: t(`directory.levels.${room.level}`) },
      placeCell(room),
      mediators === '' && room.active
        ? { text: '', tag: { text: t('directory.rooms.noMediator'), tone: 'warn' } }
        : { text: mediators || t('common.none') },
      { text: room.phone ?? t('common.none') },
    ],
  };
}

function placeCell({ enterprise, area }: Room): Cell {
  return enterprise ? { text: enterprise.name, href: `/enterprises/${enterprise.id}` } : { text: area!.name };
}

function roomFilters(filter: RoomFilter, t: Translate): Filters {
  const levelWord = (code: string): string => t(`directory.levels.${code}`);
  const activeWord = (code: string): string => t(`directory.activeFilter.${code}`);
  const values: Posted = { ...filter };
  return {
    action: LIST,
    fields: [
      textField('q', t('directory.rooms.name'), values, { inputmode: 'search', maxlength: 100 }),
      choiceField('select', 'level', t('directory.level'), LEVELS, levelWord, values, {
        emptyText: t('common.all'),
      }),
      choiceField('select', 'active', t('directory.state'), ['no', 'all'], activeWord, values, {
        emptyText: t('directory.activeFilter.yes'),
      }),
    ],
    ...chipsOf(LIST, filter, {
      q: (text) => t('directory.containing', { text }),
      level: levelWord,
      active: activeWord,
    }),
  };
}

interface RoomPage {
  room: Room;
  memberships: RoomMediator[];
  /** Who can be added; empty for a reader who may not. */
  candidates: User[];
  reader: Reader;
  today: CalendarDay;
  state: FormState;
  key: string;
}

export function presentRoom(
  t: Translate,
  { room, memberships, candidates, reader, today, state, key }: RoomPage,
) {
  const { id, name, active, enterprise, area } = room;
  const villageId = area!.kind === 'village' ? area!.id : null;
  const mayEdit = may(reader, 'directory.edit', { townId: room.townId, villageId });
  const mayHandOver = may(reader, 'cases.reassign', { townId: room.townId, villageId });
  const actions: Action[] = mayEdit
    ? [{ label: t('common.edit'), href: `${LIST}/${id}/edit`, look: 'primary' }]
    : [];
  return {
    title: name,
    header: {
      title: name,
      back: { label: t('directory.tabs.rooms'), href: LIST },
      tags: [
        { text: t(`directory.levels.${room.level}`), tone: 'info' as const },
        ...(active ? [] : [{ text: t('directory.inactive'), tone: 'neutral' as const }]),
      ],
      actions,
    },
    summary: {
      rows: [
        {
          key: t('directory.rooms.place'),
          value: enterprise?.name ?? area!.name,
          ...(enterprise ? { href: `/enterprises/${enterprise.id}` } : {}),
        },
        ...whereAndWhen(room, t),
        { key: t('directory.rooms.phone'), value: room.phone ?? t('common.none') },
      ],
    },
    mediators: mediatorTable(id, memberships, { mayEdit, mayHandOver }, today, t),
    form: mayEdit && active ? mediatorForm(id, candidates, state, key, t) : null,
    noCandidates: mayEdit && active && candidates.length === 0 ? t('directory.rooms.noCandidates') : '',
  };
}

/** Where a room is and when it is open; the map opens outside. */
function whereAndWhen({ address, openingHours, mapLink }: Room, t: Translate): SummaryRow[] {
  return [
    {
      key: t('directory.rooms.address'),
      value: address ?? t('common.none'),
      ...(mapLink
        ? { actions: [{ label: t('directory.rooms.openMap'), href: mapLink, outside: true }] }
        : {}),
    },
    { key: t('directory.rooms.openingHours'), value: openingHours ?? t('common.none') },
  ];
}

function mediatorTable(
  roomId: string,
  memberships: RoomMediator[],
  { mayEdit, mayHandOver }: { mayEdit: boolean; mayHandOver: boolean },
  today: CalendarDay,
  t: Translate,
): Table {
  const state = ({ activeFrom, activeTo }: RoomMediator): Cell => {
    if (activeTo !== null && activeTo < today) return { text: t('directory.rooms.ended') };
    return { text: t(activeFrom > today ? 'directory.rooms.begins' : 'directory.rooms.serves') };
  };
  return {
    caption: t('directory.rooms.mediators'),
    captionHidden: true,
    columns: [
      { label: t('directory.person') },
      { label: t('directory.state') },
      { label: t('directory.activeFrom') },
      { label: t('directory.activeTo') },
      ...(mayEdit ? [{ label: t('directory.rooms.end') }] : []),
    ],
    rows: memberships.map((membership) => ({
      cells: [
        {
          text: membership.user!.displayName,
          ...(mayHandOver ? { button: caseloadLink(membership, t) } : {}),
        },
        state(membership),
        { text: membership.activeFrom },
        { text: membership.activeTo ?? t('common.none') },
        ...(mayEdit ? [endCell(roomId, membership, t)] : []),
      ],
    })),
    empty: { title: t('directory.rooms.noMediator'), text: t('directory.rooms.noMediatorHint') },
  };
}

/** Who leaves, or is ill, hands over what they have. */
function caseloadLink({ userId, user }: RoomMediator, t: Translate): Link {
  const context = user!.displayName;
  return { label: t('directory.rooms.handOver'), href: `/caseload/${userId}`, context };
}

function endCell(roomId: string, { id, activeTo }: RoomMediator, t: Translate): Cell {
  return activeTo === null
    ? { text: t('directory.rooms.end'), href: `${LIST}/${roomId}/mediators/${id}/end` }
    : { text: t('common.none') };
}

function mediatorForm(
  roomId: string,
  candidates: User[],
  state: FormState,
  key: string,
  t: Translate,
): FormView | null {
  if (candidates.length === 0) return null;
  const names = new Map(candidates.map(({ id, displayName }) => [id, displayName]));
  const form: FormView = {
    action: `${LIST}/${roomId}/mediators`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      choiceField(
        'select',
        'userId',
        t('directory.rooms.mediator'),
        [...names.keys()],
        (id) => names.get(id) ?? '',
        state.values,
        {
          emptyText: t('common.choose'),
          required: true,
          half: true,
          hint: t('directory.rooms.mediatorHint'),
        },
      ),
      textField('activeFrom', t('directory.activeFrom'), state.values, {
        kind: 'date',
        required: true,
        half: true,
      }),
    ],
    submit: { label: t('directory.rooms.addMediator') },
  };
  return withErrors(form, state.errors, t);
}

interface EndPage {
  roomId: string;
  membership: RoomMediator;
  state: FormState;
  key: string;
}

export function presentMediatorEnd(t: Translate, { roomId, membership, state, key }: EndPage) {
  const back = `${LIST}/${roomId}`;
  const title = t('directory.rooms.endTitle', { name: membership.user!.displayName });
  const form: FormView = {
    action: `${back}/mediators/${membership.id}/end`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      textField('activeTo', t('directory.activeTo'), state.values, {
        kind: 'date',
        required: true,
        width: 'medium',
        hint: t('directory.rooms.endHint'),
      }),
    ],
    submit: { label: t('directory.rooms.end') },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: { title, back: { label: membership.room!.name, href: back } },
    form: withErrors(form, state.errors, t),
  };
}

interface FormPage {
  room: Room | null;
  /** The enterprise that a new room belongs to. */
  enterprise: Enterprise | null;
  areas: AreaChoice[];
  state: FormState;
  key: string;
}

/** The values of a room as its form shows them. */
export function roomInForm(room: Room | null): Posted {
  if (!room) return {};
  const { name, areaId, address, openingHours, mapLink, phone, active } = room;
  return {
    ...{ name, areaId, address: address ?? '', openingHours: openingHours ?? '', mapLink: mapLink ?? '' },
    ...{ phone: phone ?? '', active: active ? 'yes' : '' },
  };
}

export function presentRoomForm(t: Translate, { room, enterprise, areas, state, key }: FormPage) {
  const title = t(room ? 'directory.rooms.edit' : 'directory.rooms.add');
  const owner = room?.enterprise ?? enterprise;
  const back = room ? `${LIST}/${room.id}` : enterprise ? `/enterprises/${enterprise.id}` : LIST;
  const form: FormView = {
    action: room ? `${back}/edit` : LIST,
    method: 'post',
    idempotencyKey: key,
    ...(room ? { version: versionOf(state, room.version) } : {}),
    fields: withStored(
      roomFields(room, enterprise, areas, state.values, t),
      roomInForm(room),
      state.errors,
      t,
    ),
    submit: { label: t('common.save') },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: {
      title,
      back: { label: room?.name ?? enterprise?.name ?? t('directory.tabs.rooms'), href: back },
      ...(owner ? { lead: t('directory.rooms.ofEnterprise', { name: owner.name }) } : {}),
    },
    form: withErrors(form, state.errors, t),
  };
}

function roomFields(
  room: Room | null,
  enterprise: Enterprise | null,
  areas: AreaChoice[],
  values: Posted,
  t: Translate,
): Field[] {
  const ofEnterprise = enterprise !== null || (room !== null && room.enterpriseId !== null);
  const inTown = room ? areas.filter(({ townId }) => townId === room.townId) : areas;
  const place = choiceField(
    'select',
    'areaId',
    t('directory.rooms.place'),
    inTown.map(({ id }) => id),
    areaWord(areas, t),
    values,
    {
      emptyText: t('common.choose'),
      required: true,
      hint: t('directory.rooms.placeHint'),
    },
  );
  return [
    ...(enterprise ? [{ kind: 'hidden' as const, name: 'enterpriseId', value: enterprise.id }] : []),
    ...(ofEnterprise ? [] : [place]),
    textField('name', t('directory.rooms.name'), values, {
      required: true,
      maxlength: 100,
      autocomplete: 'off',
    }),
    textField('address', t('directory.rooms.address'), values, { maxlength: 200, autocomplete: 'off' }),
    textField('openingHours', t('directory.rooms.openingHours'), values, {
      maxlength: 100,
      autocomplete: 'off',
      hint: t('directory.rooms.openingHoursHint'),
    }),
    textField('mapLink', t('directory.rooms.mapLink'), values, {
      maxlength: 500,
      autocomplete: 'off',
      hint: t('directory.rooms.mapLinkHint'),
    }),
    textField('phone', t('directory.rooms.phone'), values, {
      width: 'medium',
      inputmode: 'tel',
      maxlength: 40,
      autocomplete: 'off',
    }),
    ...(room
      ? [tickField('active', t('directory.rooms.active'), values, { hint: t('directory.rooms.activeHint') })]
      : []),
  ];
}
