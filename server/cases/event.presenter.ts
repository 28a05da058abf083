import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import type { Link } from '../web/view-model.ts';
import { COPY_REASONS } from '../documents/copies.rules.ts';
import {
  CASE_CLOSED,
  DECLINE_REASONS,
  HAND_BACK_REASONS,
  HAND_OVER_REASONS,
  VOID_REASONS,
} from './case.rules.ts';
import { EVENT_LINKS } from './event-links.rules.ts';

type Detail = Record<string, string | number | boolean | null>;

/** How a value of an event is said, by its name; values that are not here are for the record only. */
const SAY: Record<string, (value: string | number | boolean, t: Translate) => string> = {
  number: (value) => String(value),
  enterprise: (value) => String(value),
  written: (value) => String(value),
  document: (value, t) => t(`documents.forms.${String(value)}`),
  file: (value, t) => t(`documents.kinds.${String(value)}`),
  alarmWords: (value) => String(value),
  source: (value, t) => t(`cases.sources.${String(value)}`),
  level: (value, t) => t(`cases.levels.${String(value)}`),
  room: (value) => String(value),
  mediator: (value) => String(value),
  coMediator: (value) => String(value),
  personKind: (value, t) => t(`directory.personKinds.${String(value)}`),
  goingUp: (value, t) => t(`routing.goingUp.reasons.${String(value)}`),
  from: (value, t) => t(`cases.levels.${String(value)}`),
  receiver: (value) => String(value),
  startsAt: (value) => String(value),
  presentBefore: (value) => String(value),
  extendedTo: (value) => String(value),
  workerSignedOn: (value) => String(value),
  respondentSignedOn: (value) => String(value),
  madeOn: (value) => String(value),
  dueOn: (value) => String(value),
  confirmation: (value, t) => t(`settlements.confirmations.kinds.${String(value)}`),
  filedOn: (value) => String(value),
  confirmationResult: (value, t) => t(`settlements.confirmations.results.${String(value)}`),
  decidedOn: (value) => String(value),
  rule: (value, t) => t(`routing.rules.${String(value)}`),
  kind: (value, t) => t(`cases.outcomes.${String(value)}`),
  referral: (value, t) => t(`cases.referrals.${String(value)}`),
  authority: (value, t) => t(`cases.authorities.${String(value)}`),
  letter: (value) => String(value),
  warningLevel: (value, t) => t(`directory.warningLevels.${String(value)}`),
  warningRules: (value, t) =>
    String(value)
      .split(',')
      .map((rule) => t(`warnings.rules.${rule}.name`))
      .join(t('common.comma')),
  crimeAmount: (value, t) => t(value ? 'common.yes' : 'common.no'),
  receivedOn: (value) => String(value),
  receivedBy: (value) => String(value),
  reason: (value, t) =>
    REASON_CODES.has(String(value)) ? t(`cases.reasons.${String(value)}`) : String(value),
  explanation: (value) => String(value),
  note: (value) => String(value),
  channel: (value, t) => t(`mediation.channels.${String(value)}`),
  party: (value, t) => t(`mediation.parties.${String(value)}`),
  risk: (value, t) => t(`mediation.risks.${String(value)}`),
  round: (value) => String(value),
  kept: (value, t) => t(`follow-ups.kept.${String(value)}`),
  satisfaction: (value, t) => t(`follow-ups.satisfactions.${String(value)}`),
  redo: (value, t) => t(value ? 'common.yes' : 'common.no'),
  redoDueOn: (value) => String(value),
  followUpOn: (value) => String(value),
  outcome: (value, t) => t(`cases.outcomes.${String(value)}`),
  reached: (value, t) => t(`mediation.reached.${String(value)}`),
  workerConsentOn: (value) => String(value),
  respondentConsentOn: (value) => String(value),
  enterpriseConsent: (value, t) => t(value ? 'common.yes' : 'common.no'),
  signedOn: (value) => String(value),
  paidOn: (value) => String(value),
  manner: (value, t) => t(`settlements.manners.${String(value)}`),
  payments: (value) => String(value),
  amountFen: (value) => formatYuan(Number(value)),
  totalFen: (value) => formatYuan(Number(value)),
  added: (value) => String(value),
  movedTickets: (value) => String(value),
  workersNow: (value) => String(value),
  sameWorkers: (value) => String(value),
  repeatedClaims: (value) => String(value),
  dayZero: (value) => String(value),
  extensionEnded: (value) => String(value),
  claimedFen: (value) => formatYuan(Number(value)),
  verifiedFen: (value) => formatYuan(Number(value)),
  agreedFen: (value) => formatYuan(Number(value)),
  collective: (value, t) => t(value ? 'common.yes' : 'common.no'),
  elected: (value) => String(value),
  reportedOn: (value) => String(value),
  reportedTo: (value) => String(value),
  reportedBy: (value, t) => t(`group.ways.${String(value)}`),
  ticket: (value) => String(value),
  aboveClaimed: (value, t) => t(value ? 'common.yes' : 'common.no'),
};

/** Fixed reasons are codes; any other reason a person typed. */
const REASON_CODES = new Set<string>([
  ...HAND_BACK_REASONS,
  ...HAND_OVER_REASONS,
  ...Object.keys(DECLINE_REASONS),
  ...VOID_REASONS,
  CASE_CLOSED,
  ...COPY_REASONS,
]);

/** The values that people typed. */
const TYPED = new Set(['receivedBy', 'reason', 'explanation', 'note', 'reportedTo']);

/**
 * What an event's record adds to its title, one line for each value that has a word; `seen` gives what people typed as
 * far as the reader may know it.
 */
export function eventLines(detail: Detail, t: Translate, seen: (text: string) => string): string[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    const say = SAY[name];
    if (!say || value === null || value === '') return [];
    const text = say(value, t);
    const label = t(`cases.eventValues.${name}`);
    return [t('common.labelled', { label, text: TYPED.has(name) ? seen(text) : text })];
  });
}

/** The cases that an event leads to, as far as the reader may open them (by id, with what they go by). */
export function eventLinks(detail: Detail, readable: ReadonlyMap<string, string>, t: Translate): Link[] {
  return EVENT_LINKS.flatMap((name) => {
    const id = String(detail[name] ?? '');
    const text = readable.get(id);
    return text ? [{ label: t(`cases.eventValues.${name}`, { case: text }), href: `/cases/${id}` }] : [];
  });
}
