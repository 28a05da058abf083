import { mayEver, type Reader } from '../accounts/access.rules.ts';
import { withoutNumbers, withoutPersonalData } from '../cases/privacy.rules.ts';
import type { AreaChoice } from '../directory/areas.queries.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { maskName } from '../shared/personal-data.rules.ts';
import { choiceField, textField } from '../web/fields.ts';
import { alarmsTag, exportAction, ticketDueTag } from '../web/list-view.ts';
import type {
  Action,
  Cell,
  Column,
  Empty,
  Field,
  Filters,
  Paging,
  Table,
  Tabs,
  Tag,
  Tone,
} from '../web/view-model.ts';
import { ticketListHref, TICKET_STANDINGS, type TicketFilter } from './ticket-filter.rules.ts';
import { amountOf, callerLine, type SaidAmount } from './ticket-words.rules.ts';
import type { TicketListPage, TicketListRow } from './ticket-list.queries.ts';
import { beginningOf, TICKET_STATES, type TicketState } from './ticket.rules.ts';

export interface ShownTicketList {
  filter: TicketFilter;
  page: TicketListPage;
  areas: AreaChoice[];
  reader: Reader;
  /** The key of the form in which rows are ticked. */
  key: string;
}

export function presentTicketList(t: Translate, shown: ShownTicketList) {
  const title = t('tickets.list.title');
  const { page, filter } = shown;
  const actions: Action[] = [
    ...(page.waiting > 0 && mayEver(shown.reader, 'tickets.route')
      ? [
          {
            label: t('tickets.list.route', { count: page.waiting }),
            href: '/routing',
            look: 'primary' as const,
          },
        ]
      : []),
    ...importAction(shown, t),
    ...exportAction(ticketListHref(filter), page.total, t),
  ];
  return {
    title,
    header: { title, actions },
    tabs: stateTabs(shown, t),
    filters: presentFilters(shown, t),
    table: presentTable(shown, t),
    form: tickForm(shown, t),
    paging: presentPaging(page, filter, t),
  };
}

/** What can be done with the ticked rows: sign for them, or take their answers as a file. */
function tickForm({ filter, page, reader, key }: ShownTicketList, t: Translate) {
  const form = tickable(filter, page, reader);
  if (form === null) return null;
  return {
    action: form === 'sign' ? '/tickets/signatures' : '/tickets/replies.xlsx',
    idempotencyKey: key,
    hint: t(`handling.list.${form}Hint`),
    submit: { label: t(`handling.list.${form}`) },
  };
}

function tickable(
  { handling }: TicketFilter,
  { rows }: TicketListPage,
  reader: Reader,
): 'sign' | 'export' | null {
  if (rows.length === 0) return null;
  const answered = handling === 'replied' || handling === 'toExport' || handling === 'closed';
  if (answered) return mayEver(reader, 'tickets.exportReply') ? 'export' : null;
  const waits = rows.some(({ ticket }) => ticket.handling === 'awaitingSigning');
  return waits && mayEver(reader, 'tickets.sign') ? 'sign' : null;
}

function importAction({ reader }: Pick<ShownTicketList, 'reader'>, t: Translate): Action[] {
  if (!mayEver(reader, 'tickets.import')) return [];
  return [
    { label: t('tickets.list.import'), href: '/imports/new', look: 'plain' },
    ...(mayEver(reader, 'tickets.importCallbacks')
      ? [{ label: t('handling.list.callbacks'), href: '/callbacks', look: 'plain' as const }]
      : []),
  ];
}

function stateTabs({ filter, page }: ShownTicketList, t: Translate): Tabs {
  return {
    label: t('tickets.list.byState'),
    tabs: [...TICKET_STATES, undefined].map((state) => ({
      label: t(`tickets.states.${state ?? 'all'}`),
      href: ticketListHref({
        ...filter,
        ...{ state, handling: undefined, due: undefined, counted: undefined },
        late: state === 'awaitingRouting' ? filter.late : undefined,
      }),
      current: state === filter.state && filter.handling === undefined,
      ...(state === 'awaitingRouting' ? { count: page.waiting } : {}),
    })),
  };
}

function presentFilters({ filter, areas, reader }: ShownTicketList, t: Translate): Filters {
  const values: Posted = { ...filter };
  const areaWord = (id: string): string =>
    areas.find((area) => area.id === id)?.name ??
    reader.grants.find(({ areaId }) => areaId === id)?.areaName ??
    t('tickets.list.elsewhere');
  const areaIds = [...new Set([...areas.map(({ id }) => id), ...(filter.area ? [filter.area] : [])])];
  const day = (name: 'receivedFrom' | 'receivedTo'): Field => ({
    ...textField(name, t(`tickets.list.${name}`), values),
    kind: 'date',
  });
  const hidden: Field[] = (['state', 'late', 'valid', 'counted'] as const).flatMap((name) => {
    const value = name === 'state' ? (filter.state ?? 'all') : filter[name];
    return value ? [{ kind: 'hidden' as const, name, value }] : [];
  });
  return {
    action: '/tickets',
    fields: [
      textField('text', t('tickets.list.text'), values, {
        inputmode: 'search',
        maxlength: 100,
        autocomplete: 'off',
      }),
      ...(areas.length > 1
        ? [
            choiceField('select', 'area', t('tickets.list.area'), areaIds, areaWord, values, {
              emptyText: t('common.all'),
            }),
          ]
        : []),
      day('receivedFrom'),
      day('receivedTo'),
      choiceField(
        'select',
        'handling',
        t('handling.list.handling'),
        TICKET_STANDINGS,
        (code) => t(`handling.standings.${code}`),
        values,
        { emptyText: t('common.all') },
      ),
      choiceField(
        'select',
        'due',
        t('handling.list.due'),
        ['overdue'],
        () => t('handling.list.overdue'),
        values,
        {
          emptyText: t('common.all'),
        },
      ),
      ...hidden,
    ],
    ...presentChips(filter, areaWord, t),
  };
}

/** The conditions in use, each with the way to be rid of it; the tabs say the state. */
function presentChips(
  filter: TicketFilter,
  areaWord: (id: string) => string,
  t: Translate,
): Pick<Filters, 'chips' | 'clearHref'> {
  const says: Record<Exclude<keyof TicketFilter, 'state'>, (value: string) => string> = {
    text: (text) => t('tickets.list.containing', { text }),
    area: areaWord,
    receivedFrom: (value) => t('tickets.list.from', { day: value }),
    receivedTo: (value) => t('tickets.list.to', { day: value }),
    handling: (code) => t(`handling.standings.${code}`),
    due: () => t('handling.list.overdue'),
    counted: (code) => t(`handling.counted.${code}`),
    late: () => t('tickets.list.late'),
    valid: () => t('tickets.list.valid'),
  };
  const chips = Object.entries(says).flatMap(([name, say]) => {
    const value = filter[name as keyof TicketFilter];
    return value ? [{ label: say(value), href: ticketListHref({ ...filter, [name]: undefined }) }] : [];
  });
  return chips.length > 0 ? { chips, clearHref: ticketListHref({ state: filter.state }) } : { chips };
}

function presentTable(shown: ShownTicketList, t: Translate): Table {
  const columns = columnsOf(shown.filter, t);
  const ticks = tickable(shown.filter, shown.page, shown.reader);
  return {
    caption: t('tickets.list.title'),
    captionHidden: true,
    columns: columns.map(({ label, look }) => ({ label, ...(look ? { look } : {}) })),
    rows: shown.page.rows.map((row) => ({
      ...tickOf(row, ticks, t),
      cells: columns.map(({ cell }) => cell(row)),
    })),
    ...(ticks ? { select: { name: 'ticket', label: t('handling.list.select') } } : {}),
    empty: emptyList(shown, t),
  };
}

/** Only what still waits for signing can be signed for. */
function tickOf(
  { ticket: { id, number, handling } }: TicketListRow,
  ticks: ReturnType<typeof tickable>,
  t: Translate,
): Pick<Table['rows'][number], 'select'> {
  if (ticks === null || (ticks === 'sign' && handling !== 'awaitingSigning')) return {};
  return { select: { value: id, label: t(`handling.list.${ticks}Of`, { number }) } };
}

interface ListColumn extends Column {
  cell(row: TicketListRow): Cell;
}

/** A list of one state does not repeat it in every row, and what waits has no case. */
function columnsOf({ state }: TicketFilter, t: Translate): ListColumn[] {
  return [
    { label: t('hotline.columns.number'), cell: (row) => numberCell(row, t) },
    ...(state && state !== 'returned'
      ? []
      : [{ label: t('tickets.list.state'), cell: (row: TicketListRow) => stateCell(row, t) }]),
    ...(state === 'returned'
      ? []
      : [{ label: t('handling.list.handling'), cell: (row: TicketListRow) => handlingCell(row, t) }]),
    { label: t('tickets.list.complaint'), look: 'wide', cell: (row) => complaintCell(row, t) },
    {
      label: t('hotline.columns.respondent'),
      look: 'wide',
      cell: ({ ticket }) => ({ text: withoutNumbers(ticket.respondentText ?? t('common.unknown')) }),
    },
    {
      label: t('hotline.columns.village'),
      cell: ({ ticket, village }) => ({ text: village ?? ticket.villageText ?? t('common.unknown') }),
    },
    {
      label: t('hotline.columns.amount'),
      look: 'number',
      cell: ({ ticket }) => amountCell(amountOf(ticket), t),
    },
    ...(state && state !== 'linked'
      ? []
      : [{ label: t('tickets.list.case'), cell: (row: TicketListRow) => caseCell(row, t) }]),
  ];
}

function amountCell({ fen, read }: SaidAmount, t: Translate): Cell {
  if (fen === null) return { text: t('common.unknown') };
  return { text: formatYuan(fen), ...(read ? { secondary: t('tickets.words.read') } : {}) };
}

function numberCell({ ticket: { id, number, receivedAt }, alarms }: TicketListRow, t: Translate): Cell {
  return {
    text: number,
    href: `/tickets/${id}`,
    ...alarmsTag(alarms, t),
    secondary: wallClock(receivedAt),
  };
}

function stateCell({ ticket: { state, returnReason } }: TicketListRow, t: Translate): Cell {
  const secondary =
    returnReason && state === 'returned' ? { secondary: t(`tickets.returnReasons.${returnReason}`) } : {};
  return { text: '', tag: stateTag(state, t), ...secondary };
}

function handlingCell({ ticket, clock, routingLate }: TicketListRow, t: Translate): Cell {
  const { handling, redoCount, pingPong, returnRequest, state } = ticket;
  const waits = state === 'awaitingRouting';
  const answer = routingLate > 0 ? ticketDueTag(clock, t).tag : undefined;
  const said = [
    ...(answer ? [answer.text] : []),
    ...(redoCount > 0 ? [t('handling.list.redoCount', { count: redoCount })] : []),
    ...(pingPong > 0 ? [t('handling.list.pingPong', { count: pingPong })] : []),
    ...(returnRequest === 'open' && waits ? [t('handling.standings.returnAsked')] : []),
  ];
  return {
    text: t(waits && handling === 'signed' ? 'handling.signedToRoute' : `handling.states.${handling}`),
    ...(routingLate > 0
      ? { tag: { text: t('handling.due.routeOver', { days: routingLate }), tone: 'bad' as const } }
      : ticketDueTag(clock, t)),
    ...(said.length > 0 ? { secondary: said.join(t('common.comma')) } : {}),
  };
}

const BEGINNING = 40;

function complaintCell({ ticket, seesCaller }: TicketListRow, t: Translate): Cell {
  const { title, content, callerName } = ticket;
  const hidden = seesCaller || !callerName ? [] : [callerName];
  return {
    text: withoutPersonalData(title ?? beginningOf(content ?? '', BEGINNING), hidden),
    secondary: callerWords(ticket, seesCaller, t),
  };
}

function caseCell({ disputeCase }: TicketListRow, t: Translate): Cell {
  if (!disputeCase) return { text: t('common.none') };
  const { id, number, state, outcome } = disputeCase;
  return {
    text: number ?? t('tickets.list.openCase'),
    href: `/cases/${id}`,
    secondary: t(outcome ? `cases.outcomes.${outcome}` : `cases.states.${state}`),
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

function callerWords(ticket: TicketListRow['ticket'], seesCaller: boolean, t: Translate): string {
  const { anonymous, callerName } = ticket;
  const name = callerName && (seesCaller ? callerName : maskName(callerName));
  const caller = anonymous ? t('tickets.anonymous') : (name ?? t('tickets.noName'));
  const { key, values } = callerLine(ticket, caller);
  return t(key, values);
}

function emptyList({ filter, reader }: ShownTicketList, t: Translate): Empty {
  const { state, ...others } = filter;
  if (Object.keys(others).length > 0) {
    return {
      title: t('tickets.list.noneFound'),
      text: t('tickets.list.noneFoundHint'),
      action: { label: t('common.filters.clear'), href: ticketListHref({ state }) },
    };
  }
  const [importing] = importAction({ reader }, t);
  return state === 'awaitingRouting'
    ? { title: t('tickets.list.noneWaiting'), text: t('tickets.list.noneWaitingHint'), action: importing }
    : { title: t('tickets.list.none'), text: t('tickets.list.noneHint'), action: importing };
}

function presentPaging(page: TicketListPage, filter: TicketFilter, t: Translate): Paging | null {
  const { rows, total, more, newer, older } = page;
  if (rows.length === 0) return null;
  const values = { shown: rows.length, total };
  return {
    text: t(more ? 'common.paging.shownAtLeast' : 'common.paging.shown', values),
    ...(newer
      ? { newer: { label: t('common.paging.newer'), href: ticketListHref(filter, { before: newer }) } }
      : {}),
    ...(older
      ? { older: { label: t('common.paging.older'), href: ticketListHref(filter, { after: older }) } }
      : {}),
  };
}
