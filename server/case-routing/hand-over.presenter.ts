import type { DisputeCase } from '../../models/cases.ts';
import type { HandOver } from '../../models/hand-overs.ts';
import { HAND_OVER_REASONS } from '../cases/case.rules.ts';
import type { ActionFields } from '../cases/case-form.controller.ts';
import { seenText, withoutNumbers } from '../cases/privacy.rules.ts';
import { NEVER } from '../deadlines/case-deadlines.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, choiceField } from '../web/fields.ts';
import { markErrors, summaryOf, type FormState } from '../web/form-view.ts';
import type { Cell, Field, Notice, Row, Table } from '../web/view-model.ts';
import type { Caseload } from './hand-overs.queries.ts';
import { deskWords } from './proposal.presenter.ts';
import { deskValue, type Desk } from './proposal.rules.ts';

/** To whom one case is offered, and why. */
export function handOverFields(desks: readonly Desk[], values: Posted, t: Translate): ActionFields {
  const lead = t('handOver.lead');
  if (desks.length === 0) {
    const notice = { tone: 'warn' as const, text: t('handOver.nobody'), lines: [t('handOver.nobodyHint')] };
    return { lead, notice, fields: wishFields([], values, t) };
  }
  return {
    lead,
    fields: wishFields(
      desks.map((desk) => [deskValue(desk), deskWords(desk, t)]),
      values,
      t,
    ),
  };
}

function wishFields(desks: [string, string][], values: Posted, t: Translate): Field[] {
  const words = new Map(desks);
  return [
    choiceField(
      'select',
      'desk',
      t('handOver.to'),
      [...words.keys()],
      (code) => words.get(code) ?? '',
      values,
      {
        emptyText: t('common.choose'),
        required: true,
        hint: t('handOver.toHint'),
      },
    ),
    choiceField(
      'radio',
      'reason',
      t('cases.forms.reason'),
      HAND_OVER_REASONS,
      (code) => t(`cases.reasons.${code}`),
      values,
      { required: true },
    ),
    areaField('explanation', t('handOver.explanation'), values, {
      rows: 3,
      maxlength: 500,
      required: true,
      hint: t('handOver.explanationHint'),
    }),
  ];
}

export function refusalFields(values: Posted, t: Translate): ActionFields {
  return {
    lead: t('handOver.refusalLead'),
    fields: [
      areaField('explanation', t('handOver.refusalReason'), values, {
        rows: 3,
        maxlength: 500,
        required: true,
        hint: t('routing.reasonAlways'),
      }),
    ],
  };
}

interface ShownCaseload {
  caseload: Caseload;
  /** The reader's own cases. */
  own: boolean;
  path: string;
  state: FormState;
  key: string;
}

/** All unfinished cases of a mediator, to be ticked and offered to one other. */
export function presentCaseload(t: Translate, { caseload, own, path, state, key }: ShownCaseload) {
  const { mediator, cases, more, receivers } = caseload;
  const name = mediator.displayName;
  const title = own ? t('handOver.caseload.mine') : t('handOver.caseload.title', { name });
  const desks = commonDesks(receivers, t);
  const fields = markErrors(wishFields(desks, state.values, t), state.errors, t);
  const free = cases.some(({ handOver }) => !handOver);
  return {
    title,
    header: {
      title,
      back: { label: t('cases.page.back'), href: '/cases' },
      lead: t(own ? 'handOver.caseload.mineLead' : 'handOver.caseload.lead', { name }),
    },
    errorSummary: state.errors.length > 0 ? summaryOf(state.errors, fields, t) : null,
    notice: free ? caseloadNotice(desks.length > 0, own, t) : null,
    more: more > 0 ? t('handOver.caseload.more', { count: more }) : null,
    table: caseloadTable(caseload, desks.length > 0 ? tickedIn(state) : 'none', t),
    form: free && desks.length > 0 ? { action: path, fields } : null,
    idempotencyKey: key,
    submit: { label: t('handOver.caseload.submit') },
  };
}

/** An enterprise's committee often has one mediator only: then the cases leave by another way. */
function caseloadNotice(receivers: boolean, own: boolean, t: Translate): Notice | null {
  if (!receivers)
    return {
      tone: 'warn',
      text: t('handOver.caseload.nobody'),
      lines: [t(own ? 'handOver.nobodyHint' : 'handOver.caseload.orReassign')],
    };
  return own ? null : { tone: 'info', text: t('handOver.caseload.orReassign') };
}

/** Everybody who can have one of the cases, with how many; who can have the most first. */
function commonDesks(receivers: Caseload['receivers'], t: Translate): [string, string][] {
  const found = new Map<string, { desk: Desk; takes: number }>();
  for (const desk of [...receivers.values()].flat()) {
    const known = found.get(deskValue(desk));
    found.set(deskValue(desk), { desk, takes: (known?.takes ?? 0) + 1 });
  }
  return [...found]
    .sort(([, a], [, b]) => b.takes - a.takes)
    .map(([value, { desk, takes }]) => [
      value,
      takes === receivers.size
        ? deskWords(desk, t)
        : t('handOver.caseload.takes', { desk: deskWords(desk, t), count: takes, of: receivers.size }),
    ]);
}

/** What was ticked; at first everything. */
function tickedIn({ values }: FormState): ((caseId: string) => boolean) | null {
  const sent = values['cases'];
  if (Object.keys(values).length === 0) return null;
  const ids = new Set([sent ?? []].flat());
  return (caseId) => ids.has(caseId);
}

function caseloadTable(
  { cases }: Caseload,
  ticked: ((caseId: string) => boolean) | null | 'none',
  t: Translate,
): Table {
  const tick = (each: DisputeCase) =>
    ticked === 'none' || each.handOver ? {} : tickOf(each, ticked?.(each.id) ?? true, t);
  return {
    caption: t('handOver.caseload.cases'),
    captionHidden: true,
    select: ticked === 'none' ? undefined : { name: 'cases', label: t('handOver.tick') },
    columns: [
      { label: t('handOver.case'), look: 'wide' },
      { label: t('handOver.state') },
      { label: t('handOver.due') },
    ],
    rows: cases.map((each) => ({
      ...tick(each),
      cells: [
        caseCell(each),
        {
          text: t(`cases.states.${each.state}`),
          ...(each.handOver
            ? { secondary: t('handOver.waitsFor', { to: each.handOver.to?.displayName ?? '' }) }
            : {}),
        },
        dueCell(each, t),
      ],
    })),
    empty: { title: t('handOver.caseload.none'), text: t('handOver.caseload.noneHint') },
  };
}

/** What is offered to the reader, to be ticked and accepted; nothing of it is personal data. */
export function presentOffered(t: Translate, offers: readonly HandOver[], state: FormState, key: string) {
  const title = t('handOver.offered.title');
  const ticked = tickedIn(state);
  return {
    title,
    header: { title, back: { label: t('home.title'), href: '/' }, lead: t('handOver.offered.lead') },
    errorSummary: state.errors.length > 0 ? summaryOf(state.errors, [], t) : null,
    table: offeredTable(offers, ticked, t),
    form: offers.length > 0 ? { action: '/hand-overs', fields: [] } : null,
    idempotencyKey: key,
    submit: { label: t('handOver.offered.submit') },
  };
}

function offeredTable(
  offers: readonly HandOver[],
  ticked: ((caseId: string) => boolean) | null,
  t: Translate,
): Table {
  return {
    caption: t('handOver.offered.title'),
    captionHidden: true,
    select: { name: 'cases', label: t('handOver.tick') },
    columns: [
      { label: t('handOver.case'), look: 'wide' },
      { label: t('handOver.from') },
      { label: t('cases.forms.reason'), look: 'wide' },
      { label: t('handOver.due') },
    ],
    rows: offers.map((offer): Row => {
      const each = offer.disputeCase!;
      return {
        ...tickOf(each, ticked?.(each.id) ?? false, t),
        cells: [
          caseCell(each),
          { text: offer.from?.displayName ?? '', secondary: wallClock(offer.offeredAt) },
          { text: t(`cases.reasons.${offer.reason}`), secondary: seenText(offer.explanation, seen(each)) },
          {
            ...dueCell(each, t),
            button: {
              label: t('cases.actions.declineHandOver'),
              href: `/cases/${each.id}/hand-over/refusal`,
              context: each.number ?? each.title,
            },
          },
        ],
      };
    }),
    empty: { title: t('handOver.offered.none'), text: t('handOver.offered.noneHint') },
  };
}

const seen = ({ claimants = [], tickets = [] }: DisputeCase) =>
  ({ privacy: 'hidden', claimants, tickets }) as const;

function tickOf({ id, number, title }: DisputeCase, checked: boolean, t: Translate): Pick<Row, 'select'> {
  return { select: { value: id, label: t('handOver.tickOf', { case: number ?? title }), checked } };
}

function caseCell({ id, number, title, respondentName }: DisputeCase): Cell {
  return {
    text: withoutNumbers(title),
    href: `/cases/${id}`,
    secondary: [number, respondentName].filter((text) => text).join(' · '),
  };
}

function dueCell({ dueOn, dueKind }: DisputeCase, t: Translate): Cell {
  if (dueOn === NEVER || !dueKind) return { text: t('common.none') };
  return { text: dueOn, secondary: t(`cases.due.kinds.${dueKind}`) };
}
