import { Op, type WhereOptions } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Claimant, DisputeCase, Respondent } from '../../models/cases.ts';
import { HandOver } from '../../models/hand-overs.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { casesWithin } from '../cases/case.queries.ts';
import { areaChoices } from '../directory/areas.queries.ts';
import { NotFound } from '../shared/errors.ts';
import { receiversOf } from './hand-over.rules.ts';
import type { Desk } from './proposal.rules.ts';
import { loadDesks } from './town.queries.ts';

/** What has work left for a mediator. */
const UNFINISHED: WhereOptions<DisputeCase> = {
  ledgerBatchId: null,
  [Op.or]: [{ closedOn: null }, { redoOn: { [Op.ne]: null } }, { performance: { [Op.ne]: 'fulfilled' } }],
};

/** No more cases than these are handed over at once: one transaction takes them all, 30 ms each. */
export const MOST_HANDED = 60;

/** The mediators to whom these cases can be offered, by the case's id. */
export async function receiversFor(cases: readonly DisputeCase[]): Promise<Map<string, Desk[]>> {
  const caseId = cases.map(({ id }) => id);
  const [claimants, respondents, desks] = await Promise.all([
    Claimant.findAll({ where: { caseId }, attributes: ['caseId', 'name'] }),
    Respondent.findAll({ where: { caseId }, attributes: ['caseId', 'name'] }),
    desksOf(cases),
  ]);
  const parties = [...claimants, ...respondents];
  return new Map(
    cases.map(({ id, townId, level, enterpriseId, mediatorId, respondentName }) => {
      const names = parties.filter((party) => party.caseId === id).map(({ name }) => name);
      const handed = { level, enterpriseId, mediatorId, partyNames: [respondentName, ...names] };
      return [id, receiversOf(handed, desks.get(townId)!)];
    }),
  );
}

async function desksOf(cases: readonly DisputeCase[]): Promise<Map<string, Desk[]>> {
  const townIds = [...new Set(cases.map(({ townId }) => townId))];
  return new Map(await Promise.all(townIds.map(async (id) => [id, await loadDesks(id)] as const)));
}

/** What a mediator has in hand, and who can be offered it. */
export interface Caseload {
  mediator: Pick<User, 'id' | 'displayName'>;
  cases: DisputeCase[];
  /** How many there are beyond those that are shown. */
  more: number;
  receivers: Map<string, Desk[]>;
}

/**
 * The unfinished cases of a mediator that the reader may hand over, the most urgent first.
 * @throws NotFound when it is neither the reader nor a mediator of their area
 */
export async function loadCaseload(reader: Reader, mediatorId: string): Promise<Caseload> {
  const mediator = await User.findByPk(mediatorId, { attributes: ['id', 'displayName'] });
  if (!mediator || !(await isInReach(reader, mediatorId))) throw new NotFound();
  const where: WhereOptions<DisputeCase> = {
    [Op.and]: [{ mediatorId }, UNFINISHED, casesWithin(reader, 'cases.offerHandOver')],
  };
  // Whatever finds them, a mediator's cases are few; in the order of their days SQLite would read the whole town's.
  const found = await DisputeCase.findAll({ where, attributes: ['id', 'dueOn'], raw: true });
  const order = found.sort((a, b) => (a.dueOn + a.id < b.dueOn + b.id ? -1 : 1)).map(({ id }) => id);
  const cases = await DisputeCase.findAll({
    where: { id: order.slice(0, MOST_HANDED) },
    include: [
      {
        model: HandOver,
        as: 'handOver',
        required: false,
        include: [{ model: User, as: 'to', attributes: ['displayName'] }],
      },
    ],
    order: [
      ['dueOn', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  const free = cases.filter(({ handOver }) => !handOver);
  return { mediator, cases, more: found.length - cases.length, receivers: await receiversFor(free) };
}

async function isInReach(reader: Reader, mediatorId: string): Promise<boolean> {
  if (mediatorId === reader.userId) return true;
  const areas = await areaChoices(reader, 'cases.reassign');
  const where = { userId: mediatorId, role: 'mediator' as const, areaId: areas.map(({ id }) => id) };
  return (await RoleGrant.count({ where })) > 0;
}

/** Who stands in an offered case: their names are not for the receiver yet, not even in what somebody wrote. */
const NAMES = [
  { model: Claimant, as: 'claimants', attributes: ['caseId', 'name'], separate: true },
  { model: Ticket, as: 'tickets', attributes: ['caseId', 'callerName'], separate: true },
];

/** The cases that are offered to the reader, the most urgent first. */
export async function offeredTo(reader: Reader): Promise<HandOver[]> {
  return HandOver.findAll({
    where: { toId: reader.userId, openKey: { [Op.ne]: null } },
    include: [
      {
        model: DisputeCase,
        as: 'disputeCase',
        where: casesWithin(reader, 'cases.acceptHandOver'),
        required: true,
        include: NAMES,
      },
      { model: User, as: 'from', attributes: ['displayName'] },
    ],
    order: [
      [{ model: DisputeCase, as: 'disputeCase' }, 'dueOn', 'ASC'],
      ['offeredAt', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: MOST_HANDED,
  });
}
