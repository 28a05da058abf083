import { caseListHref } from '../cases/case-filter.rules.ts';
import { withoutNumbers } from '../cases/privacy.rules.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { groupDigits } from '../shared/money.ts';
import { choiceField, textField } from '../web/fields.ts';
import { markErrors, summaryOf, type FormState } from '../web/form-view.ts';
import { pagingOf } from '../web/list-view.ts';
import type { Cell, Field, Row, Table, Tabs } from '../web/view-model.ts';
import type { NamesAsked } from './names.form.ts';
import type { NameRow, NamesPage, OfferedEnterprise } from './names.queries.ts';
import { nameField } from './names.rules.ts';

const PATH = '/ledgers/names';
const MOST_SPELLINGS = 3;

interface Shown {
  page: NamesPage;
  asked: NamesAsked;
  state: FormState;
  key: string;
}

/** The names of ledgers without an enterprise, each with what it may mean. */
export function presentNames(t: Translate, { page, asked, state, key }: Shown) {
  const title = t('ledger.names.title');
  const filter = asked.proposed ? { proposed: 'yes' } : {};
  const rows = page.rows.map((row) => nameRow(row, page.severalTowns, state, t));
  const fields = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.fields ?? []));
  return {
    title,
    header: {
      title,
      back: { label: t('ledger.imports.title'), href: '/ledgers' },
      lead: page.counts.all > 0 ? t('ledger.names.lead') : undefined,
    },
    tabs: page.counts.all > 0 ? tabsOf(page, asked, t) : null,
    errorSummary: state.errors.length > 0 ? summaryOf(state.errors, fields, t) : null,
    action: listHref(PATH, { ...filter, ...asked.turn }),
    idempotencyKey: key,
    table: tableOf(rows, page, t),
    submit: rows.length > 0 ? { label: t('ledger.names.confirm') } : null,
    paging: pagingOf(page, PATH, filter, t),
  };
}

function tabsOf({ counts }: NamesPage, { proposed }: NamesAsked, t: Translate): Tabs {
  return {
    label: t('ledger.names.tabs'),
    tabs: [
      { label: t('ledger.names.all'), href: PATH, count: counts.all, ...(proposed ? {} : { current: true }) },
      {
        label: t('ledger.names.proposed'),
        href: listHref(PATH, { proposed: 'yes' }),
        count: counts.proposed,
        ...(proposed ? { current: true } : {}),
      },
    ],
  };
}

function tableOf(rows: Row[], { counts }: NamesPage, t: Translate): Table {
  const nothing = counts.all === 0 ? 'none' : 'noneProposed';
  return {
    caption: t('ledger.names.title'),
    captionHidden: true,
    select: { name: 'names', label: t('ledger.names.tick') },
    columns: [
      { label: t('ledger.names.written'), look: 'wide' },
      { label: t('ledger.names.cases') },
      { label: t('ledger.names.enterprise'), look: 'wide' },
    ],
    rows,
    empty: { title: t(`ledger.names.${nothing}`), text: t(`ledger.names.${nothing}Hint`) },
  };
}

function nameRow(row: NameRow, severalTowns: boolean, { values, errors }: FormState, t: Translate): Row {
  const { id, names, cases, workers, firstOn, lastOn, town } = row;
  const name = withoutNumbers(names[0]!);
  const [first, last] = [firstOn.slice(0, 4), lastOn.slice(0, 4)];
  const years =
    first === last ? t('ledger.names.year', { year: first }) : t('ledger.names.years', { first, last });
  const counts = [
    t('ledger.names.caseCount', { count: cases, cases: groupDigits(cases) }),
    t('ledger.names.workerCount', { count: workers, workers: groupDigits(workers) }),
  ].join(t('common.comma'));
  return {
    select: {
      value: id,
      label: t('ledger.names.tickOf', { name }),
      checked: isTicked(row, values),
    },
    cells: [
      { text: name, secondary: spellings(row, severalTowns ? town : null, t) },
      { text: counts, href: caseListHref({ text: names[0]! }), secondary: years },
      choiceCell(row, name, { values, errors }, t),
    ],
  };
}

/** What was ticked stays so; at first what is proposed is, and then what was just found. */
function isTicked({ id, proposal, found }: NameRow, values: FormState['values']): boolean {
  const typed = values[nameField('other', id)];
  if (typed === undefined) return proposal !== null;
  const justFound = found.length > 0 && typed !== values[nameField('asked', id)];
  return justFound || [values['names'] ?? []].flat().includes(id);
}

/** The other spellings of the name, and its town where there are several. */
function spellings({ names }: NameRow, town: string | null, t: Translate): string | undefined {
  const others = names.slice(1).map(withoutNumbers);
  const listed = others.slice(0, MOST_SPELLINGS).join(t('common.comma'));
  const also =
    others.length > MOST_SPELLINGS
      ? t('ledger.names.alsoMany', { names: listed, count: others.length })
      : t('ledger.names.also', { names: listed });
  const said = [...(town === null ? [] : [town]), ...(others.length > 0 ? [also] : [])];
  return said.length > 0 ? said.join(t('hotline.preview.semicolon')) : undefined;
}

function choiceCell(row: NameRow, name: string, { values, errors }: FormState, t: Translate): Cell {
  const { id, proposal, found } = row;
  const [chosen, other, asked] = (['enterprise', 'other', 'asked'] as const).map((part) =>
    nameField(part, id),
  ) as [string, string, string];
  const offered = [...(proposal ? [proposal.enterprise] : []), ...found];
  const typed = values[other];
  const fields: Field[] = [
    ...(offered.length > 0 ? [offers(row, offered, values[chosen], t)] : []),
    textField(other, t(proposal ? 'ledger.names.another' : 'ledger.names.search'), values, {
      maxlength: 200,
      autocomplete: 'off',
      ...hintOf(row, errors.some(({ field }) => field === other) ? '' : typed, t),
    }),
    { kind: 'hidden', name: asked, value: typeof typed === 'string' ? typed.trim() : '' },
  ];
  return {
    text: '',
    fields: markErrors(fields, errors, t),
    submit: { name: 'find', value: id, label: t('common.search'), context: name },
    ...(proposal
      ? {}
      : {
          seldom: {
            label: t('ledger.names.create'),
            href: listHref('/enterprises/new', { name: name.slice(0, 200), for: 'ledgerNames' }),
            context: name,
          },
        }),
  };
}

/** What came of looking up a typed text, where the enterprises below it do not say it. */
function hintOf({ found, moreFound }: NameRow, typed: unknown, t: Translate): { hint?: string } {
  if (moreFound > 0) return { hint: t('ledger.names.moreFound', { count: moreFound }) };
  const isLookedUp = typeof typed === 'string' && typed.trim() !== '';
  return isLookedUp && found.length === 0 ? { hint: t('ledger.names.foundNone') } : {};
}

/** The proposed enterprise, with why, and those that were found; a single one is chosen already. */
function offers({ id, proposal }: NameRow, offered: OfferedEnterprise[], sent: unknown, t: Translate): Field {
  const wordOf = (enterpriseId: string): string => {
    const { name, village } = offered.find((one) => one.id === enterpriseId)!;
    return village === null ? name : t('ledger.names.inVillage', { name, village });
  };
  const ids = offered.map((one) => one.id);
  const usual = proposal?.enterprise.id ?? (ids.length === 1 ? ids[0] : undefined);
  const name = nameField('enterprise', id);
  const values = { [name]: ids.includes(String(sent)) ? sent : usual };
  const field = choiceField('radio', name, t('ledger.names.choose'), ids, wordOf, values);
  const reason = proposal ? t(`routing.matchedBy.${proposal.matchedBy}`) : '';
  const options = field.options.map((option) =>
    option.value === proposal?.enterprise.id ? { ...option, hint: reason } : option,
  );
  return { ...field, options };
}
