import type { Request, Response } from 'express';
import { wallClock } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { manyIds, readForm } from '../shared/form.ts';
import { DEFAULT_LANGUAGE } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { writeXlsx } from '../shared/spreadsheets/write-xlsx.ts';
import { attempt } from '../web/form-view.ts';
import { translator } from '../web/language.ts';
import { tell } from '../web/pages.ts';
import { posted, readerOf } from '../web/request.ts';
import { replyFileName, replySheets } from './import-replies.presenter.ts';
import { exportReplies } from './import-replies.service.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The answers to ticked tickets, or to all that were not answered in a file yet, in the layout of the hotline's files. */
export async function download(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const form = readForm({ ticket: manyIds() }, posted(req));
  if (!form.ok) throw new DomainError(400, 'errors.badRequest');
  const chinese = translator(DEFAULT_LANGUAGE);
  const watermark = chinese('handling.file.watermark', { who: reader.displayName, when: wallClock(now()) });
  let name = '';
  const result = await attempt(() =>
    exportReplies(reader, form.values.ticket, (files) => {
      name = replyFileName(files, now(), chinese);
      return writeXlsx(replySheets(files, chinese, watermark));
    }),
  );
  if ('done' in result) {
    res.attachment(name).type(XLSX).set('Cache-Control', 'no-store').send(result.done);
    return;
  }
  tell(req, result.errors[0]!.sentence, {}, 'warn');
  res.redirect(303, listHref('/tickets', { handling: 'replied' }));
}
