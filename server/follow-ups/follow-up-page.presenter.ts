import type { ActionFields } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { seenName, withoutNumbers, withoutPersonalData } from '../cases/privacy.rules.ts';
import { isDanger, MOODS, REACHED, RISKS } from '../mediation/mediation.rules.ts';
import { wallClock, type CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { maskPhone } from '../shared/personal-data.rules.ts';
import { areaField, choiceField, tickField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import { receiverWords } from '../web/list-view.ts';
import type { Field, FormView, Notice, SummaryList, Table, Tag, Timeline } from '../web/view-model.ts';
import type { FollowUpPage } from './follow-up-page.queries.ts';
import { KEPT, MOST_ATTEMPTS, SATISFACTIONS } from './follow-up.rules.ts';
import { callDueTag, resultTag } from './follow-up-words.presenter.ts';

/** A follow-up as its page says it: whom to call, what was agreed and paid, how the worker was, and what they say now. */
export function presentFollowUp(
  page: FollowUpPage,
  state: FormState,
  key: string,
  today: CalendarDay,
  t: Translate,
) {
  const { followUp, disputeCase } = page;
  const title = t('follow-ups.pageTitle', {
    case: disputeCase.number ?? withoutNumbers(disputeCase.title),
  });
  return {
    title,
    header: {
      title,
      back: { label: t('follow-ups.back'), href: '/follow-ups' },
      tags: headerTags(page, today, t),
      lead: disputeCase.number ? withoutNumbers(disputeCase.title) : undefined,
    },
    notices: noticesOf(page, t),
    workers: workersTable(page, t),
    overview: overviewOf(page, t),
    agreed: page.agreed.length > 0 ? agreedTable(page, t) : null,
    terms: page.terms && seen(page.terms, page),
    changes: changesTable(page, t),
    rounds: roundsTimeline(page, t),
    form: page.callable ? callForm(followUp.id, page, state, key, t) : null,
  };
}

function headerTags({ followUp }: FollowUpPage, today: CalendarDay, t: Translate): Tag[] {
  const { state, dueOn } = followUp;
  return [resultTag(followUp, t), ...(state === 'due' ? [callDueTag(dueOn, today, t)] : [])];
}

function noticesOf(page: FollowUpPage, t: Translate): Notice[] {
  const { followUp, disputeCase, ownCase } = page;
  const { redo, redoAnsweredOn, redoHelped } = followUp;
  const link = page.caseInSight
    ? [{ label: t('follow-ups.openCase'), href: `/cases/${disputeCase.id}`, look: 'plain' as const }]
    : [];
  return [
    ...(ownCase ? [{ tone: 'warn' as const, text: t('follow-ups.errors.ownCase') }] : []),
    ...(redo && !redoAnsweredOn
      ? [
          {
            tone: isDanger(followUp.risk) ? ('bad' as const) : ('warn' as const),
            text: isDanger(followUp.risk)
              ? t('follow-ups.dangerHeard', { who: receiverWords(page.desk, t) })
              : t('follow-ups.redoAsked', { who: page.desk.name ?? t('follow-ups.dispatcher') }),
            actions: link,
          },
        ]
      : []),
    ...(redo && redoAnsweredOn ? [redoNotice(redoHelped, t)] : []),
    ...(disputeCase.archivedOn
      ? [{ tone: 'good' as const, text: t('follow-ups.archived', { day: disputeCase.archivedOn }) }]
      : []),
  ];
}

/** Whether what was done again changed anything. */
function redoNotice(helped: boolean | null, t: Translate): Notice {
  if (helped === null) return { tone: 'info', text: t('follow-ups.redoUnknown') };
  return helped
    ? { tone: 'good', text: t('follow-ups.redoHelped') }
    : { tone: 'bad', text: t('follow-ups.redoInVain') };
}

/** Whom to call. */
function workersTable(page: FollowUpPage, t: Translate): Table {
  const { claimants, disputeCase, privacy } = page;
  const caseId = disputeCase.id;
  return {
    caption: t('follow-ups.workers'),
    captionHidden: true,
    columns: [{ label: t('follow-ups.worker') }, { label: t('follow-ups.phone') }],
    rows: claimants.map(({ id, name, phone }) => {
      const masked = phone && privacy !== 'hidden' ? maskPhone(phone) : t('common.none');
      const revealable = phone && (privacy === 'open' || privacy === 'call');
      return {
        cells: [
          { text: seenName(name, privacy) ?? t('common.none') },
          revealable
            ? {
                text: t('cases.page.reveal', { text: masked }),
                href: `/cases/${caseId}/claimants/${id}/reveals`,
              }
            : { text: masked },
        ],
      };
    }),
    empty: { title: t('follow-ups.noWorkers') },
  };
}

function overviewOf(page: FollowUpPage, t: Translate): SummaryList {
  const { disputeCase: c, followUp, desk, caseInSight } = page;
  const href = caseInSight ? { href: `/cases/${c.id}` } : {};
  return {
    rows: [
      { key: t('follow-ups.case'), value: c.number ?? withoutNumbers(c.title), ...href },
      { key: t('follow-ups.respondent'), value: c.respondentName },
      { key: t('follow-ups.mediator'), value: desk.name ?? t('common.none') },
      {
        key: t('follow-ups.outcome'),
        value: c.outcome ? t(`cases.outcomes.${c.outcome}`) : t('follow-ups.openAgain'),
        lines: [
          t('follow-ups.closedOn', { day: followUp.closedOn }),
          ...(c.performance ? [t(`cases.performances.${c.performance}`)] : []),
        ],
      },
      {
        key: t('follow-ups.dueOn'),
        value: followUp.dueOn,
        lines: followUp.attempts > 0 ? [t('follow-ups.attempts', { count: followUp.attempts })] : [],
      },
    ],
  };
}

/** What was agreed, and what of it was received and verified. */
function agreedTable(page: FollowUpPage, t: Translate): Table {
  const { agreed, claimants, privacy } = page;
  const nameOf = (id: string): string => {
    const name = claimants.find((claimant) => claimant.id === id)?.name;
    return (name && seenName(name, privacy)) ?? t('common.none');
  };
  return {
    caption: t('follow-ups.agreed'),
    captionHidden: true,
    columns: [
      { label: t('follow-ups.instalmentDue') },
      { label: t('follow-ups.worker') },
      { label: t('follow-ups.agreedAmount'), look: 'number' },
      { label: t('follow-ups.paidAmount'), look: 'number' },
    ],
    rows: agreed.map(({ dueOn, claimantId, agreedFen, paidFen }) => ({
      cells: [
        { text: dueOn },
        { text: nameOf(claimantId) },
        { text: formatYuan(agreedFen) },
        {
          text: formatYuan(paidFen),
          ...(paidFen < agreedFen ? { tag: { text: t('follow-ups.unpaid'), tone: 'bad' as const } } : {}),
        },
      ],
    })),
    empty: { title: t('follow-ups.nothingAgreed') },
  };
}

/** Mood and risk at intake and at the end, side by side (一口气). */
function changesTable({ intake, followUp, rounds }: FollowUpPage, t: Translate): Table {
  const last = rounds.filter(({ round, mood }) => mood !== null && round <= followUp.round).at(-1);
  const word = (kind: 'moods' | 'risks', code: string | null | undefined): string =>
    code ? t(`mediation.${kind}.${code}`) : t('follow-ups.notNoted');
  return {
    caption: t('follow-ups.changes'),
    captionHidden: true,
    columns: [
      { label: t('follow-ups.measure') },
      { label: t('follow-ups.atIntake') },
      { label: t('follow-ups.atEnd') },
    ],
    rows: [
      {
        cells: [
          { text: t('mediation.mood') },
          { text: word('moods', intake.mood) },
          { text: word('moods', last?.mood) },
        ],
      },
      {
        cells: [
          { text: t('mediation.risk') },
          { text: word('risks', intake.risk) },
          { text: word('risks', last?.risk) },
        ],
      },
    ],
    empty: { title: t('follow-ups.notNoted') },
  };
}

/** Every call and what was done again after it, the newest first. */
function roundsTimeline(page: FollowUpPage, t: Translate): Timeline {
  return {
    entries: page.rounds
      .toReversed()
      .flatMap((round) => [...redoEntry(round, page, t), ...callEntry(round, page, t)]),
    empty: { title: t('follow-ups.noCalls') },
  };
}

type Round = FollowUpPage['rounds'][number];

function callEntry(round: Round, page: FollowUpPage, t: Translate): Timeline['entries'] {
  const { calledAt, reached, performance, satisfaction, retaliation, hiddenRisk, note } = round;
  if (!calledAt || !reached) return [];
  const said = (name: string, text: string | null): string[] =>
    text ? [t('common.labelled', { label: t(`follow-ups.${name}`), text })] : [];
  return [
    {
      when: wallClock(calledAt),
      who: round.calledBy?.displayName ?? '',
      title: t('follow-ups.callTitle', { round: round.round, reached: t(`mediation.reached.${reached}`) }),
      lines: [
        ...said('performance', performance && t(`follow-ups.kept.${performance}`)),
        ...said('satisfaction', satisfaction && t(`follow-ups.satisfactions.${satisfaction}`)),
        ...said('retaliation', retaliation && t('common.yes')),
        ...said('hiddenRisk', hiddenRisk && t('common.yes')),
        ...said('note', note && seen(note, page)),
      ],
      ...(round.redo ? { tone: 'bad' as const } : {}),
    },
  ];
}

function redoEntry(round: Round, page: FollowUpPage, t: Translate): Timeline['entries'] {
  const { redoAnsweredOn, redoAnswer, redoAnsweredBy } = round;
  if (!redoAnsweredOn) return [];
  return [
    {
      when: redoAnsweredOn,
      who: redoAnsweredBy?.displayName ?? '',
      title: t('follow-ups.redoAnswered'),
      lines: redoAnswer ? [seen(redoAnswer, page)] : [],
    },
  ];
}

/** What people wrote, as this reader may know it. */
function seen(text: string, { privacy, claimants }: FollowUpPage): string {
  return privacy === 'open' || privacy === 'call'
    ? withoutNumbers(text)
    : withoutPersonalData(
        text,
        claimants.map(({ name }) => name),
      );
}

function callForm(id: string, page: FollowUpPage, state: FormState, key: string, t: Translate): FormView {
  const form: FormView = {
    action: `/follow-ups/${id}/call`,
    method: 'post',
    idempotencyKey: key,
    fields: callFields(page, state, t),
    submit: { label: t('follow-ups.submit') },
    cancel: { label: t('common.cancel'), href: '/follow-ups' },
  };
  return withErrors(form, state.errors, t);
}

function callFields({ agreed, followUp }: FollowUpPage, state: FormState, t: Translate): Field[] {
  const values: Posted = {
    reached: 'yes',
    ...(agreed.length === 0 ? { performance: 'nothingAgreed' } : {}),
    ...state.values,
  };
  const radio = (
    name: string,
    codes: readonly string[],
    wordOf: (code: string) => string,
    options = {},
  ): Field =>
    choiceField('radio', name, t(`follow-ups.${name}`), codes, wordOf, values, { inline: true, ...options });
  const yesNo = (code: string): string => t(`common.${code}`);
  const asked = state.errors.some(({ sentence }) => sentence === 'mediation.errors.danger');
  const left = MOST_ATTEMPTS - followUp.attempts - 1;
  return [
    radio('reached', REACHED, (code) => t(`mediation.reached.${code}`), {
      required: true,
      hint: left > 0 ? t('follow-ups.reachedHint', { count: left }) : t('follow-ups.lastAttemptHint'),
    }),
    radio('performance', KEPT, (code) => t(`follow-ups.kept.${code}`), { hint: t('follow-ups.askedHint') }),
    radio('satisfaction', SATISFACTIONS, (code) => t(`follow-ups.satisfactions.${code}`), {
      hint: t('follow-ups.satisfactionHint'),
    }),
    radio('retaliation', ['no', 'yes'], yesNo, { hint: t('follow-ups.retaliationHint') }),
    radio('hiddenRisk', ['no', 'yes'], yesNo, { hint: t('follow-ups.hiddenRiskHint') }),
    radio('mood', MOODS, (code) => t(`mediation.moods.${code}`)),
    radio('risk', RISKS, (code) => t(`mediation.risks.${code}`)),
    ...(asked || values['noDanger'] ? [tickField('noDanger', t('mediation.noDanger'), values)] : []),
    areaField('note', t('follow-ups.note'), values, {
      rows: 4,
      maxlength: 2000,
      hint: t('follow-ups.noteHint'),
    }),
  ];
}

/** What was done again; above it what the worker said. */
export function redoFields({ redo }: CasePage, values: Posted, t: Translate): ActionFields {
  return {
    lead: t('follow-ups.redoLead'),
    ...(redo?.note
      ? {
          notice: {
            tone: 'warn' as const,
            text: t('common.labelled', { label: t('follow-ups.note'), text: withoutNumbers(redo.note) }),
          },
        }
      : {}),
    fields: [
      areaField('answer', t('follow-ups.answer'), values, {
        rows: 5,
        maxlength: 2000,
        required: true,
        hint: t('follow-ups.answerHint'),
      }),
    ],
  };
}

/** Why a closed case is opened again. */
export function reopeningFields(_: CasePage, values: Posted, t: Translate): ActionFields {
  return {
    lead: t('follow-ups.reopeningLead'),
    fields: [
      areaField('explanation', t('cases.forms.reason'), values, {
        rows: 3,
        maxlength: 500,
        required: true,
        hint: t('cases.forms.noPersonalData'),
      }),
    ],
  };
}
