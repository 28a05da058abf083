import { Op } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { yearOf } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { casesWithin } from './case.queries.ts';
import { meantCaseNumber } from './case-number.rules.ts';

/**
 * The case of a town that somebody named: by its number as typed, by the number of one of its tickets, or by its id.
 * What was merged is the case that goes on with it. Null when there is none within the reader's reach.
 */
export async function findCaseNamed(
  reader: Reader,
  townId: string,
  named: string,
): Promise<DisputeCase | null> {
  const { caseNumberPattern } = await settingsOf(townId);
  const meant = meantCaseNumber(caseNumberPattern, named, yearOf(today()));
  const ticket = await Ticket.findOne({ where: { townId, number: named }, attributes: ['caseId'] });
  const within = casesWithin(reader, 'cases.read');
  const found = await DisputeCase.findOne({
    where: {
      [Op.and]: [
        { townId },
        { [Op.or]: [{ number: meant ? [named, meant] : named }, { id: ticket?.caseId ?? named }] },
        within,
      ],
    },
  });
  if (!found?.mergedIntoId) return found;
  return DisputeCase.findOne({ where: { [Op.and]: [{ id: found.mergedIntoId }, within] } });
}
