import type { Request, RequestHandler, Response } from 'express';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { readParticulars } from './particulars.form.ts';
import { presentParticulars } from './particulars.presenter.ts';
import type { ParticularsSubject } from './particulars.rules.ts';
import * as service from './particulars.service.ts';

const FORM = 'documents/form';

export const ofClaimant = particularsPage('claimant', 'claimantId');
export const ofRespondent = particularsPage('respondent', 'respondentId');
export const ofCase = particularsPage('case', 'caseId');

/** The page on which the particulars of one subject are entered, and what it posts. */
function particularsPage<S extends ParticularsSubject>(
  subject: S,
  parameter: string,
): { show: RequestHandler; submit: RequestHandler } {
  const whose = (req: Request) => ({ caseId: param(req, 'caseId'), subject, id: param(req, parameter) });
  const page = async (req: Request, state: FormState, key: string) =>
    presentParticulars(
      whose(req),
      await service.openParticulars(readerOf(req), whose(req)),
      state,
      key,
      req.t,
    );
  return {
    show: async (req: Request, res: Response) =>
      renderPage(req, res, FORM, await page(req, { values: {}, errors: [] }, newFormKey())),
    submit: async (req: Request, res: Response) => {
      const reader = readerOf(req);
      await service.openParticulars(reader, whose(req));
      await takeForm(req, res, {
        view: FORM,
        read: (fields) => readParticulars(subject, fields),
        submit: async ({ version, details, identity }) => {
          await service.recordParticulars(reader, whose(req), version, details, identity);
          return `/cases/${param(req, 'caseId')}`;
        },
        done: 'documents.particulars.done',
        present: (state, key) => page(req, state, key),
      });
    },
  };
}
