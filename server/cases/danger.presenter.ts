import { isDanger } from '../mediation/mediation.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { choiceField, textField } from '../web/fields.ts';
import { receiverWords } from '../web/list-view.ts';
import type { Notice, Tone } from '../web/view-model.ts';
import type { ActionFields } from './case-form.controller.ts';
import type { CasePage } from './case-page.queries.ts';
import type { DeskWords } from './desk.queries.ts';
import { REPORT_WAYS } from './groups.rules.ts';

/** What is done at once while somebody may come to harm (人民调解法 25), and whether the police were told since. */
export function dangerNotice(
  { disputeCase, alarms, events, actions }: CasePage,
  t: Translate,
): Notice | null {
  const sounding = alarms.find(({ alarm }) => alarm !== 'petition');
  if (!sounding) return null;
  const told = events.find(({ action, at }) => action === 'tellPolice' && at >= sounding.at);
  const href = `/cases/${disputeCase.id}/police`;
  return {
    tone: 'bad',
    text: t(`cases.danger.${sounding.alarm}`),
    lines: [
      told ? t('cases.danger.told', { at: wallClock(told.at) }) : t('cases.danger.notTold'),
      t('cases.danger.ends'),
    ],
    actions: actions.has('tellPolice')
      ? [{ label: t('cases.actions.tellPolice'), look: told ? 'plain' : 'primary', href }]
      : [],
  };
}

/** What whoever lost the case by what they entered is told: who has it now, and in danger what to do first. */
export function goneWords(
  desk: DeskWords,
  risk: unknown,
  t: Translate,
): { sentence: string; receiver: string; tone: Tone } {
  const receiver = receiverWords(desk, t);
  return isDanger(risk)
    ? { sentence: 'cases.done.goneInDanger', receiver, tone: 'bad' }
    : { sentence: 'cases.done.gone', receiver, tone: 'good' };
}

/** When the police and whoever else were told, and how. */
export function policeFields(values: Posted, now: Date, t: Translate): ActionFields {
  const [reportedOn] = wallClock(now).split(' ');
  const shown: Posted = { reportedOn, reportedTo: t('cases.danger.usually'), ...values };
  return {
    lead: t('cases.danger.lead'),
    fields: [
      textField('reportedOn', t('cases.danger.on'), shown, { kind: 'date', required: true }),
      textField('reportedTo', t('cases.danger.to'), shown, { maxlength: 100, required: true }),
      choiceField(
        'radio',
        'reportedBy',
        t('cases.danger.by'),
        REPORT_WAYS,
        (way) => t(`group.ways.${way}`),
        { reportedBy: 'phone', ...shown },
        { required: true, inline: true },
      ),
    ],
  };
}
