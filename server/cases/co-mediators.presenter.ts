import { phoneInForm } from '../directory/phone.rules.ts';
import type { Translate } from '../shared/language.ts';
import type { SummaryRow } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';

/** Who mediates beside the lead: a line each, with the phone as the directory shows it. */
export function coMediatorRows({ coMediators, actions, disputeCase }: CasePage, t: Translate): SummaryRow[] {
  return coMediators.map(({ id, since, person }) => ({
    key: t('coMediators.title'),
    value: person!.name,
    lines: [
      [t(`directory.personKinds.${person!.kind}`), person!.area!.name, phoneInForm(person!.phone)]
        .filter((text) => text)
        .join(' · '),
      t('coMediators.since', { day: since }),
    ],
    ...(actions.has('endCoMediator')
      ? {
          actions: [
            {
              label: t('coMediators.end'),
              href: `/cases/${disputeCase.id}/co-mediators/${id}/end`,
              context: person!.name,
            },
          ],
        }
      : {}),
  }));
}
