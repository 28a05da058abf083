import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { readFilter, readTurn } from '../shared/list-address.ts';
import { optionalId, type Posted } from '../shared/form.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { areaChoices } from './areas.queries.ts';
import { findEnterprise } from './enterprises.queries.ts';
import { readMediatorEnd, readNewMediator, readNewRoom, readRoom, readRoomFilter } from './room.form.ts';
import {
  presentMediatorEnd,
  presentRoom,
  presentRoomForm,
  presentRooms,
  roomInForm,
  type ShownRooms,
} from './rooms.presenter.ts';
import { findRoom, listRooms, mediatorsFor, membershipsOf } from './rooms.queries.ts';
import { addMediator, createRoom, editRoom, endMediator, findMembership } from './rooms.service.ts';

const FORM = 'directory/form';
const ROOM = 'directory/room';

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'directory/list', presentRooms(req.t, await shownList(req)));
}

/** Every room of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentRooms(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownRooms> {
  const reader = readerOf(req);
  const filter = readRoomFilter(req.query);
  const page = await listRooms(reader, filter, size ? {} : readTurn(req.query), size);
  return { page, filter, reader };
}

export async function show(req: Request, res: Response): Promise<void> {
  const state = { values: { activeFrom: today() }, errors: [] };
  await renderPage(req, res, ROOM, await roomPage(req, state, newFormKey()));
}

async function roomPage(req: Request, state: FormState, key: string) {
  const reader = readerOf(req);
  const room = await findRoom(reader, param(req, 'roomId'));
  const [memberships, candidates] = await Promise.all([membershipsOf(room.id), mediatorsFor(room)]);
  return presentRoom(req.t, { room, memberships, candidates, reader, today: today(), state, key });
}

/** The page of a new room, of an enterprise where the address (or the form) names one. */
async function newRoomPage(req: Request, fields: Posted, state: FormState, key: string) {
  const reader = readerOf(req);
  const { enterprise: id } = readFilter({ enterprise: optionalId() }, { enterprise: fields['enterpriseId'] });
  const enterprise = id ? await findEnterprise(reader, id, 'directory.edit') : null;
  const areas = await areaChoices(reader, 'directory.edit');
  return presentRoomForm(req.t, { room: null, enterprise, areas, state, key });
}

export async function showNew(req: Request, res: Response): Promise<void> {
  const fields = { enterpriseId: req.query['enterprise'] };
  const state = { values: roomInForm(null), errors: [] };
  await renderPage(req, res, FORM, await newRoomPage(req, fields, state, newFormKey()));
}

export async function create(req: Request, res: Response): Promise<void> {
  await takeForm(req, res, {
    view: FORM,
    read: readNewRoom,
    submit: async (values) => `/rooms/${await createRoom(readerOf(req), values)}`,
    done: 'directory.saved',
    present: (state, key) => newRoomPage(req, posted(req), state, key),
  });
}

export async function showEdit(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const room = await findRoom(reader, param(req, 'roomId'), 'directory.edit');
  const areas = await areaChoices(reader, 'directory.edit');
  const state = { values: roomInForm(room), errors: [] };
  const page = presentRoomForm(req.t, { room, enterprise: null, areas, state, key: newFormKey() });
  await renderPage(req, res, FORM, page);
}

export async function edit(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const roomId = param(req, 'roomId');
  await takeForm(req, res, {
    view: FORM,
    read: readRoom,
    submit: async (values) => {
      await editRoom(reader, roomId, values);
      return `/rooms/${roomId}`;
    },
    done: 'directory.saved',
    present: async (state, key) => {
      const room = await findRoom(reader, roomId, 'directory.edit');
      const areas = await areaChoices(reader, 'directory.edit');
      return presentRoomForm(req.t, { room, enterprise: null, areas, state, key });
    },
  });
}

export async function createMediator(req: Request, res: Response): Promise<void> {
  const roomId = param(req, 'roomId');
  await takeForm(req, res, {
    view: ROOM,
    read: readNewMediator,
    submit: async (values) => {
      await addMediator(readerOf(req), roomId, values);
      return `/rooms/${roomId}`;
    },
    done: 'directory.saved',
    present: (state, key) => roomPage(req, state, key),
  });
}

async function endPage(req: Request, state: FormState, key: string) {
  const roomId = param(req, 'roomId');
  const membership = await findMembership(readerOf(req), roomId, param(req, 'membershipId'));
  return presentMediatorEnd(req.t, { roomId, membership, state, key });
}

export async function showMediatorEnd(req: Request, res: Response): Promise<void> {
  const state = { values: { activeTo: today() }, errors: [] };
  await renderPage(req, res, FORM, await endPage(req, state, newFormKey()));
}

export async function submitMediatorEnd(req: Request, res: Response): Promise<void> {
  const [roomId, membershipId] = [param(req, 'roomId'), param(req, 'membershipId')];
  await takeForm(req, res, {
    view: FORM,
    read: readMediatorEnd,
    submit: async (values) => {
      await endMediator(readerOf(req), roomId, membershipId, values);
      return `/rooms/${roomId}`;
    },
    done: 'directory.saved',
    present: (state, key) => endPage(req, state, key),
  });
}
