import type { Posted } from '../shared/form.ts';
import type { ChoiceField, TextAreaField, TextField, CheckboxField } from './view-model.ts';

/** Builders of fields that show again what was typed; `values` are the posted (or stored) texts by name. */
type TextOptions = Partial<Omit<TextField, 'name' | 'label' | 'value'>>;

export function textField(name: string, label: string, values: Posted, options: TextOptions = {}): TextField {
  return { kind: 'text', name, label, value: textOf(values[name]), ...options };
}

export function areaField(
  name: string,
  label: string,
  values: Posted,
  options: Partial<Omit<TextAreaField, 'name'>> = {},
): TextAreaField {
  return { kind: 'textarea', name, label, value: textOf(values[name]), ...options };
}

/** A choice among codes, each said by `wordOf`; an optional one begins with an empty choice. */
export function choiceField(
  kind: ChoiceField['kind'],
  name: string,
  label: string,
  codes: readonly string[],
  wordOf: (code: string) => string,
  values: Posted,
  options: Partial<Omit<ChoiceField, 'name' | 'kind' | 'options'>> & { emptyText?: string } = {},
): ChoiceField {
  const { emptyText, ...rest } = options;
  const chosen = textOf(values[name]);
  const empty = emptyText === undefined ? [] : [{ value: '', text: emptyText, selected: chosen === '' }];
  return {
    kind,
    name,
    label,
    options: [
      ...empty,
      ...codes.map((code) => ({ value: code, text: wordOf(code), selected: code === chosen })),
    ],
    ...rest,
  };
}

/** Boxes beside each other, any number of which are ticked; `values` hold a list, or one alone as a text. */
export function ticksField(
  name: string,
  label: string,
  codes: readonly string[],
  wordOf: (code: string) => string,
  values: Posted,
  options: Partial<Omit<ChoiceField, 'name' | 'kind' | 'options'>> = {},
): ChoiceField {
  const ticked = [values[name]].flat();
  return {
    kind: 'checkboxes',
    name,
    label,
    inline: true,
    options: codes.map((code) => ({ value: code, text: wordOf(code), selected: ticked.includes(code) })),
    ...options,
  };
}

export function tickField(
  name: string,
  label: string,
  values: Posted,
  options: Partial<CheckboxField> = {},
): CheckboxField {
  return { kind: 'checkbox', name, label, value: 'yes', checked: textOf(values[name]) !== '', ...options };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
