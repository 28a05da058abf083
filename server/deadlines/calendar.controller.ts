import type { Request, Response } from 'express';
import { yearOf } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { readDay, readNotice } from './calendar.form.ts';
import { presentYear } from './calendar.presenter.ts';
import * as service from './calendar.service.ts';

const VIEW = 'deadlines/calendar';

export function current(_req: Request, res: Response): void {
  res.redirect(303, `/calendar/${yearOf(today())}`);
}

export async function show(req: Request, res: Response): Promise<void> {
  const shown = await service.showYear(askedYear(req));
  await renderPage(req, res, VIEW, presentYear(shown, req.t, { key: newFormKey() }));
}

export async function notice(req: Request, res: Response): Promise<void> {
  const bytes = req.file?.buffer ?? null;
  const name = req.file?.originalname.replace(/[\p{Cc}\p{Cf}]/gu, '') ?? '';
  await takeForm(req, res, {
    view: VIEW,
    read: () => readNotice(bytes),
    submit: async (notice) => {
      await service.importYear(readerOf(req), notice, name);
      return `/calendar/${notice.year}`;
    },
    done: 'deadlines.calendar.done',
    present: async (upload, key) =>
      presentYear(await service.showYear(askedYear(req)), req.t, { key, upload }),
  });
}

export async function setDay(req: Request, res: Response): Promise<void> {
  await takeForm(req, res, {
    view: VIEW,
    read: readDay,
    submit: async ({ name, ...day }) => {
      await service.setDay(readerOf(req), { ...day, name: name ?? '' });
      return `/calendar/${yearOf(day.day)}`;
    },
    done: 'deadlines.calendar.done',
    present: async (day, key) => presentYear(await service.showYear(askedYear(req)), req.t, { key, day }),
  });
}

function askedYear(req: Request): number {
  const text = param(req, 'year');
  if (!/^\d{4}$/.test(text)) throw new NotFound();
  return Number(text);
}
