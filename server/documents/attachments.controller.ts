import type { Request, Response } from 'express';
import type { Reader } from '../accounts/access.rules.ts';
import type { FormResult, Posted } from '../shared/form.ts';
import { sendDownload } from '../web/downloads.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { presentAttachments, presentTie } from './attachments.presenter.ts';
import * as service from './attachments.service.ts';
import { readAttachmentForm, readTie, readVoiding } from './documents.form.ts';
import { presentVoiding } from './documents.presenter.ts';

const LIST = 'documents/attachments';
const FORM = 'documents/form';
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

export const attachments = {
  show: async (req: Request, res: Response): Promise<void> =>
    renderPage(req, res, LIST, await listPage(req, NOTHING_TYPED, newFormKey())),
  submit: async (req: Request, res: Response): Promise<void> => {
    const reader = readerOf(req);
    const caseId = param(req, 'caseId');
    await service.listAttachments(reader, caseId);
    const file = sentFile(req);
    await takeForm(req, res, {
      view: LIST,
      read: (fields) => readAttachmentForm(fields, file),
      prepare: () => service.examineFile(reader, caseId, file!),
      submit: async ({ fileName: _, sha256: __, ...wish }, tidy) => {
        await service.keepAttachment(reader, caseId, tidy, wish);
        return `/cases/${caseId}/attachments`;
      },
      done: 'documents.attachments.done',
      present: (state, key) => listPage(req, state, key),
    });
  },
};

async function listPage(req: Request, state: FormState, key: string) {
  const files = await service.listAttachments(readerOf(req), param(req, 'caseId'));
  return presentAttachments(files, state, key, req.t);
}

export async function download(req: Request, res: Response): Promise<void> {
  const { caseId, id } = whichFile(req);
  const attachment = await service.takeAttachment(readerOf(req), caseId, id);
  const { fileName: name, contentType: type } = attachment;
  await sendDownload(res, { name, type, bytes: service.readAttachment(attachment) });
}

/** A form about one file of a case that is not void. */
function fileForm<V>(form: {
  read: (fields: Posted) => FormResult<V>;
  submit: (reader: Reader, caseId: string, id: string, values: V) => Promise<unknown>;
  done: string;
  page: (req: Request, state: FormState, key: string) => Promise<PageModel>;
}) {
  return {
    show: async (req: Request, res: Response): Promise<void> =>
      renderPage(req, res, FORM, await form.page(req, NOTHING_TYPED, newFormKey())),
    submit: async (req: Request, res: Response): Promise<void> => {
      const reader = readerOf(req);
      const { caseId, id } = whichFile(req);
      await service.findVoidable(reader, caseId, id);
      await takeForm(req, res, {
        view: FORM,
        read: form.read,
        submit: async (values) => {
          await form.submit(reader, caseId, id, values);
          return `/cases/${caseId}/attachments`;
        },
        done: form.done,
        present: (state, key) => form.page(req, state, key),
      });
    },
  };
}

export const voiding = fileForm({
  read: readVoiding,
  submit: service.voidAttachment,
  done: 'documents.void.done',
  page: voidingPage,
});

/** Which paper a file is the signed copy of. */
export const tie = fileForm({
  read: readTie,
  submit: service.tieAttachment,
  done: 'documents.tie.done',
  page: tiePage,
});

async function tiePage(req: Request, state: FormState, key: string) {
  const reader = readerOf(req);
  const { caseId, id } = whichFile(req);
  const file = await service.findVoidable(reader, caseId, id);
  return presentTie(await service.listAttachments(reader, caseId), file, state, key, req.t);
}

async function voidingPage(req: Request, state: FormState, key: string) {
  const { caseId, id } = whichFile(req);
  const { fileName: name } = await service.findVoidable(readerOf(req), caseId, id);
  const action = `/cases/${caseId}/attachments/${id}/void`;
  return presentVoiding({ caseId, name, action }, state, key, req.t);
}

const whichFile = (req: Request) => ({ caseId: param(req, 'caseId'), id: param(req, 'attachmentId') });
