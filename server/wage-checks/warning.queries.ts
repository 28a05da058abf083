import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { among } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { Warning, WarningAction, WarningEvaluation, WarningEvent } from '../../models/warnings.ts';
import { may, type Action, type Place, type Reader } from '../accounts/access.rules.ts';
import { placeOf } from '../cases/case.queries.ts';
import { withinReach } from '../directory/reach.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import type { WarningFilter } from './warning-filter.rules.ts';

const PAGE = 50;
const NEWEST: [string, string][] = [
  ['at', 'DESC'],
  ['id', 'DESC'],
];

const WITH_ENTERPRISE = { model: Enterprise, as: 'enterprise', attributes: ['id', 'name'], required: true };
const WITH_VILLAGE = { model: Area, as: 'village', attributes: ['name'] };
const WITH_EVALUATION = { model: WarningEvaluation, as: 'evaluation', required: true };
const OPEN_ACTIONS = {
  model: WarningAction,
  as: 'actions',
  separate: true,
  where: { openKey: { [Op.ne]: null } },
  order: [['dueOn', 'ASC'] as [string, string]],
  include: [{ model: User, as: 'assignee', attributes: ['displayName'] }],
};

/** A warning as a list shows it, whether the reader may know of an informant beside it. */
export interface ListedWarning {
  warning: Warning;
  withSource: boolean;
}

export type WarningListPage = Omit<KeysetPage<Warning>, 'rows'> & { rows: ListedWarning[] };

/** A page of the warnings that the reader may see, the highest first. */
export async function listWarnings(
  reader: Reader,
  filter: WarningFilter,
  turn: Turn,
  size = PAGE,
): Promise<WarningListPage> {
  const where = { [Op.and]: [withinReach(reader, 'warnings.read', 'villageId'), conditionsOf(filter)] };
  const include = [WITH_ENTERPRISE, WITH_VILLAGE, WITH_EVALUATION, OPEN_ACTIONS];
  const page = await keysetPage(Warning, 'position', { where, include }, turn, size, { descending: true });
  return { ...page, rows: page.rows.map((warning) => ({ warning, withSource: mayKnow(reader, warning) })) };
}

function conditionsOf({ level, village, officer, pressing, provincial, state }: WarningFilter): WhereOptions {
  const late = { dueOn: { [Op.lt]: today() } };
  return {
    ...(state === 'all' ? {} : { endedOn: state === 'ended' ? { [Op.ne]: null } : null }),
    ...(level ? { level } : {}),
    ...(village ? { villageId: village } : {}),
    ...(provincial ? { provincial: true } : {}),
    ...(pressing === 'overdue' ? late : {}),
    ...(pressing === 'redOrOverdue' ? { [Op.or]: [{ level: 'red' }, late] } : {}),
    ...(officer
      ? {
          id: among(
            'SELECT warningId FROM warning_actions WHERE assigneeId = :officer AND openKey IS NOT NULL',
            { officer },
          ),
        }
      : {}),
  };
}

/** Where a warning stands, for access. */
export function placeOfWarning({ townId, villageId, enterpriseId }: Warning): Place {
  return { townId, villageId, enterpriseId };
}

/** Whether the reader may know who reported of an enterprise, by a code. */
function mayKnow(reader: Reader, warning: Warning): boolean {
  return may(reader, 'wageChecks.seeInformant', placeOfWarning(warning));
}

/** A warning within the reader's reach. @throws NotFound, the same for absent and for out of reach */
export async function findWarning(
  reader: Reader,
  warningId: string,
  action: Action = 'warnings.read',
): Promise<Warning> {
  const warning = await Warning.findOne({
    where: { [Op.and]: [{ id: warningId }, withinReach(reader, action, 'villageId')] },
    include: [WITH_ENTERPRISE, WITH_VILLAGE, WITH_EVALUATION],
  });
  if (!warning) throw new NotFound();
  return warning;
}

/** Who has an open action of a warning that the reader may see. */
export async function officersWithActions(reader: Reader): Promise<{ id: string; name: string }[]> {
  const warnings = await Warning.findAll({
    where: { [Op.and]: [withinReach(reader, 'warnings.read', 'villageId'), { endedOn: null }] },
    attributes: ['id'],
    include: [{ ...OPEN_ACTIONS, attributes: ['warningId', 'assigneeId'] }],
  });
  const people = new Map(
    warnings
      .flatMap(({ actions }) => actions!)
      .flatMap(({ assigneeId, assignee }): [string, string][] =>
        assigneeId && assignee ? [[assigneeId, assignee.displayName]] : [],
      ),
  );
  return [...people].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'zh'));
}

/** Whether only a verified payment is missing for the level to go down. */
export function isClearable({ endedOn, held }: Warning): boolean {
  return endedOn === null && held;
}

/** What the page of a warning shows. */
export interface WarningPage {
  warning: Warning;
  withSource: boolean;
  evaluations: WarningEvaluation[];
  actions: WarningAction[];
  events: WarningEvent[];
  /** The case that red opened or joined, with its page where the reader may open it. */
  disputeCase: { page: { number: string | null; href: string } | null } | null;
  mayHandle: boolean;
  /** A payment is all that is missing, and the reader may confirm it. */
  mayClear: boolean;
  countyAuthority: string;
  today: CalendarDay;
}

const MOST_EVALUATIONS = 50;

/** A warning to which the reader may do this, with all that its page shows. @throws NotFound */
export async function loadWarningPage(
  reader: Reader,
  warningId: string,
  action: Action = 'warnings.read',
): Promise<WarningPage> {
  const warning = await findWarning(reader, warningId, action);
  const { enterpriseId, openedOn, endedOn } = warning;
  const [evaluations, actions, events, disputeCase] = await Promise.all([
    WarningEvaluation.findAll({
      where: { enterpriseId, day: { [Op.between]: [openedOn, endedOn ?? today()] } },
      order: NEWEST,
      limit: MOST_EVALUATIONS,
    }),
    WarningAction.findAll({
      where: { warningId },
      include: [
        { model: User, as: 'assignee', attributes: ['displayName'] },
        { model: User, as: 'doneBy', attributes: ['displayName'] },
      ],
      order: [
        ['dueOn', 'ASC'],
        ['id', 'ASC'],
      ],
    }),
    WarningEvent.findAll({
      where: { warningId },
      include: [{ model: User, as: 'actor', attributes: ['displayName'] }],
      order: NEWEST,
    }),
    warning.caseId ? DisputeCase.findByPk(warning.caseId) : null,
  ]);
  const readable = disputeCase && may(reader, 'cases.read', placeOf(disputeCase));
  return {
    ...{ warning, evaluations, actions, events, today: today() },
    withSource: mayKnow(reader, warning),
    disputeCase: disputeCase && {
      page: readable ? { number: disputeCase.number, href: `/cases/${disputeCase.id}` } : null,
    },
    mayHandle: may(reader, 'warnings.handle', placeOfWarning(warning)),
    mayClear: isClearable(warning) && may(reader, 'warnings.clear', placeOfWarning(warning)),
    countyAuthority: (await settingsOf(warning.townId)).countyAuthorityName,
  };
}
