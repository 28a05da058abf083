import type { MovedDeadline } from '../../models/areas.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Calendar } from '../deadlines/working-days.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { dueDatesFrom, replyDeadline } from './ticket-clocks.rules.ts';
import { OPEN_HANDLINGS } from './ticket-handling.rules.ts';

/** Computes the due dates of every open ticket by other days; gives the answers that moved. The ticket itself has not changed. */
export async function moveTicketDeadlines(calendar: Calendar): Promise<MovedDeadline[]> {
  const moved: MovedDeadline[] = [];
  const open = await Ticket.findAll({
    where: { handling: [...OPEN_HANDLINGS] },
    attributes: [
      ...['id', 'townId', 'number', 'version', 'clockFrom', 'extensionDays', 'redoneOn'],
      ...['givenSignDueAt', 'givenReplyDueOn'],
      ...['signDueAt', 'replyDueOn', 'contactDueOn'],
    ],
    order: [['replyDueOn', 'ASC']],
  });
  for (const { id, townId, number, version, clockFrom, ...stored } of open.map((ticket) => ticket.get())) {
    if (clockFrom === null) continue;
    const { extensionDays, redoneOn, givenReplyDueOn, replyDueOn: before } = stored;
    const settings = await settingsOf(townId);
    const dates = dueDatesFrom(clockFrom, stored, settings, calendar);
    const clocked = { clockFrom, extensionDays, redoneOn, givenReplyDueOn };
    const { dueOn: replyDueOn } = replyDeadline(clocked, settings, calendar);
    const same = stored.signDueAt?.getTime() === dates.signDueAt.getTime();
    if (same && replyDueOn === before && dates.contactDueOn === stored.contactDueOn) continue;
    const [updated] = await Ticket.update({ ...dates, replyDueOn }, { where: { id, version } });
    if (updated === 1 && replyDueOn !== before)
      moved.push({ href: `/tickets/${id}`, label: number, before, after: replyDueOn });
  }
  return moved;
}
