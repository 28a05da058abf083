import type { Request, Response } from 'express';
import { takeForm } from '../web/form-page.ts';
import { newFormKey } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { readAreaName, readNewArea } from './area.form.ts';
import { presentAreaName, presentAreas, presentNewArea } from './areas.presenter.ts';
import { findManagedArea, managedAreas } from './areas.queries.ts';
import { addArea, renameArea } from './areas.service.ts';

const FORM = 'directory/form';
const LIST = '/areas';

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'directory/list', presentAreas(req.t, await managedAreas(readerOf(req))));
}

export async function showNew(req: Request, res: Response): Promise<void> {
  const areas = await managedAreas(readerOf(req));
  const state = { values: {}, errors: [] };
  await renderPage(req, res, FORM, presentNewArea(req.t, { areas, state, key: newFormKey() }));
}

export async function create(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: FORM,
    read: readNewArea,
    submit: async ({ parentId, ...naming }) => {
      await addArea(reader, parentId, naming);
      return LIST;
    },
    done: 'directory.saved',
    present: async (state, key) => presentNewArea(req.t, { areas: await managedAreas(reader), state, key }),
  });
}

export async function showEdit(req: Request, res: Response): Promise<void> {
  const area = await findManagedArea(readerOf(req), param(req, 'areaId'));
  const state = { values: { name: area.name }, errors: [] };
  await renderPage(req, res, FORM, presentAreaName(req.t, { area, state, key: newFormKey() }));
}

export async function edit(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const areaId = param(req, 'areaId');
  await takeForm(req, res, {
    view: FORM,
    read: readAreaName,
    submit: async (values) => {
      await renameArea(reader, areaId, values);
      return LIST;
    },
    done: 'directory.saved',
    present: async (state, key) =>
      presentAreaName(req.t, { area: await findManagedArea(reader, areaId), state, key }),
  });
}
