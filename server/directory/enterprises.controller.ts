import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { areaChoices } from './areas.queries.ts';
import { presentEnterpriseDuties } from './enterprise-duties.presenter.ts';
import { loadEnterprise } from './enterprise-page.queries.ts';
import {
  readDayAsked,
  readEnterprise,
  readEnterpriseFilter,
  readNewAsked,
  readNewEnterprise,
} from './enterprise.form.ts';
import {
  enterpriseInForm,
  presentEnterprise,
  presentEnterpriseForm,
  presentEnterprises,
  type ShownEnterprises,
} from './enterprises.presenter.ts';
import { findEnterprise, listEnterprises } from './enterprises.queries.ts';
import { createEnterprise, editEnterprise } from './enterprises.service.ts';

const LIST = 'directory/list';
const FORM = 'directory/form';

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, LIST, presentEnterprises(req.t, await shownList(req)));
}

/** Every enterprise of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentEnterprises(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownEnterprises> {
  const reader = readerOf(req);
  const filter = readEnterpriseFilter(req.query);
  const page = await listEnterprises(reader, filter, size ? {} : readTurn(req.query), size);
  const areas = await areaChoices(reader, 'directory.read');
  return { page, filter, areas, reader };
}

export async function show(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const loaded = await loadEnterprise(reader, param(req, 'enterpriseId'));
  const asked = { on: readDayAsked(req.query), reader, today: today() };
  const model = {
    ...presentEnterprise(req.t, { ...loaded, reader }),
    duties: presentEnterpriseDuties(req.t, { ...loaded, ...asked }),
  };
  await renderPage(req, res, 'directory/enterprise', model);
}

export async function showNew(req: Request, res: Response): Promise<void> {
  const areas = await areaChoices(readerOf(req), 'directory.edit');
  const state = { values: { ...enterpriseInForm(null), ...readNewAsked(req.query) }, errors: [] };
  const page = presentEnterpriseForm(req.t, { enterprise: null, areas, state, key: newFormKey() });
  await renderPage(req, res, FORM, page);
}

export async function create(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: FORM,
    read: readNewEnterprise,
    submit: async (values) => {
      const id = await createEnterprise(reader, values);
      return readNewAsked(posted(req)).for ? '/ledgers/names' : `/enterprises/${id}`;
    },
    done: 'directory.saved',
    present: async (state, key) => {
      const areas = await areaChoices(reader, 'directory.edit');
      return presentEnterpriseForm(req.t, { enterprise: null, areas, state, key });
    },
  });
}

export async function showEdit(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const enterprise = await findEnterprise(reader, param(req, 'enterpriseId'), 'directory.edit');
  const areas = await areaChoices(reader, 'directory.edit');
  const state = { values: enterpriseInForm(enterprise), errors: [] };
  await renderPage(
    req,
    res,
    FORM,
    presentEnterpriseForm(req.t, { enterprise, areas, state, key: newFormKey() }),
  );
}

export async function edit(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const enterpriseId = param(req, 'enterpriseId');
  const { contactPhone } = await findEnterprise(reader, enterpriseId, 'directory.edit');
  await takeForm(req, res, {
    view: FORM,
    read: (fields) => readEnterprise(fields, contactPhone),
    submit: async (values) => {
      await editEnterprise(reader, enterpriseId, values);
      return `/enterprises/${enterpriseId}`;
    },
    done: 'directory.saved',
    present: async (state, key) => {
      const enterprise = await findEnterprise(reader, enterpriseId, 'directory.edit');
      const areas = await areaChoices(reader, 'directory.edit');
      return presentEnterpriseForm(req.t, { enterprise, areas, state, key });
    },
  });
}
