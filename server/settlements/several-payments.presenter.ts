import type { ActionFields } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { seenText } from '../cases/privacy.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { areaField, textField } from '../web/fields.ts';
import type { ChoiceField } from '../web/view-model.ts';
import {
  mannerField,
  proofRow,
  workerOf,
  type PaymentOfCase,
  type ProofFiles,
} from './payments.presenter.ts';
import { paymentsAwaiting, STANDING, unpaidFen } from './settlement.rules.ts';
import { boxOf, MOST_LINES } from './several-payments.rules.ts';

/** The instalments of which something is neither paid nor recorded, the earliest first. */
export function payableInstalments({ instalments }: Pick<CasePage, 'instalments'>) {
  return instalments
    .map((instalment) => ({ instalment, openFen: unpaidFen(instalment, STANDING) }))
    .filter(({ openFen }) => openFen > 0)
    .slice(0, MOST_LINES);
}

/** The recorded payments that this reader can verify. */
export function verifiablePayments({ instalments, readerId }: CasePage): PaymentOfCase[] {
  return paymentsAwaiting(readerId, instalments).slice(0, MOST_LINES);
}

/** The form for what several workers received on one day; it proposes all that falls due first. */
export function severalPaymentsFields(
  page: CasePage,
  values: Posted,
  today: CalendarDay,
  t: Translate,
): ActionFields {
  const open = payableInstalments(page);
  const [first] = open;
  const proposed = open
    .filter(({ instalment }) => instalment.dueOn === first?.instalment.dueOn)
    .map(({ instalment, openFen }) => boxOf(instalment.id, openFen));
  const shown: Posted = { paidOn: today, manner: 'bankTransfer', ...values };
  return {
    lead: t('settlements.several.lead'),
    fields: [
      boxes(
        {
          name: 'instalments',
          label: t('settlements.several.instalments'),
          search: t('group.election.search'),
        },
        open.map(({ instalment, openFen }) => ({
          value: boxOf(instalment.id, openFen),
          text: lineOf(page, instalment, openFen, t),
          hint: t('settlements.several.due', { day: instalment.dueOn }),
        })),
        tickedOf(values, 'instalments', proposed),
      ),
      textField('paidOn', t('settlements.paidOn'), shown, { kind: 'date', required: true, half: true }),
      mannerField(shown, t),
      areaField('proof', t('settlements.proof'), shown, {
        ...{ rows: 2, maxlength: 500, required: true },
        hint: t('settlements.several.proofHint'),
      }),
    ],
  };
}

/** What the second person answers for at once; what they cannot vouch for is left out, and sent back on its own page. */
export function severalVerificationsFields(
  page: CasePage,
  files: ProofFiles,
  values: Posted,
  t: Translate,
): ActionFields {
  const waiting = verifiablePayments(page);
  return {
    lead: t('settlements.several.verifyLead'),
    list: { rows: [proofRow(files, t)] },
    fields: [
      boxes(
        { name: 'payments', label: t('settlements.several.payments') },
        waiting.map(({ payment, instalment }) => ({
          value: payment.id,
          text: lineOf(page, instalment, payment.amountFen, t),
          hint: t('settlements.several.proofOf', {
            day: payment.paidOn,
            manner: t(`settlements.manners.${payment.manner}`),
            proof: seenText(payment.proof, page),
            recorder: payment.recordedBy?.displayName ?? '',
          }),
        })),
        tickedOf(
          values,
          'payments',
          waiting.map(({ payment }) => payment.id),
        ),
      ),
    ],
  };
}

/** What was ticked, or what is proposed in a form that nobody has sent yet. */
function tickedOf(values: Posted, name: string, proposed: string[]): ReadonlySet<unknown> {
  return new Set<unknown>(Object.keys(values).length > 0 ? [values[name] ?? []].flat() : proposed);
}

const lineOf = (
  page: CasePage,
  instalment: CasePage['instalments'][number],
  fen: number,
  t: Translate,
): string => t('settlements.several.line', { name: workerOf(page, instalment, t), amount: formatYuan(fen) });

function boxes(
  field: Pick<ChoiceField, 'name' | 'label' | 'search'>,
  options: { value: string; text: string; hint: string }[],
  ticked: ReadonlySet<unknown>,
): ChoiceField {
  return {
    ...{ ...field, kind: 'checkboxes', required: true },
    options: options.map((option) => ({ ...option, selected: ticked.has(option.value) })),
  };
}
