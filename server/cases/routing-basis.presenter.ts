import { basisOf } from '../case-routing/decision.rules.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import type { Translate } from '../shared/language.ts';
import type { SummaryRow } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';
import { seenText } from './privacy.rules.ts';

/** Why the case is where it is: the rule that routed it with its reasons, or that it went up since. */
export function routingBasis(page: CasePage, t: Translate): SummaryRow | null {
  const { routing, events } = page;
  if (!routing) return null;
  const rule = t(`routing.rules.${routing.rule}`);
  const goneUp = events.find(
    ({ action, at, caseId }) => action === 'goUp' && at > routing.at && caseId === routing.caseId,
  );
  const otherwise = routing.proposedLevel !== null && routing.proposedLevel !== routing.level;
  const lines = [
    ...basisLines(routing, t),
    ...(otherwise
      ? [t('cases.page.proposedOtherwise', { level: t(`cases.levels.${routing.proposedLevel!}`) })]
      : []),
    ...(routing.reason ? [seenText(routing.reason, page)] : []),
  ];
  const key = t('cases.page.rule');
  if (!goneUp) return { key, value: rule, lines };
  const { goingUp, level } = goneUp.detail;
  const value = t('routing.goneUp', {
    reason: t(`routing.goingUp.reasons.${String(goingUp)}`),
    level: t(`cases.levels.${String(level)}`),
  });
  return { key, value, lines: [t('routing.routedBefore', { rule }), ...lines] };
}

/** The reasons of the rule that decided, the other rules that held, and what is to be done by all of them. */
function basisLines(routing: NonNullable<CasePage['routing']>, t: Translate): string[] {
  const { explanation, besides, notes } = basisOf(routing);
  const inWords = (lines: ExplanationLine[]): string =>
    lines.map(({ key, values }) => t(key, values)).join(t('routing.table.semicolon'));
  return [
    ...(explanation.length > 0 ? [inWords(explanation)] : []),
    ...besides.map((held) =>
      t('routing.besides', {
        rule: t(`routing.rules.${held.ruleCode}`),
        reasons: inWords(held.explanation),
      }),
    ),
    ...(notes.length > 0
      ? [
          t('routing.duties', {
            duties: notes.map((note) => t(`routing.notes.${note}`)).join(t('routing.table.semicolon')),
          }),
        ]
      : []),
  ];
}
