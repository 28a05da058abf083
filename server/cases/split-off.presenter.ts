import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { areaField } from '../web/fields.ts';
import type { ActionFields } from './case-form.controller.ts';
import type { CasePage } from './case-page.queries.ts';
import { concerns, goesAlong } from './split-off.rules.ts';

/** Who is split off, with what, and what becomes of both cases. */
export function splitOffFields(
  claimant: CasePage['claimants'][number],
  { claimants, tickets, contacts, sessions }: CasePage,
  values: Posted,
  t: Translate,
): ActionFields {
  const others = claimants.filter((one) => one !== claimant);
  const own = tickets.filter((ticket) => goesAlong(ticket, claimant, others)).map(({ number }) => number);
  const planned = sessions.filter(({ state }) => state === 'planned').length;
  const claimed = (claimant.claims ?? []).map(({ type, claimedFen }) =>
    t('common.labelled', {
      label: t(`cases.types.${type}`),
      text:
        claimedFen === null ? t('common.unknown') : t('cases.page.yuan', { amount: formatYuan(claimedFen) }),
    }),
  );
  return {
    lead: t('group.split.lead', { left: others.length }),
    list: {
      rows: [
        { key: t('cases.page.worker'), value: claimant.name, lines: claimed },
        {
          key: t('cases.page.tickets'),
          value: own.length > 0 ? own.join(t('common.comma')) : t('group.split.noTicket'),
        },
        {
          key: t('group.split.log'),
          value: t('group.split.contacts', {
            count: contacts.filter((contact) => concerns(contact, claimant)).length,
          }),
          lines: [
            t('group.split.sessions', { count: sessions.filter(({ state }) => state === 'held').length }),
            ...(planned > 0 ? [t('group.split.planned', { count: planned })] : []),
          ],
        },
      ],
    },
    fields: [
      areaField('reason', t('cases.forms.reason'), values, {
        rows: 3,
        maxlength: 500,
        required: true,
        hint: t('cases.forms.noPersonalData'),
      }),
    ],
  };
}
