import { Op } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { casesWithin } from './case.queries.ts';

/** A worker who is to be called back. */
export interface DueFollowUp {
  id: string;
  dueOn: CalendarDay;
  round: number;
  attempts: number;
  number: string | null;
  title: string;
  respondentName: string;
}

export interface FollowUpWork {
  followUps: DueFollowUp[];
  total: number;
}

/** The calls that a clerk has to make, the longest due first. */
export async function followUpsDue(reader: Reader, most: number): Promise<FollowUpWork> {
  const { rows, count } = await FollowUp.findAndCountAll({
    where: { state: 'due' },
    include: [
      {
        model: DisputeCase,
        as: 'disputeCase',
        attributes: ['number', 'title', 'respondentName'],
        where: { [Op.and]: [casesWithin(reader, 'cases.followUp')] },
        required: true,
      },
    ],
    order: [
      ['dueOn', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: most,
  });
  return {
    total: count,
    followUps: rows.map(({ id, dueOn, round, attempts, disputeCase }) => {
      const { number, title, respondentName } = disputeCase!;
      return { id, dueOn, round, attempts, number, title, respondentName };
    }),
  };
}
