import { inTx } from '../../models/dialect.ts';
import { Informant } from '../../models/one-duty.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { openInformantAccount } from '../accounts/informant-accounts.service.ts';
import { endAccount, renewLink } from '../accounts/users.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { NotFound, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { enterpriseMeant } from './enterprises.queries.ts';
import { findInformant } from './informants.queries.ts';
import type { InformantSecret, SecretReason } from './informants.rules.ts';

/** What a form says of a new informant; the name and the phone are for who manages informants alone. */
export interface InformantValues {
  enterprise: string;
  name: string;
  phone: string | null;
  activeFrom: CalendarDay;
}

/**
 * Names an informant and makes the account that is known by a code; gives the informant's id and the token of the
 * one-time link.
 * @throws Unacceptable for an enterprise that is not the reader's to name informants for
 */
export async function createInformant(
  reader: Reader,
  { enterprise: named, name, phone, activeFrom }: InformantValues,
): Promise<{ id: string; token: string }> {
  return inTx(async () => {
    const { id: enterpriseId, townId, villageId } = await enterpriseMeant(reader, 'informants.manage', named);
    if (!may(reader, 'informants.manage', { townId, villageId, enterpriseId }))
      throw new Unacceptable('duties.errors.enterpriseUnknown', {}, 'enterprise');
    const workplace = { areaId: villageId ?? townId, enterpriseId };
    const { userId, code, token } = await openInformantAccount(reader.userId, workplace);
    const id = newId();
    const where = { townId, villageId, enterpriseId };
    await Informant.create({
      ...{ id, ...where, userId, code, name, phone, activeFrom },
      namedById: reader.userId,
    });
    await recordAudit(reader.userId, {
      action: 'nameInformant',
      objectType: 'informant',
      objectId: id,
      detail: { code, enterpriseId, activeFrom },
    });
    return { id, token };
  });
}

/** Ends an informant today, with the account and its sessions. @throws Conflict when they have left already */
export async function endInformant(reader: Reader, id: string): Promise<void> {
  await inTx(async () => {
    const { userId } = await findInformant(reader, id);
    await endAccount(reader.userId, userId);
  });
}

/** The token of a new one-time link; the password that there was is void. */
export async function renewInformantLink(reader: Reader, id: string): Promise<string> {
  return inTx(async () => renewLink(reader.userId, (await findInformant(reader, id)).userId));
}

/** The name or the phone in clear; who saw it and why is written in the same transaction (个人信息保护法 51, 54). */
export async function revealInformant(
  reader: Reader,
  id: string,
  wish: { field: InformantSecret; reason: SecretReason },
): Promise<string> {
  return inTx(async () => {
    const secret = (await findInformant(reader, id))[wish.field];
    if (secret === null) throw new NotFound();
    await recordAudit(reader.userId, {
      action: 'reveal',
      objectType: 'informant',
      objectId: id,
      detail: { ...wish },
    });
    return secret;
  });
}
