import type { Enterprise, Room } from '../../models/directory.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import { may, mayEver, type Reader } from '../accounts/access.rules.ts';
import { caseListHref } from '../cases/case-filter.rules.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { areaField, choiceField, textField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { chipsOf, exportAction, pagingOf, warningTag } from '../web/list-view.ts';
import type { Action, Field, Filters, FormView, Row, SummaryList, Table } from '../web/view-model.ts';
import type { AreaChoice } from './areas.queries.ts';
import { areaWord, directoryTabs, emptyList, versionOf, withStored } from './directory-words.presenter.ts';
import { INDUSTRIES, WARNING_LEVELS } from './directory.rules.ts';
import { NO_VILLAGE, type EnterpriseFilter } from './enterprise-filter.rules.ts';
import { phoneInForm } from './phone.rules.ts';

const LIST = '/enterprises';

export interface ShownEnterprises {
  page: KeysetPage<Enterprise>;
  filter: EnterpriseFilter;
  areas: AreaChoice[];
  reader: Reader;
}

export function presentEnterprises(t: Translate, { page, filter, areas, reader }: ShownEnterprises) {
  const title = t('directory.tabs.enterprises');
  const actions: Action[] = mayEver(reader, 'directory.edit')
    ? [{ label: t('directory.enterprises.add'), href: `${LIST}/new`, look: 'primary' }]
    : [];
  if (mayEver(reader, 'directory.import'))
    actions.push({ label: t('directory.import.page.title'), href: `${LIST}/import` });
  const filtered = Object.keys(filter).length > 0;
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('directory.enterprises.name'), look: 'wide' },
      { label: t('directory.village') },
      { label: t('directory.industry'), look: 'aside' },
      { label: t('directory.headcount'), look: 'number' },
      { label: t('directory.committee'), look: 'aside' },
      { label: t('directory.warning') },
    ],
    rows: page.rows.map((enterprise) => enterpriseRow(enterprise, t)),
    empty: emptyList(t, 'directory.enterprises', filtered, LIST, actions[0]),
  };
  return {
    title,
    header: { title, actions: [...actions, ...exportAction(listHref(LIST, filter), page.total, t)] },
    tabs: directoryTabs(t, 'enterprises', reader),
    filters:
      filtered || page.total > 0 ? enterpriseFilters(filter, areas, reader.answers.length > 0, t) : null,
    table,
    paging: pagingOf(page, LIST, filter, t),
  };
}

function enterpriseRow(enterprise: Enterprise, t: Translate): Row {
  const { id, name, creditCode, village, industry, headcount, hasCommittee, warningLevel, active } =
    enterprise;
  const aliases = (enterprise.aliases ?? []).map(({ alias }) => alias);
  const secondary = [creditCode, ...aliases.slice(0, 3)].filter((text) => text).join(t('common.comma'));
  return {
    cells: [
      {
        text: name,
        href: `${LIST}/${id}`,
        ...(active ? {} : { tag: { text: t('directory.inactive'), tone: 'neutral' } }),
        ...(secondary ? { secondary } : {}),
      },
      { text: village?.name ?? t('common.none') },
      { text: t(`directory.industries.${industry}`) },
      { text: headcount === null ? t('common.none') : String(headcount) },
      { text: t(hasCommittee ? 'directory.committeeYes' : 'directory.committeeNo') },
      warningLevel ? { text: '', tag: warningTag(warningLevel, t) } : { text: t('common.none') },
    ],
  };
}

function enterpriseFilters(
  filter: EnterpriseFilter,
  areas: AreaChoice[],
  mine: boolean,
  t: Translate,
): Filters {
  const values: Posted = { ...filter };
  const villages = areas.filter(({ villageId }) => villageId !== null).map(({ id }) => id);
  const area = areaWord(areas, t);
  const villageWord = (id: string): string => (id === NO_VILLAGE ? t('directory.noVillage') : area(id));
  const industryWord = (code: string): string => t(`directory.industries.${code}`);
  const committeeWord = (code: string): string =>
    t(code === 'yes' ? 'directory.committeeYes' : 'directory.committeeNo');
  const warningWord = (code: string): string => t(`directory.warningLevels.${code}`);
  const activeWord = (code: string): string => t(`directory.activeFilter.${code}`);
  const answeredWord = (code: string): string => t(`duties.answered.${code}`);
  const by = mine ? ['nobody', 'me'] : ['nobody'];
  const all = { emptyText: t('common.all') };
  return {
    action: LIST,
    fields: [
      textField('q', t('directory.enterprises.search'), values, { inputmode: 'search', maxlength: 100 }),
      choiceField(
        'select',
        'village',
        t('directory.village'),
        [...villages, NO_VILLAGE],
        villageWord,
        values,
        all,
      ),
      choiceField('select', 'industry', t('directory.industry'), INDUSTRIES, industryWord, values, all),
    ],
    more: [
      choiceField('select', 'committee', t('directory.committee'), ['yes', 'no'], committeeWord, values, all),
      choiceField('select', 'warning', t('directory.warning'), WARNING_LEVELS, warningWord, values, all),
      choiceField('select', 'answered', t('directory.tabs.responsibilities'), by, answeredWord, values, all),
      choiceField('select', 'active', t('directory.state'), ['no', 'all'], activeWord, values, {
        emptyText: t('directory.activeFilter.yes'),
      }),
    ],
    moreOpen: [filter.committee, filter.warning, filter.active, filter.answered].some(
      (value) => value !== undefined,
    ),
    ...chipsOf(LIST, filter, {
      q: (text) => t('directory.containing', { text }),
      village: villageWord,
      industry: industryWord,
      committee: (code) =>
        t('common.labelled', { label: t('directory.committee'), text: committeeWord(code) }),
      warning: warningWord,
      active: activeWord,
      answered: answeredWord,
    }),
  };
}

export function presentEnterprise(
  t: Translate,
  { enterprise, rooms, reader }: { enterprise: Enterprise; rooms: Room[]; reader: Reader },
) {
  const { id, name, active, warningLevel, hasCommittee } = enterprise;
  const mayEdit = may(reader, 'directory.edit', enterprise);
  const actions: Action[] = [
    ...(mayEdit ? [{ label: t('common.edit'), href: `${LIST}/${id}/edit`, look: 'primary' as const }] : []),
    ...(may(reader, 'warnings.read', {
      townId: enterprise.townId,
      villageId: enterprise.villageId,
      enterpriseId: id,
    })
      ? [{ label: t('warnings.course.link'), href: `${LIST}/${id}/wages` }]
      : []),
    ...(mayEver(reader, 'cases.list')
      ? [{ label: t('directory.enterprises.cases'), href: caseListHref({ enterprise: id }) }]
      : []),
  ];
  return {
    title: name,
    header: {
      title: name,
      back: { label: t('directory.tabs.enterprises'), href: LIST },
      tags: [
        ...(warningLevel ? [warningTag(warningLevel, t)] : []),
        ...(active ? [] : [{ text: t('directory.inactive'), tone: 'neutral' as const }]),
      ],
      actions,
    },
    summary: enterpriseSummary(enterprise, t),
    rooms: rooms.map((room) => roomSummary(room, t)),
    noRoom:
      rooms.length === 0
        ? t(hasCommittee ? 'directory.enterprises.noRoom' : 'directory.enterprises.noCommittee')
        : '',
    actions:
      mayEdit && hasCommittee && rooms.length === 0
        ? [{ label: t('directory.rooms.add'), href: listHref('/rooms/new', { enterprise: id }) }]
        : [],
  };
}

function enterpriseSummary(enterprise: Enterprise, t: Translate): SummaryList {
  const none = t('common.none');
  const { creditCode, village, industry, headcount, contactName, contactPhone, hasCommittee } = enterprise;
  const aliases = (enterprise.aliases ?? []).map(({ alias }) => alias);
  const contact = [contactName, phoneInForm(contactPhone)].filter((text) => text).join(' ');
  return {
    rows: [
      { key: t('directory.creditCode'), value: creditCode ?? none },
      { key: t('directory.aliases'), value: aliases[0] ?? none, lines: aliases.slice(1) },
      { key: t('directory.village'), value: village?.name ?? none },
      { key: t('directory.industry'), value: t(`directory.industries.${industry}`) },
      {
        key: t('directory.headcount'),
        value: headcount === null ? none : t('directory.headcountValue', { count: headcount }),
      },
      { key: t('directory.contact'), value: contact || none },
      {
        key: t('directory.committee'),
        value: t(hasCommittee ? 'directory.committeeYes' : 'directory.committeeNo'),
      },
    ],
  };
}

function roomSummary(room: Room, t: Translate): SummaryList {
  const none = t('common.none');
  const mediators = (room.mediators ?? []).map(({ user }) => user!.displayName).join(t('common.comma'));
  return {
    rows: [
      {
        key: t('directory.rooms.name'),
        value: room.name,
        href: `/rooms/${room.id}`,
        ...(room.active ? {} : { tag: { text: t('directory.inactive'), tone: 'neutral' } }),
      },
      { key: t('directory.rooms.mediators'), value: mediators || none },
      { key: t('directory.rooms.address'), value: room.address ?? none },
      { key: t('directory.rooms.phone'), value: room.phone ?? none },
    ],
  };
}

interface FormPage {
  enterprise: Enterprise | null;
  areas: AreaChoice[];
  state: FormState;
  key: string;
}

/** The values of an enterprise as its form shows them; of a new one those that it begins with. */
export function enterpriseInForm(enterprise: Enterprise | null): Posted {
  if (!enterprise) return { industry: '', areaId: '' };
  const { name, creditCode, townId, villageId, industry, headcount, contactName, contactPhone } = enterprise;
  const { hasCommittee, active } = enterprise;
  return {
    name,
    creditCode: creditCode ?? '',
    areaId: villageId ?? townId,
    industry,
    headcount: headcount === null ? '' : String(headcount),
    contactName: contactName ?? '',
    contactPhone: phoneInForm(contactPhone),
    aliases: (enterprise.aliases ?? []).map(({ alias }) => alias).join('\n'),
    hasCommittee: hasCommittee ? 'yes' : '',
    active: active ? 'yes' : '',
  };
}

export function presentEnterpriseForm(t: Translate, { enterprise, areas, state, key }: FormPage) {
  const title = t(enterprise ? 'directory.enterprises.edit' : 'directory.enterprises.add');
  const forLedger = state.values['for'] === 'ledgerNames';
  const back = enterprise ? `${LIST}/${enterprise.id}` : forLedger ? '/ledgers/names' : LIST;
  const form: FormView = {
    action: enterprise ? `${back}/edit` : LIST,
    method: 'post',
    idempotencyKey: key,
    ...(enterprise ? { version: versionOf(state, enterprise.version) } : {}),
    fields: [
      ...withStored(
        enterpriseFields(enterprise, areas, state.values, t),
        enterpriseInForm(enterprise),
        state.errors,
        t,
      ),
      ...(forLedger ? [{ kind: 'hidden' as const, name: 'for', value: 'ledgerNames' }] : []),
    ],
    submit: { label: t('common.save') },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: {
      title,
      back: {
        label: enterprise?.name ?? t(forLedger ? 'ledger.names.title' : 'directory.tabs.enterprises'),
        href: back,
      },
    },
    form: withErrors(form, state.errors, t),
  };
}

function enterpriseFields(
  enterprise: Enterprise | null,
  areas: AreaChoice[],
  values: Posted,
  t: Translate,
): Field[] {
  const inTown = enterprise ? areas.filter(({ townId }) => townId === enterprise.townId) : areas;
  return [
    ...identityFields(inTown, values, t),
    ...businessFields(values, t),
    ...contactFields(enterprise, values, t),
    areaField('aliases', t('directory.aliases'), values, { rows: 3, hint: t('directory.aliasesHint') }),
    ...standingFields(enterprise !== null, values, t),
  ];
}

function identityFields(areas: AreaChoice[], values: Posted, t: Translate): Field[] {
  const ids = areas.map(({ id }) => id);
  return [
    textField('name', t('directory.enterprises.name'), values, {
      required: true,
      maxlength: 200,
      hint: t('directory.enterprises.nameHint'),
      autocomplete: 'off',
    }),
    textField('creditCode', t('directory.creditCode'), values, {
      half: true,
      maxlength: 40,
      autocomplete: 'off',
    }),
    choiceField('select', 'areaId', t('directory.village'), ids, areaWord(areas, t), values, {
      required: true,
      half: true,
      ...(ids.length === 1 ? {} : { emptyText: t('common.choose') }),
    }),
  ];
}

function businessFields(values: Posted, t: Translate): Field[] {
  const industryWord = (code: string): string => t(`directory.industries.${code}`);
  return [
    choiceField('select', 'industry', t('directory.industry'), INDUSTRIES, industryWord, values, {
      required: true,
      half: true,
      emptyText: t('common.choose'),
    }),
    textField('headcount', t('directory.headcount'), values, {
      half: true,
      inputmode: 'numeric',
      suffix: t('common.people'),
      maxlength: 6,
      autocomplete: 'off',
    }),
  ];
}

function contactFields(enterprise: Enterprise | null, values: Posted, t: Translate): Field[] {
  return [
    textField('contactName', t('directory.contactName'), values, {
      half: true,
      maxlength: 100,
      autocomplete: 'off',
    }),
    textField('contactPhone', t('directory.contactPhone'), values, {
      half: true,
      inputmode: 'tel',
      maxlength: 40,
      autocomplete: 'off',
      ...(enterprise?.contactPhone ? { hint: t('directory.phoneKept') } : {}),
    }),
  ];
}

/** Its committee; whether it still works, of an enterprise that exists. */
function standingFields(exists: boolean, values: Posted, t: Translate): Field[] {
  const active = tickField('active', t('directory.enterprises.active'), values, {
    hint: t('directory.enterprises.activeHint'),
  });
  return [
    tickField('hasCommittee', t('directory.enterprises.hasCommittee'), values, {
      hint: t('directory.enterprises.hasCommitteeHint'),
    }),
    ...(exists ? [active] : []),
  ];
}
