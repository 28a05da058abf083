import type { Request, Response } from 'express';
import { answerOnce } from '../accounts/once.service.ts';
import { DomainError, type FieldError } from '../shared/errors.ts';
import { readForm, requiredId, type FormResult, type Posted } from '../shared/form.ts';
import { attempt, type FormState } from './form-view.ts';
import { renderPage, tell, type PageModel } from './pages.ts';
import { posted, readerOf } from './request.ts';

/** A form that is sent by POST: how it is read, what is done with it, and its page when something was wrong. */
export interface SentForm<T, P = void> {
  view: string;
  read(fields: Posted): FormResult<T> | Promise<FormResult<T>>;
  /** What takes long and needs no transaction, such as reading a file; it is done before, and once. */
  prepare?(values: T): Promise<P>;
  /** Does what the form asks for in a transaction; gives the address that answers it. */
  submit(values: T, prepared: P): Promise<string>;
  /** The sentence on the next page, where it depends on that by its address. */
  done: string | ((address: string) => string);
  /** The page again, with what was typed and the key that the form had. */
  present(state: FormState, key: string): Promise<PageModel> | PageModel;
}

/** Takes a posted form once, however often it is sent; with errors the form stands there again (422; 409 when stale). */
export async function takeForm<T, P = void>(
  req: Request,
  res: Response,
  form: SentForm<T, P>,
): Promise<void> {
  const fields = posted(req);
  const key = sentKey(fields);
  const read = await form.read(fields);
  const sending = { key, userId: readerOf(req).userId };
  const result = read.ok
    ? await attempt(() =>
        answerOnce<P>(
          { ...sending, body: { path: req.path, values: read.values } },
          (prepared) => form.submit(read.values, prepared),
          form.prepare && (() => form.prepare!(read.values)),
        ),
      )
    : read;
  if ('done' in result) {
    tell(req, typeof form.done === 'string' ? form.done : form.done(result.done));
    return res.redirect(303, result.done);
  }
  const { errors } = result;
  const page = await form.present({ values: fields, errors }, key);
  await renderPage(req, res, form.view, page, { status: statusOf(errors) });
}

/** The idempotency key that a form carries; without one it is no form of this program. */
export function sentKey(fields: Posted): string {
  const read = readForm({ idempotencyKey: requiredId() }, fields);
  if (!read.ok) throw new DomainError(400, 'errors.badRequest');
  return read.values.idempotencyKey;
}

/** The status of a form that stands there again. */
export function statusOf(errors: FieldError[]): number {
  return errors.some(({ sentence }) => sentence === 'errors.stale') ? 409 : 422;
}
