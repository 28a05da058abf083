import { Op } from 'sequelize';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Enterprise, EnterpriseAlias, Room } from '../../models/directory.ts';
import { ContactCard } from '../../models/net.ts';
import { Informant } from '../../models/one-duty.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { newId } from '../shared/ids.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { chosenPlace } from './areas.queries.ts';
import { changesOf } from './changes.rules.ts';
import type { Industry } from './directory.rules.ts';
import { findEnterprise } from './enterprises.queries.ts';
import { nameKey } from './names.rules.ts';

/** What a form says of an enterprise, checked; `areaId` is its village, or the town where it lies in none. */
export interface EnterpriseValues {
  name: string;
  creditCode: string | null;
  areaId: string;
  industry: Industry;
  headcount: number | null;
  contactName: string | null;
  contactPhone: string | null;
  aliases: string[];
  hasCommittee: boolean;
  active: boolean;
}

/** Adds an enterprise to the directory; gives its id. @throws Unacceptable for a name or code that its town has */
export async function createEnterprise(reader: Reader, values: EnterpriseValues): Promise<string> {
  return inTx(async () => {
    const { aliases, areaId, ...data } = values;
    const place = await chosenPlace(reader, 'directory.edit', areaId);
    const id = newId();
    await distinctly(place.townId, id, data, async () => {
      await Enterprise.create({ id, ...place, ...data, normalisedName: nameKey(data.name) });
      await addAliases(id, aliases);
    });
    await recordAudit(reader.userId, {
      action: 'createEnterprise',
      objectType: 'enterprise',
      objectId: id,
      detail: { name: data.name, creditCode: data.creditCode },
    });
    return id;
  });
}

/**
 * Changes an enterprise that still has the version the form was opened with. It stays in its town.
 * @throws NotFound, Stale, or Unacceptable for a name or code that its town has
 */
export async function editEnterprise(
  reader: Reader,
  enterpriseId: string,
  { version, ...values }: EnterpriseValues & { version: number },
): Promise<void> {
  await inTx(async () => {
    const { aliases, areaId, ...data } = values;
    const enterprise = await findEnterprise(reader, enterpriseId, 'directory.edit');
    const place = await chosenPlace(reader, 'directory.edit', areaId);
    if (place.townId !== enterprise.townId) throw new Unacceptable('errors.notInList', {}, 'areaId');
    const { villageId } = place;
    const known = (enterprise.aliases ?? []).map(({ alias }) => alias);
    const before = { ...enterprise.get(), aliases: [...known].sort() };
    await distinctly(place.townId, enterpriseId, data, async () => {
      const [changed] = await Enterprise.update(
        { ...data, villageId, normalisedName: nameKey(data.name), version: version + 1 },
        { where: { id: enterpriseId, version } },
      );
      if (changed === 0) throw new Stale();
      await EnterpriseAlias.destroy({ where: { enterpriseId, alias: { [Op.notIn]: aliases } } });
      await addAliases(
        enterpriseId,
        aliases.filter((alias) => !known.includes(alias)),
      );
    });
    // Its own room and its informants are where the enterprise lies.
    await Room.update({ areaId: villageId ?? place.townId }, { where: { enterpriseId } });
    await Informant.update({ villageId }, { where: { enterpriseId } });
    await ContactCard.update({ villageId }, { where: { enterpriseId } });
    const after = { ...data, villageId, aliases: [...aliases].sort() };
    await recordAudit(reader.userId, {
      action: 'editEnterprise',
      objectType: 'enterprise',
      objectId: enterpriseId,
      detail: changesOf(before, after, MASKS),
    });
  });
}

async function addAliases(enterpriseId: string, aliases: string[]): Promise<void> {
  await EnterpriseAlias.bulkCreate(
    aliases.map((alias) => ({ enterpriseId, alias, normalisedAlias: nameKey(alias) })),
  );
}

const MASKS = { contactName: maskName, contactPhone: maskPhone };

type Naming = Pick<EnterpriseValues, 'name' | 'creditCode'>;

/** Writes an enterprise whose name and code no other one of the town has; a race is decided by the unique keys. */
async function distinctly(
  townId: string,
  id: string,
  naming: Naming,
  write: () => Promise<void>,
): Promise<void> {
  await checkDistinct(townId, id, naming);
  try {
    await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await checkDistinct(townId, id, naming);
    throw new Unacceptable('directory.errors.aliasTwice', {}, 'aliases');
  }
}

async function checkDistinct(townId: string, id: string, { name, creditCode }: Naming): Promise<void> {
  const others = { townId, id: { [Op.ne]: id } };
  if (await Enterprise.findOne({ where: { ...others, name }, attributes: ['id'] }))
    throw new Unacceptable('directory.errors.nameTaken', {}, 'name');
  if (creditCode && (await Enterprise.findOne({ where: { ...others, creditCode }, attributes: ['id'] })))
    throw new Unacceptable('directory.errors.creditCodeTaken', {}, 'creditCode');
}
