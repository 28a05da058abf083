import type { RoleGrant, User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { dayOf } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { administrationTabs, chipsOf, pagingOf } from '../web/list-view.ts';
import type {
  Action,
  Field,
  Filters,
  FormView,
  Notice,
  Row,
  SummaryRow,
  Table,
  Tag,
} from '../web/view-model.ts';
import { mayEver, type Reader } from './access.rules.ts';
import { GRANTED_ROLES, ROLES } from './roles.rules.ts';
import type { ManagedUser, UserFilter, UserPage } from './users.queries.ts';

const LIST = '/users';

export function presentUsers(
  t: Translate,
  { page, filter, areas, now }: { page: UserPage; filter: UserFilter; areas: Area[]; now: Date },
) {
  const title = t('accounts.users.title');
  const actions: Action[] = [{ label: t('accounts.users.add'), href: `${LIST}/new`, look: 'primary' }];
  const reach = new Set(areas.map(({ id }) => id));
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('accounts.username') },
      { label: t('accounts.displayName') },
      { label: t('accounts.users.roles'), look: 'wide' },
      { label: t('accounts.users.state') },
    ],
    rows: page.rows.map((user) => userRow(user, { reach, enterprises: page.enterprises, now }, t)),
    empty: {
      title: t('accounts.users.noneFound'),
      text: t('directory.noneFoundHint'),
      action: { label: t('common.filters.clear'), href: LIST },
    },
  };
  return {
    title,
    header: { title, actions },
    tabs: administrationTabs('users', t),
    filters: userFilters(filter, areas, t),
    table,
    paging: pagingOf(page, LIST, filter, t),
  };
}

interface RowContext {
  /** The areas whose roles the administrator sees. */
  reach: ReadonlySet<string>;
  enterprises: ReadonlyMap<string, string>;
  now: Date;
}

function userRow(user: User, { reach, enterprises, now }: RowContext, t: Translate): Row {
  const held = (user.grants ?? []).filter(({ endedAt, areaId }) => endedAt === null && reach.has(areaId));
  const roles = held.map((grant) =>
    t('accounts.users.roleIn', {
      role: t(`accounts.roles.${grant.role}`),
      area: placeName(grant, enterprises),
    }),
  );
  return {
    cells: [
      { text: user.username, href: `${LIST}/${user.id}` },
      { text: user.displayName },
      { text: roles.join(t('common.comma')) || t('common.none') },
      { text: '', tag: stateTag(user, now, t) },
    ],
  };
}

/** Where a role holds: its enterprise, else its area. */
function placeName({ enterpriseId, area }: RoleGrant, enterprises: ReadonlyMap<string, string>): string {
  return enterprises.get(enterpriseId ?? '') ?? area!.name;
}

function stateTag({ endedAt, passwordHash, lockedUntil }: User, now: Date, t: Translate): Tag {
  if (endedAt) return { text: t('accounts.users.states.ended'), tone: 'neutral' };
  if (lockedUntil && lockedUntil > now) return { text: t('accounts.users.states.locked'), tone: 'warn' };
  if (passwordHash === null) return { text: t('accounts.users.states.noPassword'), tone: 'info' };
  return { text: t('accounts.users.states.active'), tone: 'good' };
}

function userFilters(filter: UserFilter, areas: Area[], t: Translate): Filters {
  const names = new Map(areas.map(({ id, name }) => [id, name]));
  const areaWord = (id: string): string => names.get(id) ?? '';
  const roleWord = (code: string): string => t(`accounts.roles.${code}`);
  const stateWord = (code: string): string => t(`accounts.users.stateFilter.${code}`);
  const values: Posted = { ...filter };
  const all = { emptyText: t('common.all') };
  return {
    action: LIST,
    fields: [
      textField('q', t('accounts.users.search'), values, { inputmode: 'search', maxlength: 100 }),
      choiceField('select', 'role', t('accounts.users.role'), ROLES, roleWord, values, all),
      choiceField('select', 'area', t('accounts.users.area'), [...names.keys()], areaWord, values, all),
      choiceField('select', 'state', t('accounts.users.state'), ['ended', 'all'], stateWord, values, {
        emptyText: t('accounts.users.stateFilter.active'),
      }),
    ],
    ...chipsOf(LIST, filter, {
      q: (text) => t('directory.containing', { text }),
      role: roleWord,
      area: areaWord,
      state: stateWord,
    }),
  };
}

interface NewUserPage {
  areas: Area[];
  suggestions: string[];
  state: FormState;
  key: string;
}

export function presentNewUser(t: Translate, { areas, suggestions, state, key }: NewUserPage) {
  const title = t('accounts.users.add');
  const form: FormView = {
    action: LIST,
    method: 'post',
    idempotencyKey: key,
    fields: [
      textField('username', t('accounts.username'), state.values, {
        required: true,
        half: true,
        maxlength: 64,
        autocomplete: 'off',
        hint: t('accounts.usernameHint'),
      }),
      textField('displayName', t('accounts.displayName'), state.values, {
        required: true,
        half: true,
        maxlength: 100,
        autocomplete: 'off',
      }),
      mailField(state.values, t('accounts.users.mailHint'), t),
      ...roleFields(areas, suggestions, state.values, t),
    ],
    submit: { label: t('accounts.users.addSubmit') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  return {
    title,
    header: {
      title,
      back: { label: t('accounts.users.title'), href: LIST },
      lead: t('accounts.users.addLead'),
    },
    form: withErrors(form, state.errors, t),
  };
}

function roleFields(areas: Area[], suggestions: string[], values: Posted, t: Translate): Field[] {
  const names = new Map(areas.map(({ id, name }) => [id, name]));
  const choose = { required: true, half: true, emptyText: t('common.choose') };
  return [
    choiceField(
      'select',
      'role',
      t('accounts.users.role'),
      GRANTED_ROLES,
      (code) => t(`accounts.roles.${code}`),
      values,
      choose,
    ),
    choiceField(
      'select',
      'areaId',
      t('accounts.users.area'),
      [...names.keys()],
      (id) => names.get(id) ?? '',
      values,
      choose,
    ),
    textField('enterprise', t('accounts.users.enterprise'), values, {
      maxlength: 200,
      autocomplete: 'off',
      suggestions,
      hint: t('accounts.users.enterpriseHint'),
    }),
  ];
}

interface LinkPage {
  user: { id: string; username: string };
  address: string;
}

/** The only page that shows a one-time link: the answer to the administrator who asked for it. */
export function presentOneTimeLink(t: Translate, { user, address }: LinkPage) {
  const title = t('accounts.users.linkTitle');
  const notice: Notice = { tone: 'warn', text: t('accounts.users.linkOnce') };
  return {
    title,
    header: { title, back: { label: user.username, href: `${LIST}/${user.id}` } },
    notice,
    summary: {
      rows: [
        { key: t('accounts.username'), value: user.username },
        { key: t('accounts.users.link'), value: address },
      ],
    },
    actions: [{ label: t('accounts.users.linkDone'), href: `${LIST}/${user.id}`, look: 'primary' as const }],
  };
}

/** The form of the page that was sent and refused, with what was typed. */
export interface SentForm {
  form: 'role' | 'mail' | 'end' | null;
  state: FormState;
}

interface AccountPage {
  managed: ManagedUser;
  mail: string | null;
  areas: Area[];
  suggestions: string[];
  /** It is the administrator's own account. */
  own: boolean;
  reader: Reader;
  now: Date;
  sent: SentForm;
  keys: { role: string; mail: string; end: string; reset: string };
}

export function presentUser(t: Translate, page: AccountPage) {
  const { user, grants, whole, informant } = page.managed;
  const ended = user.endedAt !== null;
  const mayChange = !ended && !page.own;
  const state = stateTag(user, page.now, t);
  return {
    title: user.displayName,
    header: {
      title: user.displayName,
      back: { label: t('accounts.users.title'), href: LIST },
      tags: [state],
    },
    summary: {
      rows: [
        { key: t('accounts.username'), value: user.username },
        { key: t('accounts.displayName'), value: user.displayName },
        { key: t('accounts.users.since'), value: dayOf(user.createdAt) },
        { key: t('accounts.users.state'), value: state.text },
        ...casesInHandRow(page, t),
      ],
    },
    notice: noticeOf(page, t),
    roles: grants.map((grant) => roleLine(grant, page.managed, mayChange, t)),
    noRoles: grants.length === 0 ? t('accounts.users.noRoles') : '',
    roleForm: mayChange ? roleForm(page, t) : null,
    mailForm: mayChange && whole && !informant ? mailForm(page, t) : null,
    reset:
      mayChange && whole && !informant
        ? {
            label: t('accounts.users.reset'),
            post: `${LIST}/${user.id}/password-reset`,
            idempotencyKey: page.keys.reset,
          }
        : null,
    endForm: mayChange && whole ? endForm(page, t) : null,
  };
}

function mailForm(page: AccountPage, t: Translate): FormView {
  const state =
    page.sent.form === 'mail' ? page.sent.state : { values: { mail: page.mail ?? '' }, errors: [] };
  const form: FormView = {
    action: `${LIST}/${page.managed.user.id}/mail`,
    method: 'post',
    idempotencyKey: page.keys.mail,
    fields: [mailField(state.values, t('accounts.users.mailChangeHint'), t)],
    submit: { label: t('common.save'), look: 'plain' },
  };
  return withErrors(form, state.errors, t);
}

function mailField(values: Posted, hint: string, t: Translate): Field {
  return textField('mail', t('notifications.account.mail'), values, {
    inputmode: 'email',
    maxlength: 120,
    autocomplete: 'off',
    hint,
  });
}

/** Cases without an end go to somebody else before the account ends; who may do that is led there. */
function casesInHandRow({ managed, reader }: AccountPage, t: Translate): SummaryRow[] {
  const { user, casesInHand } = managed;
  if (casesInHand === 0) return [];
  const actions = mayEver(reader, 'cases.reassign')
    ? [{ label: t('accounts.users.handOver'), href: `/caseload/${user.id}` }]
    : undefined;
  return [
    {
      key: t('accounts.users.casesInHand'),
      value: t('accounts.users.caseCount', { count: casesInHand }),
      ...(actions ? { actions } : { lines: [t('accounts.users.handOverHint')] }),
    },
  ];
}

function noticeOf({ managed, own }: AccountPage, t: Translate): Notice | null {
  if (managed.user.endedAt)
    return { tone: 'neutral', text: t('accounts.users.endedOn', { day: dayOf(managed.user.endedAt) }) };
  if (own) return { tone: 'info', text: t('accounts.errors.ownRole') };
  if (managed.informant) return { tone: 'info', text: t('accounts.errors.informantAccount') };
  return managed.whole ? null : { tone: 'info', text: t('accounts.errors.rolesElsewhere') };
}

/** One role: its words, and the button that ends it. */
function roleLine(grant: RoleGrant, { user, enterprises }: ManagedUser, mayChange: boolean, t: Translate) {
  const { id, role, grantedAt, endedAt } = grant;
  const from = dayOf(grantedAt);
  return {
    role: t(`accounts.roles.${role}`),
    area: placeName(grant, enterprises),
    when: endedAt
      ? t('accounts.users.fromTo', { from, to: dayOf(endedAt) })
      : t('accounts.users.from', { from }),
    action:
      mayChange && endedAt === null
        ? { label: t('accounts.users.endRole'), post: `${LIST}/${user.id}/roles/${id}/end` }
        : null,
  };
}

function stateFor({ sent }: AccountPage, form: 'role' | 'end'): FormState {
  return sent.form === form ? sent.state : { values: {}, errors: [] as FieldError[] };
}

function roleForm(page: AccountPage, t: Translate): FormView {
  const state = stateFor(page, 'role');
  const form: FormView = {
    action: `${LIST}/${page.managed.user.id}/roles`,
    method: 'post',
    idempotencyKey: page.keys.role,
    fields: roleFields(page.areas, page.suggestions, state.values, t),
    submit: { label: t('accounts.users.addRole') },
  };
  return withErrors(form, state.errors, t);
}

function endForm(page: AccountPage, t: Translate): FormView {
  const state = stateFor(page, 'end');
  const { casesInHand } = page.managed;
  const form: FormView = {
    action: `${LIST}/${page.managed.user.id}/end`,
    method: 'post',
    idempotencyKey: page.keys.end,
    fields: [
      tickField('confirmed', t('accounts.users.endConfirm'), state.values, {
        hint:
          t('accounts.users.endHint') +
          (casesInHand > 0 ? t('accounts.users.endCases', { count: casesInHand }) : ''),
      }),
    ],
    submit: { label: t('accounts.users.end'), look: 'danger' },
  };
  return withErrors(form, state.errors, t);
}
