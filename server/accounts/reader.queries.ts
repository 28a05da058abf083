import { Op } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { selectRows } from '../../models/dialect.ts';
import { today } from '../shared/clock.ts';
import { isLanguage, DEFAULT_LANGUAGE, type Language } from '../shared/language.ts';
import type { Answer, Grant, Reader } from './access.rules.ts';
import type { Role } from './roles.rules.ts';

/** The person behind a session, as of now: an ended account, role or room is gone at the next request. */
export interface SignedIn {
  reader: Reader;
  username: string;
  language: Language;
  mustChangePassword: boolean;
}

/** A person and one of their grants; without any grant its columns are null. */
interface PersonRow {
  id: string;
  username: string;
  displayName: string;
  language: string;
  mustChangePassword: number;
  role: Role | null;
  enterpriseId: string | null;
  areaId: string;
  areaName: string;
  areaPath: string;
  areaKind: Area['kind'];
  parentId: string | null;
}

/** Loads a signed-in person with the roles in force; null when the account is gone or ended. */
export async function findSignedIn(userId: string): Promise<SignedIn | null> {
  // Asked at every request, and by hand because the models take five times as long.
  const rows = await selectRows<PersonRow>(
    `SELECT u.id, u.username, u.displayName, u.language, u.mustChangePassword, g.role, g.enterpriseId,
       a.id AS areaId, a.name AS areaName, a.path AS areaPath, a.kind AS areaKind, a.parentId
     FROM users u
     LEFT JOIN role_grants g ON g.userId = u.id AND g.endedAt IS NULL
     LEFT JOIN areas a ON a.id = g.areaId
     WHERE u.id = :userId AND u.endedAt IS NULL
     ORDER BY g.id`,
    { userId },
  );
  const [user] = rows;
  if (!user) return null;
  const grants = await Promise.all(rows.flatMap((row) => (row.role === null ? [] : grantOf(row, row.role))));
  return {
    reader: {
      userId,
      displayName: user.displayName,
      grants,
      roomIds: grants.some(({ role }) => role === 'mediator') ? await roomsOf(userId) : [],
      answers: grants.some(({ role }) => role === 'officer') ? await answersOf(userId) : [],
    },
    username: user.username,
    language: isLanguage(user.language) ? user.language : DEFAULT_LANGUAGE,
    mustChangePassword: Boolean(user.mustChangePassword),
  };
}

async function grantOf(row: PersonRow, role: Role): Promise<Grant> {
  return {
    role,
    areaId: row.areaId,
    areaName: row.areaName,
    areaPath: row.areaPath,
    townIds: await townsAround(row),
    villageId: row.areaKind === 'village' ? row.areaId : null,
    enterpriseId: row.enterpriseId,
  };
}

async function townsAround({ areaId, areaKind, areaPath, parentId }: PersonRow): Promise<string[]> {
  if (areaKind === 'town') return [areaId];
  if (areaKind === 'village') return parentId === null ? [] : [parentId];
  const towns = await Area.findAll({
    where: { kind: 'town', path: { [Op.startsWith]: areaPath } },
    attributes: ['id'],
    raw: true,
  });
  return towns.map(({ id }) => id);
}

async function roomsOf(userId: string): Promise<string[]> {
  const memberships = await selectRows<{ roomId: string }>(
    `SELECT roomId FROM room_mediators
     WHERE userId = :userId AND activeFrom <= :today AND (activeTo IS NULL OR activeTo >= :today)`,
    { userId, today: today() },
  );
  return memberships.map(({ roomId }) => roomId);
}

async function answersOf(userId: string): Promise<Answer[]> {
  return selectRows<Answer>(
    `SELECT enterpriseId, villageId, kind FROM responsibilities
     WHERE officerId = :userId AND fromDay <= :today AND (toDay IS NULL OR toDay >= :today)`,
    { userId, today: today() },
  );
}
