import { selectRows } from '../../models/dialect.ts';
import { ContactCard } from '../../models/net.ts';
import { Informant, Responsibility } from '../../models/one-duty.ts';
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';
import { now, today } from '../shared/clock.ts';
import { recordAudit } from './audit.service.ts';

/** The role by which somebody may do this, in an area that holds the place of the row. */
const COVERED = `EXISTS (SELECT 1 FROM role_grants g JOIN areas a ON a.id = g.areaId
  WHERE g.userId = :userId AND g.endedAt IS NULL AND g.role = :role AND INSTR(place.path, a.path) = 1)`;

const DUTIES = `SELECT r.id, r.fromDay, ${COVERED} AS covered FROM responsibilities r
  LEFT JOIN enterprises e ON e.id = r.enterpriseId
  JOIN areas place ON place.id = COALESCE(r.villageId, e.villageId, r.townId)
  WHERE r.officerId = :userId AND (r.toDay IS NULL OR r.toDay > :today)`;

const INFORMANTS = `SELECT i.id, i.activeFrom AS fromDay, ${COVERED} AS covered FROM informants i
  JOIN areas place ON place.id = COALESCE(i.villageId, i.townId)
  WHERE i.userId = :userId AND (i.activeTo IS NULL OR i.activeTo > :today)`;

interface Service {
  id: string;
  fromDay: CalendarDay;
  covered: number;
}

/**
 * Ends with today what somebody answers for as an officer, and their service as an informant: all of it with the account,
 * else what no role of theirs covers any more. What was to begin later is taken back.
 */
export async function endServices(
  actorId: string | null,
  userId: string,
  which: 'all' | 'uncovered',
): Promise<void> {
  const day = today();
  const ending = async (sql: string, role: string): Promise<Service[]> => {
    const services = await selectRows<Service>(sql, { userId, role, today: day });
    return services.filter(({ covered }) => which === 'all' || Number(covered) === 0);
  };
  const lastDay = ({ fromDay }: Service): CalendarDay => (fromDay > day ? addDays(fromDay, -1) : day);
  for (const duty of await ending(DUTIES, 'officer')) {
    const end = { toDay: lastDay(duty), openKey: null, leadKey: null, endedById: actorId };
    await Responsibility.update(end, { where: { id: duty.id } });
    await recordAudit(actorId, {
      action: 'endOfficer',
      objectType: 'responsibility',
      objectId: duty.id,
      detail: { officerId: userId, toDay: end.toDay },
    });
  }
  for (const informant of await ending(INFORMANTS, 'informant')) {
    const end = { activeTo: lastDay(informant) };
    await Informant.update(end, { where: { id: informant.id } });
    await revokeCards(actorId, informant.id);
    await recordAudit(actorId, {
      action: 'endInformant',
      objectType: 'informant',
      objectId: informant.id,
      detail: end,
    });
  }
}

/** A card with the code of somebody who has left is not handed out any more. */
async function revokeCards(actorId: string | null, informantId: string): Promise<void> {
  const reason = 'closed';
  const revoked = { revokedAt: now(), revokedById: actorId, reason, openKey: null } as const;
  for (const { id } of await ContactCard.findAll({ where: { informantId, revokedAt: null } })) {
    const [changed] = await ContactCard.update(revoked, { where: { id, revokedAt: null } });
    if (changed === 0) continue;
    await recordAudit(actorId, {
      action: 'revokeCard',
      objectType: 'card',
      objectId: id,
      detail: { reason },
    });
  }
}
