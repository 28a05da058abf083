import { mayEver, type Action, type Reader } from '../accounts/access.rules.ts';
import type { Translate } from '../shared/language.ts';
import type { Posted } from '../shared/form.ts';
import type { FieldError } from '../shared/errors.ts';
import type { FormState } from '../web/form-view.ts';
import type { Action as Link, Empty, Field, Tabs } from '../web/view-model.ts';
import type { AreaChoice } from './areas.queries.ts';

const PAGES = [
  { name: 'enterprises', href: '/enterprises', action: 'directory.read' },
  { name: 'rooms', href: '/rooms', action: 'directory.read' },
  { name: 'people', href: '/people', action: 'directory.read' },
  { name: 'responsibilities', href: '/responsibilities', action: 'responsibilities.read' },
  { name: 'informants', href: '/informants', action: 'informants.manage' },
  { name: 'cards', href: '/cards', action: 'cards.manage' },
  { name: 'visits', href: '/visits', action: 'visits.read' },
  { name: 'outreach', href: '/outreach', action: 'outreach.read' },
] as const satisfies { name: string; href: string; action: Action }[];

/** The tabs above the lists of the directory that the reader may open. */
export function directoryTabs(t: Translate, current: (typeof PAGES)[number]['name'], reader: Reader): Tabs {
  return {
    label: t('directory.tabs.label'),
    tabs: PAGES.filter(({ action }) => mayEver(reader, action)).map(({ name, href }) => ({
      label: t(`directory.tabs.${name}`),
      href,
      current: name === current,
    })),
  };
}

/** The name of a town or village among others: villages of several towns are told apart by their town. */
export function areaWord(choices: AreaChoice[], t: Translate): (areaId: string) => string {
  const manyTowns = new Set(choices.map(({ townId }) => townId)).size > 1;
  const words = new Map(
    choices.map(({ id, name, townName, villageId }) => {
      if (villageId === null) return [id, t('directory.wholeTown', { town: name })];
      return [id, manyTowns ? t('directory.villageOfTown', { town: townName, village: name }) : name];
    }),
  );
  return (areaId) => words.get(areaId) ?? '';
}

/** The version that a form carries: the one it was opened with, until it shows what is stored by now. */
export function versionOf({ values, errors }: FormState, stored: number): number {
  const opened = values['version'];
  const stale = errors.some(({ sentence }) => sentence === 'errors.stale');
  return stale || typeof opened !== 'string' ? stored : Number(opened);
}

/** Beside every field of a stale form in which something else is stored by now, what that is. */
export function withStored(fields: Field[], stored: Posted, errors: FieldError[], t: Translate): Field[] {
  if (!errors.some(({ sentence }) => sentence === 'errors.stale')) return fields;
  return fields.map((field) => {
    if (field.kind === 'hidden' || field.kind === 'file') return field;
    const [shown, now] = [textShown(field), wordStored(field, stored, t)];
    return now === null || shown === now.code
      ? field
      : { ...field, hint: t('directory.storedNow', { text: now.word || t('common.none') }) };
  });
}

type Shown = Exclude<Field, { kind: 'hidden' | 'file' }>;

function textShown(field: Shown): string {
  if ('options' in field) return field.options.find(({ selected }) => selected)?.value ?? '';
  if (field.kind === 'checkbox') return field.checked ? field.value : '';
  return (field.value ?? '').replace(/\r\n/g, '\n');
}

function wordStored(field: Shown, stored: Posted, t: Translate): { code: string; word: string } | null {
  const code = stored[field.name];
  if (typeof code !== 'string') return null;
  if ('options' in field)
    return { code, word: field.options.find(({ value }) => value === code)?.text ?? '' };
  if (field.kind === 'checkbox') return { code, word: t(code === '' ? 'common.no' : 'common.yes') };
  return { code, word: code };
}

/** What a list says when it shows nothing: under conditions how to clear them, else how to `add` the first one. */
export function emptyList(
  t: Translate,
  words: string,
  filtered: boolean,
  list: string,
  add: Link | undefined,
): Empty {
  if (!filtered)
    return { title: t(`${words}.none`), text: t(`${words}.noneHint`), ...(add ? { action: add } : {}) };
  return {
    title: t(`${words}.noneFound`),
    text: t('directory.noneFoundHint'),
    action: { label: t('common.filters.clear'), href: list },
  };
}
