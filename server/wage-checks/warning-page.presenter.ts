import type { WarningAction, WarningEvaluation, WarningEvent } from '../../models/warnings.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { areaField, textField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { warningTag } from '../web/list-view.ts';
import type {
  Cell,
  Field,
  FormView,
  Notice,
  SummaryList,
  SummaryRow,
  Table,
  Timeline,
} from '../web/view-model.ts';
import { actionDueTag, hitText, reasonsText, warningTags } from './warning-words.presenter.ts';
import type { WarningPage } from './warning.queries.ts';

/** An evaluation says what the rules give; what became of the level is the warning's. */
const RULES_ALONE = { held: false, watchUntil: null };

/** A warning as its page says it: the sentence, the rules with their sources, what is to be done, and how it came. */
export function presentWarning(t: Translate, page: WarningPage) {
  const { warning, evaluations, withSource } = page;
  const title = warning.enterprise!.name;
  return {
    title: t('warnings.title') + t('common.comma') + title,
    header: {
      title,
      back: { label: t('warnings.page.back'), href: '/warnings' },
      tags: warningTags(warning, t),
      lead: t('warnings.sentence', {
        level: t(`directory.warningLevels.${warning.level}`),
        reasons: reasonsOf(page, withSource, t) || t('warnings.page.noHits'),
        day: warning.evaluation!.day,
      }),
      actions: page.mayClear ? [clearAction(warning.id, t)] : [],
    },
    notices: noticesOf(page, t),
    rules: rulesTable(page, t),
    actions: actionsTable(page, t),
    draft: draftOf(page, t),
    evaluations: evaluationsTable(evaluations, withSource, t),
    history: historyOf(page, t),
    overview: overviewOf(page, t),
  };
}

const clearAction = (id: string, t: Translate) => ({
  label: t('warnings.page.clear'),
  href: `/warnings/${id}/clearance`,
  look: 'primary' as const,
});

function reasonsOf({ warning }: WarningPage, withSource: boolean, t: Translate): string {
  return reasonsText(warning.evaluation!.hits, warning, withSource, t);
}

function noticesOf({ warning }: WarningPage, t: Translate): Notice[] {
  const { held, watchUntil, crimeAmount, endedOn } = warning;
  if (endedOn) return [{ tone: 'info', text: t('warnings.notices.ended', { day: endedOn }) }];
  return [
    ...(held ? [{ tone: 'warn' as const, text: t('warnings.notices.held') }] : []),
    ...(crimeAmount ? [{ tone: 'bad' as const, text: t('warnings.notices.crime') }] : []),
    ...(watchUntil
      ? [{ tone: 'info' as const, text: t('warnings.notices.watching', { day: watchUntil }) }]
      : []),
  ];
}

function rulesTable({ warning, withSource }: WarningPage, t: Translate): Table {
  return {
    caption: t('warnings.page.rules'),
    captionHidden: true,
    columns: [
      { label: t('warnings.page.rule'), look: 'wide' },
      { label: t('warnings.page.level') },
      { label: t('warnings.page.source'), look: 'wide' },
    ],
    rows: warning.evaluation!.hits.map((hit) => ({
      cells: [
        { text: hitText(hit, withSource, t) },
        { text: '', tag: warningTag(hit.level, t) },
        { text: t(`warnings.rules.${hit.rule}.source`) },
      ],
    })),
    empty: { title: t('warnings.page.noHits') },
  };
}

function actionsTable({ warning, actions, mayHandle, today }: WarningPage, t: Translate): Table {
  const done = (action: WarningAction): Cell => {
    if (action.doneOn)
      return {
        text: t('warnings.done'),
        secondary: [action.doneOn, action.doneBy?.displayName, action.note].filter(Boolean).join(' · '),
      };
    if (action.openKey === null) return { text: t('warnings.lapsed'), secondary: action.lapsedOn ?? '' };
    const tag = actionDueTag(action.dueOn, today, t)!;
    const href = `/warnings/${warning.id}/actions/${action.id}/completion`;
    const context = t(`warnings.actions.${action.kind}`);
    return {
      text: '',
      tag,
      ...(mayHandle ? { button: { label: t('warnings.page.complete'), href, context } } : {}),
    };
  };
  return {
    caption: t('warnings.page.actions'),
    captionHidden: true,
    columns: [
      { label: t('warnings.page.action'), look: 'wide' },
      { label: t('warnings.dueOn') },
      { label: t('warnings.person') },
      { label: t('warnings.page.state'), look: 'wide' },
    ],
    rows: actions.map((action) => ({
      cells: [
        {
          text: t(`warnings.actions.${action.kind}`),
          secondary: t(`warnings.actionHints.${action.kind}`),
        },
        { text: action.dueOn },
        { text: action.assignee?.displayName ?? t('warnings.nobody') },
        done(action),
      ],
    })),
    empty: { title: t('warnings.page.noActions') },
  };
}

/** What the county is told, without the source of it, as long as that is to be done. */
function draftOf(page: WarningPage, t: Translate): string | null {
  const { warning, actions, countyAuthority } = page;
  const open = actions.some(
    ({ kind, openKey }) => openKey !== null && (kind === 'countyReport' || kind === 'provincialReport'),
  );
  if (!open) return null;
  return t('warnings.page.draftText', {
    authority: countyAuthority,
    enterprise: warning.enterprise!.name,
    village: warning.village?.name ?? t('warnings.noVillage'),
    day: warning.levelSince,
    level: t(`directory.warningLevels.${warning.level}`),
    reasons: reasonsOf(page, false, t),
  });
}

function evaluationsTable(evaluations: WarningEvaluation[], withSource: boolean, t: Translate): Table {
  return {
    caption: t('warnings.page.evaluations'),
    captionHidden: true,
    columns: [
      { label: t('warnings.page.day') },
      { label: t('warnings.page.result') },
      { label: t('warnings.exportReasons'), look: 'wide' },
      { label: t('warnings.page.cause') },
    ],
    rows: evaluations.map(({ day, lastSeenOn, level, hits, cause, ruleVersion }) => ({
      cells: [
        {
          text: day,
          ...(lastSeenOn > day ? { secondary: t('warnings.page.lastSeen', { day: lastSeenOn }) } : {}),
        },
        level ? { text: '', tag: warningTag(level, t) } : { text: t('warnings.page.noWarning') },
        { text: reasonsText(hits, RULES_ALONE, withSource, t) || t('warnings.page.noHits') },
        {
          text: t(`warnings.causes.${cause}`),
          secondary: t('warnings.page.version', { version: ruleVersion }),
        },
      ],
    })),
    empty: { title: t('warnings.page.noEvaluations') },
  };
}

function historyOf({ events, disputeCase }: WarningPage, t: Translate): Timeline {
  return {
    entries: events.map((event) => ({
      when: wallClock(event.at),
      who: event.actor?.displayName ?? t('warnings.system'),
      title: t(`warnings.events.${event.action}`),
      lines: eventLines(event, t),
      links:
        disputeCase?.page && (event.action === 'openCase' || event.action === 'joinCase')
          ? [{ label: t('warnings.page.openCase'), href: disputeCase.page.href }]
          : [],
    })),
    empty: { title: t('warnings.page.noEvaluations') },
  };
}

/** What a line of the history adds to its title. */
export function eventLines({ action, fromLevel, toLevel, detail }: WarningEvent, t: Translate): string[] {
  const word = (level: string | null): string =>
    level ? t(`directory.warningLevels.${level}`) : t('warnings.eventLines.none');
  const text = (name: string): string => String(detail[name] ?? '');
  if (action === 'complete')
    return [
      t('warnings.eventLines.action', { action: t(`warnings.actions.${text('kind')}`), day: text('doneOn') }),
      t('warnings.eventLines.note', { note: text('note') }),
    ];
  if (action === 'clear')
    return [
      t('warnings.eventLines.paidOn', { day: text('paidOn') }),
      t('warnings.eventLines.proof', { proof: text('proof') }),
    ];
  if (action === 'openCase' || action === 'joinCase') return [];
  if (action === 'kept') return [word(toLevel)];
  return [
    t('warnings.eventLines.levels', { from: word(fromLevel), to: word(toLevel) }),
    ...(detail['watchUntil'] ? [t('warnings.eventLines.watch', { day: text('watchUntil') })] : []),
  ];
}

function overviewOf({ warning, disputeCase }: WarningPage, t: Translate): SummaryList {
  const { enterpriseId, enterprise, village, openedOn, levelSince, endedOn, evaluation } = warning;
  const { people, arrearsFen } = evaluation!;
  return {
    rows: [
      { key: t('warnings.enterprise'), value: enterprise!.name, href: `/enterprises/${enterpriseId}` },
      {
        key: t('warnings.page.wages'),
        value: t('warnings.course.title'),
        href: `/enterprises/${enterpriseId}/wages`,
      },
      { key: t('warnings.village'), value: village?.name ?? t('warnings.noVillage') },
      { key: t('warnings.page.openedOn'), value: openedOn },
      { key: t('warnings.since'), value: levelSince },
      ...(endedOn ? [{ key: t('warnings.page.endedOn'), value: endedOn }] : []),
      ...(people > 0
        ? [{ key: t('warnings.page.people'), value: t('warnings.page.peopleValue', { count: people }) }]
        : []),
      ...(arrearsFen > 0
        ? [
            {
              key: t('warnings.page.amount'),
              value: t('warnings.page.amountValue', { amount: formatYuan(arrearsFen) }),
            },
          ]
        : []),
      caseRow(disputeCase, t),
    ],
  };
}

function caseRow(disputeCase: WarningPage['disputeCase'], t: Translate): SummaryRow {
  const key = t('warnings.page.case');
  if (!disputeCase) return { key, value: t('warnings.page.noCase') };
  const { page } = disputeCase;
  if (!page) return { key, value: t('warnings.page.caseElsewhere') };
  return { key, value: page.number ?? t('warnings.page.openCase'), href: page.href };
}

interface FormPage {
  page: WarningPage;
  state: FormState;
  key: string;
}

/** The form in which an action is recorded as done. */
export function presentCompletion(t: Translate, { page, state, key }: FormPage, action: WarningAction) {
  const word = t(`warnings.actions.${action.kind}`);
  return formPage(
    t,
    { page, state, key },
    {
      title: t('warnings.completion.title', { action: word }),
      lead: t(`warnings.actionHints.${action.kind}`),
      path: `actions/${action.id}/completion`,
      fields: [
        dayField('doneOn', t('warnings.completion.doneOn'), state, page.today),
        areaField('note', t('warnings.completion.note'), state.values, { required: true, maxlength: 1000 }),
      ],
      submit: t('warnings.completion.submit'),
    },
  );
}

/** The form in which the dispatcher confirms that everything was paid. */
export function presentClearance(t: Translate, { page, state, key }: FormPage) {
  return formPage(
    t,
    { page, state, key },
    {
      title: t('warnings.clearance.title'),
      lead: t('warnings.clearance.lead'),
      path: 'clearance',
      fields: [
        dayField('paidOn', t('warnings.clearance.paidOn'), state, page.today),
        areaField('proof', t('warnings.clearance.proof'), state.values, {
          ...{ required: true, maxlength: 500, hint: t('warnings.clearance.proofHint') },
        }),
      ],
      submit: t('warnings.clearance.submit'),
    },
  );
}

const dayField = (name: string, label: string, state: FormState, today: string): Field => ({
  ...textField(name, label, { [name]: today, ...state.values }, { required: true, width: 'medium' }),
  kind: 'date',
});

interface FormWords {
  title: string;
  lead: string;
  path: string;
  fields: Field[];
  submit: string;
}

function formPage(t: Translate, { page, state, key }: FormPage, words: FormWords) {
  const { title, lead, path, fields, submit } = words;
  const href = `/warnings/${page.warning.id}`;
  const form: FormView = {
    ...{ action: `${href}/${path}`, method: 'post', idempotencyKey: key, fields },
    submit: { label: submit },
    cancel: { label: t('common.cancel'), href },
  };
  return {
    title,
    header: { title, lead, back: { label: page.warning.enterprise!.name, href } },
    form: withErrors(form, state.errors, t),
  };
}
