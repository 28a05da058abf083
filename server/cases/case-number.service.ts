import { CaseCounter, type DisputeCase } from '../../models/cases.ts';
import { isUniqueViolation, LostRace, requireTx } from '../../models/dialect.ts';
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
  const [counted] = await CaseCounter.increment({ last: 1 }, { where: key }).then(() =>
    CaseCounter.findAll({ where: key }),
  );
  const { last } = counted ?? (await beginCounter(key));
  return caseNumber((await settingsOf(townId, acceptedOn)).caseNumberPattern, key.year, last);
}

async function beginCounter(key: { townId: string; year: number }): Promise<CaseCounter> {
  try {
    return await CaseCounter.create({ ...key, last: 1 });
  } catch (error) {
    if (isUniqueViolation(error)) throw new LostRace();
    throw error;
  }
}
