import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { contains } from '../../models/dialect.ts';
import { Enterprise, EnterpriseAlias, Room, RoomMediator } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { townsFor, type Action, type Reader } from '../accounts/access.rules.ts';
import { today } from '../shared/clock.ts';
import { NotFound, Unacceptable } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import type { Turn } from '../shared/list-address.ts';
import { tidyCreditCode } from './credit-code.rules.ts';
import { NO_VILLAGE, type EnterpriseFilter } from './enterprise-filter.rules.ts';
import { normaliseEnterpriseName } from './enterprise-name.rules.ts';
import { nameKey } from './names.rules.ts';
import { answeredBy, withinReach } from './reach.queries.ts';
import { unanswered } from './unanswered.queries.ts';

const PAGE = 50;
/** More aliases than this are not looked through for one search; a longer text finds fewer. */
const MOST_ALIASES = 500;

const WITH_VILLAGE = { model: Area, as: 'village', attributes: ['id', 'name'] };
const WITH_ALIASES = {
  model: EnterpriseAlias,
  as: 'aliases',
  separate: true,
  order: [['alias', 'ASC'] as [string, string]],
};

/** A page of the enterprises that the reader may see, by name. */
export async function listEnterprises(
  reader: Reader,
  filter: EnterpriseFilter,
  turn: Turn,
  size = PAGE,
): Promise<KeysetPage<Enterprise>> {
  const reach = withinReach(reader, 'directory.read', 'villageId', 'id');
  const where = {
    [Op.and]: [
      reach,
      asked(filter),
      filter.answered ? answered(reader, filter.answered) : {},
      filter.q ? await named(filter.q, reach) : {},
    ],
  };
  return keysetPage(
    Enterprise,
    'normalisedName',
    { where, include: [WITH_VILLAGE, WITH_ALIASES] },
    turn,
    size,
  );
}

function asked({ village, industry, committee, warning, active }: EnterpriseFilter): WhereOptions {
  return {
    ...(village ? { villageId: village === NO_VILLAGE ? null : village } : {}),
    ...(industry ? { industry } : {}),
    ...(committee ? { hasCommittee: committee === 'yes' } : {}),
    ...(warning ? { warningLevel: warning } : {}),
    ...(active === 'all' ? {} : { active: active !== 'no' }),
  };
}

/** Those for which nobody answers today, or for which the reader does. */
function answered(reader: Reader, by: NonNullable<EnterpriseFilter['answered']>): WhereOptions {
  return by === 'nobody'
    ? unanswered(townsFor(reader, 'directory.read'), today())
    : answeredBy(reader, false);
}

async function named(text: string, reach: WhereOptions): Promise<WhereOptions> {
  const words = given(text, normaliseEnterpriseName(text));
  const aliases = await EnterpriseAlias.findAll({
    where: { [Op.or]: words.map((word) => contains('EnterpriseAlias.alias', word)) },
    include: [{ model: Enterprise, as: 'enterprise', where: reach, attributes: [], required: true }],
    attributes: ['enterpriseId'],
    limit: MOST_ALIASES,
  });
  return {
    [Op.or]: [
      { id: aliases.map(({ enterpriseId }) => enterpriseId) },
      ...words.map((word) => contains('Enterprise.name', word)),
      ...words.map((word) => contains('Enterprise.normalisedName', word)),
      ...given(tidyCreditCode(text)).map((code) => contains('Enterprise.creditCode', code)),
    ],
  };
}

/** Texts without the empty ones, which everything contains. */
function given(...texts: string[]): string[] {
  return texts.filter((text) => text !== '');
}

/** An enterprise with its village and aliases. @throws NotFound, the same for absent and for out of reach */
export async function findEnterprise(
  reader: Reader,
  enterpriseId: string,
  action: Action = 'directory.read',
): Promise<Enterprise> {
  const enterprise = await Enterprise.findOne({
    where: { [Op.and]: [{ id: enterpriseId }, withinReach(reader, action, 'villageId', 'id')] },
    include: [WITH_VILLAGE, WITH_ALIASES],
  });
  if (!enterprise) throw new NotFound();
  return enterprise;
}

/**
 * The active enterprise that a typed name, alias or credit code means, where the reader may do this.
 * @throws Unacceptable beside `field` when there is none, or more than one
 */
export async function enterpriseMeant(
  reader: Reader,
  action: Action,
  text: string,
  field = 'enterprise',
): Promise<Enterprise> {
  const key = nameKey(text);
  const aliases = await EnterpriseAlias.findAll({ where: { normalisedAlias: key }, limit: MOST_ALIASES });
  const found = await Enterprise.findAll({
    where: {
      [Op.and]: [
        withinReach(reader, action, 'villageId', 'id'),
        { active: true },
        {
          [Op.or]: [
            { name: text },
            { creditCode: tidyCreditCode(text) },
            { normalisedName: key },
            { id: aliases.map(({ enterpriseId }) => enterpriseId) },
          ],
        },
      ],
    },
    limit: MOST_ALIASES,
  });
  const exact = found.filter(({ name, creditCode }) => name === text || creditCode === tidyCreditCode(text));
  const [meant, ...others] = exact.length > 0 ? exact : found;
  if (!meant) throw new Unacceptable('duties.errors.enterpriseUnknown', {}, field);
  if (others.length > 0) throw new Unacceptable('duties.errors.enterpriseSeveral', {}, field);
  return meant;
}

/** The enterprise with which an address begins a form; null where it names none to which the reader may do this. */
export async function enterpriseAsked(
  reader: Reader,
  id: unknown,
  action: Action,
): Promise<Enterprise | null> {
  if (!isId(id)) return null;
  return Enterprise.findOne({
    where: { [Op.and]: [{ id }, withinReach(reader, action, 'villageId', 'id')] },
  });
}

/** The rooms of an enterprise, each with the mediators of today. */
export async function roomsOfEnterprise(enterpriseId: string): Promise<Room[]> {
  return Room.findAll({ where: { enterpriseId }, include: [mediatorsToday()], order: [['name', 'ASC']] });
}

/** What to load with a room: the people who mediate in it today. */
export function mediatorsToday() {
  const day = today();
  return {
    model: RoomMediator,
    as: 'mediators',
    separate: true,
    where: { activeFrom: { [Op.lte]: day }, activeTo: { [Op.or]: [null, { [Op.gte]: day }] } },
    include: [
      {
        model: User,
        as: 'user',
        attributes: ['id', 'displayName'],
        where: { endedAt: null },
        required: true,
      },
    ],
    order: [['activeFrom', 'ASC'] as [string, string]],
  };
}
