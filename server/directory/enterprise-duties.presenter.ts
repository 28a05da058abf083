import type { Enterprise } from '../../models/directory.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { FormResult } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { textField } from '../web/fields.ts';
import { markErrors } from '../web/form-view.ts';
import type { Action, Row, SummaryList, Table } from '../web/view-model.ts';
import { officersWords } from './duty-words.rules.ts';
import { everRuns, whoAnswers, type Duty } from './duty.rules.ts';
import type { ActiveInformant } from './informants.queries.ts';
import { kindCell } from './responsibilities.presenter.ts';

interface EnterpriseDuties {
  enterprise: Enterprise;
  /** Every duty for it or its village, whenever, the newest first. */
  duties: Duty[];
  /** Its informants; null for a reader who may not know them. */
  informants: ActiveInformant[] | null;
  /** The day in the address, as it was typed. */
  on: { typed: string; read: FormResult<{ on: CalendarDay }> } | null;
  reader: Reader;
  today: CalendarDay;
}

/** Who answers for an enterprise: today, on a day that is asked for, and ever. */
export function presentEnterpriseDuties(t: Translate, of: EnterpriseDuties) {
  const { enterprise, duties, informants, reader, today } = of;
  const { id } = enterprise;
  const add: Action[] = may(reader, 'responsibilities.edit', enterprise)
    ? [{ label: t('duties.add'), href: listHref('/responsibilities/new', { enterprise: id }) }]
    : [];
  const { townId, villageId } = enterprise;
  const cards: Action[] = may(reader, 'cards.manage', { townId, villageId, enterpriseId: id })
    ? [{ label: t('directory.tabs.cards'), href: listHref('/cards', { enterprise: id }), look: 'plain' }]
    : [];
  const now = whoAnswers(duties, enterprise, today);
  const past = duties.filter((duty) => everRuns(duty) && !now.includes(duty));
  return {
    title: t('duties.ofEnterprise.today'),
    today: dutyTable(t('duties.ofEnterprise.today'), now, t),
    actions: [...add, ...cards],
    asked: askedFor(of, t),
    history: past.length > 0 ? dutyTable(t('duties.ofEnterprise.history'), past, t) : null,
    informants: informants && informantSummary(enterprise, informants, t),
  };
}

function dutyTable(caption: string, duties: readonly Duty[], t: Translate): Table {
  return {
    caption,
    captionHidden: true,
    columns: [
      { label: t('duties.officer') },
      { label: t('duties.kind') },
      { label: t('duties.for') },
      { label: t('duties.from') },
      { label: t('duties.to') },
    ],
    rows: duties.map((duty) => dutyRow(duty, t)),
    empty: { title: t('duties.ofEnterprise.nobody'), text: t('duties.ofEnterprise.nobodyHint') },
  };
}

function dutyRow(duty: Duty, t: Translate): Row {
  return {
    cells: [
      { text: duty.officer },
      kindCell(duty, t),
      { text: t(duty.enterpriseId ? 'duties.ofEnterprise.itself' : 'duties.ofEnterprise.withVillage') },
      { text: duty.fromDay },
      { text: duty.toDay ?? t('common.none') },
    ],
  };
}

/** The form that asks for a day, and its answer in one sentence. */
function askedFor({ enterprise, duties, on }: EnterpriseDuties, t: Translate) {
  const field = textField('on', t('duties.ofEnterprise.on'), { on: on?.typed ?? '' }, { kind: 'date' });
  const errors = on && !on.read.ok ? on.read.errors : [];
  return {
    action: `/enterprises/${enterprise.id}`,
    fields: markErrors([field], errors, t),
    submitLabel: t('duties.ofEnterprise.ask'),
    answer: on?.read.ok
      ? answerOn(whoAnswers(duties, enterprise, on.read.values.on), on.read.values.on, t)
      : '',
  };
}

function answerOn(answering: readonly Duty[], day: CalendarDay, t: Translate): string {
  if (answering.length === 0) return t('duties.ofEnterprise.nobodyOn', { day });
  const who = officersWords(answering, t);
  return t('duties.ofEnterprise.answered', { day, who: who.join(t('common.comma')) });
}

/** Codes only: the name is asked for on the informant's own page. */
function informantSummary({ id }: Enterprise, informants: ActiveInformant[], t: Translate) {
  const list: SummaryList = {
    rows: informants.map((informant) => ({
      key: t('duties.informants.code'),
      value: informant.code,
      href: `/informants/${informant.id}`,
    })),
  };
  const href = listHref('/informants/new', { enterprise: id });
  return {
    title: t('directory.tabs.informants'),
    list,
    none: informants.length === 0 ? t('duties.informants.noneHere') : '',
    actions: [{ label: t('duties.informants.add'), href }],
  };
}
