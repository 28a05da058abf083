import { Op } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { Claimant, Respondent, type DisputeCase } from '../../models/cases.ts';
import { Enterprise, Person } from '../../models/directory.ts';
import { CoMediator } from '../../models/mediation.ts';
import type { PersonKind } from '../directory/directory.rules.ts';
import { today } from '../shared/clock.ts';
import { tieTo, type Candidate, type Sides } from './co-mediators.rules.ts';

/** Somebody of the net who serves in the case's town today. */
export interface NetPerson extends Candidate {
  id: string;
  kind: PersonKind;
}

/** Who can still be named: those of the case's village first, without anybody who stands on a side or is named already. */
export async function candidatesFor(disputeCase: DisputeCase): Promise<NetPerson[]> {
  const { id: caseId, villageId } = disputeCase;
  const [people, sides, named] = await Promise.all([
    peopleAround(disputeCase),
    sidesOf(disputeCase),
    CoMediator.findAll({ where: { openKey: caseId }, attributes: ['personId'], raw: true }),
  ]);
  const taken = new Set(named.map(({ personId }) => personId));
  const free = people.filter((person) => !taken.has(person.id) && tieTo(person, sides) === null);
  return [
    ...free.filter(({ areaId }) => areaId === villageId),
    ...free.filter(({ areaId }) => areaId !== villageId),
  ];
}

/** Everybody of the net who serves in the town today, by name. */
export async function peopleAround({ townId }: DisputeCase): Promise<(NetPerson & { areaId: string })[]> {
  const day = today();
  const people = await Person.findAll({
    where: { townId, activeFrom: { [Op.lte]: day }, activeTo: { [Op.or]: [null, { [Op.gte]: day }] } },
    include: [{ model: Area, as: 'area', attributes: ['name'] }],
    order: [
      ['name', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  return people.map(({ id, name, kind, phone, areaId, area }) => ({
    ...{ id, name, kind, phone, areaId },
    area: area!.name,
  }));
}

/** Who stands on either side of a case, as far as the case and the directory know. */
export async function sidesOf({ id: caseId, respondentName }: DisputeCase): Promise<Sides> {
  const [claimants, respondents] = await Promise.all([
    Claimant.findAll({ where: { caseId }, attributes: ['name', 'phone'] }),
    Respondent.findAll({ where: { caseId }, include: [{ model: Enterprise, as: 'enterprise' }] }),
  ]);
  const enterprises = respondents.flatMap(({ enterprise }) => enterprise ?? []);
  const committees = await RoleGrant.findAll({
    where: { role: 'mediator', endedAt: null, enterpriseId: enterprises.map(({ id }) => id) },
    include: [{ model: User, as: 'user', attributes: ['displayName'] }],
  });
  return {
    partyNames: [respondentName, ...[...claimants, ...respondents].map(({ name }) => name)],
    enterprisePeople: [
      ...enterprises.flatMap(({ contactName }) => contactName ?? []),
      ...committees.flatMap(({ user }) => user?.displayName ?? []),
    ],
    phones: [
      ...[...claimants, ...respondents].flatMap(({ phone }) => phone ?? []),
      ...enterprises.flatMap(({ contactPhone }) => contactPhone ?? []),
    ],
  };
}
