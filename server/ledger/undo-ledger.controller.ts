import type { Request, Response } from 'express';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { findUndoable } from './ledger-batches.queries.ts';
import { readUndoing } from './undo-ledger.form.ts';
import { presentUndo } from './undo-ledger.presenter.ts';
import { undoLedger } from './undo-ledger.service.ts';

const VIEW = 'ledger/undo';

/** A whole ledger is taken back. */
export const undoing = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, VIEW, await undoPage(req, { values: {}, errors: [] }, newFormKey()));
  },

  async submit(req: Request, res: Response): Promise<void> {
    const ledgerId = param(req, 'ledgerId');
    await takeForm(req, res, {
      view: VIEW,
      read: readUndoing,
      submit: async (wish) => {
        await undoLedger(readerOf(req), ledgerId, wish);
        return `/ledgers/${ledgerId}`;
      },
      done: 'ledger.undo.done',
      present: (state, key) => undoPage(req, state, key),
    });
  },
};

async function undoPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  return presentUndo(req.t, await findUndoable(readerOf(req), param(req, 'ledgerId')), state, key);
}
