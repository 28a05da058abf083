import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import { Expired } from '../shared/errors.ts';

const { generateToken, isRequestValid } = csrfSync({
  getTokenFromRequest: (req) => {
    const token = (req.body as Record<string, unknown> | undefined)?.['_csrf'];
    return typeof token === 'string' ? token : undefined;
  },
});

/** The application's settings that hold host and origin of PUBLIC_URL, where a proxy changes the Host header. */
export const PUBLIC_HOST = 'public host';
export const PUBLIC_ORIGIN = 'public origin';

/** The address of the program as people know it, without a path. */
export function publicOrigin(req: Request): string {
  return (req.app.get(PUBLIC_ORIGIN) as string | undefined) ?? `${req.protocol}://${req.get('host') ?? ''}`;
}

const WITHOUT_PERSON_MS = 60 * 60_000;

/** The token that every form of this session carries. A session that it begins without a person lasts an hour. */
export function csrfToken(req: Request): string {
  if (!hasCsrfToken(req) && !req.person) req.session.cookie.maxAge = WITHOUT_PERSON_MS;
  return generateToken(req);
}

/** Whether there is a session with forms already. */
export function hasCsrfToken(req: Request): boolean {
  return req.session.csrfToken !== undefined;
}

/** Refuses a POST that does not come from a form of this program. Runs after the body is parsed. */
export const requireCsrf: RequestHandler = (req, _res, next) => {
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && ![req.get('host'), req.app.get(PUBLIC_HOST)].includes(hostOf(origin)));
  if (foreign || !isRequestValid(req)) throw new Expired();
  next();
};

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : 'unreadable';
}
