import { withoutNumbers } from '../cases/privacy.rules.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { isKnownRespondent, templateOf, type AnsweredCase } from './reply.rules.ts';

/** The answer to the hotline as the case stands, in the language of `t`; a person reads it over before it is sent. */
export function composeReply(answered: AnsweredCase, t: Translate): string {
  const { performance, agreedFen, respondent, room, commission, authority, closedOn, statutoryDueOn } =
    answered;
  const none = t('common.unknown');
  const amount =
    agreedFen === null || agreedFen === 0
      ? ''
      : t('handling.templates.amount', { amount: formatYuan(agreedFen) });
  const body = t(`handling.templates.${templateOf(answered)}`, {
    ...{ amount, commission, room: room ?? t('handling.templates.town') },
    authority:
      authority === null ? t('handling.templates.otherAuthority') : t(`cases.authorities.${authority}`),
    ...{ day: closedOn ?? none, dueOn: statutoryDueOn ?? none },
  });
  return t('handling.templates.whole', {
    opening: isKnownRespondent(respondent)
      ? t('handling.templates.opening', { respondent: withoutNumbers(respondent) })
      : t('handling.templates.openingUnknown'),
    body,
    performance: performance === null ? '' : t(`handling.templates.performance.${performance}`),
  }).trim();
}
