import type { Request, Response } from 'express';
import { readTurn } from '../shared/list-address.ts';
import { renderPage, tell } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { countUnread } from '../web/unread.ts';
import { presentNotices } from './notices.presenter.ts';
import { listNotices } from './notices.queries.ts';
import { readAllNotices, readNotice } from './notices.service.ts';

export async function list(req: Request, res: Response): Promise<void> {
  const { userId } = readerOf(req);
  const page = await listNotices(userId, readTurn(req.query));
  await renderPage(req, res, 'notices/list', presentNotices(page, await countUnread(userId), req.t));
}

export async function open(req: Request, res: Response): Promise<void> {
  res.redirect(303, await readNotice(readerOf(req).userId, param(req, 'noticeId')));
}

export async function read(req: Request, res: Response): Promise<void> {
  await readNotice(readerOf(req).userId, param(req, 'noticeId'));
  tell(req, 'notifications.done.oneRead');
  res.redirect(303, '/notices');
}

export async function readAll(req: Request, res: Response): Promise<void> {
  await readAllNotices(readerOf(req).userId);
  tell(req, 'notifications.done.allRead');
  res.redirect(303, '/notices');
}
