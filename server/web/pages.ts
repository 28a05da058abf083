import type { Request, Response } from 'express';
import type { Reader } from '../accounts/access.rules.ts';
import { rootAreaName } from '../directory/areas.queries.ts';
import { otherLanguage } from '../shared/language.ts';
import { csrfToken, hasCsrfToken } from './csrf.ts';
import { navigationFor } from './navigation.ts';
import './request.ts';
import { countUnread, unreadInWords } from './unread.ts';
import type { Chrome, Tone } from './view-model.ts';

/** What a presenter hands to a page: its title and the finished shapes that its view prints. */
export type PageModel = { title: string } & Record<string, unknown>;

export interface PageOptions {
  status?: number;
  layout?: 'main' | 'bare' | 'print';
}

/** Prints a page: the model of its presenter inside the chrome that every page has. Nothing posted reaches the view by itself. */
export async function renderPage(
  req: Request,
  res: Response,
  view: string,
  model: PageModel,
  options: PageOptions = {},
): Promise<void> {
  const reader = req.person?.reader ?? null;
  const flash = req.session.flash ?? null;
  if (flash) delete req.session.flash;
  const chrome: Chrome = {
    title: model.title,
    language: req.language,
    otherLanguage: otherLanguage(req.language),
    t: req.t,
    csrfToken: isBareRefusal(req, options) ? null : csrfToken(req),
    currentPath: req.method === 'GET' ? req.originalUrl : '/',
    townName: reader?.grants[0]?.areaName ?? (isBroken(options) ? '' : await rootAreaName()),
    unread: reader && !isBroken(options) ? unreadInWords(await countUnread(reader.userId), req.t) : null,
    user: reader ? { name: reader.displayName, rolesText: rolesText(req, reader) } : null,
    navigation: reader ? navigationFor(reader, req.path, req.t) : [],
    flash,
  };
  res
    .status(options.status ?? 200)
    .set('Cache-Control', 'no-store')
    .render(view, { ...model, ...chrome, layout: options.layout ?? (reader ? 'main' : 'bare') });
}

/** The page says that something does not work; it must not need it. */
function isBroken({ status = 200 }: PageOptions): boolean {
  return status >= 500;
}

/** The page offers no form to somebody unknown, so that guessing addresses does not fill a table with sessions. */
function isBareRefusal(req: Request, { status = 200 }: PageOptions): boolean {
  return status >= 400 && !req.person && !hasCsrfToken(req);
}

/** A sentence that the next page shows once, such as "saved". */
export function tell(
  req: Request,
  key: string,
  values: Record<string, string | number> = {},
  tone: Tone = 'good',
): void {
  req.session.flash = { tone, text: req.t(key, values) };
}

function rolesText(req: Request, reader: Reader): string {
  const roles = [...new Set(reader.grants.map((grant) => grant.role))];
  return roles.map((role) => req.t(`accounts.roles.${role}`)).join(req.t('common.comma'));
}
