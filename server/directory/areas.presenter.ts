import type { Area } from '../../models/areas.ts';
import type { Translate } from '../shared/language.ts';
import { choiceField, textField } from '../web/fields.ts';
import { typed, withErrors, type FormState } from '../web/form-view.ts';
import { administrationTabs } from '../web/list-view.ts';
import type { FormView, Table } from '../web/view-model.ts';

const LIST = '/areas';

export function presentAreas(t: Translate, areas: Area[]) {
  const title = t('directory.areas.title');
  const names = new Map(areas.map(({ id, name }) => [id, name]));
  const table: Table = {
    caption: title,
    captionHidden: true,
    columns: [
      { label: t('directory.areas.name'), look: 'wide' },
      { label: t('directory.areas.kind') },
      { label: t('directory.areas.parent') },
      { label: t('directory.areas.code') },
    ],
    rows: areas.map(({ id, name, kind, parentId, code }) => ({
      cells: [
        { text: name, href: `${LIST}/${id}/edit` },
        { text: t(`directory.areas.kinds.${kind}`) },
        { text: names.get(parentId ?? '') ?? t('common.none') },
        { text: code },
      ],
    })),
    empty: { title: t('directory.areas.none') },
  };
  const actions =
    parentsAmong(areas).length > 0
      ? [{ label: t('directory.areas.add'), href: `${LIST}/new`, look: 'primary' as const }]
      : [];
  return {
    title,
    header: { title, lead: t('directory.areas.lead'), actions },
    tabs: administrationTabs('areas', t),
    table,
  };
}

/** The areas in which another one can be made. */
function parentsAmong(areas: Area[]): Area[] {
  return areas.filter(({ kind }) => kind !== 'village');
}

export function presentNewArea(
  t: Translate,
  { areas, state, key }: { areas: Area[]; state: FormState; key: string },
) {
  const title = t('directory.areas.add');
  const parents = new Map(parentsAmong(areas).map((area) => [area.id, area]));
  const parentWord = (id: string): string => {
    const parent = parents.get(id)!;
    return t(`directory.areas.below.${parent.kind}`, { name: parent.name });
  };
  const form: FormView = {
    action: LIST,
    method: 'post',
    idempotencyKey: key,
    fields: [
      choiceField(
        'select',
        'parentId',
        t('directory.areas.parent'),
        [...parents.keys()],
        parentWord,
        state.values,
        {
          required: true,
          ...(parents.size === 1 ? {} : { emptyText: t('common.choose') }),
        },
      ),
      textField('name', t('directory.areas.name'), state.values, {
        required: true,
        maxlength: 100,
        width: 'medium',
        autocomplete: 'off',
      }),
      textField('code', t('directory.areas.code'), state.values, {
        required: true,
        maxlength: 64,
        width: 'medium',
        autocomplete: 'off',
        hint: t('directory.areas.codeHint'),
      }),
    ],
    submit: { label: t('common.save') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  return {
    title,
    header: { title, back: { label: t('directory.areas.title'), href: LIST } },
    form: withErrors(form, state.errors, t),
  };
}

export function presentAreaName(
  t: Translate,
  { area, state, key }: { area: Area; state: FormState; key: string },
) {
  const title = t('directory.areas.rename', { name: area.name });
  const stale = state.errors.some(({ sentence }) => sentence === 'errors.stale');
  const form: FormView = {
    action: `${LIST}/${area.id}/edit`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      textField('name', t('directory.areas.name'), state.values, {
        required: true,
        maxlength: 100,
        width: 'medium',
        autocomplete: 'off',
        ...(stale ? { hint: t('directory.storedNow', { text: area.name }) } : {}),
      }),
      { kind: 'hidden', name: 'was', value: stale ? area.name : typed(state, 'was') || area.name },
    ],
    submit: { label: t('common.save') },
    cancel: { label: t('common.cancel'), href: LIST },
  };
  return {
    title,
    header: { title, back: { label: t('directory.areas.title'), href: LIST } },
    form: withErrors(form, state.errors, t),
  };
}
