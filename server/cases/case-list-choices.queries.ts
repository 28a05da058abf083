import { Op } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { selectRows } from '../../models/dialect.ts';
import { Enterprise, Room } from '../../models/directory.ts';
import { grantsFor, townsFor, type Reader } from '../accounts/access.rules.ts';
import { isId } from '../shared/ids.ts';

export interface Choice {
  id: string;
  name: string;
}

/** By which places and people a reader may filter the list of cases; nobody learns of others by trying their ids. */
export interface CaseListChoices {
  areas: Choice[];
  villages: Choice[];
  rooms: Choice[];
  mediators: Choice[];
}

/** The choices of a reader, in the order of the tree. */
export async function loadCaseListChoices(reader: Reader): Promise<CaseListChoices> {
  const [areas, rooms] = await Promise.all([areasOf(reader), roomsOf(reader)]);
  return {
    areas: areas.map(choice),
    villages: areas.filter(({ kind }) => kind === 'village').map(choice),
    rooms: rooms.map(choice),
    mediators: await mediatorsIn(rooms),
  };
}

const choice = ({ id, name }: Choice): Choice => ({ id, name });

/** What lies in the reader's grants; of a mediator's the villages of the town. */
async function areasOf(reader: Reader): Promise<Area[]> {
  const paths = grantsFor(reader, 'cases.list').map(({ grant: { areaPath, villageId }, scope }) =>
    scope === 'room' && villageId ? areaPath.slice(0, -(villageId.length + 1)) : areaPath,
  );
  return Area.findAll({
    where: { [Op.or]: paths.map((path) => ({ path: { [Op.startsWith]: path } })) },
    attributes: ['id', 'name', 'kind'],
    order: [
      ['position', 'ASC'],
      ['name', 'ASC'],
    ],
    raw: true,
  });
}

/** The rooms of the towns that the reader looks over, and those in which the reader mediates. */
async function roomsOf(reader: Reader): Promise<Room[]> {
  const townId = grantsFor(reader, 'cases.list').flatMap(({ grant, scope }) =>
    scope === 'area' ? grant.townIds : [],
  );
  return Room.findAll({
    where: { [Op.or]: [{ townId }, { id: reader.roomIds }] },
    attributes: ['id', 'name'],
    order: [['name', 'ASC']],
    raw: true,
  });
}

async function mediatorsIn(rooms: Room[]): Promise<Choice[]> {
  return selectRows<Choice>(
    `SELECT DISTINCT u.id, u.displayName AS name FROM users u
     JOIN room_mediators m ON m.userId = u.id
     WHERE m.roomId IN (:roomIds) ORDER BY u.displayName, u.id`,
    { roomIds: rooms.map(({ id }) => id) },
  );
}

/** The name behind the id of an enterprise in the reader's towns; null for any other text. */
export async function enterpriseNameOf(reader: Reader, text: string): Promise<string | null> {
  if (!isId(text)) return null;
  const where = { id: text, townId: townsFor(reader, 'cases.list') };
  return (await Enterprise.findOne({ where, attributes: ['name'], raw: true }))?.name ?? null;
}
