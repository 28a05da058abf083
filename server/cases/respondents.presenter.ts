import type { Translate } from '../shared/language.ts';
import { maskPhone } from '../shared/personal-data.rules.ts';
import type { SummaryList, SummaryRow } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';
import { contactOf, seenName } from './privacy.rules.ts';
import { revealPath } from './reveal.presenter.ts';

/** Who is complained of, and whom to call there, as far as this reader may know. */
export function respondentList(page: CasePage, t: Translate): SummaryList {
  return { rows: page.respondents.map((respondent) => respondentRow(respondent, page, t)) };
}

function respondentRow(
  respondent: CasePage['respondents'][number],
  { privacy, disputeCase }: CasePage,
  t: Translate,
): SummaryRow {
  const { id, part, name, enterprise } = respondent;
  const { person, phone } = contactOf(respondent);
  const shown = person && seenName(person, privacy);
  const lines = [
    enterprise && enterprise.name !== name ? enterprise.name : null,
    shown && t('cases.page.contactPerson', { name: shown }),
    privacy === 'hidden' && (person || phone) ? t('cases.page.contactAfterTakeOver') : null,
    privacy !== 'hidden' && !person && !phone ? t('cases.page.noContactPerson') : null,
    privacy === 'masked' && phone ? maskPhone(phone) : null,
  ].filter((line) => line !== null);
  const reveal = { text: maskPhone(phone ?? '') };
  return {
    key: t(`cases.parts.${part}`),
    value: name,
    lines,
    actions:
      privacy === 'open' && phone
        ? [
            {
              label: t('cases.page.reveal', reveal),
              href: revealPath({ caseId: disputeCase.id, part: 'respondent', id }),
              context: name,
            },
          ]
        : [],
  };
}
