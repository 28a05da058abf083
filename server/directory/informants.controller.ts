import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { readConfirmed } from '../shared/form.ts';
import { readTurn } from '../shared/list-address.ts';
import { sentKey, takeForm } from '../web/form-page.ts';
import { attempt, newFormKey, type FormState } from '../web/form-view.ts';
import { linkAddress, withLink, type MadeLink } from '../web/one-time-link.ts';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { areaChoices } from './areas.queries.ts';
import { enterpriseAsked } from './enterprises.queries.ts';
import { readInformantFilter, readNewInformant, readSecretAsked } from './informant.form.ts';
import {
  presentInformant,
  presentInformantEnd,
  presentInformantLink,
  presentInformants,
  presentNewInformant,
  presentSecret,
  type ShownInformants,
} from './informants.presenter.ts';
import { findInformant, listInformants } from './informants.queries.ts';
import { createInformant, endInformant, renewInformantLink, revealInformant } from './informants.service.ts';

const FORM = 'directory/form';

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'directory/list', presentInformants(req.t, await shownList(req)));
}

/** Every informant of the list's filter, by code, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentInformants(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownInformants> {
  const reader = readerOf(req);
  const filter = readInformantFilter(req.query);
  const page = await listInformants(reader, filter, size ? {} : readTurn(req.query), size);
  const areas = await areaChoices(reader, 'directory.read');
  return { page, filter, areas, reader, today: today() };
}

export async function showNew(req: Request, res: Response): Promise<void> {
  const asked = await enterpriseAsked(readerOf(req), req.query['enterprise'], 'informants.manage');
  const state = { values: { activeFrom: today(), enterprise: asked?.name ?? '' }, errors: [] };
  await renderPage(req, res, FORM, presentNewInformant(req.t, { state, key: newFormKey() }));
}

export async function create(req: Request, res: Response): Promise<void> {
  const fields = posted(req);
  const key = sentKey(fields);
  const read = readNewInformant(fields);
  const result = read.ok
    ? await attempt(() => withLink(req, key, read.values, () => createInformant(readerOf(req), read.values)))
    : read;
  if ('done' in result) return answerWithLink(req, res, result.done);
  const page = presentNewInformant(req.t, { state: { values: fields, errors: result.errors }, key });
  await renderPage(req, res, FORM, page, { status: 422 });
}

/** A new link is shown in the answer to the POST itself, as for every account. */
async function answerWithLink(req: Request, res: Response, { id, token }: MadeLink): Promise<void> {
  if (token === null) return res.redirect(303, `/informants/${id}`);
  const { code } = await findInformant(readerOf(req), id);
  const address = linkAddress(req, token);
  await renderPage(req, res, 'accounts/one-time-link', presentInformantLink(req.t, { id, code, address }));
}

export async function show(req: Request, res: Response): Promise<void> {
  const informant = await findInformant(readerOf(req), param(req, 'informantId'));
  const page = presentInformant(req.t, { informant, today: today(), key: newFormKey() });
  await renderPage(req, res, 'directory/informant', page);
}

export async function renewal(req: Request, res: Response): Promise<void> {
  const id = param(req, 'informantId');
  const made = await withLink(req, sentKey(posted(req)), null, async () => ({
    id,
    token: await renewInformantLink(readerOf(req), id),
  }));
  await answerWithLink(req, res, made);
}

const endPage = async (req: Request, state: FormState, key: string) =>
  presentInformantEnd(req.t, {
    informant: await findInformant(readerOf(req), param(req, 'informantId')),
    state,
    key,
  });

export const ending = {
  show: async (req: Request, res: Response): Promise<void> => {
    await renderPage(req, res, FORM, await endPage(req, { values: {}, errors: [] }, newFormKey()));
  },
  submit: async (req: Request, res: Response): Promise<void> => {
    const id = param(req, 'informantId');
    await findInformant(readerOf(req), id);
    await takeForm(req, res, {
      view: FORM,
      read: readConfirmed,
      submit: async () => {
        await endInformant(readerOf(req), id);
        return `/informants/${id}`;
      },
      done: 'duties.informants.endDone',
      present: (state, key) => endPage(req, state, key),
    });
  },
};

/** The form that asks why the name or the phone is to be seen; its answer shows it, and that is on record. */
export const secrets = {
  show: async (req: Request, res: Response): Promise<void> => {
    const informant = await findInformant(readerOf(req), param(req, 'informantId'));
    await renderPage(req, res, 'directory/secret', presentSecret(req.t, informant, {}));
  },
  submit: async (req: Request, res: Response): Promise<void> => {
    const reader = readerOf(req);
    const informant = await findInformant(reader, param(req, 'informantId'));
    const values = posted(req);
    const form = readSecretAsked(values);
    const shown = form.ok
      ? { values, revealed: await revealInformant(reader, informant.id, form.values) }
      : { values, errors: form.errors };
    const page = presentSecret(req.t, informant, shown);
    await renderPage(req, res, 'directory/secret', page, { status: form.ok ? 200 : 422 });
  },
};
