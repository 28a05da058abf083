import type { Request, Response } from 'express';
import { tidyPhoto } from '../shared/attachment-type.ts';
import { today } from '../shared/clock.ts';
import { readConfirmed } from '../shared/form.ts';
import { readTurn } from '../shared/list-address.ts';
import { sendDownload } from '../web/downloads.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { areaChoices } from './areas.queries.ts';
import * as forms from './outreach.form.ts';
import {
  outreachInForm,
  presentOutreach,
  presentOutreachForm,
  presentOutreachList,
  presentRemoval,
  presentVoiding,
} from './outreach.presenter.ts';
import { findOutreach, findPhoto, listOutreach, photosOf } from './outreach.queries.ts';
import * as service from './outreach.service.ts';

const FORM = 'directory/form';
const PAGE = 'directory/outreach';
const LIST = '/outreach';
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

const addressOf = (req: Request): string => `${LIST}/${param(req, 'outreachId')}`;

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'directory/list', presentOutreachList(req.t, await shownList(req)));
}

/** Every event of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentOutreachList(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number) {
  const reader = readerOf(req);
  const filter = forms.readOutreachFilter(req.query);
  const shown = await listOutreach(reader, filter, size ? {} : readTurn(req.query), size);
  return { ...shown, filter, areas: await areaChoices(reader, 'outreach.read'), reader };
}

export async function show(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, PAGE, await eventPage(req, NOTHING_TYPED, newFormKey()));
}

async function eventPage(req: Request, state: FormState, key: string) {
  const reader = readerOf(req);
  const event = await findOutreach(reader, param(req, 'outreachId'));
  return presentOutreach(req.t, { event, photos: await photosOf(event.id), reader, state, key });
}

async function newPage(req: Request, state: FormState, key: string) {
  const areas = await areaChoices(readerOf(req), 'outreach.record');
  return presentOutreachForm(req.t, { event: null, areas, state, key });
}

export async function showNew(req: Request, res: Response): Promise<void> {
  const state = { values: { heldOn: today() }, errors: [] };
  await renderPage(req, res, FORM, await newPage(req, state, newFormKey()));
}

export async function create(req: Request, res: Response): Promise<void> {
  await takeForm(req, res, {
    view: FORM,
    read: (fields) => forms.readNewOutreach(fields, today()),
    submit: async (values) => `${LIST}/${await service.recordOutreach(readerOf(req), values)}`,
    done: 'directory.saved',
    present: (state, key) => newPage(req, state, key),
  });
}

async function editPage(req: Request, state: FormState | null, key: string) {
  const event = await service.findStanding(readerOf(req), param(req, 'outreachId'));
  const areas = await areaChoices(readerOf(req), 'outreach.record');
  const shown = state ?? { values: outreachInForm(event), errors: [] };
  return presentOutreachForm(req.t, { event, areas, state: shown, key });
}

export const editing = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, FORM, await editPage(req, null, newFormKey()));
  },
  async submit(req: Request, res: Response): Promise<void> {
    const { id } = await service.findStanding(readerOf(req), param(req, 'outreachId'));
    await takeForm(req, res, {
      view: FORM,
      read: (fields) => forms.readOutreach(fields, today()),
      submit: async (values) => {
        await service.editOutreach(readerOf(req), id, values);
        return addressOf(req);
      },
      done: 'directory.saved',
      present: (state, key) => editPage(req, state, key),
    });
  },
};

async function voidingPage(req: Request, state: FormState, key: string) {
  const event = await service.findStanding(readerOf(req), param(req, 'outreachId'));
  return presentVoiding(req.t, { event, state, key });
}

export const voiding = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, FORM, await voidingPage(req, NOTHING_TYPED, newFormKey()));
  },
  async submit(req: Request, res: Response): Promise<void> {
    const { id } = await findOutreach(readerOf(req), param(req, 'outreachId'), 'outreach.record');
    await takeForm(req, res, {
      view: FORM,
      read: forms.readOutreachVoiding,
      submit: async (values) => {
        await service.voidOutreach(readerOf(req), id, values);
        return addressOf(req);
      },
      done: 'outreach.voided',
      present: (state, key) => voidingPage(req, state, key),
    });
  },
};

export async function addPhoto(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const { id } = await service.findStanding(reader, param(req, 'outreachId'));
  const file = sentFile(req);
  await takeForm(req, res, {
    view: PAGE,
    read: (fields) => forms.readPhoto(fields, file),
    prepare: () => tidyPhoto(file!.bytes),
    submit: async ({ caption }, photo) => {
      await service.keepPhoto(reader, id, photo, caption);
      return addressOf(req);
    },
    done: 'outreach.photos.added',
    present: (state, key) => eventPage(req, state, key),
  });
}

export async function photo(req: Request, res: Response): Promise<void> {
  const ids = [param(req, 'outreachId'), param(req, 'photoId')] as const;
  await sendDownload(res, await service.readPhoto(readerOf(req), ...ids));
}

async function removalPage(req: Request, state: FormState, key: string) {
  const event = await findOutreach(readerOf(req), param(req, 'outreachId'), 'outreach.record');
  return presentRemoval(req.t, {
    event,
    photo: await findPhoto(event.id, param(req, 'photoId')),
    state,
    key,
  });
}

export const removal = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, FORM, await removalPage(req, NOTHING_TYPED, newFormKey()));
  },
  async submit(req: Request, res: Response): Promise<void> {
    const [outreachId, photoId] = [param(req, 'outreachId'), param(req, 'photoId')];
    await takeForm(req, res, {
      view: FORM,
      read: readConfirmed,
      submit: async () => {
        await service.removePhoto(readerOf(req), outreachId, photoId);
        return addressOf(req);
      },
      done: 'outreach.photos.removed',
      present: (state, key) => removalPage(req, state, key),
    });
  },
};
