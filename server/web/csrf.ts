import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import { DomainError } from '../shared/errors.ts';

const { generateToken, isRequestValid } = csrfSync({
  getTokenFromRequest: (req) => {
    const token = (req.body as Record<string, unknown> | undefined)?.['_csrf'];
    return typeof token === 'string' ? token : undefined;
  },
});

/** The name of the application's setting that holds the host of PUBLIC_URL, where a proxy changes the Host header. */
export const PUBLIC_HOST = 'public host';

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
    (origin !== undefined && ![req.get('host'), req.app.get(PUBLIC_HOST)].includes(hostOf(origin)));
  if (foreign || !isRequestValid(req)) throw new DomainError(403, 'errors.csrf');
  next();
};

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : 'unreadable';
}
