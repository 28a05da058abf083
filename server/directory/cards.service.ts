import { randomBytes } from 'node:crypto';
import { Op, type WhereOptions } from 'sequelize';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { ContactCard } from '../../models/net.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { chosenPlace } from './areas.queries.ts';
import { openKeyOf, type CardObject, type RevocationReason } from './cards.rules.ts';
import { findCard } from './cards.queries.ts';
import { enterpriseMeant } from './enterprises.queries.ts';
import { activeInformants } from './informants.queries.ts';
import { withinReach } from './reach.queries.ts';

/** What a form says of new cards: for an enterprise, or for a village and, when asked, every enterprise in it. */
export interface CardValues {
  enterprise: string | null;
  villageId: string | null;
  everyEnterprise: boolean;
  /** A further card for each informant of the enterprises, with the code on it. */
  informants: boolean;
}

type Wish = CardObject & { townId: string };

/**
 * Makes the cards that are not there yet; gives their ids.
 * @throws Unacceptable for what is not the reader's, or when there is nothing to make
 */
export async function makeCards(reader: Reader, values: CardValues): Promise<string[]> {
  return inTx(async () => {
    const wishes = await wishesOf(reader, values);
    const there = await ContactCard.findAll({
      where: { openKey: wishes.map(openKeyOf) },
      attributes: ['openKey'],
    });
    const known = new Set(there.map(({ openKey }) => openKey));
    const missing = wishes.filter((wish) => !known.has(openKeyOf(wish)));
    if (missing.length === 0)
      throw new Unacceptable('cards.errors.allThere', {}, values.enterprise ? 'enterprise' : 'villageId');
    const ids = await writeCards(reader, missing);
    await recordAudit(reader.userId, {
      action: 'makeCards',
      objectType: 'card',
      ...(ids.length === 1 ? { objectId: ids[0]! } : {}),
      detail: { ...values, cards: ids.length },
    });
    return ids;
  });
}

async function wishesOf(reader: Reader, values: CardValues): Promise<Wish[]> {
  const { enterprise: named, villageId: chosen, everyEnterprise, informants } = values;
  if (named) {
    const enterprise = await enterpriseMeant(reader, 'cards.manage', named);
    return ofEnterprises([enterprise], informants);
  }
  const place = await chosenPlace(reader, 'cards.manage', chosen ?? '', 'villageId');
  if (!place.villageId) throw new Unacceptable('errors.notInList', {}, 'villageId');
  const ofVillage = { ...place, enterpriseId: null, informantId: null };
  if (!everyEnterprise) return [ofVillage];
  const enterprises = await Enterprise.findAll({
    where: {
      [Op.and]: [
        withinReach(reader, 'cards.manage', 'villageId', 'id'),
        { villageId: place.villageId, active: true } as WhereOptions,
      ],
    },
  });
  return [ofVillage, ...(await ofEnterprises(enterprises, informants))];
}

async function ofEnterprises(enterprises: Enterprise[], withInformants: boolean): Promise<Wish[]> {
  const ids = enterprises.map(({ id }) => id);
  const day = today();
  const informants = withInformants ? await activeInformants(ids, day) : new Map<string, never[]>();
  // The cards of who leaves today were taken back already.
  const staying = (enterpriseId: string) =>
    (informants.get(enterpriseId) ?? []).filter(({ activeTo }) => activeTo === null || activeTo > day);
  return enterprises.flatMap(({ id: enterpriseId, townId, villageId }) =>
    [null, ...staying(enterpriseId).map(({ id }) => id)].map((informantId) => ({
      ...{ townId, villageId, enterpriseId, informantId },
    })),
  );
}

/** Two who make the same card at once: the second is told that it is there. */
async function writeCards(reader: Reader, wishes: Wish[]): Promise<string[]> {
  const rows = wishes.map(({ townId, villageId, enterpriseId, informantId }) => ({
    ...{ id: newId(), townId, villageId, enterpriseId, informantId, madeById: reader.userId },
    openKey: openKeyOf({ villageId, enterpriseId, informantId }),
    token: randomBytes(16).toString('base64url'),
    madeAt: now(),
  }));
  try {
    await ContactCard.bulkCreate(rows);
  } catch (error) {
    throw isUniqueViolation(error) ? new Conflict() : error;
  }
  return rows.map(({ id }) => id);
}

/**
 * Takes a card back for good; with `reissue` makes another one with an address of its own, whose id it gives.
 * @throws Conflict when it was taken back already
 */
export async function revokeCard(
  reader: Reader,
  id: string,
  { reason, reissue }: { reason: RevocationReason; reissue: boolean },
): Promise<string> {
  return inTx(async () => {
    const card = await findCard(reader, id);
    const [revoked] = await ContactCard.update(
      { revokedAt: now(), revokedById: reader.userId, reason, openKey: null },
      { where: { id, revokedAt: null } },
    );
    if (revoked === 0) throw new Conflict('cards.errors.revoked');
    const [successor = id] = reissue ? await writeCards(reader, [card]) : [];
    await recordAudit(reader.userId, {
      action: 'revokeCard',
      objectType: 'card',
      objectId: id,
      detail: { reason, ...(reissue ? { successor } : {}) },
    });
    return successor;
  });
}
