import type { Request } from 'express';
import type { SignedIn } from '../accounts/reader.queries.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { NotFound } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Language, Translate } from '../shared/language.ts';
import type { Notice } from './view-model.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** The signed-in person, as of this request. */
    person: SignedIn | null;
    language: Language;
    t: Translate;
  }
}

declare module 'express-session' {
  interface SessionData {
    userId: string;
    signedInAt: number;
    seenAt: number;
    language: Language;
    flash: Notice;
  }
}

/** Who asks. Routes that need a signed-in person have checked it before their handler runs. */
export function readerOf(req: Request): Reader {
  if (!req.person) throw new NotFound();
  return req.person.reader;
}

/** The fields of a posted form. */
export function posted(req: Request): Posted {
  return (req.body ?? {}) as Posted;
}

/** A parameter of the path, such as `:caseId`. */
export function param(req: Request, name: string): string {
  const value = req.params[name];
  if (typeof value !== 'string') throw new NotFound();
  return value;
}
