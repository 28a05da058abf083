import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { endSession, startSession } from '../web/current-person.ts';
import { renderPage } from '../web/pages.ts';
import { posted } from '../web/request.ts';
import { DomainError } from '../shared/errors.ts';
import { localPath } from '../shared/local-path.ts';
import { presentSignIn } from './account.presenter.ts';
import { readSignIn } from './account.form.ts';
import { signIn } from './sign-in.service.ts';

/** Stands before the password hash: failed sign-ins of one address (a whole office may share it) within ten minutes. */
const FAILURES = { points: 30, duration: 600 };
const limiters = new WeakMap<object, RateLimiterMemory>();

/** Every application counts for itself. */
function limiterOf({ app }: Request): RateLimiterMemory {
  const limiter = limiters.get(app) ?? new RateLimiterMemory(FAILURES);
  limiters.set(app, limiter);
  return limiter;
}

export async function show(req: Request, res: Response): Promise<void> {
  if (req.person) return res.redirect(303, localPath(req.query['returnTo']));
  await renderPage(req, res, 'accounts/sign-in', presentSignIn(req.t, localPath(req.query['returnTo'])));
}

export async function submit(req: Request, res: Response): Promise<void> {
  const limiter = limiterOf(req);
  await limiter.consume(req.ip ?? '').catch((refusal: unknown) => {
    throw refusal instanceof RateLimiterRes ? new DomainError(429, 'errors.tooManyRequests') : refusal;
  });
  const { username, password, returnTo } = readSignIn(posted(req));
  const person = await signIn(username, password);
  if (!person) {
    await renderPage(req, res, 'accounts/sign-in', presentSignIn(req.t, returnTo, { username }), {
      status: 422,
    });
    return;
  }
  await limiter.reward(req.ip ?? '');
  await startSession(req, person.userId);
  res.redirect(303, returnTo);
}

export async function leave(req: Request, res: Response): Promise<void> {
  await endSession(req);
  res.redirect(303, '/sign-in');
}
