import type { ErrorRequestHandler, RequestHandler } from 'express';
import multer from 'multer';
import { isUnavailable } from '../../models/dialect.ts';
import { DomainError, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { DEFAULT_LANGUAGE } from '../shared/language.ts';
import { translator } from './language.ts';
import { renderPage } from './pages.ts';
import './request.ts';

/** An address that no route answers. */
export const unknownAddress: RequestHandler = () => {
  throw new NotFound();
};

/** Turns every error into a page with a sentence; what was not foreseen is logged under a number and says nothing more. */
export const errorPage: ErrorRequestHandler = async (error: unknown, req, res, next) => {
  if (res.headersSent) return next(error);
  const known = asDomainError(error);
  const reference = known.status >= 500 ? newId().slice(-8) : undefined;
  if (reference) req.log.error({ error: loggable(error), reference });
  req.t ??= translator(DEFAULT_LANGUAGE);
  const { t } = req;
  const model = {
    title: t(`errors.title.${known.title}`),
    sentence: t(known.sentence, known.values),
    reference: reference && t('errors.reference', { id: reference }),
    actions: [{ label: t('errors.home'), href: '/' }],
  };
  if (req.session === undefined)
    res.status(known.status).type('text/plain').send(`${model.title}\n${model.sentence}\n`);
  else await renderPage(req, res, 'errors/error', model, { status: known.status });
};

/** What the log keeps of an error: an error of the database names its statement and values, which may be personal data. */
function loggable(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack = '' } = error;
  const { parent, original = parent } = error as { parent?: { code?: string }; original?: { code?: string } };
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    message: original ? (original.code ?? 'database') : message,
    stack: frames.join('\n'),
  };
}

function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isUnavailable(error)) return new DomainError(503, 'errors.unavailable');
  if (error instanceof multer.MulterError) {
    return error.code === 'LIMIT_FILE_SIZE'
      ? new DomainError(413, 'errors.tooLarge')
      : new DomainError(400, 'errors.badRequest');
  }
  const status = (error as { status?: unknown }).status;
  if (status === 413) return new DomainError(413, 'errors.tooLarge');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new DomainError(400, 'errors.badRequest');
  if (isMalformedMultipart(error)) return new DomainError(400, 'errors.badRequest');
  return new DomainError(500, 'errors.serverError');
}

function isMalformedMultipart(error: unknown): boolean {
  return error instanceof Error && /^(Multipart: |Unexpected end of form|Malformed)/.test(error.message);
}
