import { Op } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Room, RoomMediator } from '../../models/directory.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';
import { Conflict, NotFound, Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { chosenPlace } from './areas.queries.ts';
import { changesOf } from './changes.rules.ts';
import { findEnterprise } from './enterprises.queries.ts';
import { findRoom, mediatorsFor } from './rooms.queries.ts';

/** What a form says of a room: of an enterprise, or of the town or village `areaId`. */
export interface RoomValues {
  name: string;
  address: string | null;
  openingHours: string | null;
  /** The https address of a map. */
  mapLink: string | null;
  phone: string | null;
  enterpriseId: string | null;
  areaId: string | null;
  active: boolean;
}

/** Adds a room; where it lies decides its level. Gives its id. @throws Unacceptable for a name that its town has */
export async function createRoom(reader: Reader, values: Omit<RoomValues, 'active'>): Promise<string> {
  return inTx(async () => {
    const { enterpriseId, areaId, ...data } = values;
    const { name } = data;
    const place = await placeOf(reader, { enterpriseId, areaId });
    const id = newId();
    await distinctly(place.townId, id, name, () => Room.create({ id, ...data, ...place }));
    await recordAudit(reader.userId, {
      action: 'createRoom',
      objectType: 'room',
      objectId: id,
      detail: { name, level: place.level },
    });
    return id;
  });
}

async function placeOf(
  reader: Reader,
  { enterpriseId, areaId }: Pick<RoomValues, 'enterpriseId' | 'areaId'>,
) {
  if (enterpriseId) {
    const { townId, villageId } = await findEnterprise(reader, enterpriseId, 'directory.edit');
    return { townId, areaId: villageId ?? townId, enterpriseId, level: 'enterprise' as const };
  }
  return areaOf(reader, areaId ?? '');
}

async function areaOf(reader: Reader, areaId: string) {
  const { townId, villageId } = await chosenPlace(reader, 'directory.edit', areaId);
  return { townId, areaId, level: villageId ? ('village' as const) : ('town' as const) };
}

/**
 * Changes a room that still has the version the form was opened with. It stays in its town; an enterprise's room
 * lies where the enterprise lies.
 */
export async function editRoom(
  reader: Reader,
  roomId: string,
  { version, areaId, ...data }: Omit<RoomValues, 'enterpriseId'> & { version: number },
): Promise<void> {
  await inTx(async () => {
    const room = await findRoom(reader, roomId, 'directory.edit');
    const place = room.enterpriseId
      ? { townId: room.townId, areaId: room.areaId, level: room.level }
      : await areaOf(reader, areaId ?? '');
    if (place.townId !== room.townId) throw new Unacceptable('errors.notInList', {}, 'areaId');
    const values = { ...data, areaId: place.areaId, level: place.level };
    await distinctly(room.townId, roomId, data.name, async () => {
      const [changed] = await Room.update(
        { ...values, version: version + 1 },
        { where: { id: roomId, version } },
      );
      if (changed === 0) throw new Stale();
    });
    await recordAudit(reader.userId, {
      action: 'editRoom',
      objectType: 'room',
      objectId: roomId,
      detail: changesOf(room.get(), values),
    });
  });
}

/** Writes a room whose name no other one of the town has; a race is decided by the unique key. */
async function distinctly(
  townId: string,
  id: string,
  name: string,
  write: () => Promise<unknown>,
): Promise<void> {
  const taken = new Unacceptable('directory.errors.roomNameTaken', {}, 'name');
  if (await Room.findOne({ where: { townId, name, id: { [Op.ne]: id } } })) throw taken;
  try {
    await write();
  } catch (error) {
    throw isUniqueViolation(error) ? taken : error;
  }
}

/**
 * Makes somebody with the role of a mediator a mediator of the room from a day on.
 * @throws Unacceptable for who may not mediate there, or does already
 */
export async function addMediator(
  reader: Reader,
  roomId: string,
  { userId, activeFrom }: { userId: string; activeFrom: CalendarDay },
): Promise<void> {
  await inTx(async () => {
    const room = await findRoom(reader, roomId, 'directory.edit');
    const candidates = await mediatorsFor(room);
    if (!candidates.some(({ id }) => id === userId)) throw new Unacceptable('errors.notInList', {}, 'userId');
    const overlapping = await RoomMediator.findOne({
      where: { roomId, userId, activeTo: { [Op.or]: [null, { [Op.gte]: activeFrom }] } },
    });
    if (overlapping) throw new Unacceptable('directory.errors.mediatesAlready', {}, 'userId');
    // A membership that ended before it began, because it was a mistake, begins again.
    const [resumed] = await RoomMediator.update(
      { activeTo: null },
      { where: { roomId, userId, activeFrom } },
    );
    if (resumed === 0) await RoomMediator.create({ roomId, userId, activeFrom });
    await recordAudit(reader.userId, {
      action: 'addMediator',
      objectType: 'room',
      objectId: roomId,
      detail: { userId, activeFrom },
    });
  });
}

/** A membership of a room with its person. @throws NotFound */
export async function findMembership(
  reader: Reader,
  roomId: string,
  membershipId: string,
): Promise<RoomMediator> {
  const room = await findRoom(reader, roomId, 'directory.edit');
  const membership = await RoomMediator.findOne({
    where: { id: membershipId, roomId },
    include: [{ model: User, as: 'user', attributes: ['displayName'] }],
  });
  if (!membership) throw new NotFound();
  membership.room = room;
  return membership;
}

/**
 * Ends a membership with its last day; the day before its first takes it back from the next request on.
 * @throws Conflict when it has ended already
 */
export async function endMediator(
  reader: Reader,
  roomId: string,
  membershipId: string,
  { activeTo }: { activeTo: CalendarDay },
): Promise<void> {
  await inTx(async () => {
    const { activeFrom, userId } = await findMembership(reader, roomId, membershipId);
    const earliest = addDays(activeFrom, -1);
    if (activeTo < earliest) throw new Unacceptable('errors.dayBefore', { day: earliest }, 'activeTo');
    const [ended] = await RoomMediator.update({ activeTo }, { where: { id: membershipId, activeTo: null } });
    if (ended === 0) throw new Conflict();
    await recordAudit(reader.userId, {
      action: 'endMediator',
      objectType: 'room',
      objectId: roomId,
      detail: { userId, activeTo },
    });
  });
}
