import type { Request, Response } from 'express';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { presentEnding, presentMappings } from './import-mappings.presenter.ts';
import { findMapping, listMappings } from './import-mappings.queries.ts';
import { endMapping } from './import-mappings.service.ts';

const ENDING = 'hotline/import-mapping-ending';

export async function list(req: Request, res: Response): Promise<void> {
  const mappings = await listMappings(readerOf(req));
  await renderPage(req, res, 'hotline/import-mappings', presentMappings(req.t, mappings));
}

export const ending = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, ENDING, await endingPage(req, { values: {}, errors: [] }, newFormKey()));
  },
  async submit(req: Request, res: Response): Promise<void> {
    await takeForm(req, res, {
      view: ENDING,
      read: () => ({ ok: true, values: null }),
      submit: async () => {
        await endMapping(readerOf(req), param(req, 'mappingId'));
        return '/imports/mappings';
      },
      done: 'hotline.mappings.endDone',
      present: (state, key) => endingPage(req, state, key),
    });
  },
};

async function endingPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  return presentEnding(req.t, await findMapping(readerOf(req), param(req, 'mappingId')), state, key);
}
