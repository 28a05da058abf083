import type { Request, Response } from 'express';
import { managedAreas } from '../directory/areas.queries.ts';
import { mailOf } from '../notifications/choices.queries.ts';
import { changeMail, keepAddresses } from '../notifications/choices.service.ts';
import { now } from '../shared/clock.ts';
import { readTurn } from '../shared/list-address.ts';
import { sentKey, takeForm } from '../web/form-page.ts';
import { attempt, newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, tell } from '../web/pages.ts';
import { linkAddress, withLink, type MadeLink } from '../web/one-time-link.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { readEnd, readMail, readNewUser, readRole, readUserFilter, type RoleFields } from './users.form.ts';
import {
  presentNewUser,
  presentOneTimeLink,
  presentUser,
  presentUsers,
  type SentForm,
} from './users.presenter.ts';
import {
  enterpriseNamed,
  enterpriseSuggestions,
  findManagedUser,
  isManagedUser,
  listUsers,
} from './users.queries.ts';
import * as users from './users.service.ts';

const NEW_USER = 'accounts/new-user';
const USER = 'accounts/user';
const NOTHING_SENT: FormState = { values: {}, errors: [] };

export async function list(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const filter = readUserFilter(req.query);
  const page = await listUsers(reader, filter, readTurn(req.query));
  const areas = await managedAreas(reader);
  await renderPage(req, res, 'accounts/users', presentUsers(req.t, { page, filter, areas, now: now() }));
}

async function newUserPage(req: Request, state: FormState, key: string) {
  const reader = readerOf(req);
  const [areas, suggestions] = [await managedAreas(reader), await enterpriseSuggestions(reader)];
  return presentNewUser(req.t, { areas, suggestions, state, key });
}

export async function showNew(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, NEW_USER, await newUserPage(req, NOTHING_SENT, newFormKey()));
}

async function roleWish(req: Request, { role, areaId, enterprise }: RoleFields): Promise<users.RoleWish> {
  const enterpriseId = enterprise === null ? null : await enterpriseNamed(readerOf(req), enterprise, areaId);
  return { role, areaId, enterpriseId };
}

export async function create(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const fields = posted(req);
  const key = sentKey(fields);
  const read = readNewUser(fields);
  const result = read.ok
    ? await attempt(() =>
        withLink(req, key, read.values, async () => {
          const { username, displayName, mail } = read.values;
          const roles = [await roleWish(req, read.values)];
          const { userId, token } = await users.createUser(reader, { username, displayName, roles });
          if (mail) await keepAddresses(reader.userId, userId, { mail });
          return { id: userId, token };
        }),
      )
    : read;
  if ('done' in result) return answerWithLink(req, res, result.done);
  const page = await newUserPage(req, { values: fields, errors: result.errors }, key);
  await renderPage(req, res, NEW_USER, page, { status: 422 });
}

/**
 * Shows a new link in the answer to the POST itself, unlike every other form: in an address, a log or a session it
 * could be read by others.
 */
async function answerWithLink(req: Request, res: Response, { id: userId, token }: MadeLink): Promise<void> {
  if (token === null) return res.redirect(303, `/users/${userId}`);
  const { user } = await findManagedUser(readerOf(req), userId);
  const address = linkAddress(req, token);
  await renderPage(req, res, 'accounts/one-time-link', presentOneTimeLink(req.t, { user, address }));
}

async function userPage(req: Request, sent: SentForm, key: string) {
  const reader = readerOf(req);
  const managed = await findManagedUser(reader, param(req, 'userId'));
  const [areas, suggestions] = [await managedAreas(reader), await enterpriseSuggestions(reader)];
  const own = reader.userId === managed.user.id;
  const keys = {
    role: newFormKey(),
    end: newFormKey(),
    mail: newFormKey(),
    reset: newFormKey(),
    ...(sent.form ? { [sent.form]: key } : {}),
  };
  const mail = managed.informant ? null : await mailOf(managed.user.id);
  return presentUser(req.t, { managed, mail, areas, suggestions, own, reader, now: now(), sent, keys });
}

export async function show(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, USER, await userPage(req, { form: null, state: NOTHING_SENT }, ''));
}

export async function addRole(req: Request, res: Response): Promise<void> {
  const userId = param(req, 'userId');
  await takeForm(req, res, {
    view: USER,
    read: readRole,
    submit: async (values) => {
      await users.grantRole(readerOf(req), userId, await roleWish(req, values));
      return `/users/${userId}`;
    },
    done: 'accounts.users.roleAdded',
    present: (state, key) => userPage(req, { form: 'role', state }, key),
  });
}

export async function setMail(req: Request, res: Response): Promise<void> {
  const userId = param(req, 'userId');
  await takeForm(req, res, {
    view: USER,
    read: readMail,
    submit: async ({ mail }) => {
      await changeMail(readerOf(req), userId, mail);
      return `/users/${userId}`;
    },
    done: 'accounts.users.mailChanged',
    present: (state, key) => userPage(req, { form: 'mail', state }, key),
  });
}

export async function endRole(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const userId = param(req, 'userId');
  await users.endRole(reader, userId, param(req, 'grantId'));
  tell(req, 'accounts.users.roleEnded');
  // Somebody whose last role here ended may be another area's by now.
  res.redirect(303, (await isManagedUser(reader, userId)) ? `/users/${userId}` : '/users');
}

export async function resetPassword(req: Request, res: Response): Promise<void> {
  const userId = param(req, 'userId');
  const made = await withLink(req, sentKey(posted(req)), null, async () => ({
    id: userId,
    token: await users.resetPassword(readerOf(req), userId),
  }));
  await answerWithLink(req, res, made);
}

export async function endUser(req: Request, res: Response): Promise<void> {
  const userId = param(req, 'userId');
  await takeForm(req, res, {
    view: USER,
    read: readEnd,
    submit: async () => {
      await users.endUser(readerOf(req), userId);
      return `/users/${userId}`;
    },
    done: 'accounts.users.ended',
    present: (state, key) => userPage(req, { form: 'end', state }, key),
  });
}
