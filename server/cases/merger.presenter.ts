import type { MergeHints, MergeSuggestion } from '../case-routing/merge-suggestions.queries.ts';
import { isOverdue } from '../deadlines/clocks.rules.ts';
import type { Posted } from '../shared/form.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import type { Field, Notice, SummaryRow, Table, Tag } from '../web/view-model.ts';
import { actionPath } from './action-pages.rules.ts';
import type { ActionFields } from './case-form.controller.ts';
import type { CasePage } from './case-page.queries.ts';
import type { MergePlan, MergeSide, SameWorker, ShownMerger } from './merger.queries.ts';
import { clocksTogether, expiredTogether, workersTogether, type MergeHindrance } from './merger.rules.ts';
import { withoutNumbers } from './privacy.rules.ts';

const MOST_LINES = 5;

const nameOf = ({ number, title }: { number: string | null; title: string }): string =>
  number ?? withoutNumbers(title);

/** Where the dispute goes on, on the page of a case that was merged into another. */
export function mergedNotice({ disputeCase, linkedCases }: CasePage, t: Translate): Notice | null {
  const { mergedIntoId } = disputeCase;
  if (!mergedIntoId) return null;
  const name = linkedCases.get(mergedIntoId);
  if (!name) return { tone: 'info', text: t('merger.mergedElsewhere') };
  return {
    tone: 'info',
    text: t('merger.merged', { case: name }),
    actions: [{ label: t('merger.openOther'), look: 'plain', href: `/cases/${mergedIntoId}` }],
  };
}

/** Other cases that may be the same dispute; who may not merge is led to who may. */
export function mergeHintNotice(page: CasePage, hints: MergeHints | null, t: Translate): Notice | null {
  if (!hints) return null;
  const { suggestions } = hints;
  const count = suggestions.length;
  if (count === 0) return null;
  const mine = page.actions.has('merge');
  const more = count - MOST_LINES;
  return {
    tone: 'info',
    text: t('merger.hint', { count }),
    lines: [
      ...suggestions.slice(0, MOST_LINES).map((one) => suggestionLine(one, hints, t)),
      ...(more > 0 ? [t('merger.more', { count: more })] : []),
      ...(mine ? [] : [t('merger.askDispatcher')]),
    ],
    actions: mine
      ? [{ label: t('cases.actions.merge'), look: 'plain', href: actionPath(page.disputeCase.id, 'merge') }]
      : [],
  };
}

const suggestionLine = (one: MergeSuggestion, hints: MergeHints, t: Translate): string =>
  t('merger.suggestion', {
    ...{ case: nameOf(one), day: one.receivedOn, workers: one.workers },
    why: whyOf(one, hints, t),
  });

function whyOf({ sameRespondent, samePerson }: MergeSuggestion, { windowDays }: MergeHints, t: Translate) {
  return [
    ...(sameRespondent ? [t('merger.sameRespondent', { days: windowDays })] : []),
    ...(samePerson ? [t('merger.samePerson')] : []),
  ].join(t('common.comma'));
}

/** Which case it is to be merged with: one of those that are near, or any other by its number. */
export function mergerChoice(
  page: CasePage,
  hints: MergeHints | null,
  named: string,
  error: 'unknown' | MergeHindrance | null,
  today: CalendarDay,
  t: Translate,
) {
  const { id } = page.disputeCase;
  const title = t('cases.actions.merge');
  const href = actionPath(id, 'merge');
  return {
    title,
    header: {
      title,
      back: { label: nameOf(page.disputeCase), href: `/cases/${id}` },
      lead: t('merger.choiceLead'),
    },
    table: hints && suggestionTable(href, hints, today, t),
    search: {
      action: href,
      fields: [
        textField(
          'with',
          t('merger.number'),
          { with: named },
          {
            ...{ maxlength: 64, width: 'medium' },
            ...(error ? { error: t(`merger.errors.${error}`) } : {}),
          },
        ),
      ],
      chips: [],
    },
  };
}

/** Whom and what each is about, and whether its days are over, so that nobody has to open them one by one. */
function suggestionTable(href: string, hints: MergeHints, today: CalendarDay, t: Translate): Table {
  return {
    caption: t('merger.near'),
    captionHidden: true,
    columns: [
      { label: t('merger.case'), look: 'wide' },
      { label: t('cases.page.worker'), look: 'wide' },
      { label: t('cases.page.type') },
      { label: t('merger.why') },
    ],
    rows: hints.suggestions.map((one) => ({
      cells: [
        {
          text: nameOf(one),
          href: `/cases/${one.id}`,
          secondary: t('merger.receivedOn', { day: one.receivedOn }),
          tag: overTag(one, today, t),
          button: {
            label: t('merger.compare'),
            context: nameOf(one),
            href: `${href}?with=${one.id}`,
          },
        },
        { text: workersOf(one, t), secondary: t('cases.page.people', { count: one.workers }) },
        { text: t(`cases.types.${one.primaryType}`) },
        { text: whyOf(one, hints, t) },
      ],
    })),
    empty: { title: t('merger.noneNear') },
  };
}

const workersOf = ({ names }: MergeSuggestion, t: Translate): string =>
  names.length > 0 ? namesOf(names, t) : t('common.unknown');

function overTag({ endsOn }: MergeSuggestion, today: CalendarDay, t: Translate): Tag | undefined {
  return endsOn !== null && isOverdue(endsOn, today)
    ? { text: t('merger.over', { day: endsOn }), tone: 'bad' }
    : undefined;
}

/** Both cases, what will move by either choice, who is in both, and what becomes of the clock. */
export function mergerFields(
  shown: ShownMerger | null,
  values: Posted,
  today: CalendarDay,
  t: Translate,
): ActionFields {
  if (!shown) return { fields: [textField('otherId', t('merger.number'), values, { required: true })] };
  const { sides, hindrance, plans } = shown;
  const [one, other] = sides;
  const rows = [one, other].map((side) => sideRow(side, t));
  const warn = (text: string, lines: string[] = []): Notice => ({ tone: 'warn', text, lines });
  const state: Field[] = [
    { kind: 'hidden', name: 'otherId', value: other.id },
    { kind: 'hidden', name: 'otherVersion', value: String(other.disputeCase.version) },
  ];
  if (hindrance) return { notice: warn(t(`merger.errors.${hindrance}`)), list: { rows }, fields: state };
  const { same } = plans[0]!;
  const over = expiredTogether(one.disputeCase, other.disputeCase, today);
  const [first, ...rest] = [
    ...(over ? [t('merger.expired', { day: over })] : []),
    ...(same.length > 0 ? [t('merger.sameWorkers', { count: same.length }), ...samePeople(same, t)] : []),
  ];
  return {
    lead: t('merger.lead'),
    ...(first ? { notice: warn(first, rest) } : {}),
    list: { rows: [...rows, ...plans.flatMap((plan) => planRows(plan, plans.length > 1, t))] },
    fields: [
      ...state,
      staysField(plans, values, t),
      ...(over ? [tickField('expiredRead', t('merger.expiredRead'), values)] : []),
    ],
  };
}

function staysField(plans: readonly MergePlan[], values: Posted, t: Translate): Field {
  const names = new Map(plans.map(({ staying }) => [staying.id, nameOf(staying.disputeCase)]));
  return choiceField(
    'radio',
    'stays',
    t('merger.stays'),
    [...names.keys()],
    (id) => names.get(id)!,
    { stays: plans[0]!.staying.id, ...values },
    { required: true, hint: t(plans.length > 1 ? 'merger.staysHint' : 'merger.onlyOne') },
  );
}

function sideRow({ disputeCase: c, claimants, tickets }: MergeSide, t: Translate): SummaryRow {
  return {
    key: nameOf(c),
    value: c.respondentName,
    href: `/cases/${c.id}`,
    lines: [
      t('merger.received', { day: c.receivedOn, state: t(`cases.states.${c.state}`) }),
      t('merger.people', {
        count: c.workers,
        names: namesOf(
          claimants.map(({ name }) => name),
          t,
        ),
      }),
      t('cases.page.claimed', { amount: amount(c.claimedFen, t) }),
      ...(tickets.length > 0 ? [t('merger.tickets', { numbers: numbersOf(tickets, t) })] : []),
    ],
  };
}

/** What moves into the case that stays, and how it stands afterwards. */
function planRows(plan: MergePlan, named: boolean, t: Translate): SummaryRow[] {
  const { staying, going, joining, same, respondents } = plan;
  const [to, from] = [staying.disputeCase, going.disputeCase];
  const clocks = clocksTogether(to, from);
  const lapses = (to.extendedTo ?? from.extendedTo) !== null && clocks.extendedTo === null;
  const moved = [
    ...(joining.length > 0 ? [t('merger.moveWorkers', { count: joining.length })] : []),
    ...(going.tickets.length > 0 ? [t('merger.moveTickets', { numbers: numbersOf(going.tickets, t) })] : []),
    ...respondents.map(({ name }) => t('merger.moveRespondent', { name })),
    ...(going.planned.length > 0 ? [t('merger.moveSessions', { count: going.planned.length })] : []),
    t('merger.moveContacts'),
  ];
  return [
    {
      key: named ? t('merger.ifStays', { case: nameOf(to) }) : t('merger.moves'),
      value: t('merger.workersAfter', { count: workersTogether(to.workers, from.workers, same.length) }),
      lines: [
        ...moved,
        t('merger.staysBehind', { case: nameOf(from) }),
        ...(clocks.workerConsentOn ? [t('merger.clock', { day: clocks.workerConsentOn })] : []),
        ...(lapses ? [t('merger.extensionLapses')] : []),
      ],
    },
  ];
}

/** Who is in both, and what was claimed twice: shown, not added. */
function samePeople(same: readonly SameWorker[], t: Translate): string[] {
  return same.flatMap(({ going, staying, repeated }) => [
    going.name === staying.name
      ? staying.name
      : t('merger.twoNames', { one: staying.name, other: going.name }),
    ...repeated.map((pair) =>
      t('merger.repeated', {
        type: t(`cases.types.${pair.going.type}`),
        staying: amount(pair.staying.claimedFen, t),
        going: amount(pair.going.claimedFen, t),
      }),
    ),
  ]);
}

function namesOf(names: readonly string[], t: Translate): string {
  return [...names.slice(0, MOST_LINES), ...(names.length > MOST_LINES ? ['…'] : [])].join(t('common.comma'));
}

const numbersOf = (tickets: readonly { number: string }[], t: Translate): string =>
  tickets.map(({ number }) => number).join(t('common.comma'));

const amount = (fen: number | null, t: Translate): string =>
  fen === null ? t('common.unknown') : t('cases.page.yuan', { amount: formatYuan(fen) });
