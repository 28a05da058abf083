import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import { DomainError } from '../shared/errors.ts';

const { generateToken, isRequestValid } = csrfSync({
  getTokenFromRequest: (req) => {
    const token = (req.body as Record<string, unknown> | undefined)?.['_csrf'];
    return typeof token === 'string' ? token : undefined;
  },
});

/** The token that every form of this session carries. */
export function csrfToken(req: Request): string {
  return generateToken(req);
}

/** Refuses a POST that does not come from a form of this program. Runs after the body is parsed. */
export const requireCsrf: RequestHandler = (req, _res, next) => {
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && hostOf(origin) !== req.get('host'));
  if (foreign || !isRequestValid(req)) throw new DomainError(403, 'errors.csrf');
  next();
};

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
