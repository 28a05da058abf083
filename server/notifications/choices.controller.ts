import type { Request, Response } from 'express';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { channelsInUse } from './channels.ts';
import { readChoices } from './choices.form.ts';
import { presentChoices } from './choices.presenter.ts';
import { choicesOf } from './choices.queries.ts';
import { keepChoices } from './choices.service.ts';

const VIEW = 'notices/choices';

async function page(req: Request, state: FormState, key: string): Promise<PageModel> {
  return presentChoices(req.t, await choicesOf(readerOf(req)), channelsInUse(), state, key);
}

/** How a person is told of things: the form on the own page. */
export const choices = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, VIEW, await page(req, { values: {}, errors: [] }, newFormKey()));
  },
  async submit(req: Request, res: Response): Promise<void> {
    const { userId, grants } = readerOf(req);
    const roles = grants.map(({ role }) => role);
    await takeForm(req, res, {
      view: VIEW,
      read: (fields) => readChoices(fields, roles),
      submit: async (wish) => {
        await keepChoices(userId, wish);
        return '/account/notices';
      },
      done: 'notifications.done.settings',
      present: (state, key) => page(req, state, key),
    });
  },
};
