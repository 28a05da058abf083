import type { Request } from 'express';
import { answerOnce } from '../accounts/once.service.ts';
import { publicOrigin } from './csrf.ts';
import { readerOf } from './request.ts';

/** Whose account was made or lost its password, and the token of its new link. */
export interface MadeLink {
  id: string;
  /** Null when the same form had been answered before: the link is shown once. */
  token: string | null;
}

/** Makes a link once per form; the token is not part of the answer that is kept. */
export async function withLink(
  req: Request,
  key: string,
  values: unknown,
  work: () => Promise<{ id: string; token: string }>,
): Promise<MadeLink> {
  let token: string | null = null;
  const sending = { key, userId: readerOf(req).userId, body: { path: req.path, values } };
  const id = await answerOnce(sending, async () => {
    const made = await work();
    token = made.token;
    return made.id;
  });
  return { id, token };
}

/** The address that a new link has for who opens it. */
export function linkAddress(req: Request, token: string): string {
  return `${publicOrigin(req)}/welcome/${token}`;
}
