import type { Request, Response } from 'express';
import type { Posted } from '../shared/form.ts';
import { isLanguage } from '../shared/language.ts';
import { localPath } from '../shared/local-path.ts';
import { startSession } from '../web/current-person.ts';
import { attempt } from '../web/form-view.ts';
import { renderPage, tell } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { readFirstAdministrator, readNewPassword, readPasswordChange } from './account.form.ts';
import { presentLink, presentPassword } from './account.presenter.ts';
import * as users from './users.service.ts';

export async function chooseLanguage(req: Request, res: Response): Promise<void> {
  const { language, returnTo } = posted(req);
  if (isLanguage(language)) {
    req.session.language = language;
    if (req.person) await users.keepLanguage(req.person.reader.userId, language);
  }
  res.redirect(303, localPath(returnTo));
}

export async function showPassword(req: Request, res: Response): Promise<void> {
  const forced = req.person?.mustChangePassword ?? false;
  await renderPage(req, res, 'accounts/form', presentPassword(req.t, { forced }));
}

export async function changePassword(req: Request, res: Response): Promise<void> {
  const { userId } = readerOf(req);
  const form = readPasswordChange(posted(req));
  const result = form.ok
    ? await attempt(() =>
        users.changePassword(userId, form.values.current, form.values.password, req.sessionID),
      )
    : form;
  if ('errors' in result) {
    const forced = req.person?.mustChangePassword ?? false;
    return renderPage(req, res, 'accounts/form', presentPassword(req.t, { forced, errors: result.errors }), {
      status: 422,
    });
  }
  tell(req, 'accounts.changePassword.done');
  res.redirect(303, '/');
}

export async function showLink(req: Request, res: Response): Promise<void> {
  const token = param(req, 'token');
  const { user } = await users.findLink(token);
  await renderPage(
    req,
    res,
    'accounts/form',
    presentLink(req.t, { token, username: user?.username ?? null }),
    { layout: 'bare' },
  );
}

export async function useLink(req: Request, res: Response): Promise<void> {
  const token = param(req, 'token');
  const { user } = await users.findLink(token);
  const result = await (user
    ? setPassword(token, posted(req))
    : createFirstAdministrator(token, posted(req)));
  if ('errors' in result) {
    const page = presentLink(req.t, {
      token,
      username: user?.username ?? null,
      values: posted(req),
      errors: result.errors,
    });
    return renderPage(req, res, 'accounts/form', page, { status: 422, layout: 'bare' });
  }
  await startSession(req, result.done);
  res.redirect(303, '/');
}

async function setPassword(token: string, fields: Posted) {
  const form = readNewPassword(fields);
  return form.ok ? attempt(() => users.setPasswordByLink(token, form.values.password)) : form;
}

async function createFirstAdministrator(token: string, fields: Posted) {
  const form = readFirstAdministrator(fields);
  return form.ok ? attempt(() => users.createFirstAdministrator(token, form.values)) : form;
}
