import { inTx, requireTx } from '../../models/dialect.ts';
import { NoticeAddress, NoticeChoice } from '../../models/notifications.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { checkOwner } from '../accounts/users.service.ts';
import type { Choice, TemplateKey } from './notifications.rules.ts';

/** Where somebody is reached; what is left out stays, null takes it away. */
export interface Addresses {
  mail?: string | null;
  gateway?: string | null;
}

export interface ChoicesWish extends Addresses {
  choices: [TemplateKey, Choice][];
}

/** Keeps a person's own addresses and choices. */
export async function keepChoices(userId: string, { choices, ...addresses }: ChoicesWish): Promise<void> {
  await inTx(async () => {
    await keepAddresses(userId, userId, addresses);
    for (const [template, choice] of choices) await NoticeChoice.upsert({ userId, template, choice });
  });
}

/** Keeps where somebody is reached, in the open transaction; the audit says that it changed, not to what. */
export async function keepAddresses(
  actorId: string | null,
  userId: string,
  addresses: Addresses,
): Promise<void> {
  requireTx();
  const known = await NoticeAddress.findByPk(userId);
  const { mail = known?.mail ?? null, gateway = known?.gateway ?? null } = addresses;
  if (mail === (known?.mail ?? null) && gateway === (known?.gateway ?? null)) return;
  await NoticeAddress.upsert({ userId, mail, gateway });
  await recordAudit(actorId, { action: 'changeNoticeAddress', objectType: 'user', objectId: userId });
}

/** Changes the mail address of somebody else's account; `actor` is null for the system. @throws what `checkOwner` throws */
export async function changeMail(actor: Reader | null, userId: string, mail: string | null): Promise<void> {
  await inTx(async () => {
    await checkOwner(actor, userId);
    await keepAddresses(actor?.userId ?? null, userId, { mail });
  });
}
