import { Op } from 'sequelize';
import { DisputeCase, RoutingDecision } from '../../models/cases.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { Contact } from '../../models/mediation.ts';
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

/** What sounds or ends alarms in these cases; who heard of what in a case that was merged into them, too. */
async function factsOf(caseIds: string[]): Promise<(AlarmFact & { caseId: string })[]> {
  const merged = await DisputeCase.findAll({
    where: { mergedIntoId: caseIds },
    attributes: ['id', 'mergedIntoId'],
    raw: true,
  });
  const now = new Map(merged.map(({ id, mergedIntoId }) => [id, mergedIntoId!]));
  const [decisions, heard] = await Promise.all([
    lastDecisions(caseIds),
    risksHeard([...caseIds, ...now.keys()]),
  ]);
  return [
    ...decisions.map((decision) => ({ caseId: decision.caseId, ...ofRouting(decision) })),
    ...heard.map((fact) => ({ ...fact, caseId: now.get(fact.caseId) ?? fact.caseId })),
  ];
}

async function lastDecisions(caseIds: string[]): Promise<RoutingDecision[]> {
  const decisions = await RoutingDecision.findAll({
    where: { caseId: caseIds },
    attributes: ['caseId', 'rule', 'inputs', 'at'],
    order: [
      ['at', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  return [...new Map(decisions.map((decision) => [decision.caseId, decision])).values()];
}

async function risksHeard(caseId: string[]): Promise<(AlarmFact & { caseId: string })[]> {
  const sounds = Object.keys(RISK_ALARMS) as Risk[];
  const [contacts, calls] = await Promise.all([
    Contact.findAll({
      where: { caseId, risk: [...sounds, 'none'] },
      attributes: ['caseId', 'risk', 'at', 'createdAt'],
    }),
    FollowUp.findAll({
      where: { caseId, risk: sounds, calledAt: { [Op.ne]: null } },
      attributes: ['caseId', 'risk', 'calledAt'],
    }),
  ]);
  return [
    ...contacts.map((contact) => ({
      caseId: contact.caseId,
      ...ofRisk(contact.risk, contact.at, contact.createdAt, true),
    })),
    ...calls.map(({ caseId: of, risk, calledAt }) => ({
      caseId: of,
      ...ofRisk(risk, calledAt!, calledAt!, false),
    })),
  ];
}
