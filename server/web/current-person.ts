import type { RequestHandler } from 'express';
import { findSignedIn } from '../accounts/reader.queries.ts';
import { now } from '../shared/clock.ts';
import { DEFAULT_LANGUAGE } from '../shared/language.ts';
import { translator } from './language.ts';
import './request.ts';

const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 3_600_000;
const NOTE_EVERY_MS = 60_000;

/** Finds out who asks, from the session and the database, and in which language the answer is. */
export const currentPerson: RequestHandler = async (req, _res, next) => {
  req.person = null;
  const { userId, signedInAt = 0, seenAt = 0 } = req.session;
  const instant = now().getTime();
  if (userId) {
    const expired = instant - seenAt > IDLE_MS || instant - signedInAt > LONGEST_MS;
    req.person = expired ? null : await findSignedIn(userId);
    if (!req.person) await endSession(req);
    else if (instant - seenAt > NOTE_EVERY_MS) req.session.seenAt = instant;
  }
  req.language = req.person?.language ?? req.session.language ?? DEFAULT_LANGUAGE;
  req.t = translator(req.language);
  next();
};

/** Starts a session of its own for a person who has just proved who they are. */
export async function startSession(req: Parameters<RequestHandler>[0], userId: string): Promise<void> {
  await new Promise<void>((done, fail) =>
    req.session.regenerate((error) => (error ? fail(error as Error) : done())),
  );
  const instant = now().getTime();
  Object.assign(req.session, { userId, signedInAt: instant, seenAt: instant });
}

/** Ends the session; what follows in this request happens in a new, empty one. */
export async function endSession(req: Parameters<RequestHandler>[0]): Promise<void> {
  const { language } = req.session;
  await new Promise<void>((done, fail) =>
    req.session.regenerate((error) => (error ? fail(error as Error) : done())),
  );
  if (language) req.session.language = language;
}
