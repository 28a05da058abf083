import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Config } from '../config/index.ts';
import { databaseAnswers } from '../models/dialect.ts';
import { subscribeFeatures } from './subscriptions.ts';
import { ROUTES } from './urls.ts';
import { PUBLIC_HOST, PUBLIC_ORIGIN } from './web/csrf.ts';
import { currentPerson } from './web/current-person.ts';
import { errorPage, unknownAddress } from './web/error-pages.ts';
import { routerFor } from './web/router.ts';
import { sessions } from './web/session.ts';
import { installViews, viewsFolder } from './web/view-engine.ts';

/** The program as an Express application on the open database. */
export function createApp(config: Config, log: Logger): Express {
  subscribeFeatures();
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy || config.publicUrl?.protocol === 'https:' ? 1 : false);
  app.set('env', config.mode);
  app.set('query parser', 'simple');
  app.set(PUBLIC_HOST, config.publicUrl?.host);
  app.set(PUBLIC_ORIGIN, config.publicUrl?.origin);
  installViews(app);

  app.use(securityHeaders(config));
  app.get('/livez', (_req, res) => void res.type('text/plain').send('ok'));
  app.get('/readyz', async (_req, res) => {
    const ready = await databaseAnswers();
    res
      .status(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ready' : 'database does not answer');
  });
  app.use(compression());
  app.use(
    '/assets',
    express.static(join(viewsFolder, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  app.use(
    pinoHttp({
      logger: log,
      serializers: {
        req: (req: { method: string; id: unknown }) => ({ id: req.id, method: req.method }),
        res: (res: { statusCode: number }) => ({ statusCode: res.statusCode }),
      },
    }),
  );
  app.use(sessions(config));
  app.use(currentPerson);
  app.use(routerFor(ROUTES));
  app.use(unknownAddress);
  app.use(errorPage);
  return app;
}

/** Strict headers; nothing inline, no other host. HSTS only where the public address is https. */
function securityHeaders(config: Config): express.RequestHandler {
  const https = config.publicUrl?.protocol === 'https:';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
  });
}
