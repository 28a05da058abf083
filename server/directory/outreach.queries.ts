import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { asNumber, contains } from '../../models/dialect.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { OutreachEvent, OutreachPhoto } from '../../models/net.ts';
import type { Action, Reader } from '../accounts/access.rules.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import type { OutreachFilter } from './outreach.rules.ts';
import { withinReach } from './reach.queries.ts';

const PAGE = 50;
const WITH_VILLAGE = { model: Area, as: 'village', attributes: ['id', 'name'] };

/** What the events of a list add up to. */
export interface OutreachTotals {
  audience: number;
  materials: number;
}

/** A page of the outreach events within the reader's reach, the latest first, with the sums of all of them. */
export async function listOutreach(
  reader: Reader,
  filter: OutreachFilter,
  turn: Turn,
  size = PAGE,
): Promise<{ page: KeysetPage<OutreachEvent>; totals: OutreachTotals }> {
  const where = { [Op.and]: [withinReach(reader, 'outreach.read', 'villageId'), asked(filter)] };
  const [page, audience, materials] = await Promise.all([
    keysetPage(OutreachEvent, 'heldOn', { where, include: [WITH_VILLAGE] }, turn, size, {
      descending: true,
    }),
    OutreachEvent.sum('audience', { where }),
    OutreachEvent.sum('materials', { where }),
  ]);
  return { page, totals: { audience: asNumber(audience), materials: asNumber(materials) } };
}

const SEARCHED = ['OutreachEvent.title', 'OutreachEvent.place'];

function asked({ q, kind, village, town, from, to, state }: OutreachFilter): WhereOptions {
  return {
    [Op.and]: [
      q ? { [Op.or]: SEARCHED.map((column) => contains(column, q)) } : {},
      kind ? { kind } : {},
      village ? { villageId: village } : {},
      town ? { townId: town } : {},
      from ? { heldOn: { [Op.gte]: from } } : {},
      to ? { heldOn: { [Op.lte]: to } } : {},
      { voidedAt: state === 'void' ? { [Op.ne]: null } : null },
    ],
  };
}

/** An outreach event with its village and who recorded it. @throws NotFound, also out of reach */
export async function findOutreach(
  reader: Reader,
  id: string,
  action: Action = 'outreach.read',
): Promise<OutreachEvent> {
  const event = await OutreachEvent.findOne({
    where: { [Op.and]: [{ id }, withinReach(reader, action, 'villageId')] },
    include: [WITH_VILLAGE, { model: User, as: 'recordedBy', attributes: ['displayName'] }],
  });
  if (!event) throw new NotFound();
  return event;
}

/** The photos of an event, the oldest first. */
export async function photosOf(outreachId: string): Promise<OutreachPhoto[]> {
  return OutreachPhoto.findAll({
    where: { outreachId, removedAt: null },
    order: [
      ['addedAt', 'ASC'],
      ['id', 'ASC'],
    ],
  });
}

/** A photo of an event. @throws NotFound */
export async function findPhoto(outreachId: string, id: string): Promise<OutreachPhoto> {
  const photo = await OutreachPhoto.findOne({ where: { id, outreachId, removedAt: null } });
  if (!photo) throw new NotFound();
  return photo;
}
