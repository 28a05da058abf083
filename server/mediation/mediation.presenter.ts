import { HAND_BACK_REASONS } from '../cases/case.rules.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { wallClock, type CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, choiceField, textField, tickField } from '../web/fields.ts';
import type { Field, FormView } from '../web/view-model.ts';
import { CONTACT_CHANNELS, CONTACT_PARTIES, isFarAway, MOODS, REACHED, RISKS } from './mediation.rules.ts';

type Fields = Pick<FormView, 'fields'> & { lead: string };

/** What the consent form needs to know of the case. */
interface Consented {
  workerConsentOn: string | null;
  respondentConsentOn: string | null;
}

/**
 * A contact in ten seconds: a call to the worker, reached, now, unless something else is chosen. Where the note speaks of
 * danger, it is asked whether there is any.
 */
export function contactFields(
  now: Date,
  { claimants }: Pick<CasePage, 'claimants'>,
  values: Posted,
  danger: boolean,
  t: Translate,
): Fields {
  const [on, time] = wallClock(now).split(' ');
  const shown: Posted = { channel: 'call', party: 'worker', reached: 'yes', on, time, ...values };
  const choice = (name: string, label: string, codes: readonly string[], group: string): Field =>
    choiceField('radio', name, t(label), codes, (code) => t(`mediation.${group}.${code}`), shown, {
      required: true,
      inline: true,
    });
  const unknownUnless = (name: string, codes: readonly string[], group: string): Field =>
    choiceField(
      'select',
      name,
      t(`mediation.${name}`),
      codes,
      (code) => t(`mediation.${group}.${code}`),
      shown,
      { emptyText: t('common.unknown'), half: true },
    );
  return {
    lead: t('mediation.contactLead'),
    fields: [
      choice('channel', 'mediation.channel', CONTACT_CHANNELS, 'channels'),
      choice('party', 'mediation.party', CONTACT_PARTIES, 'parties'),
      ...workerField(claimants, shown, t),
      choice('reached', 'mediation.reachedLabel', REACHED, 'reached'),
      areaField('note', t('mediation.note'), shown, {
        rows: 4,
        maxlength: 5000,
        hint: t('mediation.noteHint'),
      }),
      unknownUnless('mood', MOODS, 'moods'),
      unknownUnless('risk', RISKS, 'risks'),
      ...(danger ? [tickField('noDanger', t('mediation.noDanger'), values)] : []),
      textField('on', t('mediation.on'), shown, { kind: 'date', required: true, half: true }),
      textField('time', t('mediation.time'), shown, { width: 'short', maxlength: 8, half: true }),
    ],
  };
}

/** Whom of several workers it was about; to be seen where one of them gets a case of their own. */
function workerField(claimants: CasePage['claimants'], values: Posted, t: Translate): Field[] {
  if (claimants.length < 2) return [];
  const names = new Map(claimants.map(({ id, name }, index) => [id, `${index + 1} ${name}`]));
  return [
    choiceField(
      ...(['select', 'claimantId', t('mediation.claimant'), [...names.keys()]] as const),
      (id) => names.get(id)!,
      values,
      { emptyText: t('mediation.allWorkers') },
    ),
  ];
}

/** The days of consent that are not recorded yet; empty, because a day that is recorded cannot be changed. */
export function consentFields(
  disputeCase: Consented,
  values: Posted,
  t: Translate,
  required = false,
): Fields {
  const day = (name: keyof Consented): Field[] => {
    const options = { kind: 'date' as const, required, hint: t(`mediation.${name}Hint`) };
    return disputeCase[name] === null ? [textField(name, t(`mediation.${name}`), values, options)] : [];
  };
  return {
    lead: t('mediation.consentLead'),
    fields: [...day('workerConsentOn'), ...day('respondentConsentOn')],
  };
}

export function acceptanceFields(disputeCase: Consented, values: Posted, t: Translate): Fields {
  return { ...consentFields(disputeCase, values, t, true), lead: t('mediation.acceptanceLead') };
}

export function handBackFields(values: Posted, t: Translate): Fields {
  return {
    lead: t('mediation.handBackLead'),
    fields: [
      choiceField(
        'radio',
        'reason',
        t('cases.forms.reason'),
        HAND_BACK_REASONS,
        (code) => t(`cases.reasons.${code}`),
        values,
        { required: true },
      ),
      areaField('note', t('mediation.handBackNote'), values, { rows: 2, maxlength: 500 }),
    ],
  };
}

/** The new end, and the days on which both parties signed it (延期同意书). */
export function extensionFields(today: CalendarDay, values: Posted, t: Translate): Fields {
  const day = (name: string): Field =>
    textField(name, t(`mediation.${name}`), values, { kind: 'date', required: true });
  return {
    lead: t('mediation.extensionLead'),
    fields: [
      day('extendedTo'),
      ...(typeof values['extendedTo'] === 'string' && isFarAway(values['extendedTo'], today)
        ? [tickField('farAway', t('mediation.farAway'), values)]
        : []),
      day('workerSignedOn'),
      day('respondentSignedOn'),
    ],
  };
}
