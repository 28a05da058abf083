import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { contains } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { LeaderVisit } from '../../models/one-duty.ts';
import { may, type Action, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import { withinReach } from './reach.queries.ts';

/** Which leaders' visits a list shows. */
export interface VisitFilter {
  /** A part of the leaders' names, of the place or of the issue. */
  q?: string;
  /** A village by its id. */
  village?: string;
  from?: CalendarDay;
  to?: CalendarDay;
  /** Whether a case was opened from it. */
  opened?: 'yes' | 'no';
}

const PAGE = 50;
const WITH_PLACE = [
  { model: Enterprise, as: 'enterprise', attributes: ['id', 'name'] },
  { model: Area, as: 'village', attributes: ['id', 'name'] },
  { model: Area, as: 'town', attributes: ['id', 'name'] },
];

/** A page of the leaders' visits (下访) within the reader's reach, the latest first. */
export async function listVisits(
  reader: Reader,
  filter: VisitFilter,
  turn: Turn,
  size = PAGE,
): Promise<KeysetPage<LeaderVisit>> {
  const where = { [Op.and]: [withinReach(reader, 'visits.read', 'villageId'), asked(filter)] };
  return keysetPage(LeaderVisit, 'visitedOn', { where, include: WITH_PLACE }, turn, size, {
    descending: true,
  });
}

const SEARCHED = ['LeaderVisit.leaders', 'LeaderVisit.place', 'LeaderVisit.issue'];

function asked({ q, village, from, to, opened }: VisitFilter): WhereOptions {
  return {
    [Op.and]: [
      q ? { [Op.or]: SEARCHED.map((column) => contains(column, q)) } : {},
      village ? { villageId: village } : {},
      from ? { visitedOn: { [Op.gte]: from } } : {},
      to ? { visitedOn: { [Op.lte]: to } } : {},
      opened ? { caseId: opened === 'yes' ? { [Op.ne]: null } : null } : {},
    ],
  };
}

/** A leader's visit with its place. @throws NotFound, the same for absent and for out of reach */
export async function findVisit(
  reader: Reader,
  id: string,
  action: Action = 'visits.read',
): Promise<LeaderVisit> {
  const visit = await LeaderVisit.findOne({
    where: { [Op.and]: [{ id }, withinReach(reader, action, 'villageId')] },
    include: WITH_PLACE,
  });
  if (!visit) throw new NotFound();
  return visit;
}

/** Who wrote a visit down, and the case that was opened from it, where the reader may see that. */
export async function beyondVisit(
  reader: Reader,
  { caseId, recordedById }: LeaderVisit,
): Promise<{ recordedBy: string; openedCase: { id: string; number: string | null } | null }> {
  const recorder = await User.findByPk(recordedById, { attributes: ['displayName'] });
  const opened = caseId && (await DisputeCase.findByPk(caseId));
  return {
    recordedBy: recorder!.displayName,
    openedCase: opened && may(reader, 'cases.read', opened) ? { id: opened.id, number: opened.number } : null,
  };
}
