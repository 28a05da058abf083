import connectSession from 'connect-session-sequelize';
import type { Request, RequestHandler, Response } from 'express';
import session, { type SessionData } from 'express-session';
import type { Config } from '../../config/index.ts';
import { currentDatabase } from '../../models/dialect.ts';

const HOURS_12_MS = 12 * 3_600_000;

/** Sessions in the database. The public address decides the cookie's name and whether it is Secure. */
export function sessions(config: Config): RequestHandler {
  const SequelizeStore = connectSession(session.Store);
  const store = new SequelizeStore({
    db: currentDatabase(),
    table: 'Session',
    // Written when it changes (`current-person.ts` notes the last request once a minute), not at every request.
    disableTouch: true,
    expiration: HOURS_12_MS,
    // Expired sessions are removed by a job.
    checkExpirationInterval: 0,
    extendDefaultFields: (defaults: object, data: SessionData) => ({
      ...defaults,
      userId: data.userId ?? null,
    }),
  } as ConstructorParameters<typeof SequelizeStore>[0]);
  const secure = config.publicUrl?.protocol === 'https:';
  const open = session({
    name: secure ? '__Host-session' : 'session',
    secret: config.sessionSecret,
    resave: false,
    saveUninitialized: false,
    store,
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
  });
  return (req, res, next) =>
    void open(req, res, (error?: unknown) => {
      if (!error) saveBeforeRedirect(req, res);
      next(error);
    });
}

/** A browser follows a redirect as soon as it sees its head, which express-session sends before the session is stored. */
function saveBeforeRedirect(req: Request, res: Response): void {
  const redirect = res.redirect.bind(res) as (status: number, address: string) => void;
  res.redirect = ((status: number, address: string) => {
    // An address that was only asked for has something to keep when it tells the next page why it led there.
    if (req.method !== 'POST' && !req.session.flash) return redirect(status, address);
    req.session.save((error?: unknown) => (error ? req.next?.(error) : redirect(status, address)));
  }) as Response['redirect'];
}
