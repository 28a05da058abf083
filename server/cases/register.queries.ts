import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { contains } from '../../models/dialect.ts';
import { Enterprise, EnterpriseAlias } from '../../models/directory.ts';
import { grantsFor, may, type Reader } from '../accounts/access.rules.ts';
import { areaChoices, type AreaChoice } from '../directory/areas.queries.ts';
import { tidyCreditCode } from '../directory/credit-code.rules.ts';
import { normaliseEnterpriseName } from '../directory/enterprise-name.rules.ts';
import type { FieldError } from '../shared/errors.ts';
import type { FormResult } from '../shared/form.ts';
import { NOT_LISTED, RESPONDENTS, type TypedRespondent } from './register.rules.ts';
import type { NewCase, NewRespondent } from './register.service.ts';

const MOST_OFFERED = 8;

/** The towns and villages in which the reader may register; for an enterprise's mediator the town. */
export async function registrationPlaces(reader: Reader): Promise<AreaChoice[]> {
  const choices = await areaChoices(reader, 'cases.register');
  const townIds = grantsFor(reader, 'cases.register').flatMap(({ grant }) =>
    grant.enterpriseId ? grant.townIds : [],
  );
  const others = townIds.filter((townId) => !choices.some(({ id }) => id === townId));
  const towns = await Area.findAll({ where: { id: others }, attributes: ['id', 'name'], raw: true });
  const asChoice = ({ id, name }: Area): AreaChoice => ({
    id,
    name,
    townId: id,
    townName: name,
    villageId: null,
  });
  return [...choices, ...towns.map(asChoice)];
}

type Offered = Pick<Enterprise, 'id' | 'name' | 'villageId' | 'creditCode'>;

/**
 * Enterprises of a town that a typed name or credit code may mean: the one it names exactly, else the similar ones, of
 * which only those are offered against which the reader may register.
 */
async function enterprisesNamed(
  reader: Reader,
  townId: string,
  text: string,
): Promise<{ exact: boolean; found: Offered[] }> {
  const normalised = normaliseEnterpriseName(text);
  const attributes = ['id', 'name', 'villageId', 'creditCode'];
  const within = { townId, active: true };
  const aliases = await EnterpriseAlias.findAll({
    where: { normalisedAlias: normalised },
    attributes: ['enterpriseId'],
    raw: true,
  });
  const exact = await Enterprise.findAll({
    where: {
      ...within,
      [Op.or]: [
        { creditCode: tidyCreditCode(text) },
        { name: text },
        { normalisedName: normalised },
        { id: aliases.map(({ enterpriseId }) => enterpriseId) },
      ],
    },
    attributes,
    limit: MOST_OFFERED,
    raw: true,
  });
  if (exact.length === 1) return { exact: true, found: exact };
  const similar = normalised === '' ? [] : [contains('normalisedName', normalised)];
  const found = await Enterprise.findAll({
    where: {
      [Op.and]: [within, registrable(reader), { [Op.or]: [contains('name', text), ...similar] }],
    },
    attributes,
    order: [['normalisedName', 'ASC']],
    limit: MOST_OFFERED,
    raw: true,
  });
  return {
    exact: false,
    found: [...exact, ...found.filter(({ id }) => !exact.some((one) => one.id === id))],
  };
}

/** The enterprises against which the reader may register. */
function registrable(reader: Reader): WhereOptions<Enterprise> {
  return {
    [Op.or]: grantsFor(reader, 'cases.register').map(({ grant: { townIds, villageId, enterpriseId } }) => ({
      townId: townIds,
      ...(villageId ? { villageId } : {}),
      ...(enterpriseId ? { id: enterpriseId } : {}),
    })),
  };
}

/**
 * By the prefix of a respondent's fields: the enterprises that the typed name may mean, where it names none exactly.
 * `typed` gives the text of a field.
 */
export async function offeredEnterprises(
  reader: Reader,
  places: AreaChoice[],
  areaId: string,
  typed: (field: string) => string,
): Promise<Map<string, Offered[]>> {
  const townId = places.find(({ id }) => id === areaId)?.townId;
  const offered = new Map<string, Offered[]>();
  if (!townId) return offered;
  for (let number = 1; number <= RESPONDENTS; number++) {
    const prefix = `respondent${number}`;
    const name = typed(`${prefix}Name`).trim();
    if (name === '' || typed(`${prefix}Part`) === 'labourContractor') continue;
    const { exact, found } = await enterprisesNamed(reader, townId, name);
    if (!exact && found.length > 0) offered.set(prefix, found);
  }
  return offered;
}

/** Where a case lies and its respondents as the directory knows them. */
export type Whereabouts = Pick<NewCase, 'townId' | 'villageId' | 'respondents'>;

/**
 * Finds the enterprises that a form names. The case lies in the village of the first respondent's enterprise, else in
 * the one that the form names (DOMAIN §3); a village that differs from the enterprise's is asked about. Errors: every
 * name that may mean several enterprises, and a place where the reader may not register.
 */
export async function findWhereabouts(
  reader: Reader,
  { areaId, respondents }: { areaId: string | null; respondents: TypedRespondent[] },
): Promise<FormResult<Whereabouts>> {
  const place = (await registrationPlaces(reader)).find(({ id }) => id === areaId);
  if (!place) return { ok: false, errors: areaId ? [{ field: 'areaId', sentence: 'errors.notInList' }] : [] };
  const found: FoundRespondent[] = [];
  for (const respondent of respondents) found.push(await asRespondent(reader, place.townId, respondent));
  const [first, ...others] = found;
  const errors = found.flatMap(({ error }) => error ?? []);
  if (!first || errors.length > 0) return { ok: false, errors };
  const { townId } = place;
  const villageId = first.villageId ?? place.villageId;
  const { enterpriseId = null } = first.respondent;
  if (!may(reader, 'cases.register', { townId, villageId, enterpriseId }))
    return { ok: false, errors: [{ field: 'respondent1Name', sentence: 'cases.register.errors.elsewhere' }] };
  if (place.villageId && place.villageId !== villageId)
    return { ok: false, errors: [await otherVillage(villageId!, place.name)] };
  return {
    ok: true,
    values: {
      townId,
      villageId,
      respondents: [first.respondent, ...others.map(({ respondent }) => respondent)],
    },
  };
}

async function otherVillage(villageId: string, chosen: string): Promise<FieldError> {
  const village = await Area.findByPk(villageId, { attributes: ['name'], raw: true });
  return {
    field: 'areaId',
    sentence: 'cases.register.errors.otherVillage',
    values: { village: village?.name ?? '', chosen },
  };
}

interface FoundRespondent {
  respondent: NewRespondent;
  villageId: string | null;
  error?: FieldError;
}

async function asRespondent(
  reader: Reader,
  townId: string,
  { prefix, name, part, choice }: TypedRespondent,
): Promise<FoundRespondent> {
  const asTyped = { respondent: { part, name }, villageId: null };
  // A labour contractor 包工头 is a natural person, who is in no directory.
  if (choice === NOT_LISTED || part === 'labourContractor') return asTyped;
  const { exact, found } = await enterprisesNamed(reader, townId, name);
  const enterprise = found.find(({ id }) => id === choice) ?? (exact ? found[0] : undefined);
  if (enterprise)
    return {
      respondent: { part, name: enterprise.name, enterpriseId: enterprise.id },
      villageId: enterprise.villageId,
    };
  if (found.length === 0) return asTyped;
  return {
    ...asTyped,
    error: { field: `${prefix}Choice`, sentence: 'cases.register.errors.chooseEnterprise' },
  };
}
