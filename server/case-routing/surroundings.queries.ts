import { Op, type WhereOptions } from 'sequelize';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { Ticket } from '../../models/tickets.ts';
import { matchEnterprise } from '../directory/enterprise-name.rules.ts';
import { addDays, instantOf, type CalendarDay } from '../shared/calendar-day.ts';
import type { Complaint, TownDirectory } from './proposal.rules.ts';
import type { NearbyCase, Surroundings, WaitingTicket } from './related.rules.ts';

/** No more waiting tickets and cases than these are looked at around one page of complaints. */
const MOST_WAITING = 5000;
const MOST_CASES = 1000;

interface Span {
  from: CalendarDay;
  to: CalendarDay;
}

/** The waiting tickets and the cases around some complaints of one town: same enterprise, or same phone. */
export async function loadSurroundings(
  townId: string,
  complaints: readonly Complaint[],
  enterpriseIds: readonly string[],
  directory: TownDirectory,
): Promise<Surroundings> {
  const { repeatWindowDays, mergeWindowDays } = directory.settings;
  const days = complaints.map(({ receivedOn }) => receivedOn).sort();
  const span = {
    from: addDays(days[0]!, -Math.max(repeatWindowDays, mergeWindowDays)),
    to: addDays(days.at(-1)!, mergeWindowDays),
  };
  const phoneHashes = [...new Set(complaints.flatMap((complaint) => complaint.phoneHashes))];
  const [waiting, cases] = await Promise.all([
    loadWaiting(townId, span, directory),
    loadCases(townId, span, [...enterpriseIds], phoneHashes),
  ]);
  return { waiting, cases };
}

async function loadWaiting(townId: string, span: Span, directory: TownDirectory): Promise<WaitingTicket[]> {
  const tickets = await Ticket.findAll({
    where: {
      townId,
      state: 'awaitingRouting',
      receivedAt: { [Op.gte]: instantOf(span.from), [Op.lt]: instantOf(addDays(span.to, 1)) },
    },
    attributes: [
      'id',
      'number',
      'villageId',
      'receivedAt',
      'receivedOn',
      'callerPhoneHash',
      'respondentText',
      'respondentCreditCode',
      'workers',
    ],
    order: [
      ['receivedAt', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: MOST_WAITING,
    raw: true,
  });
  const recognise = remember((creditCode: string | null, text: string | null) =>
    matchEnterprise(directory.index, { creditCode, text }),
  );
  return tickets.map((ticket) => ({
    id: ticket.id,
    number: ticket.number,
    villageId: ticket.villageId,
    // A raw row has an instant as the database writes it.
    receivedAt: new Date(ticket.receivedAt),
    receivedOn: ticket.receivedOn,
    phoneHash: ticket.callerPhoneHash,
    enterpriseId: recognise(ticket.respondentCreditCode, ticket.respondentText)?.enterpriseId ?? null,
    workers: Math.max(ticket.workers ?? 1, 1),
  }));
}

/** Many tickets name the same firm in the same words. */
function remember<T>(recognise: (creditCode: string | null, text: string | null) => T) {
  const known = new Map<string, T>();
  return (creditCode: string | null, text: string | null): T => {
    const key = `${creditCode ?? ''}\n${text ?? ''}`;
    if (!known.has(key)) known.set(key, recognise(creditCode, text));
    return known.get(key)!;
  };
}

async function loadCases(
  townId: string,
  { from, to }: Span,
  enterpriseIds: string[],
  phoneHashes: string[],
): Promise<NearbyCase[]> {
  const samePhone = await Claimant.findAll({
    where: { phoneHash: phoneHashes },
    attributes: ['caseId'],
    limit: MOST_CASES,
  });
  const receivedThen = { receivedOn: { [Op.between]: [from, to] } };
  const wanted: WhereOptions<DisputeCase>[] = [
    { enterpriseId: enterpriseIds, ...receivedThen },
    { id: samePhone.map(({ caseId }) => caseId) },
  ];
  const found = await Promise.all(
    wanted.map((where) =>
      DisputeCase.findAll({
        where: { townId, ...where },
        attributes: [
          ...['id', 'number', 'title', 'villageId', 'enterpriseId', 'state', 'level', 'outcome'],
          ...['receivedAt', 'receivedOn', 'workers'],
        ],
        order: [['receivedOn', 'DESC']],
        limit: MOST_CASES,
      }),
    ),
  );
  const cases = [...new Map(found.flat().map((row) => [row.id, row])).values()];
  const caseId = cases.map(({ id }) => id);
  const [claimants, tickets] = await Promise.all([
    Claimant.findAll({ where: { caseId }, attributes: ['id', 'caseId', 'phoneHash'] }),
    Ticket.findAll({ where: { caseId }, attributes: ['caseId', 'number'], order: [['receivedAt', 'ASC']] }),
  ]);
  return cases.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    villageId: row.villageId,
    enterpriseId: row.enterpriseId,
    state: row.state,
    level: row.level,
    outcome: row.outcome,
    receivedAt: row.receivedAt,
    receivedOn: row.receivedOn,
    workers: row.workers,
    ticketNumbers: tickets.filter((ticket) => ticket.caseId === row.id).map(({ number }) => number),
    complainants: claimants
      .filter((claimant) => claimant.caseId === row.id)
      .map((claimant) => claimant.phoneHash ?? claimant.id),
  }));
}
