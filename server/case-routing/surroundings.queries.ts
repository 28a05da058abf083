import { Op, type WhereOptions } from 'sequelize';
import type { TownSettings } from '../../config/town.ts';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { findRows } from '../../models/rows.ts';
import { Ticket } from '../../models/tickets.ts';
import { matchEnterprise } from '../directory/enterprise-name.rules.ts';
import { workersOf } from '../hotline/ticket-words.rules.ts';
import { addDays, instantOf, type CalendarDay } from '../shared/calendar-day.ts';
import type { Complaint, TownDirectory } from './proposal.rules.ts';
import { subjectOf, type NearbyCase, type Surroundings, type WaitingTicket } from './related.rules.ts';

/** No more waiting tickets and cases than these are looked at around one page of complaints. */
const MOST_WAITING = 5000;
const MOST_CASES = 1000;

interface Span {
  from: CalendarDay;
  to: CalendarDay;
}

/** The waiting tickets and the cases around some complaints of one town: same enterprise or name, or same phone. */
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
  const recognise = recogniseBy(directory);
  const [waiting, cases] = await Promise.all([
    loadWaiting(townId, span, recognise),
    // The name of a respondent who stands in no directory may be known by now, or be the complaint's.
    loadCases(townId, hashesOf(complaints), recognise, [
      { enterpriseId: [...enterpriseIds], ...receivedIn(span) },
      { enterpriseId: null, closedOn: null, ...receivedIn(span) },
    ]),
  ]);
  return { waiting, cases };
}

/**
 * The open cases around one case that is on its way, without the directory: their enterprises are known by now, and names
 * are compared as they stand.
 */
export async function loadCasesAround(
  complaint: Complaint,
  { mergeWindowDays, namePlaces }: Pick<TownSettings, 'mergeWindowDays' | 'namePlaces'>,
): Promise<Surroundings> {
  const { townId, receivedOn, enterpriseId } = complaint;
  const span = { from: addDays(receivedOn, -mergeWindowDays), to: addDays(receivedOn, mergeWindowDays) };
  const byName: Recognise = (_, text) => ({
    enterpriseId: null,
    subject: subjectOf(null, text, namePlaces),
  });
  const sameRespondent = { enterpriseId, ...receivedIn(span) };
  const open = { closedOn: null };
  return {
    waiting: [],
    cases: await loadCases(townId, hashesOf([complaint]), byName, [sameRespondent], open),
  };
}

const receivedIn = ({ from, to }: Span) => ({ receivedOn: { [Op.between]: [from, to] } });

/** The look-up values of workers, each once. */
function hashesOf(complaints: readonly Complaint[]): People {
  return {
    phoneHash: [...new Set(complaints.flatMap(({ phoneHashes }) => phoneHashes))],
    idNumberHash: [...new Set(complaints.flatMap(({ idNumberHashes }) => idNumberHashes))],
  };
}

interface People {
  phoneHash: string[];
  idNumberHash: string[];
}

async function loadWaiting(townId: string, span: Span, recognise: Recognise): Promise<WaitingTicket[]> {
  const tickets = await findRows(
    Ticket,
    {
      townId,
      state: 'awaitingRouting',
      receivedAt: { [Op.gte]: instantOf(span.from), [Op.lt]: instantOf(addDays(span.to, 1)) },
    },
    {
      attributes: [
        ...(['id', 'number', 'villageId', 'receivedAt', 'receivedOn', 'callerPhoneHash'] as const),
        ...(['respondentText', 'respondentCreditCode', 'workers', 'callerName', 'title', 'content'] as const),
      ],
      order: [
        ['receivedAt', 'ASC'],
        ['id', 'ASC'],
      ],
      limit: MOST_WAITING,
    },
  );
  return tickets.map((ticket) => ({
    id: ticket.id,
    number: ticket.number,
    villageId: ticket.villageId,
    receivedAt: ticket.receivedAt,
    receivedOn: ticket.receivedOn,
    phoneHash: ticket.callerPhoneHash,
    ...recognise(ticket.respondentCreditCode, ticket.respondentText),
    workers: Math.max(workersOf(ticket).count ?? 1, 1),
  }));
}

/** The enterprise that a credit code or a name means, if the directory has it, and against whom it is in any case. */
type Recognise = (
  creditCode: string | null,
  text: string | null,
) => Pick<WaitingTicket, 'enterpriseId' | 'subject'>;

/** Many complaints name the same firm in the same words. */
function recogniseBy({ index }: TownDirectory): Recognise {
  const known = new Map<string, ReturnType<Recognise>>();
  return (creditCode, text) => {
    const key = `${creditCode ?? ''}\n${text ?? ''}`;
    const found = known.get(key);
    if (found) return found;
    const enterpriseId = matchEnterprise(index, { creditCode, text })?.enterpriseId ?? null;
    const recognised = { enterpriseId, subject: subjectOf(enterpriseId, text, index.places) };
    known.set(key, recognised);
    return recognised;
  };
}

/** The cases of a town that one of these conditions describes, and those of these people. */
async function loadCases(
  townId: string,
  { phoneHash, idNumberHash }: People,
  recognise: Recognise,
  conditions: WhereOptions<DisputeCase>[],
  all: WhereOptions<DisputeCase> = {},
): Promise<NearbyCase[]> {
  const samePeople = await Promise.all([
    phoneHash.length > 0 ? casesOf({ phoneHash }) : [],
    idNumberHash.length > 0 ? casesOf({ idNumberHash }) : [],
  ]);
  const id = [...new Set(samePeople.flat())];
  const found = await Promise.all(
    [...conditions, ...(id.length > 0 ? [{ id }] : [])].map((where) =>
      findCases({ [Op.and]: [{ townId }, where, all] }),
    ),
  );
  const cases = [...new Map(found.flat().map((row) => [row.id, row])).values()];
  return withPeople(cases, recognise);
}

async function casesOf(where: WhereOptions<Claimant>): Promise<string[]> {
  const claimants = await findRows(Claimant, where, { attributes: ['caseId'], limit: MOST_CASES });
  return claimants.map(({ caseId }) => caseId);
}

function findCases(where: WhereOptions<DisputeCase>): Promise<DisputeCase[]> {
  return findRows(DisputeCase, where, {
    attributes: [
      ...(['id', 'number', 'title', 'villageId', 'enterpriseId', 'respondentName'] as const),
      ...(['state', 'level', 'outcome', 'receivedAt', 'receivedOn', 'workers'] as const),
    ],
    order: [['receivedOn', 'DESC']],
    limit: MOST_CASES,
  });
}

async function withPeople(cases: DisputeCase[], recognise: Recognise): Promise<NearbyCase[]> {
  if (cases.length === 0) return [];
  const caseId = cases.map(({ id }) => id);
  const [claimants, tickets] = await Promise.all([
    findRows(Claimant, { caseId }, { attributes: ['id', 'caseId', 'phoneHash', 'idNumberHash'] }),
    findRows(Ticket, { caseId }, { attributes: ['caseId', 'number'], order: [['receivedAt', 'ASC']] }),
  ]);
  return cases.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    villageId: row.villageId,
    enterpriseId: row.enterpriseId,
    subject: row.enterpriseId ?? recognise(null, row.respondentName).subject,
    state: row.state,
    level: row.level,
    outcome: row.outcome,
    receivedAt: row.receivedAt,
    receivedOn: row.receivedOn,
    workers: row.workers,
    ticketNumbers: tickets.filter((ticket) => ticket.caseId === row.id).map(({ number }) => number),
    ...known(claimants.filter(({ caseId }) => caseId === row.id)),
  }));
}

function known(claimants: readonly Claimant[]): Pick<NearbyCase, 'complainants' | 'idNumberHashes'> {
  return {
    complainants: claimants.map(({ id, phoneHash }) => phoneHash ?? id),
    idNumberHashes: claimants.flatMap(({ idNumberHash }) => idNumberHash ?? []),
  };
}
