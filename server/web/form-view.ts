import { Stale, Unacceptable, type FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { newId } from '../shared/ids.ts';
import type { ErrorSummary, Field, FormView } from './view-model.ts';

/** A key for a form that creates something: the same form sent twice has the same key. */
export const newFormKey = newId;

/** What a form shows: the values typed before (or stored) and what was wrong with them. */
export interface FormState {
  values: Posted;
  errors: FieldError[];
}

/** The text that a field shows again. */
export function typed(state: FormState, name: string): string {
  const value = state.values[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Puts the sentences of a form's errors beside its fields and into the summary above it. */
export function withErrors(form: FormView, errors: FieldError[], t: Translate): FormView {
  if (errors.length === 0) return form;
  return {
    ...form,
    fields: form.fields && markErrors(form.fields, errors, t),
    sections: form.sections?.map((section) => ({
      ...section,
      fields: markErrors(section.fields, errors, t),
    })),
    errorSummary: summaryOf(
      errors,
      [...(form.fields ?? []), ...(form.sections ?? []).flatMap((section) => section.fields)],
      t,
    ),
  };
}

/** Fields with the sentence of the first error of each beside it. */
export function markErrors(fields: Field[], errors: FieldError[], t: Translate): Field[] {
  return fields.map((field) => {
    const error = errors.find((one) => one.field === field.name);
    return error && field.kind !== 'hidden' ? { ...field, error: t(error.sentence, error.values) } : field;
  });
}

/**
 * The summary above a form, in the order of its fields; an error of a field that the form does not show stands first and without
 * a link.
 */
export function summaryOf(errors: FieldError[], fields: Field[], t: Translate): ErrorSummary {
  const places = new Map(fields.map(({ name }, place) => [name, place]));
  const placeOf = ({ field }: FieldError): number => places.get(field ?? '') ?? -1;
  return {
    errors: errors
      .toSorted((one, other) => placeOf(one) - placeOf(other))
      .map((error) => {
        const field = fields.find(({ name }) => name === error.field);
        const label = field && field.kind !== 'hidden' ? field.label : undefined;
        return {
          text: t(error.sentence, error.values),
          ...(label && field ? { label, href: `#${field.id ?? field.name}` } : {}),
        };
      }),
  };
}

/**
 * Runs the work of a form; when it breaks a rule (422), or the object was changed since the form was opened, gives what
 * was wrong so that the form can be shown again with what was typed. Any other error goes on to the error page.
 */
export async function attempt<T>(work: () => Promise<T>): Promise<{ done: T } | { errors: FieldError[] }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof Stale) return { errors: [{ field: '', sentence: error.sentence }] };
    if (!(error instanceof Unacceptable)) throw error;
    return { errors: [{ field: error.field ?? '', sentence: error.sentence, values: error.values }] };
  }
}
