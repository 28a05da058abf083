import type { Request, Response } from 'express';
import { answerOnce } from '../accounts/once.service.ts';
import { isId } from '../shared/ids.ts';
import { DOCX, sendDownload } from '../web/downloads.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { readCopy, readFinal, readVoiding } from './documents.form.ts';
import { fileNameOf, sheetAndFoot, presentPaper, presentVoiding } from './documents.presenter.ts';
import * as service from './documents.service.ts';
import { paperAsDocx } from './paper-docx.ts';

const PAPER = 'documents/paper';
const FORM = 'documents/form';

export async function show(req: Request, res: Response): Promise<void> {
  const open = await service.openPaper(readerOf(req), whichPaper(req));
  await renderPage(req, res, PAPER, presentPaper(open, req.t, { numbers: 'masked' }), { layout: 'print' });
}

export async function docx(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const open = await service.openPaper(reader, whichPaper(req));
  await service.auditDownload(reader, param(req, 'caseId'), open.form, { numbers: 'masked' });
  await sendDocx(res, open, 'masked');
}

/** A copy with its numbers in full, for a reason that is on record: to print, or as a file. */
export async function copies(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const form = readCopy(posted(req));
  if (!form.ok) {
    const open = await service.openPaper(reader, whichPaper(req));
    const model = presentPaper(open, req.t, {
      numbers: 'masked',
      copy: { values: posted(req), errors: form.errors },
    });
    return renderPage(req, res, PAPER, model, { layout: 'print', status: 422 });
  }
  const open = await service.copyInFull(reader, whichPaper(req), form.values);
  if (form.values.output === 'docx') return sendDocx(res, open, 'full');
  await renderPage(req, res, PAPER, presentPaper(open, req.t, { numbers: 'full' }), { layout: 'print' });
}

export async function makeFinal(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const which = whichPaper(req);
  const { shown, key } = readFinal(posted(req));
  const answer = await answerOnce({ key, userId: reader.userId, body: { ...which, shown } }, async () => {
    await service.freezePaper(reader, which, shown);
    return `/cases/${which.caseId}/documents/${which.form}${which.sessionId ? `?session=${which.sessionId}` : ''}`;
  });
  res.redirect(303, answer);
}

export const voiding = {
  show: async (req: Request, res: Response): Promise<void> => {
    const nothing = { values: {}, errors: [] };
    await renderPage(req, res, FORM, await voidingPage(req, nothing, newFormKey()));
  },
  submit: async (req: Request, res: Response): Promise<void> => {
    const caseId = param(req, 'caseId');
    const reader = readerOf(req);
    await service.findFinal(reader, caseId, param(req, 'documentId'));
    await takeForm(req, res, {
      view: FORM,
      read: readVoiding,
      submit: async (values) => {
        await service.voidPaper(reader, caseId, param(req, 'documentId'), values);
        return `/cases/${caseId}`;
      },
      done: 'documents.void.done',
      present: (state, key) => voidingPage(req, state, key),
    });
  },
};

async function voidingPage(req: Request, state: FormState, key: string) {
  const caseId = param(req, 'caseId');
  const { id, form } = await service.findFinal(readerOf(req), caseId, param(req, 'documentId'));
  const about = {
    caseId,
    name: req.t(`documents.forms.${form}`),
    action: `/cases/${caseId}/finals/${id}/void`,
  };
  return presentVoiding(about, state, key, req.t);
}

async function sendDocx(res: Response, open: service.OpenPaper, numbers: 'masked' | 'full'): Promise<void> {
  const bytes = await paperAsDocx(...sheetAndFoot(open, numbers));
  await sendDownload(res, { name: fileNameOf(open), type: DOCX, bytes });
}

function whichPaper(req: Request): service.WhichPaper {
  const session = req.query['session'];
  const sessionId = isId(session) ? session : null;
  return { caseId: param(req, 'caseId'), form: param(req, 'form'), sessionId };
}
