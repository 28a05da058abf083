import { LIFECYCLE, type CaseAction } from '../cases/lifecycle.rules.ts';
import type { DutyKind, Level } from '../directory/directory.rules.ts';
import { TICKET_ACTIONS, type TicketAction } from '../hotline/ticket-handling.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Access, Role, Scope } from './roles.rules.ts';

/**
 * Who may do what: action × role × how far. What is not here, nobody may. Actions on one case stand in the table of
 * the lifecycle, `cases.<action>`, those on a ticket in that of its handling, `tickets.<action>`.
 */
const PAGES = {
  'home.read': {
    ...{ dispatcher: 'all', mediator: 'all', officer: 'all', official: 'all' },
    ...{ callbackClerk: 'all', informant: 'all', administrator: 'all' },
  },
  'tickets.list': { dispatcher: 'area', official: 'area' },
  'tickets.read': { dispatcher: 'area', official: 'area' },
  'tickets.seeCaller': { dispatcher: 'area' },
  'tickets.reveal': { dispatcher: 'area' },
  'tickets.import': { dispatcher: 'area' },
  'tickets.route': { dispatcher: 'area' },
  'tickets.importCallbacks': { dispatcher: 'town' },
  'ledger.import': { dispatcher: 'town' },
  'cases.list': { dispatcher: 'area', official: 'area', mediator: 'room' },
  'cases.read': { dispatcher: 'area', official: 'area', mediator: 'desk', callbackClerk: 'followUp' },
  'cases.register': { dispatcher: 'area', mediator: 'area', officer: 'area' },
  'cases.reveal': { dispatcher: 'area', mediator: 'own', callbackClerk: 'followUp' },
  'followUps.list': { dispatcher: 'area', official: 'area', callbackClerk: 'area' },
  'followUps.read': { dispatcher: 'area', official: 'area', callbackClerk: 'area' },
  'documents.read': { dispatcher: 'area', mediator: 'own' },
  'documents.keep': { dispatcher: 'area', mediator: 'own' },
  'documents.supervise': { dispatcher: 'area' },
  'reports.read': { dispatcher: 'area', official: 'area' },
  'directory.read': { dispatcher: 'area', officer: 'area', official: 'area', administrator: 'area' },
  'directory.edit': { dispatcher: 'area', administrator: 'area' },
  'directory.import': { dispatcher: 'town', administrator: 'town' },
  'responsibilities.read': { dispatcher: 'area', officer: 'area', official: 'area', administrator: 'area' },
  'responsibilities.edit': { dispatcher: 'area', administrator: 'area' },
  'informants.manage': { dispatcher: 'town', officer: 'union' },
  'wageChecks.read': { dispatcher: 'area', officer: 'answered', official: 'area' },
  'wageChecks.check': { dispatcher: 'area', officer: 'answered' },
  // Who reported is known by a code, what was told in confidence is read by the town and by the union alone.
  'wageChecks.seeInformant': { dispatcher: 'area', officer: 'answered' },
  'wageChecks.readNotes': { dispatcher: 'town', officer: 'union' },
  'wageChecks.leaveOut': { dispatcher: 'area' },
  'wageChecks.open': { dispatcher: 'town' },
  'wageChecks.importTables': { dispatcher: 'town' },
  'wageReports.write': { informant: 'workplace' },
  'cards.manage': { dispatcher: 'area', officer: 'answered' },
  'outreach.read': { dispatcher: 'area', officer: 'area', official: 'area' },
  'outreach.record': { dispatcher: 'area', officer: 'area' },
  'visits.read': { dispatcher: 'area', officer: 'area', official: 'area' },
  'visits.record': { dispatcher: 'area', officer: 'area' },
  'warnings.read': { dispatcher: 'area', officer: 'answered', official: 'area' },
  'warnings.handle': { dispatcher: 'area', officer: 'answered' },
  'warnings.clear': { dispatcher: 'area' },
  'users.manage': { administrator: 'area' },
  'jobs.read': { administrator: 'all' },
  'outbox.manage': { administrator: 'all' },
  'calendar.manage': { administrator: 'all' },
} as const satisfies Record<string, Access>;

export type Action = keyof typeof PAGES | `cases.${CaseAction}` | `tickets.${TicketAction}`;

export const ACCESS: Record<Action, Access> = {
  ...PAGES,
  ...(Object.fromEntries(
    Object.entries(LIFECYCLE).map(([action, rule]) => [`cases.${action}`, rule.by]),
  ) as Record<`cases.${CaseAction}`, Access>),
  ...(Object.fromEntries(
    Object.entries(TICKET_ACTIONS).map(([action, rule]) => [`tickets.${action}`, rule.by]),
  ) as Record<`tickets.${TicketAction}`, Access>),
};

/** A role of a reader and the area (or the one enterprise) that bounds it. */
export interface Grant {
  role: Role;
  areaId: string;
  areaName: string;
  areaPath: string;
  /** The towns at or below the area; of a village's grant the town that it belongs to. */
  townIds: string[];
  villageId: string | null;
  enterpriseId: string | null;
}

/** Who asks: a signed-in person with the roles that are in force at this request. */
export interface Reader {
  userId: string;
  displayName: string;
  grants: Grant[];
  /** The rooms in which the reader mediates today. */
  roomIds: string[];
  /** For whom the reader answers today as an officer. */
  answers: Answer[];
}

/** One enterprise, or every one of a village, for which an officer answers. */
export interface Answer {
  enterpriseId: string | null;
  villageId: string | null;
  kind: DutyKind;
}

/** Where an object stands, as far as access looks at it. */
export interface Place {
  townId: string;
  villageId?: string | null;
  enterpriseId?: string | null;
  roomId?: string | null;
  mediatorId?: string | null;
  /** The mediator to whom a case is offered, until they answer. */
  offeredToId?: string | null;
  level?: Level | null;
  /** The day on which the worker of a case is to be called back, as long as that is open. */
  followUpOn?: CalendarDay | null;
}

/** Whether a grant's area (or enterprise) holds a place. */
export function covers(grant: Grant, place: Place): boolean {
  return (
    grant.townIds.includes(place.townId) &&
    (grant.villageId === null || grant.villageId === (place.villageId ?? null)) &&
    (grant.enterpriseId === null || grant.enterpriseId === (place.enterpriseId ?? null))
  );
}

/** Whether a grant is of a whole town or more, not of one village or enterprise. */
export function ofWholeTown({ villageId, enterpriseId }: Grant): boolean {
  return villageId === null && enterpriseId === null;
}

/** The reader's grants that carry an action, each with how far it reaches; a village's carry none of the whole town's. */
export function grantsFor(reader: Reader, action: Action): { grant: Grant; scope: Scope }[] {
  const access = ACCESS[action];
  return reader.grants.flatMap((grant) => {
    const scope = access[grant.role];
    return scope && (scope !== 'town' || ofWholeTown(grant)) ? [{ grant, scope }] : [];
  });
}

/** Whether the reader may do this at all, to some object. */
export function mayEver(reader: Reader, action: Action): boolean {
  return grantsFor(reader, action).length > 0;
}

/** Whether the reader may do this to an object that stands here. */
export function may(reader: Reader, action: Action, place: Place): boolean {
  return grantsFor(reader, action).some(({ grant, scope }) => {
    switch (scope) {
      case 'all':
        return true;
      case 'area':
        return covers(grant, place);
      case 'town':
        return ofWholeTown(grant) && covers(grant, place);
      case 'followUp':
        return typeof place.followUpOn === 'string' && covers(grant, place);
      case 'own':
        return place.mediatorId === reader.userId && mediatesIn(reader, grant, place);
      case 'offered':
        return isOffered(reader, place) && mediatesIn(reader, grant, place);
      case 'room':
        return isOfRoom(reader, place) && mediatesIn(reader, grant, place);
      case 'desk':
        return (isOfRoom(reader, place) || isOffered(reader, place)) && mediatesIn(reader, grant, place);
      case 'answered':
        return answersFor(reader, grant, place).length > 0;
      case 'union':
        return answersFor(reader, grant, place).some(({ kind }) => kind === 'union');
      case 'workplace':
        return grant.enterpriseId !== null && covers(grant, place);
    }
  });
}

/** What makes the reader answer for the enterprise that stands here, or for all of a village: within the grant. */
function answersFor({ answers }: Reader, grant: Grant, place: Place): Answer[] {
  if (!covers(grant, place)) return [];
  return answers.filter(({ enterpriseId, villageId }) =>
    enterpriseId ? enterpriseId === place.enterpriseId : villageId === (place.villageId ?? null),
  );
}

function isOfRoom({ userId, roomIds }: Reader, { mediatorId, roomId }: Place): boolean {
  return mediatorId === userId || roomIds.includes(roomId ?? '');
}

function isOffered({ userId }: Reader, { offeredToId }: Place): boolean {
  return offeredToId === userId;
}

/** The enterprises on whose committees the reader sits. */
export function boundEnterprises(reader: Reader): string[] {
  return reader.grants.flatMap(({ enterpriseId }) => enterpriseId ?? []);
}

/**
 * Whether a mediator's grant holds a case: within its towns, and of an enterprise on whose committee the reader sits
 * only what was routed to that committee, which the worker has consented to (DOMAIN §0, 5).
 */
function mediatesIn(reader: Reader, grant: Grant, place: Place): boolean {
  const enterpriseId = place.enterpriseId ?? null;
  if (!grant.townIds.includes(place.townId)) return false;
  if (grant.enterpriseId !== null) return grant.enterpriseId === enterpriseId && place.level === 'enterprise';
  return (
    enterpriseId === null || !boundEnterprises(reader).includes(enterpriseId) || place.level === 'enterprise'
  );
}

/** The towns in which the reader may do this. */
export function townsFor(reader: Reader, action: Action): string[] {
  return [...new Set(grantsFor(reader, action).flatMap(({ grant }) => grant.townIds))];
}
