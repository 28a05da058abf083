import type { Translate } from '../shared/language.ts';
import { choiceField, areaField, textField, tickField } from '../web/fields.ts';
import type { FormState } from '../web/form-view.ts';
import type { Field, Notice, SummaryRow, Tag, Tone } from '../web/view-model.ts';
import type { Level } from '../directory/directory.rules.ts';
import { deskValue, isAt, type Desk, type DeskKey } from './proposal.rules.ts';
import type { ProposedRoute } from './proposals.queries.ts';
import { alarmsAmong, type HitKind } from './routing.rules.ts';

/** What the pages for one ticket and for one case say alike about a proposal. */

const LEVEL_TONES: Record<Level, Tone> = { enterprise: 'info', village: 'neutral', town: 'warn' };

export function levelTag(level: Level, t: Translate): Tag {
  return { text: t(`cases.levels.${level}`), tone: LEVEL_TONES[level] };
}

export function mediatorWords({ mediatorName, openCases }: Desk, t: Translate): string {
  return t('routing.mediatorWithCases', { mediator: mediatorName, count: openCases });
}

export function deskWords(desk: Desk, t: Translate): string {
  const { level, roomName: room } = desk;
  return t('routing.desk', { level: t(`cases.levels.${level}`), room, mediator: mediatorWords(desk, t) });
}

/** Danger and the way to petition, in red, with the words that say so. */
export function alarmTags({ routing }: ProposedRoute, t: Translate): Tag[] {
  return alarmsAmong(routing.hits).map(({ key, values }) => ({ text: t(key, values), tone: 'bad' }));
}

/** Why: what the rule found, a sentence each. */
export function reasonLines({ routing }: ProposedRoute, t: Translate): string[] {
  return routing.explanation.map(({ key, values }) => t(key, values));
}

/** The rules that hold beside the one that decides, each with its reasons. */
function besideLines({ routing }: ProposedRoute, t: Translate): string[] {
  return routing.besides.map(({ ruleCode, explanation }) =>
    t('routing.besides', {
      rule: t(`routing.rules.${ruleCode}`),
      reasons: explanation.map(({ key, values }) => t(key, values)).join(t('routing.table.semicolon')),
    }),
  );
}

/** The reasons of all rules that hold, in a row of a table. */
export function everyReason({ routing }: ProposedRoute, t: Translate): string[] {
  const lines = [...routing.explanation, ...routing.besides.flatMap(({ explanation }) => explanation)];
  return lines.map(({ key, values }) => t(key, values));
}

/** What else is to be done. */
export function noteLines({ routing }: ProposedRoute, t: Translate): string[] {
  return routing.notes.map((note) => t(`routing.notes.${note}`));
}

/** Where the case should go and why. */
export function proposalRows(proposal: ProposedRoute, t: Translate): SummaryRow[] {
  const { enterprise, matchedBy, complaint, routing, desk } = proposal;
  const written = complaint.respondentText;
  return [
    {
      key: t('routing.enterprise'),
      value: enterprise?.name ?? written ?? t('common.unknown'),
      ...(enterprise ? {} : { tag: { text: t('routing.notInDirectory'), tone: 'warn' } }),
      lines: [
        ...(matchedBy ? [t(`routing.matchedBy.${matchedBy}`)] : []),
        ...(enterprise && written && written !== enterprise.name
          ? [t('routing.written', { text: written })]
          : []),
      ],
    },
    desk
      ? {
          key: t('routing.where'),
          value: desk.roomName,
          tag: levelTag(desk.level, t),
          lines: [mediatorWords(desk, t)],
        }
      : {
          key: t('routing.where'),
          value: t('routing.nobody'),
          tag: levelTag(routing.level, t),
          lines: [t('routing.nobodyHint')],
        },
    {
      key: t('routing.why'),
      value: t(`routing.rules.${routing.ruleCode}`),
      lines: [...reasonLines(proposal, t), ...besideLines(proposal, t)],
    },
  ];
}

export function proposalNotice(proposal: ProposedRoute, t: Translate): Notice | null {
  const lines = noteLines(proposal, t);
  if (lines.length === 0) return null;
  const tone = alarmsAmong(proposal.routing.hits).length > 0 ? 'bad' : 'warn';
  return { tone, text: t('routing.alsoToDo'), lines };
}

const MOST_SUGGESTIONS = 100;

/** The fields by which a dispatcher confirms a proposal or chooses otherwise; `at` is where the case is now. */
export function routeFields(
  proposal: ProposedRoute,
  state: FormState,
  t: Translate,
  at: DeskKey | null = null,
): Field[] {
  const { values } = state;
  const { desk, desks, enterprise, complaint } = proposal;
  const elsewhere = desks.filter((each) => !(at && isAt(each, at)) && !(desk && !at && isAt(each, desk)));
  const codes = elsewhere.map(deskValue);
  const deskText = (code: string): string =>
    deskWords(
      elsewhere.find((each) => deskValue(each) === code)!,
      t,
    );
  const asProposed = desk ? t('routing.asProposed', { desk: deskWords(desk, t) }) : t('common.choose');
  return [
    textField('enterprise', t('routing.enterprise'), values, {
      hint: t('routing.enterpriseHint'),
      maxlength: 200,
      autocomplete: 'off',
      suggestions: suggestedNames(proposal),
    }),
    ...(enterprise?.hasCommittee && !complaint.anonymous
      ? [tickField('consent', t('routing.consent'), values, { hint: t('routing.consentHint') })]
      : []),
    ...hitField(proposal, t),
    choiceField('select', 'desk', t('routing.where'), codes, deskText, values, {
      emptyText: at ? t('common.choose') : asProposed,
      required: at !== null || !desk,
    }),
    areaField('reason', t('routing.reason'), values, {
      hint: t(at ? 'routing.reasonAlways' : 'routing.reasonHint'),
      rows: 2,
      maxlength: 500,
      required: at !== null,
    }),
    ...(desk && !at ? [{ kind: 'hidden' as const, name: 'seen', value: deskValue(desk) }] : []),
  ];
}

/** The keywords that were found, each with the box that makes it count. */
function hitField({ routing }: ProposedRoute, t: Translate): Field[] {
  const hits = [...new Map(routing.hits.map((hit) => [hit.id, hit])).values()];
  if (hits.length === 0) return [];
  const kindWord = (kind: HitKind): string => t(`routing.hits.${kind}`);
  return [
    {
      kind: 'checkboxes',
      name: 'hits',
      label: t('routing.words'),
      hint: t('routing.wordsHint'),
      inline: true,
      options: hits.map(({ id, kind, word, dismissed }) => ({
        value: id,
        text: t('routing.wordOfKind', { word, kind: kindWord(kind) }),
        selected: !dismissed,
      })),
    },
  ];
}

/** Enterprises whose names share the most neighbouring characters with what the complaint says. */
function suggestedNames({ complaint, enterprises }: ProposedRoute): string[] {
  const pairs = pairsOf(complaint.respondentText ?? '');
  const likeness = (name: string): number => pairsOf(name).filter((pair) => pairs.includes(pair)).length;
  return enterprises
    .map(({ name }) => ({ name, score: likeness(name) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ name }) => name);
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2));
}
