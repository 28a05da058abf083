import { asNumber, selectRows } from '../../models/dialect.ts';
import { COUNTED } from '../hotline/ticket-counts.rules.ts';
import { COUNTED_TICKETS, MISSED_TICKET_NAMES } from '../hotline/ticket-filter.rules.ts';
import { now, today } from '../shared/clock.ts';
import type { HotlineCounts } from './hotline-rates.rules.ts';
import type { ReportQuestion } from './indicator.queries.ts';

const FIGURES = [...COUNTED_TICKETS, ...MISSED_TICKET_NAMES];

/** What the hotline's rates count of the tickets received in the period, as they stand today. */
export async function countHotline({ townIds, villageId, period }: ReportQuestion): Promise<HotlineCounts> {
  // A ticket lies where its case lies; before it has one, where the ticket itself says.
  const inVillage = `LEFT JOIN cases c ON c.id = t.caseId
    WHERE COALESCE(c.villageId, t.villageId) = :villageId AND`;
  const sums = FIGURES.map((name) => `SUM(CASE WHEN ${COUNTED[name]} THEN 1 ELSE 0 END) AS \`${name}\``);
  const sql = `
    SELECT ${sums.join(', ')}
    FROM tickets t ${villageId === null ? 'WHERE' : inVillage}
      t.townId IN (:townIds) AND t.receivedOn BETWEEN :from AND :to`;
  const values = { townIds, villageId, ...period, today: today(), now: now() };
  const [row] = await selectRows<Record<string, unknown>>(sql, values);
  return Object.fromEntries(FIGURES.map((name) => [name, asNumber(row?.[name])])) as HotlineCounts;
}
