import type { ActionFields } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { missingInWords } from '../documents/missing.rules.ts';
import type { OpenPaper } from '../documents/documents.service.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { amountInWords, formatYuan } from '../shared/money.ts';
import { areaField, choiceField, textField, tickField } from '../web/fields.ts';
import { typed } from '../web/form-view.ts';
import type { Field, Notice } from '../web/view-model.ts';
import { CONFIRMATION_RESULTS, fitsAgreement } from './confirmation.rules.ts';
import { SETTLEMENT_KINDS } from './settlement.rules.ts';

/** Lines of the schedule that are always shown. */
const USUAL_LINES = 3;

/** Workers without an agreed amount that are named; the rest is behind them. */
const MOST_NAMED = 10;

type Fields = ActionFields & { lead: string };

/**
 * The agreement's form: kind and terms, then when how much falls due. It begins with what the last withdrawn draft
 * said, else with the whole sum today.
 */
export function settlementFields(
  page: CasePage,
  lines: number,
  values: Posted,
  today: string,
  t: Translate,
): Fields {
  const agreed = page.disputeCase.agreedFen ?? 0;
  const shown: Posted = { ...firstDraft(page, today), ...values };
  return {
    lead: t('settlements.draftLead', { amount: formatYuan(agreed), words: amountInWords(agreed) }),
    notice: amountsMissing(page, t),
    sections: [
      {
        title: t('settlements.agreement'),
        lead: page.disputeCase.collective ? t('group.consentHint') : undefined,
        fields: termsFields(shown, t),
      },
      {
        title: t('settlements.schedule'),
        lead: t(`settlements.scheduleLead.${sharing(page)}`),
        fields: lineFields(1, USUAL_LINES, page, shown, t),
      },
      {
        title: t('settlements.moreLines'),
        onDemand: true,
        open: typed({ values: shown, errors: [] }, `dueOn${USUAL_LINES + 1}`) !== '',
        fields: lineFields(USUAL_LINES + 1, lines, page, shown, t),
      },
    ],
  };
}

function firstDraft({ disputeCase, withdrawnDrafts: [last] }: CasePage, today: string): Posted {
  const agreed = disputeCase.agreedFen ?? 0;
  if (!last) {
    const first = agreed > 0 ? { dueOn1: today, amount1: formatYuan(agreed) } : {};
    return { kind: 'settledByInstalments', ...first };
  }
  const { kind, terms, schedule } = last;
  const lines = schedule.flatMap(({ dueOn, amountFen, claimantId }, index) => [
    [`dueOn${index + 1}`, dueOn],
    [`amount${index + 1}`, formatYuan(schedule.length === 1 ? agreed : amountFen)],
    [`claimant${index + 1}`, claimantId ?? ''],
  ]);
  return { kind, terms, ...(Object.fromEntries(lines) as Posted) };
}

/** The workers for whom no amount is agreed yet, each with the way to its page. */
function amountsMissing({ claimants, disputeCase }: CasePage, t: Translate): Notice | undefined {
  const missing = claimants.filter(({ claims = [] }) => claims.every(({ agreedFen }) => agreedFen === null));
  if (missing.length === 0) return undefined;
  return {
    tone: 'warn',
    text: t('settlements.amountsMissing'),
    lines: missing.length > MOST_NAMED ? [t('group.agreed.missing', { count: missing.length })] : [],
    actions: missing.slice(0, MOST_NAMED).map(({ id, name }) => ({
      label: t('settlements.enterAmounts', { name }),
      href: `/cases/${disputeCase.id}/claimants/${id}`,
    })),
  };
}

function termsFields(shown: Posted, t: Translate): Field[] {
  return [
    choiceField(
      'radio',
      'kind',
      t('settlements.kind'),
      SETTLEMENT_KINDS,
      (kind) => t(`cases.outcomes.${kind}`),
      shown,
      { required: true, inline: true },
    ),
    areaField('terms', t('settlements.terms'), shown, {
      rows: 6,
      maxlength: 10_000,
      required: true,
      hint: t('settlements.termsHint'),
    }),
  ];
}

/** So many workers can be chosen from for a line; more of them are paid by lines for all. */
const MOST_CHOSEN = 20;

/** Whether a line is one worker's, everybody's by their share, or whichever is chosen. */
function sharing({ claimants: { length } }: CasePage): 'one' | 'shared' | 'chosen' {
  return length < 2 ? 'one' : length > MOST_CHOSEN ? 'shared' : 'chosen';
}

function lineFields(from: number, to: number, page: CasePage, shown: Posted, t: Translate): Field[] {
  const named = new Map(page.claimants.map(({ id, name }) => [id, name]));
  const worker = (line: number): Field[] =>
    sharing(page) !== 'chosen'
      ? []
      : [
          choiceField(
            'select',
            `claimant${line}`,
            t('settlements.workerLine', { line }),
            [...named.keys()],
            (id) => named.get(id) ?? '',
            shown,
            { emptyText: t('settlements.allWorkers'), half: true },
          ),
        ];
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return numbers.flatMap((line): Field[] => [
    textField(`dueOn${line}`, t('settlements.dueOnLine', { line }), shown, { kind: 'date', half: true }),
    textField(`amount${line}`, t('settlements.amountLine', { line }), shown, {
      kind: 'amount',
      inputmode: 'decimal',
      suffix: t('common.yuan'),
      half: true,
    }),
    ...worker(line),
  ]);
}

/** Asks once more before a draft is taken back, and says what becomes of it. */
export function draftWithdrawalFields({ settlement }: CasePage, values: Posted, t: Translate): Fields {
  return {
    lead: t('settlements.withdrawalLead', { amount: formatYuan(settlement?.totalFen ?? 0) }),
    danger: true,
    fields: [
      areaField('note', t('settlements.withdrawalNote'), values, {
        rows: 2,
        maxlength: 500,
        hint: t('cases.forms.noPersonalData'),
      }),
    ],
  };
}

/** The signature, and above it what the paper still lacks: once it is signed, nothing can be filled in. */
export function signatureFields(paper: OpenPaper, values: Posted, today: string, t: Translate): ActionFields {
  const tick = (name: string): Field => tickField(name, t(`settlements.${name}`), values, { required: true });
  return {
    lead: t('settlements.signatureLead'),
    ...(paper.missing.length > 0
      ? {
          notice: { tone: 'warn', text: t('settlements.missingBeforeSigning') },
          list: { rows: missingInWords(paper, t) },
        }
      : {}),
    fields: [
      textField(
        'signedOn',
        t('settlements.signedOn'),
        { signedOn: values['signedOn'] ?? today },
        { kind: 'date', required: true },
      ),
      ...['workerSigned', 'respondentSigned', 'mediatorSigned', 'sealed'].map(tick),
    ],
  };
}

/** The page of a filing is open until the parties have filed, as long as a way suits the agreement. */
export function canFile({ confirmations }: CasePage): boolean {
  return confirmations.some(fitsAgreement);
}

/** Which way the parties filed for, and when; who filed in time may be recorded later. */
export function confirmationFields({ confirmations }: CasePage, values: Posted, t: Translate): ActionFields {
  const ways = confirmations.filter(fitsAgreement).map(({ kind }) => kind);
  return {
    lead: t('settlements.confirmations.lead'),
    fields: [
      choiceField(
        'radio',
        'kind',
        t('settlements.confirmations.way'),
        ways,
        (code) => t(`settlements.confirmations.kinds.${code}`),
        values,
        { required: true },
      ),
      textField('filedOn', t('settlements.confirmations.filedOn'), values, { kind: 'date', required: true }),
    ],
  };
}

/** What was filed for has no result yet. */
export function awaitsResult({ settlement, events }: CasePage): boolean {
  return Boolean(settlement?.confirmation) && !events.some(({ action }) => action === 'recordConfirmation');
}

/** What the commission or the court decided, and when. */
export function confirmationResultFields(values: Posted, t: Translate): ActionFields {
  return {
    lead: t('settlements.confirmations.resultLead'),
    fields: [
      choiceField(
        'radio',
        'result',
        t('settlements.confirmations.result'),
        CONFIRMATION_RESULTS,
        (code) => t(`settlements.confirmations.results.${code}`),
        values,
        { required: true, inline: true },
      ),
      textField('decidedOn', t('settlements.confirmations.decidedOn'), values, {
        kind: 'date',
        required: true,
      }),
    ],
  };
}
