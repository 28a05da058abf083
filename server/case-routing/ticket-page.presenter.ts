import type { DisputeCase } from '../../models/cases.ts';
import type { Ticket } from '../../models/tickets.ts';
import { withoutNumbers, withoutPersonalData } from '../cases/privacy.rules.ts';
import type { TicketHandling } from '../hotline/handling.queries.ts';
import { complaintText, RETURN_REASONS, type TicketState } from '../hotline/ticket.rules.ts';
import { amountLine, peopleLine, workersOf } from '../hotline/ticket-words.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import type { Translate } from '../shared/language.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { areaField, choiceField, textField, tickField } from '../web/fields.ts';
import { markErrors, summaryOf, type FormState } from '../web/form-view.ts';
import type {
  Action,
  Field,
  FormView,
  Notice,
  SummaryList,
  SummaryRow,
  Tag,
  Tone,
} from '../web/view-model.ts';
import { highlighted, paragraphsOf, plain } from './complaint-text.presenter.ts';
import { proposalNotice, proposalRows, routeFields } from './proposal.presenter.ts';
import type { ProposedRoute } from './proposals.queries.ts';
import { relatedTable } from './related.presenter.ts';
import type { Related } from './related.rules.ts';
import { handlingTags, presentHandling, returnRequestNotice } from './ticket-handling.presenter.ts';

/** The forms of the page; each is sent to its own address. */
export const TICKET_FORMS = { route: 'routing', link: 'case-link', return: 'return' } as const;
export type TicketForm = keyof typeof TICKET_FORMS;

/** What the page shows; `proposal` and `related` only while the ticket waits. */
export interface ShownTicket {
  ticket: Ticket;
  seesCaller: boolean;
  mayReveal: boolean;
  village: string | null;
  disputeCase: Pick<DisputeCase, 'id' | 'number' | 'title'> | null;
  proposal: ProposedRoute | null;
  related: Related | null;
  alarms: ExplanationLine[];
  handling: TicketHandling;
  key: string;
}

/** A form that came back with errors. */
export interface FailedForm {
  form: TicketForm;
  state: FormState;
}

export function presentTicket(t: Translate, shown: ShownTicket, failed?: FailedForm) {
  const { ticket, proposal, related, alarms } = shown;
  const title = ticket.title === null ? t('tickets.page.untitled') : seenText(shown, ticket.title);
  const forms: Record<TicketForm, FormView | null> = {
    route: proposal && routeForm(shown, proposal, t, failed),
    link: proposal && linkForm(shown, t, failed),
    return: proposal && shown.handling.open.has('return') ? returnForm(shown, t, failed) : null,
  };
  return {
    title,
    header: {
      title,
      back: { label: t('tickets.list.title'), href: '/tickets' },
      tags: [
        ...alarms.map(({ key, values }) => ({ text: t(key, values), tone: 'bad' as const })),
        stateTag(ticket.state, t),
        ...handlingTags(shown, t),
      ],
      lead: t('tickets.page.numberAndTime', { number: ticket.number, time: wallClock(ticket.receivedAt) }),
    },
    outcome: outcomeNotice(shown, t),
    request: returnRequestNotice(shown, t),
    handling: presentHandling(shown, t),
    paragraphs: paragraphsOf(
      proposal ? highlighted(proposal, t) : [plain(seenText(shown, complaintText(ticket)))],
    ),
    data: ticketData(shown, t),
    notes: notesList(ticket, t),
    proposal: proposal && { rows: proposalRows(proposal, t) },
    notice: proposal && proposalNotice(proposal, t),
    errorSummary: failed && summaryOf(failed.state.errors, forms[failed.form]?.fields ?? [], t),
    routeForm: forms.route,
    related: related && {
      ...relatedTable(related, proposal!, t),
      actions: linkActions(shown, related, t),
    },
    linkForm: forms.link,
    returnForm: forms.return,
  };
}

const STATE_TONES: Record<TicketState, Tone> = {
  awaitingRouting: 'warn',
  linked: 'good',
  returned: 'neutral',
};

function stateTag(state: TicketState, t: Translate): Tag {
  return { text: t(`tickets.states.${state}`), tone: STATE_TONES[state] };
}

function outcomeNotice({ ticket, disputeCase }: ShownTicket, t: Translate): Notice | null {
  if (disputeCase) {
    const { id, number, title } = disputeCase;
    return {
      tone: 'good',
      text: t('tickets.page.linkedTo', { name: number ?? title }),
      actions: [{ label: t('tickets.page.openCase'), href: `/cases/${id}` }],
    };
  }
  if (ticket.state !== 'returned' || !ticket.returnReason) return null;
  return {
    tone: 'neutral',
    text: t('tickets.page.returnedFor', { reason: t(`tickets.returnReasons.${ticket.returnReason}`) }),
  };
}

/** The complaint's words; the caller's name in them is masked for who may not know it. */
function seenText({ ticket: { callerName }, seesCaller }: ShownTicket, text: string): string {
  return withoutPersonalData(text, seesCaller || !callerName ? [] : [callerName]);
}

function ticketData(shown: ShownTicket, t: Translate): SummaryList {
  const { ticket, village, seesCaller } = shown;
  const unknown = t('common.unknown');
  const rows: [string, string | null, SummaryRow['actions']?][] = [
    ['callerName', callerWords(ticket, seesCaller, t)],
    ['callerPhone', ticket.callerPhone && maskPhone(ticket.callerPhone), revealLink(shown, t)],
    ['respondent', ticket.respondentText && withoutNumbers(ticket.respondentText)],
    ['respondentCreditCode', ticket.respondentCreditCode],
    ['village', village ?? ticket.villageText],
    ['address', ticket.address && withoutNumbers(ticket.address)],
    ['workers', said(peopleLine(ticket), t)],
    ['amount', said(amountLine(ticket), t)],
    ['category', ticket.category],
    ['channel', ticket.channel],
    ['dispatchedAt', ticket.dispatchedAt && wallClock(ticket.dispatchedAt)],
  ];
  return {
    rows: rows.map(([name, value, actions]) => ({
      key: t(`hotline.columns.${name}`),
      value: value ?? unknown,
      actions,
    })),
  };
}

function said(line: ExplanationLine | null, t: Translate): string | null {
  return line && t(line.key, line.values);
}

/** The way to the whole number, which asks for a reason and leaves a record. */
function revealLink({ ticket, mayReveal }: ShownTicket, t: Translate): SummaryRow['actions'] {
  if (!mayReveal || !ticket.callerPhone) return [];
  return [{ label: t('tickets.page.reveal'), href: `/tickets/${ticket.id}/reveals` }];
}

function callerWords(
  { anonymous, callerName, gender, migrant }: Ticket,
  seesCaller: boolean,
  t: Translate,
): string {
  const name = callerName && (seesCaller ? callerName : maskName(callerName));
  return [
    anonymous ? t('tickets.anonymous') : (name ?? t('tickets.noName')),
    gender && t(`cases.genders.${gender}`),
    migrant && t('cases.page.migrant'),
  ]
    .filter(Boolean)
    .join(t('common.comma'));
}

/** What the file said and could not be read, as it stood there. */
function notesList({ notes }: Ticket, t: Translate): (SummaryList & { title: string }) | null {
  if (notes.length === 0) return null;
  return {
    title: t('tickets.page.notes'),
    rows: notes.map(({ column, value }) => ({ key: column, value: withoutNumbers(value) })),
  };
}

function stateOf(failed: FailedForm | undefined, form: TicketForm, values: FormState['values']): FormState {
  return failed?.form === form ? failed.state : { values, errors: [] };
}

function formOf(
  { ticket, key }: ShownTicket,
  form: TicketForm,
  t: Translate,
  view: Pick<FormView, 'fields' | 'submit'>,
  state: FormState,
): FormView {
  const action = `/tickets/${ticket.id}/${TICKET_FORMS[form]}`;
  const { version } = ticket;
  const fields = markErrors(view.fields ?? [], state.errors, t);
  return { action, method: 'post', version, idempotencyKey: key, fields, submit: view.submit };
}

function routeForm(shown: ShownTicket, proposal: ProposedRoute, t: Translate, failed?: FailedForm): FormView {
  const workers = proposal.complaint.workers ?? '';
  const state = stateOf(failed, 'route', { workers, enterprise: proposal.enterprise?.name ?? '' });
  const fields = [workersField(shown, state, t), ...routeFields(proposal, state, t)];
  return formOf(shown, 'route', t, { fields, submit: { label: t('routing.confirm') } }, state);
}

/** How many people it is about decides whether it is a group's; what was read from the words may be wrong. */
function workersField({ ticket }: ShownTicket, { values }: FormState, t: Translate): Field {
  return textField('workers', t('hotline.columns.workers'), values, {
    width: 'short',
    inputmode: 'numeric',
    suffix: t('tickets.page.people'),
    maxlength: 5,
    hint: t(workersOf(ticket).read ? 'tickets.page.workersRead' : 'tickets.page.workersHint'),
  });
}

function linkForm(shown: ShownTicket, t: Translate, failed?: FailedForm): FormView {
  const state = stateOf(failed, 'link', {});
  const fields = [
    textField('number', t('tickets.page.caseNumber'), state.values, {
      hint: t('tickets.page.caseNumberHint'),
      maxlength: 64,
      autocomplete: 'off',
      required: true,
    }),
    tickField('linkConsent', t('routing.consent'), state.values, { hint: t('tickets.page.linkConsentHint') }),
  ];
  return formOf(shown, 'link', t, { fields, submit: { label: t('tickets.page.link') } }, state);
}

function returnForm(shown: ShownTicket, t: Translate, failed?: FailedForm): FormView {
  const state = stateOf(failed, 'return', {});
  const reasonWord = (code: string): string => t(`tickets.returnReasons.${code}`);
  const fields = [
    choiceField(
      'radio',
      'returnReason',
      t('tickets.page.returnReason'),
      RETURN_REASONS,
      reasonWord,
      state.values,
      {
        required: true,
      },
    ),
    areaField('returnRemark', t('tickets.page.returnRemark'), state.values, {
      rows: 2,
      maxlength: 500,
      hint: t('tickets.page.returnRemarkHint'),
    }),
  ];
  const submit = { label: t('tickets.page.return'), look: 'danger' as const };
  return formOf(shown, 'return', t, { fields, submit }, state);
}

/** One press joins an open case; where a committee mediates, the form asks for the worker's consent first. */
function linkActions(
  { ticket, key }: ShownTicket,
  { sameEnterprise, duplicates }: Related,
  t: Translate,
): Action[] {
  const cases = new Map([...duplicates.cases, ...sameEnterprise.cases].map((each) => [each.id, each]));
  return [...cases.values()]
    .filter(({ state, level }) => state !== 'closed' && level !== 'enterprise')
    .map(({ id, number, title }) => ({
      label: t('tickets.page.linkTo', { name: number ?? title }),
      post: `/tickets/${ticket.id}/${TICKET_FORMS.link}`,
      version: ticket.version,
      idempotencyKey: key,
      hidden: [{ name: 'number', value: id }],
    }));
}
