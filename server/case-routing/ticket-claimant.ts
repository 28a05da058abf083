import type { Ticket } from '../../models/tickets.ts';
import { GENDERS } from '../cases/case.rules.ts';
import type { NewClaimant } from '../cases/register.service.ts';
import { leadName } from '../shared/personal-data.rules.ts';

/** What stands for the name of a worker who wishes not to be named, or gave no name; case files are in Chinese. */
const ANONYMOUS = '匿名诉求人';
const UNNAMED = '未留姓名诉求人';

/** The caller of a ticket as a worker of its case. The name of an anonymous caller stays in the ticket. */
export function claimantOf(ticket: Ticket): Omit<NewClaimant, 'claims'> {
  const { anonymous, callerName, callerPhone: phone, migrant } = ticket;
  return {
    name: anonymous ? ANONYMOUS : leadName(callerName ?? UNNAMED),
    gender: GENDERS.find((gender) => gender === ticket.gender) ?? null,
    phone,
    migrant,
  };
}
