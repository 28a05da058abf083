import { Op } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { inTx, requireTx } from '../../models/dialect.ts';
import type { Enterprise } from '../../models/directory.ts';
import { Warning, WarningAction, WarningEvent } from '../../models/warnings.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { addWorkingDays } from '../deadlines/working-days.rules.ts';
import { whoAnswersFor } from '../directory/duties.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { Conflict, Forbidden, NotFound, Unacceptable } from '../shared/errors.ts';
import {
  actionsAt,
  planActions,
  WARNING_ACTIONS,
  type CourseStep,
  type WantedAction,
  type WarningActionKind,
} from './warning-course.rules.ts';
import { holdersOf } from '../notifications/recipients.queries.ts';
import { tell } from '../notifications/tell.service.ts';
import { findWarning, placeOfWarning } from './warning.queries.ts';

const NEVER = '9999-12-31';

/** Makes the actions of a warning those that its level asks for, each with a deadline and a named person. */
export async function planWarningActions(
  warning: Warning,
  step: CourseStep,
  enterprise: Pick<Enterprise, 'id' | 'townId' | 'villageId'>,
  day: CalendarDay,
  wasProvincial: boolean,
): Promise<void> {
  requireTx();
  const open = await WarningAction.findAll({ where: openOf(warning.id) });
  const wanted = await wantedActions(warning, step, day, wasProvincial);
  if (wanted === null) return;
  const { add, hasten, lapse } = planActions(step, open, wanted);
  const personFor = await peopleFor(enterprise.townId, [enterprise], day);
  for (const { kind, dueOn } of add)
    await WarningAction.create({
      ...{ warningId: warning.id, kind, openKey: openKey(warning.id, kind), dueOn },
      assigneeId: personFor(enterprise.id, kind),
    });
  for (const { kind, dueOn } of hasten)
    await WarningAction.update({ dueOn }, { where: { openKey: openKey(warning.id, kind) } });
  if (lapse.length > 0)
    await WarningAction.update(
      { openKey: null, lapsedOn: day },
      { where: { ...openOf(warning.id), kind: lapse } },
    );
  await refreshDueOn(warning);
}

/** Null where nothing is to be planned: the level is kept. */
async function wantedActions(
  { townId, level, provincial }: Warning,
  step: CourseStep,
  day: CalendarDay,
  wasProvincial: boolean,
): Promise<WantedAction[] | null> {
  if (step === 'ended') return [];
  const newlyProvincial = provincial && !wasProvincial;
  const wanted = actionsAt(
    level,
    newlyProvincial,
    day,
    await settingsOf(townId, day),
    await currentCalendar(),
  );
  if (step !== 'kept') return wanted;
  return newlyProvincial ? wanted.filter(({ kind }) => kind === 'provincialReport') : null;
}

const openKey = (warningId: string, kind: string): string => `${warningId}:${kind}`;
const openOf = (warningId: string) => ({ warningId, openKey: { [Op.ne]: null } });

async function refreshDueOn(warning: Warning): Promise<void> {
  const dueOn = await WarningAction.min<CalendarDay | null, WarningAction>('dueOn', {
    where: openOf(warning.id),
  });
  await Warning.update({ dueOn: dueOn ?? NEVER }, { where: { id: warning.id } });
  warning.set({ dueOn: dueOn ?? NEVER });
}

/** The town's dispatcher who has been so the longest. */
async function dispatcherOf(townId: string): Promise<string | null> {
  const grant = await RoleGrant.findOne({
    where: { role: 'dispatcher', areaId: townId, enterpriseId: null, endedAt: null },
    include: [{ model: User, as: 'user', attributes: [], where: { endedAt: null }, required: true }],
    order: [['id', 'ASC']],
  });
  return grant?.userId ?? null;
}

/** The named person for a kind of action: who leads at the enterprise on the day, else the town's dispatcher. */
async function peopleFor(
  townId: string,
  enterprises: { id: string; villageId: string | null }[],
  day: CalendarDay,
): Promise<(enterpriseId: string, kind: WarningActionKind) => string | null> {
  const [duties, dispatcher] = await Promise.all([whoAnswersFor(enterprises, day), dispatcherOf(townId)]);
  return (enterpriseId, kind) => {
    const lead = duties.get(enterpriseId)?.find(({ isLead }) => isLead);
    return WARNING_ACTIONS[kind] === 'officer' && lead ? lead.officerId : dispatcher;
  };
}

/** Gives the open actions of a town to who answers for their enterprises on a day; tells how many changed hands. */
export async function reassignActions(townId: string, day: CalendarDay): Promise<number> {
  requireTx();
  const warnings = await Warning.findAll({
    where: { townId, endedOn: null },
    include: [{ model: WarningAction, as: 'actions', where: { openKey: { [Op.ne]: null } } }],
  });
  const enterprises = warnings.map(({ enterpriseId: id, villageId }) => ({ id, villageId }));
  const personFor = await peopleFor(townId, enterprises, day);
  let changed = 0;
  for (const { enterpriseId, actions } of warnings)
    for (const { id, kind, assigneeId, version } of actions!) {
      const person = personFor(enterpriseId, kind);
      if (person === assigneeId) continue;
      const where = { id, version, openKey: { [Op.ne]: null } };
      const [moved] = await WarningAction.update({ assigneeId: person, version: version + 1 }, { where });
      changed += moved;
    }
  return changed;
}

/**
 * Tells everybody who has an open action of a warning that its level went up, and of red the officials too: those of the
 * town, and of the county (DOMAIN §6).
 */
export async function tellRaised(warning: Warning, { name: about }: Pick<Enterprise, 'name'>): Promise<void> {
  const { id, level, levelSince: day } = warning;
  const told = { subject: { type: 'warning', id }, path: `/warnings/${id}`, params: { level, day }, about };
  const open = await WarningAction.findAll({ where: openOf(id), attributes: ['assigneeId'], raw: true });
  await tell(
    open.map(({ assigneeId }) => assigneeId),
    { template: 'warning.raised', ...told },
  );
  if (level === 'red') await tell(await holdersOf('official', warning), { template: 'warning.red', ...told });
}

/** What somebody did about a warning. */
export interface Completion {
  doneOn: CalendarDay;
  note: string;
}

/**
 * Records that an action was done. The daily follow-up of a red warning is due again on the next working day.
 * @throws NotFound, Forbidden, Conflict when somebody was quicker, Unacceptable for a day that cannot be
 */
export function completeAction(
  reader: Reader,
  warningId: string,
  actionId: string,
  { doneOn, note }: Completion,
): Promise<void> {
  return inTx(async () => {
    const warning = await findWarning(reader, warningId);
    if (!may(reader, 'warnings.handle', placeOfWarning(warning))) throw new Forbidden();
    const action = await WarningAction.findOne({ where: { id: actionId, warningId } });
    if (!action) throw new NotFound();
    checkDay(doneOn, warning.openedOn);
    const [done] = await WarningAction.update(
      { openKey: null, doneOn, doneById: reader.userId, note, version: action.version + 1 },
      { where: { id: actionId, version: action.version, openKey: openKey(warningId, action.kind) } },
    );
    if (done === 0) throw new Conflict('warnings.errors.actionDone');
    if (action.kind === 'dailyFollowUp' && warning.level === 'red') await followUpAgain(action);
    await refreshDueOn(warning);
    const detail = { kind: action.kind, doneOn, dueOn: action.dueOn, note };
    await WarningEvent.create({ warningId, actorId: reader.userId, action: 'complete', detail });
    await recordAudit(reader.userId, {
      action: 'completeWarningAction',
      objectType: 'warning',
      objectId: warningId,
      detail: { actionId, kind: action.kind, doneOn },
    });
  });
}

export function checkDay(day: CalendarDay, earliest: CalendarDay, field = 'doneOn'): void {
  if (day > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, field);
  if (day < earliest) throw new Unacceptable('errors.dayBefore', { day: earliest }, field);
}

async function followUpAgain({ warningId, kind, assigneeId }: WarningAction): Promise<void> {
  const { day: dueOn } = addWorkingDays(await currentCalendar(), today(), 1);
  await WarningAction.create({ warningId, kind, openKey: openKey(warningId, kind), dueOn, assigneeId });
}
