import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { DisputeCase } from '../../models/cases.ts';
import { HandOver } from '../../models/hand-overs.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { dayOf, type CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { casesWithin } from './case.queries.ts';
import { isUnanswered } from './hand-over.rules.ts';

/** A case that is offered to another mediator. */
export interface OfferedCase {
  caseId: string;
  number: string | null;
  title: string;
  respondentName: string;
  dueOn: CalendarDay;
  from: string;
  to: string;
  offeredOn: CalendarDay;
}

export interface HandOverWork {
  name: 'handOvers' | 'handOversUnanswered';
  offers: OfferedCase[];
  total: number;
}

/** The cases that are offered to the reader. */
export async function handOversToAnswer(reader: Reader, most: number): Promise<HandOverWork> {
  const offers = await openOffers({ toId: reader.userId }, casesWithin(reader, 'cases.acceptHandOver'));
  return { name: 'handOvers', offers: offers.slice(0, most), total: offers.length };
}

/** The offers of the reader's area that nobody has answered in time. */
export async function handOversUnanswered(reader: Reader, most: number): Promise<HandOverWork> {
  const calendar = await currentCalendar();
  const offers = (await openOffers({}, casesWithin(reader, 'cases.reassign'))).filter(({ offeredOn }) =>
    isUnanswered(offeredOn, today(), calendar),
  );
  return { name: 'handOversUnanswered', offers: offers.slice(0, most), total: offers.length };
}

async function openOffers(
  whose: WhereOptions<HandOver>,
  cases: WhereOptions<DisputeCase>,
): Promise<OfferedCase[]> {
  const name = (as: 'from' | 'to') => ({ model: User, as, attributes: ['displayName'] });
  const offers = await HandOver.findAll({
    where: { [Op.and]: [{ openKey: { [Op.ne]: null } }, whose] },
    include: [name('from'), name('to')],
    order: [
      ['offeredAt', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  // Few cases are offered; in one question with them SQLite would read every case of the town.
  const found = await DisputeCase.findAll({
    where: { [Op.and]: [{ id: offers.map(({ caseId }) => caseId) }, cases] },
    attributes: ['id', 'number', 'title', 'respondentName', 'dueOn'],
    raw: true,
  });
  const byId = new Map(found.map((row) => [row.id, row]));
  return offers.flatMap(({ caseId, from, to, offeredAt }) => {
    const offered = byId.get(caseId);
    if (!offered) return [];
    const { number, title, respondentName, dueOn } = offered;
    const names = { from: from!.displayName, to: to!.displayName };
    return { ...{ caseId, number, title, respondentName, dueOn }, ...names, offeredOn: dayOf(offeredAt) };
  });
}
