import type { WarningLevel } from '../directory/directory.rules.ts';
import { daysBetween, type CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { monthWord } from '../shared/month-word.ts';
import { warningTag } from '../web/list-view.ts';
import type { Tag } from '../web/view-model.ts';
import { NAMES_SOURCE, type Hit } from './warning.rules.ts';

/** No action is open. */
const NEVER = '9999-12-31';
/** From here on a deadline is shown as near. */
const SOON_DAYS = 2;

/** A rule that holds, in words; without its source for who may not know that somebody reports. */
export function hitText({ rule, params }: Hit, withSource: boolean, t: Translate): string {
  const { month, consent } = params;
  const values = {
    ...params,
    ...(typeof month === 'string' ? { month: monthWord(month, t) } : {}),
    ...(typeof consent === 'string' ? { consent: t(`warnings.consent.${consent}`) } : {}),
  };
  const plain = !withSource && NAMES_SOURCE.includes(rule);
  return t(`warnings.rules.${rule}.${plain ? 'plain' : 'text'}`, values);
}

/** The rules that hold, each thing said once, and why the level stands where no rule gives it. */
export function reasonsText(
  hits: readonly Hit[],
  standing: Pick<Standing, 'held'> & { watchUntil: CalendarDay | null },
  withSource: boolean,
  t: Translate,
): string {
  const { held, watchUntil } = standing;
  const reasons = hits.map((hit) => hitText(hit, withSource, t));
  if (held) reasons.unshift(t('warnings.unverified'));
  if (watchUntil) reasons.push(t('warnings.watching', { day: watchUntil }));
  return [...new Set(reasons)].join(t('warnings.separator'));
}

interface Standing {
  level: WarningLevel;
  provincial: boolean;
  crimeAmount: boolean;
  held: boolean;
  endedOn: CalendarDay | null;
}

/** What stands beside the name of a warning's enterprise. */
export function warningTags(
  { level, provincial, crimeAmount, held, endedOn }: Standing,
  t: Translate,
): Tag[] {
  return [
    warningTag(level, t),
    ...(endedOn ? [{ text: t('warnings.tags.ended'), tone: 'neutral' as const }] : []),
    ...(provincial ? [{ text: t('warnings.tags.provincial'), tone: 'bad' as const }] : []),
    ...(crimeAmount ? [{ text: t('warnings.tags.crime'), tone: 'bad' as const }] : []),
    ...(held && !endedOn ? [{ text: t('warnings.tags.held'), tone: 'warn' as const }] : []),
  ];
}

/** 还剩n天, 今天到期 or 超期n天; undefined when nothing is due. */
export function actionDueTag(dueOn: CalendarDay, today: CalendarDay, t: Translate): Tag | undefined {
  if (dueOn === NEVER) return undefined;
  const left = daysBetween(today, dueOn);
  if (left < 0) return { text: t('cases.due.overdue', { count: -left }), tone: 'bad' };
  if (left === 0) return { text: t('cases.due.today'), tone: 'warn' };
  return { text: t('cases.due.left', { count: left }), tone: left <= SOON_DAYS ? 'warn' : 'neutral' };
}
