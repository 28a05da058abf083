import { z } from 'zod';
import { parseDay, parseTime, writtenDay, type CalendarDay } from './calendar-day.ts';
import { DomainError, type FieldError } from './errors.ts';
import { isId } from './ids.ts';
import { parseYuan } from './money.ts';
import { isIdNumber, isPhone } from './personal-data.rules.ts';

/** What a form said: its values, or for every field that is wrong the sentence that stands beside it. */
export type FormResult<T> = { ok: true; values: T } | { ok: false; errors: FieldError[] };

/** A posted body or a query as Express parsed it. */
export type Posted = Record<string, unknown>;

type Fail = (sentence: string, values?: Record<string, string | number>) => never;

/** Reads the fields of `shape` from a posted body; other fields are ignored. */
export function readForm<S extends z.ZodRawShape>(
  shape: S,
  posted: Posted | undefined,
): FormResult<z.output<z.ZodObject<S>>> {
  // Zod refuses an absent key before the field is asked; a browser sends nothing for an unticked box.
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, posted?.[name]]));
  const result = z.object(shape).safeParse(given);
  if (result.success) return { ok: true, values: result.data };
  return {
    ok: false,
    errors: result.error.issues.map((issue) => ({
      field: issue.path.join('.'),
      sentence: issue.message,
      values: (issue as { params?: Record<string, string | number> }).params,
    })),
  };
}

/** A form that failed: its own errors, and those of the checks that were made beside it. */
export function failed(form: FormResult<unknown>, more: FieldError[]): { ok: false; errors: FieldError[] } {
  return { ok: false, errors: [...(form.ok ? [] : form.errors), ...more] };
}

/** What cannot be taken back is confirmed by a tick. */
export function readConfirmed(posted: Posted): FormResult<{ confirmed: boolean }> {
  const form = readForm({ confirmed: checkbox() }, posted);
  if (!form.ok || form.values.confirmed) return form;
  return { ok: false, errors: [{ field: 'confirmed', sentence: 'errors.tick' }] };
}

/** One posted value as trimmed text; a repeated field where one is expected is a malformed request. */
function oneText(raw: unknown): string {
  if (raw === undefined || raw === null) return '';
  // No keyboard sends NUL, and no database takes it in a statement.
  if (typeof raw !== 'string' || raw.includes('\0')) throw new DomainError(400, 'errors.badRequest');
  return raw.trim();
}

function field<T>(read: (text: string, fail: Fail) => T) {
  return z.unknown().transform((raw, context): T => {
    try {
      return read(oneText(raw), (sentence, values = {}) => {
        throw new Fault(sentence, values);
      });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      context.addIssue({ code: 'custom', message: error.sentence, params: error.values });
      return z.NEVER;
    }
  });
}

class Fault extends Error {
  readonly sentence: string;
  readonly values: Record<string, string | number>;

  constructor(sentence: string, values: Record<string, string | number>) {
    super(sentence);
    this.sentence = sentence;
    this.values = values;
  }
}

/** The same field, empty when nothing was filled in. */
function orEmpty<T>(read: (text: string, fail: Fail) => T) {
  return field((text, fail) => (text === '' ? null : read(text, fail)));
}

function filled<T>(read: (text: string, fail: Fail) => T) {
  return field((text, fail) => (text === '' ? fail('errors.required') : read(text, fail)));
}

const asText = (most: number) => (text: string, fail: Fail) =>
  [...text].length > most ? fail('errors.tooLong', { max: most }) : text;
const asDay = (text: string, fail: Fail): CalendarDay =>
  parseDay(text) ?? fail(writtenDay(text) === null ? 'errors.unreadableDay' : 'errors.notADay');
const asTime = (text: string, fail: Fail): string => parseTime(text) ?? fail('errors.notATime');
const asFen = (text: string, fail: Fail): number => {
  const fen = parseYuan(text);
  if (fen === null) return fail('errors.notAnAmount');
  return fen > MOST_FEN ? fail('errors.amountTooLarge', { max: '1,000,000,000.00' }) : fen;
};
const asInteger = (least: number, most: number) => (text: string, fail: Fail) => {
  const typed = text.normalize('NFKC');
  if (!/^\d{1,9}$/.test(typed)) return fail('errors.notANumber');
  const value = Number(typed);
  return value < least || value > most ? fail('errors.outOfRange', { min: least, max: most }) : value;
};
const asOneOf =
  <T extends string>(choices: readonly T[]) =>
  (text: string, fail: Fail): T =>
    choices.find((choice) => choice === text) ?? fail('errors.chooseOne');
/** A number that names something, in half width and without spaces. */
const asCode =
  (is: (code: string) => boolean, fault: string) =>
  (text: string, fail: Fail): string => {
    const code = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
    return is(code) ? code : fail(fault);
  };
const asId = (text: string, fail: Fail): string => (isId(text) ? text : fail('errors.chooseOne'));

/** The largest amount that a form takes: 10亿 yuan, in fen. */
const MOST_FEN = 100_000_000_000;

export const requiredText = (most: number) => filled(asText(most));
export const optionalText = (most: number) => orEmpty(asText(most));
export const requiredDay = () => filled(asDay);
export const optionalDay = () => orEmpty(asDay);
/** A time of day, as `HH:MM`. */
export const requiredTime = () => filled(asTime);
export const optionalTime = () => orEmpty(asTime);
/** An amount typed in yuan, as fen. */
export const requiredFen = () => filled(asFen);
export const optionalFen = () => orEmpty(asFen);
export const requiredInteger = (least: number, most: number) => filled(asInteger(least, most));
export const optionalInteger = (least: number, most: number) => orEmpty(asInteger(least, most));
export const requiredOneOf = <T extends string>(choices: readonly T[]) => filled(asOneOf(choices));
export const optionalOneOf = <T extends string>(choices: readonly T[]) => orEmpty(asOneOf(choices));
export const optionalPhone = () => orEmpty(asCode(isPhone, 'errors.notAPhone'));
export const optionalIdNumber = () => orEmpty(asCode(isIdNumber, 'errors.notAnIdNumber'));
export const requiredId = () => filled(asId);
export const optionalId = () => orEmpty(asId);
/** The https address of a page elsewhere; no other scheme, since it becomes a link. */
export const optionalLink = (most: number) =>
  orEmpty((text, fail) => {
    const link = asText(most)(text, fail);
    return URL.canParse(link) && new URL(link).protocol === 'https:' ? link : fail('errors.notALink');
  });
/** A ticked box. */
export const checkbox = () => field((text) => text !== '');
/** Yes, no, or not known. */
export const optionalYesNo = () => orEmpty((text, fail) => asOneOf(['yes', 'no'])(text, fail) === 'yes');
/** A password: not trimmed, only bounded. */
export const secret = () =>
  z.unknown().transform((raw, context) => {
    if (typeof raw === 'string' && raw !== '' && raw.length <= 1000) return raw;
    context.addIssue({ code: 'custom', message: 'errors.required', params: {} });
    return z.NEVER;
  });
/** The ticked ones of a list of codes, in its order. */
export const manyOf = <T extends string>(choices: readonly T[]) =>
  z.unknown().transform((raw) => {
    const values = raw === undefined ? [] : Array.isArray(raw) ? raw : [raw];
    if (!values.every((value) => choices.includes(value as T)))
      throw new DomainError(400, 'errors.badRequest');
    return choices.filter((choice) => values.includes(choice));
  });
/** The ids of ticked rows, none to a thousand. */
export const manyIds = () =>
  z.unknown().transform((raw) => {
    const values = raw === undefined ? [] : Array.isArray(raw) ? raw : [raw];
    if (values.length > 1000 || !values.every(isId)) throw new DomainError(400, 'errors.badRequest');
    return values;
  });
