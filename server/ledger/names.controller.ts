import type { Request, Response } from 'express';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { posted, readerOf } from '../web/request.ts';
import { readChoices, readNamesAsked, readTicked } from './names.form.ts';
import { presentNames } from './names.presenter.ts';
import { listNames } from './names.queries.ts';
import { assignNames, refusedNames } from './names.service.ts';

const VIEW = 'ledger/names';

/** The names of ledgers that have no enterprise. */
export const names = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, VIEW, await namesPage(req, { values: {}, errors: [] }, newFormKey()));
  },

  /** Looks up what was typed, or gives the ticked names their enterprises. */
  async submit(req: Request, res: Response): Promise<void> {
    const [reader, fields] = [readerOf(req), posted(req)];
    if (fields['find'] !== undefined) {
      const page = await namesPage(req, { values: fields, errors: [] }, newFormKey());
      return renderPage(req, res, VIEW, page);
    }
    await takeForm(req, res, {
      view: VIEW,
      read: async () => {
        const form = readTicked(fields);
        const errors = form.ok ? await refusedNames(reader, form.values) : [];
        return errors.length > 0 ? { ok: false, errors } : form;
      },
      submit: async (choices) => {
        await assignNames(reader, choices);
        return '/ledgers/names';
      },
      done: 'ledger.names.done',
      present: (state, key) => namesPage(req, state, key),
    });
  },
};

async function namesPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const asked = readNamesAsked(req.query);
  const page = await listNames(readerOf(req), asked, readChoices(state.values));
  return presentNames(req.t, { page, asked, state, key });
}
