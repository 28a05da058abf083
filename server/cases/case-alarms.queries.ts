import { Op } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { selectRows } from '../../models/dialect.ts';
import type { Risk } from '../mediation/mediation.rules.ts';
import { dayOf } from '../shared/calendar-day.ts';
import {
  ofRisk,
  ofRouting,
  RISK_ALARMS,
  soundingAlarms,
  type Alarm,
  type AlarmFact,
  type Sounding,
} from './case-alarms.rules.ts';

/** The most urgent alarm of each of these cases that sounds one, by their ids. */
export async function alarmsAmongCases(caseIds: string[]): Promise<Map<string, Alarm>> {
  const sounding = await soundingsAmongCases(caseIds);
  return new Map([...sounding].map(([caseId, [first]]) => [caseId, first!.alarm]));
}

/**
 * The alarms that sound of each of these cases, by their ids: of those that are open, or closed and to be done again
 * because of what the worker said since.
 */
export async function soundingsAmongCases(caseIds: string[]): Promise<Map<string, Sounding[]>> {
  if (caseIds.length === 0) return new Map();
  const alive = { [Op.or]: [{ closedOn: null }, { redoOn: { [Op.ne]: null } }] };
  const cases = await DisputeCase.findAll({
    where: { id: caseIds, ...alive },
    attributes: ['id', 'closedOn'],
    raw: true,
  });
  return soundingsOf(cases);
}

async function soundingsOf(
  cases: readonly Pick<DisputeCase, 'id' | 'closedOn'>[],
): Promise<Map<string, Sounding[]>> {
  if (cases.length === 0) return new Map();
  const facts = await factsOf(cases.map(({ id }) => id));
  return new Map(
    cases.flatMap(({ id, closedOn }) => {
      const own = facts.filter(({ caseId, at }) => caseId === id && dayOf(at) >= (closedOn ?? ''));
      const sounding = soundingAlarms(own);
      return sounding.length > 0 ? [[id, sounding]] : [];
    }),
  );
}

/** Whether somebody may come to harm in a case that is open or to be done again. */
export async function isInDanger(disputeCase: DisputeCase): Promise<boolean> {
  const sounding = await soundingsOf([disputeCase]);
  return sounding.get(disputeCase.id)?.[0]!.alarm === 'danger';
}

/**
 * What sounds or ends alarms in these cases; who heard of what in a case that was merged into them, too. Read
 * by hand, because it is asked after each of the first steps of a case.
 */
async function factsOf(caseIds: string[]): Promise<(AlarmFact & { caseId: string })[]> {
  const [decisions, heard] = await Promise.all([lastDecisions(caseIds), risksHeard(caseIds)]);
  return [
    ...decisions.map(({ caseId, rule, inputs, at }) => ({
      caseId,
      ...ofRouting({ rule, inputs: JSON.parse(inputs) as unknown, at: new Date(at) }),
    })),
    ...heard.map(({ caseId, risk, at, writtenAt, calms }) => ({
      caseId,
      ...ofRisk(risk, new Date(at), new Date(writtenAt), calms === 1),
    })),
  ];
}

/** A decision where a case goes; what it looked at and when as the database writes them. */
interface StoredDecision {
  caseId: string;
  rule: string;
  inputs: string;
  at: string | Date;
}

async function lastDecisions(caseIds: string[]): Promise<StoredDecision[]> {
  const decisions = await selectRows<StoredDecision>(
    'SELECT caseId, rule, inputs, at FROM routing_decisions WHERE caseId IN (:caseIds) ORDER BY at, id',
    { caseIds },
  );
  return [...new Map(decisions.map((decision) => [decision.caseId, decision])).values()];
}

/** A risk that somebody heard of, by the case that has it now; instants as the database writes them. */
interface HeardRisk {
  caseId: string;
  risk: Risk;
  at: string | Date;
  writtenAt: string | Date;
  calms: number;
}

function risksHeard(caseIds: string[]): Promise<HeardRisk[]> {
  const sounds = Object.keys(RISK_ALARMS);
  return selectRows<HeardRisk>(
    `SELECT CASE WHEN c.mergedIntoId IN (:caseIds) THEN c.mergedIntoId ELSE c.id END AS caseId, k.risk, k.at, k.createdAt AS writtenAt, 1 AS calms
       FROM cases c JOIN contacts k ON k.caseId = c.id
      WHERE (c.id IN (:caseIds) OR c.mergedIntoId IN (:caseIds)) AND k.risk IN (:heard)
     UNION ALL
     SELECT CASE WHEN c.mergedIntoId IN (:caseIds) THEN c.mergedIntoId ELSE c.id END, f.risk, f.calledAt, f.calledAt, 0
       FROM cases c JOIN follow_ups f ON f.caseId = c.id
      WHERE (c.id IN (:caseIds) OR c.mergedIntoId IN (:caseIds)) AND f.risk IN (:sounds) AND f.calledAt IS NOT NULL`,
    { caseIds, sounds, heard: [...sounds, 'none'] },
  );
}
