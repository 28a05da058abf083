import type { Request, RequestHandler } from 'express';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import type { MappedKind } from './file-kinds.rules.ts';
import { mappingsAddress, presentEnding, presentMappings } from './import-mappings.presenter.ts';
import { findMapping, listMappings } from './import-mappings.queries.ts';
import { endMapping } from './import-mappings.service.ts';

const ENDING = 'hotline/import-mapping-ending';

interface MappingPages {
  list: RequestHandler;
  ending: { show: RequestHandler; submit: RequestHandler };
}

/** The pages of the kept mappings for one kind of file; `parameter` of the path is the mapping's id. */
export function mappingPages(kind: MappedKind, parameter: string): MappingPages {
  const ending = async (req: Request, state: FormState, key: string): Promise<PageModel> =>
    presentEnding(req.t, kind, await findMapping(kind, readerOf(req), param(req, parameter)), state, key);
  return {
    list: async (req, res) => {
      const mappings = await listMappings(kind, readerOf(req));
      await renderPage(req, res, 'hotline/import-mappings', presentMappings(req.t, kind, mappings));
    },
    ending: {
      show: async (req, res) =>
        renderPage(req, res, ENDING, await ending(req, { values: {}, errors: [] }, newFormKey())),
      submit: async (req, res) =>
        takeForm(req, res, {
          view: ENDING,
          read: () => ({ ok: true, values: null }),
          submit: async () => {
            await endMapping(kind, readerOf(req), param(req, parameter));
            return mappingsAddress(kind);
          },
          done: 'hotline.mappings.endDone',
          present: (state, key) => ending(req, state, key),
        }),
    },
  };
}
