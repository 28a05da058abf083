import type { CaseAction } from '../cases/lifecycle.rules.ts';
import type { Translate } from '../shared/language.ts';
import type { Missing } from './paper-fields.rules.ts';
import { fillPath } from './paths.rules.ts';

const NAMED = 3;

/** What a paper lacks: each with for whom, and the way to where it is filled in; the rows of a list. */
export function missingInWords(
  {
    disputeCase,
    missing,
    fills,
  }: { disputeCase: { id: string }; missing: readonly Missing[]; fills: ReadonlySet<CaseAction> },
  t: Translate,
) {
  return missing.map(({ field, whose, fill }) => {
    const href = fillPath(disputeCase.id, fill, fills);
    const label = t(`documents.fields.${field}`);
    return {
      key: label,
      value: whoseText(whose, t),
      lines: href ? [] : [t(`documents.fill.${fill.page}`)],
      actions: href ? [{ label: t('documents.fill.action'), href, context: label }] : [],
    };
  });
}

function whoseText(whose: string[], t: Translate): string {
  const names = whose.slice(0, NAMED).join(t('common.comma'));
  return whose.length > NAMED ? t('documents.missing.many', { names, count: whose.length }) : names;
}
