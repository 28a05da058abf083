import type { Request, Response } from 'express';
import { tidyPhoto } from '../shared/attachment-type.ts';
import { today } from '../shared/clock.ts';
import { Conflict } from '../shared/errors.ts';
import { sendDownload } from '../web/downloads.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { readReport, readUnchanged, withPhotoAgain } from './reports.form.ts';
import { presentReportPage } from './reports.presenter.ts';
import { loadReportPage } from './reports.queries.ts';
import { takePhoto, takeReport, takeUnchanged } from './reports.service.ts';

const VIEW = 'wage-checks/report';
const PAGE = '/wage-report';

/** The month that is running. */
export async function show(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, VIEW, await pageOf(req, null, null, newFormKey()));
}

/** A month by its check: to be reported late, or corrected. */
export const ofMonth = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, VIEW, await pageOf(req, param(req, 'checkId'), null, newFormKey()));
  },
  async submit(req: Request, res: Response): Promise<void> {
    const [reader, checkId, file] = [readerOf(req), param(req, 'checkId'), sentFile(req)];
    await loadReportPage(reader, checkId);
    await takeForm(req, res, {
      view: VIEW,
      read: (fields) => readReport(fields, file, today()),
      prepare: async () => (file ? tidyPhoto(file.bytes) : null),
      submit: async ({ version, values }, photo) => {
        await takeReport(reader, checkId, version, values, photo);
        return PAGE;
      },
      done: 'wage-checks.report.done',
      present: (state, key) => pageOf(req, checkId, file ? withPhotoAgain(state) : state, key),
    });
  },
};

/** As last month, in one press. */
export async function unchanged(req: Request, res: Response): Promise<void> {
  const [reader, checkId] = [readerOf(req), param(req, 'checkId')];
  await loadReportPage(reader, checkId);
  await takeForm(req, res, {
    view: VIEW,
    read: readUnchanged,
    submit: async ({ last }) => {
      await takeUnchanged(reader, checkId, last);
      return PAGE;
    },
    done: 'wage-checks.report.done',
    present: () => {
      throw new Conflict('errors.stale');
    },
  });
}

/** The photo of a report, for who may read its note. */
export async function photo(req: Request, res: Response): Promise<void> {
  await sendDownload(res, await takePhoto(readerOf(req), param(req, 'checkId'), param(req, 'reportId')));
}

async function pageOf(
  req: Request,
  checkId: string | null,
  state: FormState | null,
  key: string,
): Promise<PageModel> {
  const { userId, displayName } = readerOf(req);
  const page = await loadReportPage(readerOf(req), checkId);
  return presentReportPage(req.t, { page, state, key, code: displayName, userId, today: today() });
}
