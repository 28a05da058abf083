import { Op } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { townsFor, type Reader } from '../accounts/access.rules.ts';
import { subjectOf } from '../case-routing/related.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { casesWithin } from './case.queries.ts';
import { TO_BE_MERGED } from './lifecycle.rules.ts';
import { openTogether } from './merger.rules.ts';

/** A case that another one of the last days against the same respondent could be merged with. */
export interface MergeableCase {
  id: string;
  townId: string;
  number: string | null;
  title: string;
  respondentName: string;
  enterpriseId: string | null;
  receivedOn: CalendarDay;
  /** Cases of this respondent that belong together, this one included. */
  together: number;
}

export interface MergerWork {
  cases: MergeableCase[];
  total: number;
}

/** No more recent cases than these are compared with each other. */
const MOST_COMPARED = 2000;

/** The latest case of every respondent who has several open ones within the merge window (DOMAIN §5). */
export async function casesToMerge(reader: Reader, most: number): Promise<MergerWork> {
  const day = today();
  const towns = townsFor(reader, 'cases.merge');
  const found = await Promise.all(towns.map((townId) => mergeableIn(reader, townId, day)));
  const cases = found.flat();
  return { cases: cases.slice(0, most), total: cases.length };
}

async function mergeableIn(reader: Reader, townId: string, day: CalendarDay): Promise<MergeableCase[]> {
  const { mergeWindowDays, namePlaces } = await settingsOf(townId);
  const recent = { townId, closedOn: null, receivedOn: { [Op.gte]: addDays(day, -2 * mergeWindowDays) } };
  const rows = await DisputeCase.findAll({
    where: { [Op.and]: [recent, { state: [...TO_BE_MERGED] }, casesWithin(reader, 'cases.merge')] },
    attributes: ['id', 'townId', 'number', 'title', 'respondentName', 'enterpriseId', 'receivedOn'],
    order: [
      ['receivedOn', 'DESC'],
      ['id', 'DESC'],
    ],
    limit: MOST_COMPARED,
    raw: true,
  });
  const subject = ({ enterpriseId, respondentName }: DisputeCase): string | null =>
    subjectOf(enterpriseId, respondentName, namePlaces);
  return openTogether(rows, subject, mergeWindowDays).map(({ latest, count }) => ({
    ...latest,
    together: count,
  }));
}
