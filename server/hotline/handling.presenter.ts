import type { Ticket, TicketReply } from '../../models/tickets.ts';
import { daysBetween, wallClock } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, choiceField, textField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { Field, FormView, Notice } from '../web/view-model.ts';
import { proposedResolved } from './reply.rules.ts';
import type { ReplyDraft } from './reply.service.ts';
import { composeReply } from './reply-text.presenter.ts';
import { isUnreachable, REPLY_CHANNELS, VERDICTS } from './ticket-handling.rules.ts';
import { RETURN_REASONS } from './ticket.rules.ts';

/** What the form of an action on a ticket shows; the rest of it is the same for all. */
export interface TicketFields {
  lead?: string;
  danger?: boolean;
  notice?: Notice;
  fields: Field[];
}

/** What the page of an action knows beside the ticket. */
export interface ActionFacts {
  ticket: Ticket;
  village: string | null;
  mostExtensionDays: number;
}

/** The page of an action: one form about one ticket. */
export function presentTicketAction(
  t: Translate,
  name: string,
  { ticket, path, shown }: { ticket: Ticket; path: string; shown: TicketFields },
  { errors }: FormState,
  key: string,
) {
  const title = t(`handling.actions.${name}`);
  const back = `/tickets/${ticket.id}`;
  const form: FormView = {
    action: `${back}/${path}`,
    method: 'post',
    version: ticket.version,
    idempotencyKey: key,
    fields: shown.fields,
    submit: { label: t(`handling.submits.${name}`), look: shown.danger ? 'danger' : 'primary' },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: {
      title,
      back: { label: t('handling.ticket', { number: ticket.number }), href: back },
      lead: shown.lead,
    },
    notice: shown.notice,
    form: withErrors(form, errors, t),
  };
}

export function returnRequestFields(_: ActionFacts, values: Posted, t: Translate): TicketFields {
  return {
    lead: t('handling.forms.returnRequestLead'),
    fields: [
      choiceField(
        'radio',
        'returnReason',
        t('tickets.page.returnReason'),
        RETURN_REASONS,
        (code) => t(`tickets.returnReasons.${code}`),
        values,
        { required: true },
      ),
      explanationField('explanation', values, t),
    ],
  };
}

export function returnDecisionFields(
  { ticket, village }: ActionFacts,
  values: Posted,
  t: Translate,
): TicketFields {
  return {
    notice: {
      tone: 'info',
      text: t('handling.forms.requested', {
        unit: village ?? t('common.unknown'),
        reason: t(`tickets.returnReasons.${ticket.returnReason ?? 'jurisdiction'}`),
      }),
    },
    fields: [
      choiceField(
        'radio',
        'decision',
        t('handling.forms.decision'),
        ['approve', 'refuse'],
        (code) => t(`handling.forms.decisions.${code}`),
        values,
        { required: true },
      ),
      areaField('explanation', t('handling.forms.explanation'), values, {
        rows: 3,
        maxlength: 500,
        hint: t('handling.forms.refusalHint'),
      }),
    ],
  };
}

export const undoingFields = (_: ActionFacts, values: Posted, t: Translate): TicketFields => ({
  lead: t('handling.forms.undoingLead'),
  fields: [explanationField('explanation', values, t)],
});

export const reopeningFields = (_: ActionFacts, values: Posted, t: Translate): TicketFields => ({
  lead: t('handling.forms.reopeningLead'),
  fields: [
    textField('sentOn', t('handling.forms.sentOn'), values, { kind: 'date', required: true, half: true }),
    timeField('sentTime', t('handling.forms.sentTime'), values, t),
  ],
});

export const extensionFields = (
  { ticket, mostExtensionDays }: ActionFacts,
  values: Posted,
  t: Translate,
): TicketFields => ({
  lead: t('handling.forms.extensionLead', { day: ticket.replyDueOn, most: mostExtensionDays }),
  fields: [
    textField('days', t('handling.forms.days'), values, {
      width: 'short',
      inputmode: 'numeric',
      suffix: t('handling.forms.workingDays'),
      maxlength: 2,
      required: true,
    }),
    explanationField('explanation', values, t),
  ],
});

function explanationField(name: string, values: Posted, t: Translate): Field {
  return areaField(name, t('handling.forms.explanation'), values, {
    rows: 3,
    maxlength: 500,
    required: true,
  });
}

function timeField(name: string, label: string, values: Posted, t: Translate, required = true): Field {
  return textField(name, label, values, {
    width: 'short',
    maxlength: 8,
    required,
    half: true,
    hint: t('handling.forms.timeHint'),
  });
}

/** The answer: composed in Chinese, which the hotline reads; another language sees beside it what it says. */
export function replyFields(
  draft: ReplyDraft,
  values: Posted,
  t: Translate,
  chinese: Translate,
): TicketFields {
  const { ticket, answered, contact, before, saved } = draft;
  const text = composeReply(answered, chinese);
  const said = composeReply(answered, t);
  const filled: Posted = { ...(saved ? savedValues(saved) : proposedValues(draft, text)), ...values };
  return {
    lead: replyLead(draft, t),
    ...(before ? { notice: beforeNotice(before, t) } : {}),
    fields: [
      areaField('text', t('handling.forms.text'), filled, {
        rows: 8,
        maxlength: 4_000,
        required: true,
        hint: [t('handling.forms.textHint'), ...(said === text ? [] : [said])].join(' '),
      }),
      ...contactFields(filled, { proposed: contact !== null, unreachable: isUnreachable(ticket) }, t),
      ...resultFields(filled, t),
    ],
  };
}

function replyLead({ ticket: { replyDueOn: day }, saved, today }: ReplyDraft, t: Translate): string {
  if (saved) return t('handling.forms.correctionLead');
  const days = daysBetween(day, today);
  return days > 0 ? t('handling.forms.replyLeadOver', { day, days }) : t('handling.forms.replyLead', { day });
}

/** What the case says already. */
function proposedValues({ answered, contact }: ReplyDraft, text: string): Posted {
  const resolved = proposedResolved(answered);
  const [contactedOn, contactedTime] = contact ? wallClock(contact.at).split(' ') : [];
  return {
    text,
    ...(contact ? { contactedOn, contactedTime, channel: contact.channel } : {}),
    ...(resolved === null ? {} : { resolved: resolved ? 'yes' : 'no' }),
  };
}

function savedValues({
  text,
  contactedAt,
  channel,
  verdict,
  resolved,
  unresolvedReason,
}: TicketReply): Posted {
  const [contactedOn, contactedTime] = contactedAt ? wallClock(contactedAt).split(' ') : [];
  return {
    ...{ text, contactedOn, contactedTime, channel, verdict },
    ...{ resolved: resolved ? 'yes' : 'no', unresolvedReason },
  };
}

function beforeNotice({ text, satisfaction }: TicketReply, t: Translate): Notice {
  return {
    tone: 'warn',
    text: t('handling.forms.before', {
      satisfaction: satisfaction === null ? t('common.unknown') : t(`handling.satisfactions.${satisfaction}`),
    }),
    lines: [text],
  };
}

function contactFields(
  values: Posted,
  { proposed, unreachable }: { proposed: boolean; unreachable: boolean },
  t: Translate,
): Field[] {
  return [
    choiceField(
      'select',
      'channel',
      t('handling.forms.channel'),
      REPLY_CHANNELS.filter((channel) => unreachable || channel !== 'unreachable'),
      (code) => t(`mediation.channels.${code}`),
      values,
      {
        required: true,
        emptyText: t('common.choose'),
        ...(unreachable ? { hint: t('handling.forms.unreachableHint') } : {}),
      },
    ),
    textField('contactedOn', t('handling.forms.contactedOn'), values, {
      kind: 'date',
      required: !unreachable,
      half: true,
      hint: t(proposed ? 'handling.forms.contactProposed' : 'handling.forms.contactWanted'),
    }),
    timeField('contactedTime', t('handling.forms.contactedTime'), values, t, !unreachable),
  ];
}

function resultFields(values: Posted, t: Translate): Field[] {
  return [
    choiceField(
      'radio',
      'verdict',
      t('handling.forms.verdict'),
      VERDICTS,
      (code) => t(`handling.verdicts.${code}`),
      values,
      { required: true, inline: true },
    ),
    choiceField(
      'radio',
      'resolved',
      t('handling.forms.resolved'),
      ['yes', 'no'],
      (code) => t(`common.${code}`),
      values,
      { required: true, inline: true },
    ),
    areaField('unresolvedReason', t('handling.forms.unresolvedReason'), values, {
      rows: 2,
      maxlength: 500,
      hint: t('handling.forms.unresolvedHint'),
    }),
  ];
}
