import type { Request, Response } from 'express';
import { endSession, startSession } from '../web/current-person.ts';
import { renderPage } from '../web/pages.ts';
import { rateLimit } from '../web/rate-limit.ts';
import { posted } from '../web/request.ts';
import { localPath } from '../shared/local-path.ts';
import { presentSignIn } from './account.presenter.ts';
import { readSignIn } from './account.form.ts';
import { signIn } from './sign-in.service.ts';

/** Stands before the password hash: failed sign-ins within ten minutes. */
const failures = rateLimit({ points: 30, duration: 600 });

export async function show(req: Request, res: Response): Promise<void> {
  if (req.person) return res.redirect(303, localPath(req.query['returnTo']));
  await renderPage(req, res, 'accounts/sign-in', presentSignIn(req.t, localPath(req.query['returnTo'])));
}

export async function submit(req: Request, res: Response): Promise<void> {
  await failures.count(req);
  const { username, password, returnTo } = readSignIn(posted(req));
  const person = await signIn(username, password);
  if (!person) {
    await renderPage(req, res, 'accounts/sign-in', presentSignIn(req.t, returnTo, { username }), {
      status: 422,
    });
    return;
  }
  await failures.forgive(req);
  await startSession(req, person.userId);
  res.redirect(303, returnTo);
}

export async function leave(req: Request, res: Response): Promise<void> {
  await endSession(req);
  res.redirect(303, '/sign-in');
}
