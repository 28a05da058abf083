import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { Conflict } from '../shared/errors.ts';
import { readTurn } from '../shared/list-address.ts';
import { qrCode, type QrCode } from '../shared/qr-code.ts';
import { publicOrigin } from '../web/csrf.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { translator } from '../web/language.ts';
import { renderPage } from '../web/pages.ts';
import { rateLimit } from '../web/rate-limit.ts';
import { param, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { areaChoices } from './areas.queries.ts';
import { presentPrint, presentPublicCard, presentUnknownCard } from './card-print.presenter.ts';
import { readCardFilter, readNewCards, readPrintFormat, readRevocation } from './cards.form.ts';
import { presentCard, presentCards, presentNewCards, presentRevocation } from './cards.presenter.ts';
import {
  cardOfToken,
  cardsToPrint,
  dutiesOfCard,
  findCard,
  listCards,
  roomsOfCards,
} from './cards.queries.ts';
import { makeCards, revokeCard } from './cards.service.ts';
import { enterpriseAsked } from './enterprises.queries.ts';

const FORM = 'directory/form';
const PUBLIC = 'directory/public-card';
const LIST = '/cards';

/** A whole canteen that scans the card at once stays below it; who tries addresses does not. */
const asked = rateLimit({ points: 300, duration: 600 });

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'directory/list', presentCards(req.t, await shownList(req)));
}

/** Every card of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentCards(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number) {
  const reader = readerOf(req);
  const filter = readCardFilter(req.query);
  const page = await listCards(reader, filter, size ? {} : readTurn(req.query), size);
  const areas = await areaChoices(reader, 'directory.read');
  return { page, filter, areas, reader };
}

/** The cards of the list's filter that are in force, each once. */
export async function printList(req: Request, res: Response): Promise<void> {
  const { state: _, ...filter } = readCardFilter(req.query);
  await printed(req, res, { ...(await cardsToPrint(readerOf(req), filter)), filter });
}

/** One card: a sheet full of it, or a page. */
export async function print(req: Request, res: Response): Promise<void> {
  const card = await findCard(readerOf(req), param(req, 'cardId'));
  if (card.revokedAt) throw new Conflict('cards.errors.revoked');
  await printed(req, res, { cards: [card], alone: card.id });
}

type Printing = Pick<Parameters<typeof presentPrint>[2], 'cards' | 'alone' | 'more' | 'filter'>;

/** What is printed is in Chinese; what stands beside it on the screen is not. */
async function printed(req: Request, res: Response, printing: Printing): Promise<void> {
  const { cards } = printing;
  const codes = new Map<string, QrCode>(cards.map(({ id, token }) => [id, qrCode(addressOf(req, token))]));
  const page = presentPrint(req.t, translator('zh-CN'), {
    ...printing,
    ...{ codes, rooms: await roomsOfCards(cards), format: readPrintFormat(req.query) },
    origin: publicOrigin(req),
  });
  await renderPage(req, res, 'directory/cards-print', page, { layout: 'print' });
}

/** Where a card leads to. */
function addressOf(req: Request, token: string): string {
  return `${publicOrigin(req)}/c/${token}`;
}

export async function show(req: Request, res: Response): Promise<void> {
  const card = await findCard(readerOf(req), param(req, 'cardId'));
  const address = addressOf(req, card.token);
  const room = (await roomsOfCards([card])).get(card.id) ?? null;
  const duties = await dutiesOfCard(card, today());
  const page = presentCard(req.t, { card, address, code: qrCode(address), room, duties });
  await renderPage(req, res, 'directory/card', page);
}

async function newPage(req: Request, state: FormState, key: string) {
  const areas = await areaChoices(readerOf(req), 'cards.manage');
  return presentNewCards(req.t, { areas, state, key });
}

export async function showNew(req: Request, res: Response): Promise<void> {
  const enterprise = await enterpriseAsked(readerOf(req), req.query['enterprise'], 'cards.manage');
  const state = { values: { enterprise: enterprise?.name ?? '' }, errors: [] };
  await renderPage(req, res, FORM, await newPage(req, state, newFormKey()));
}

export async function create(req: Request, res: Response): Promise<void> {
  await takeForm(req, res, {
    view: FORM,
    read: readNewCards,
    submit: async (values) => {
      const [id, ...more] = await makeCards(readerOf(req), values);
      return more.length === 0 ? `${LIST}/${id}` : LIST;
    },
    done: 'cards.made',
    present: (state, key) => newPage(req, state, key),
  });
}

async function revocationPage(req: Request, state: FormState, key: string) {
  const card = await findCard(readerOf(req), param(req, 'cardId'));
  return presentRevocation(req.t, { card, state, key });
}

export const revocation = {
  async show(req: Request, res: Response): Promise<void> {
    const state = { values: { reissue: 'yes' }, errors: [] };
    await renderPage(req, res, FORM, await revocationPage(req, state, newFormKey()));
  },

  async submit(req: Request, res: Response): Promise<void> {
    const { id } = await findCard(readerOf(req), param(req, 'cardId'));
    await takeForm(req, res, {
      view: FORM,
      read: readRevocation,
      submit: async (values) => `${LIST}/${await revokeCard(readerOf(req), id, values)}`,
      done: 'cards.revokedNow',
      present: (state, key) => revocationPage(req, state, key),
    });
  },
};

/** What somebody sees who scans a card: no account, no search engine, nothing that the card itself does not say. */
export async function showPublic(req: Request, res: Response): Promise<void> {
  await asked.count(req);
  res.set('X-Robots-Tag', 'noindex, nofollow');
  const card = await cardOfToken(param(req, 'token'));
  const layout = { layout: 'bare' } as const;
  if (!card) return renderPage(req, res, PUBLIC, presentUnknownCard(req.t), { ...layout, status: 404 });
  const room = (await roomsOfCards([card])).get(card.id) ?? null;
  const duties = await dutiesOfCard(card, today());
  await renderPage(req, res, PUBLIC, presentPublicCard(req.t, { card, room, duties }), layout);
}
