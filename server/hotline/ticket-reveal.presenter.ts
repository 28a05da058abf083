import type { Ticket } from '../../models/tickets.ts';
import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { maskPhone } from '../shared/personal-data.rules.ts';
import { choiceField } from '../web/fields.ts';
import { withErrors } from '../web/form-view.ts';
import type { FormView } from '../web/view-model.ts';
import { CALLER_REVEAL_REASONS } from './ticket.rules.ts';

/** The page that asks for a reason, and then shows the caller's phone. */
export function presentTicketReveal(
  { id, number, callerPhone }: Pick<Ticket, 'id' | 'number'> & { callerPhone: string },
  t: Translate,
  shown: { values?: Posted; errors?: FieldError[]; revealed?: string },
) {
  const back = `/tickets/${id}`;
  const title = t('tickets.reveal.title', { number });
  const form: FormView = {
    action: `${back}/reveals`,
    method: 'post',
    fields: [
      choiceField(
        'radio',
        'reason',
        t('tickets.reveal.reason', { phone: maskPhone(callerPhone) }),
        CALLER_REVEAL_REASONS,
        (reason) => t(`cases.reveal.reasons.${reason}`),
        shown.values ?? {},
        { required: true },
      ),
    ],
    submit: { label: t('tickets.reveal.submit') },
    cancel: { label: t('common.back'), href: back },
  };
  return {
    title,
    header: { title, back: { label: t('tickets.reveal.back'), href: back }, lead: t('cases.reveal.lead') },
    revealed: shown.revealed,
    call: shown.revealed ? `tel:${shown.revealed}` : null,
    form: withErrors(form, shown.errors ?? [], t),
  };
}
