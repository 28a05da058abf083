import { CaseCounter, type DisputeCase } from '../../models/cases.ts';
import { changeRows, isUniqueViolation, LostRace, requireTx, selectRows } from '../../models/dialect.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { yearOf, type CalendarDay } from '../shared/calendar-day.ts';
import { caseNumber } from './case-number.rules.ts';

/** The next number of a town's cases, for a case accepted on a day. */
export async function nextCaseNumber(
  { townId }: Pick<DisputeCase, 'townId'>,
  acceptedOn: CalendarDay,
): Promise<string> {
  requireTx();
  const key = { townId, year: yearOf(acceptedOn) };
  await changeRows('UPDATE case_counters SET last = last + 1 WHERE townId = :townId AND year = :year', key);
  const [counted] = await selectRows<Pick<CaseCounter, 'last'>>(
    'SELECT last FROM case_counters WHERE townId = :townId AND year = :year',
    key,
  );
  const { last } = counted ?? (await beginCounter(key));
  return caseNumber((await settingsOf(townId, acceptedOn)).caseNumberPattern, key.year, last);
}

async function beginCounter(key: { townId: string; year: number }): Promise<Pick<CaseCounter, 'last'>> {
  try {
    return await CaseCounter.create({ ...key, last: 1 });
  } catch (error) {
    if (isUniqueViolation(error)) throw new LostRace();
    throw error;
  }
}
