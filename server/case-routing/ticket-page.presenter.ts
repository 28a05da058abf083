import type { DisputeCase } from '../../models/cases.ts';
import type { Ticket } from '../../models/tickets.ts';
import { withoutNumbers, withoutPersonalData } from '../cases/privacy.rules.ts';
import { complaintText, RETURN_REASONS, type TicketState } from '../hotline/ticket.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import { markErrors, summaryOf, type FormState } from '../web/form-view.ts';
import type { Action, FormView, Notice, Row, SummaryList, Table, Tag, Tone } from '../web/view-model.ts';
import { proposalNotice, proposalRows, routeFields } from './proposal.presenter.ts';
import type { ProposedRoute } from './proposals.queries.ts';
import type { NearbyCase, Related, WaitingTicket } from './related.rules.ts';
import { highlightHits, type KeywordHit } from './routing.rules.ts';

/** The forms of the page; each is sent to its own address. */
export const TICKET_FORMS = { route: 'routing', link: 'case-link', return: 'return' } as const;
export type TicketForm = keyof typeof TICKET_FORMS;

/** What the page shows; `proposal` and `related` only while the ticket waits. */
export interface ShownTicket {
  ticket: Ticket;
  seesCaller: boolean;
  village: string | null;
  disputeCase: Pick<DisputeCase, 'id' | 'number' | 'title'> | null;
  proposal: ProposedRoute | null;
  related: Related | null;
  key: string;
}

/** A form that came back with errors. */
export interface FailedForm {
  form: TicketForm;
  state: FormState;
}

export function presentTicket(t: Translate, shown: ShownTicket, failed?: FailedForm) {
  const { ticket, proposal, related } = shown;
  const title = ticket.title === null ? t('tickets.page.untitled') : seenText(shown, ticket.title);
  const forms: Record<TicketForm, FormView | null> = {
    route: proposal && routeForm(shown, proposal, t, failed),
    link: proposal && linkForm(shown, t, failed),
    return: proposal && returnForm(shown, t, failed),
  };
  return {
    title,
    header: {
      title,
      back: { label: t('tickets.list.title'), href: '/tickets' },
      tags: [stateTag(ticket.state, t)],
      lead: t('tickets.page.numberAndTime', { number: ticket.number, time: wallClock(ticket.receivedAt) }),
    },
    outcome: outcomeNotice(shown, t),
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
      ...relatedTable(related, proposal!.settings.groupWorkers, t),
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
  if (!ticket.returnReason) return null;
  return {
    tone: 'neutral',
    text: t('tickets.page.returnedFor', { reason: t(`tickets.returnReasons.${ticket.returnReason}`) }),
  };
}

interface Piece {
  text: string;
  /** How a word that a rule reads stands out; null for what is between such words. */
  mark: { tone: Tone; title: string } | null;
}

const HIT_TONES: Record<KeywordHit['kind'], Tone> = {
  danger: 'bad',
  absconding: 'bad',
  unpaidMonths: 'warn',
  construction: 'info',
  authority: 'info',
};

const plain = (text: string): Piece => ({ text: withoutNumbers(text), mark: null });

/** The pieces of each line. */
function paragraphsOf(pieces: Piece[]): Piece[][] {
  const paragraphs: Piece[][] = [[]];
  for (const piece of pieces) {
    const [first = '', ...lines] = piece.text.split('\n');
    paragraphs.at(-1)!.push({ ...piece, text: first });
    for (const text of lines) paragraphs.push([{ ...piece, text }]);
  }
  return paragraphs;
}

function highlighted({ complaint, routing }: ProposedRoute, t: Translate): Piece[] {
  return highlightHits(complaint.text, routing.hits).map(({ text, hit }) => {
    if (!hit) return plain(text);
    const tone = hit.dismissed ? 'neutral' : HIT_TONES[hit.kind];
    return { text, mark: { tone, title: t(`routing.hits.${hit.kind}`) } };
  });
}

/** The complaint's words; the caller's name in them is masked for who may not know it. */
function seenText({ ticket: { callerName }, seesCaller }: ShownTicket, text: string): string {
  return withoutPersonalData(text, seesCaller || !callerName ? [] : [callerName]);
}

function ticketData({ ticket, village, seesCaller }: ShownTicket, t: Translate): SummaryList {
  const unknown = t('common.unknown');
  const rows: [string, string | null][] = [
    ['callerName', callerWords(ticket, seesCaller, t)],
    ['callerPhone', ticket.callerPhone && maskPhone(ticket.callerPhone)],
    ['respondent', ticket.respondentText],
    ['respondentCreditCode', ticket.respondentCreditCode],
    ['village', village ?? ticket.villageText],
    ['address', ticket.address && withoutNumbers(ticket.address)],
    ['workers', ticket.workers === null ? null : String(ticket.workers)],
    [
      'amount',
      ticket.amountFen === null ? null : t('cases.page.yuan', { amount: formatYuan(ticket.amountFen) }),
    ],
    ['category', ticket.category],
    ['channel', ticket.channel],
    ['dispatchedAt', ticket.dispatchedAt && wallClock(ticket.dispatchedAt)],
  ];
  return {
    rows: rows.map(([name, value]) => ({ key: t(`hotline.columns.${name}`), value: value ?? unknown })),
  };
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
  const state = stateOf(failed, 'route', { enterprise: proposal.enterprise?.name ?? '' });
  const fields = routeFields(proposal, state, t);
  return formOf(shown, 'route', t, { fields, submit: { label: t('routing.confirm') } }, state);
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
  ];
  const submit = { label: t('tickets.page.return'), look: 'danger' as const };
  return formOf(shown, 'return', t, { fields, submit }, state);
}

function relatedTable(related: Related, threshold: number, t: Translate) {
  const { sameEnterprise, duplicates, workersTogether } = related;
  const rows = new Map<string, Row>();
  const whys = (id: string): string =>
    [
      ...(isAmong(duplicates, id) ? [t('tickets.page.samePhone')] : []),
      ...(isAmong(sameEnterprise, id) ? [t('tickets.page.sameEnterprise')] : []),
    ].join(t('common.comma'));
  for (const each of [...duplicates.cases, ...sameEnterprise.cases])
    rows.set(each.id, caseRow(each, whys(each.id), t));
  for (const each of [...duplicates.waiting, ...sameEnterprise.waiting])
    rows.set(each.id, ticketRow(each, whys(each.id), t));
  const table: Table = {
    caption: t('tickets.page.related'),
    captionHidden: true,
    columns: [
      { label: t('tickets.page.relatedName'), look: 'wide' },
      { label: t('tickets.page.relatedWhy') },
      { label: t('tickets.list.state') },
      { label: t('cases.page.workers'), look: 'number' },
    ],
    rows: [...rows.values()],
    empty: { title: t('tickets.page.noneRelated') },
  };
  const together =
    sameEnterprise.waiting.length + sameEnterprise.cases.length > 0
      ? t('tickets.page.together', { count: workersTogether, threshold })
      : null;
  return rows.size > 0 ? { table, together } : { none: t('tickets.page.noneRelated') };
}

function isAmong({ waiting, cases }: Related['duplicates'], id: string): boolean {
  return [...waiting, ...cases].some((other) => other.id === id);
}

function caseRow(
  { id, number, title, state, ticketNumbers, workers, outcome }: NearbyCase,
  why: string,
  t: Translate,
): Row {
  return {
    cells: [
      {
        text: number ?? title,
        href: `/cases/${id}`,
        ...(ticketNumbers.length > 0
          ? { secondary: t('tickets.page.withTickets', { numbers: ticketNumbers.join(t('common.comma')) }) }
          : {}),
      },
      { text: why },
      { text: t(outcome ? `cases.outcomes.${outcome}` : `cases.states.${state}`) },
      { text: String(workers) },
    ],
  };
}

function ticketRow({ id, number, workers, receivedOn }: WaitingTicket, why: string, t: Translate): Row {
  return {
    cells: [
      { text: number, href: `/tickets/${id}`, secondary: receivedOn },
      { text: why },
      { text: t('tickets.states.awaitingRouting') },
      { text: String(workers) },
    ],
  };
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
