import express, { Router, type RequestHandler } from 'express';
import multer from 'multer';
import { mayEver } from '../accounts/access.rules.ts';
import { DomainError, NotFound } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import type { Route } from '../urls.ts';
import { requireCsrf } from './csrf.ts';
import './request.ts';

const LARGEST_FILE = 40 * 1024 * 1024;

const readUpload = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: LARGEST_FILE, files: 1, fields: 100, fieldSize: 64 * 1024, parts: 110 },
  defParamCharset: 'utf8',
}).single('file');

const readFields = express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 10_000 });

/** Pages that a person with a password to change may still open. */
const BEFORE_NEW_PASSWORD = new Set(['/account/password', '/sign-out', '/language']);

/** Serves the table of addresses; who may not come in gets the answer of an address that does not exist. */
export function routerFor(routes: Route[]): Router {
  const router = Router();
  const pages = new Set(routes.flatMap(({ method, path }) => (method === 'get' ? [path] : [])));
  for (const route of routes) {
    const above = route.access === 'public' || route.access === 'signedIn' ? null : pageAbove(route, pages);
    if (above !== null) router.get(route.path, admit(route), above);
  }
  for (const route of routes) {
    const steps: RequestHandler[] = [admit(route)];
    if (route.method === 'post') steps.push(route.upload ? readUpload : readFields, requireCsrf);
    router[route.method](route.path, ...steps, route.handle);
  }
  return router;
}

/**
 * What has no page of its own, because it is only sent to, leads to the page above it: after a form with errors its
 * address stands in the browser, and is asked for again. Null where there is a page, or none above.
 */
function pageAbove({ path }: Route, pages: Set<string>): RequestHandler | null {
  let [above, steps] = [path, 0];
  while (above !== '' && !pages.has(above))
    [above, steps] = [above.slice(0, above.lastIndexOf('/')), steps + 1];
  if (above === '' || steps === 0) return null;
  return (req, res) => res.redirect(303, req.path.split('/').slice(0, -steps).join('/'));
}

function admit(route: Route): RequestHandler {
  return (req, res, next) => {
    if (Object.values(req.query).some((value) => typeof value !== 'string'))
      throw new DomainError(400, 'errors.badRequest');
    for (const [name, value] of Object.entries(req.params)) {
      if (name.endsWith('Id') && !isId(value)) throw new NotFound();
    }
    if (route.access === 'public') return next();
    if (!req.person) return res.redirect(303, signInAddress(req.method, req.originalUrl));
    if (req.person.mustChangePassword && !BEFORE_NEW_PASSWORD.has(req.path))
      return res.redirect(303, '/account/password');
    if (route.access !== 'signedIn' && !mayEver(req.person.reader, route.access)) throw new NotFound();
    next();
  };
}

function signInAddress(method: string, url: string): string {
  return method === 'GET' && url !== '/' ? `/sign-in?returnTo=${encodeURIComponent(url)}` : '/sign-in';
}
