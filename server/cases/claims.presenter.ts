import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan, parseYuan } from '../shared/money.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';
import { choiceField, textField, tickField } from '../web/fields.ts';
import { typed } from '../web/form-view.ts';
import type { Field } from '../web/view-model.ts';
import type { ActionFields } from './case-form.controller.ts';
import { CLAIM_TYPES, GENDERS, type ClaimType } from './case.rules.ts';
import type { CasePage } from './case-page.queries.ts';
import { exceedsClaim } from './claims.rules.ts';
import { becomesMajor } from './groups.presenter.ts';

type Claimant = CasePage['claimants'][number];

/** The form of one worker: who, and line by line what is claimed, verified and agreed. */
export function workerFields(
  claimant: Claimant | undefined,
  page: CasePage,
  values: Posted,
  t: Translate,
): ActionFields {
  const shown: Posted =
    Object.keys(values).length > 0 ? values : storedValues(claimant, page.disputeCase.primaryType);
  const usual = (claimant?.claims?.length ?? 0) + 1;
  const lines = Array.from({ length: CLAIM_TYPES.length }, (_, index) => index + 1);
  const major = claimant ? undefined : becomesMajor(page, 1, t);
  return {
    lead: t('cases.forms.claimsLead'),
    ...(major ? { notice: { tone: 'info', text: major } } : {}),
    sections: [
      { title: t('cases.page.worker'), fields: personFields(claimant, shown, t) },
      ...lines.slice(0, usual).map((line) => ({
        title: t('cases.forms.claimLine', { line }),
        fields: claimFields(line, shown, t),
      })),
      {
        title: t('cases.forms.moreClaims'),
        onDemand: true,
        open: typed({ values, errors: [] }, `type${usual + 1}`) !== '',
        fields: lines.slice(usual).flatMap((line) => claimFields(line, shown, t)),
      },
    ],
  };
}

function claimFields(line: number, values: Posted, t: Translate): Field[] {
  const amount = (name: 'claimed' | 'verified' | 'agreed'): Field =>
    textField(`${name}${line}`, t(`cases.page.${name}Fen`), values, {
      kind: 'amount',
      inputmode: 'decimal',
      suffix: t('common.yuan'),
      half: true,
    });
  return [
    choiceField(
      'select',
      `type${line}`,
      t('cases.page.claim'),
      CLAIM_TYPES,
      (type) => t(`cases.types.${type}`),
      values,
      { emptyText: t('common.choose'), half: true },
    ),
    amount('claimed'),
    amount('verified'),
    amount('agreed'),
    ...aboveField(line, values, t),
  ];
}

/** More agreed than claimed must be ticked as meant; the box stands where the amounts ask for it. */
function aboveField(line: number, values: Posted, t: Translate): Field[] {
  const fenOf = (name: string): number | null => parseYuan(typed({ values, errors: [] }, `${name}${line}`));
  return exceedsClaim({ claimedFen: fenOf('claimed'), agreedFen: fenOf('agreed') })
    ? [tickField(`above${line}`, t('cases.forms.aboveClaimed'), values)]
    : [];
}

function personFields(claimant: Claimant | undefined, values: Posted, t: Translate): Field[] {
  return [
    textField('name', t('cases.forms.name'), values, {
      maxlength: 100,
      required: true,
      half: true,
      autocomplete: 'off',
    }),
    choiceField(
      'select',
      'gender',
      t('cases.forms.gender'),
      GENDERS,
      (code) => t(`cases.genders.${code}`),
      values,
      { emptyText: t('common.unknown'), half: true },
    ),
    ...numberFields(claimant, values, t),
    choiceField(
      'select',
      'migrant',
      t('cases.forms.migrant'),
      ['yes', 'no'],
      (code) => t(`common.${code}`),
      values,
      { emptyText: t('common.unknown'), half: true },
    ),
    tickField('overRetirementAge', t('cases.page.overRetirementAge'), values, { half: true }),
  ];
}

/** Phone and ID number; what is stored is not shown again, but kept unless it is overwritten or cleared. */
function numberFields(claimant: Claimant | undefined, values: Posted, t: Translate): Field[] {
  const number = (name: 'phone' | 'idNumber', masked: string | null | undefined, options: object): Field =>
    textField(name, t(`cases.forms.${name}`), values, {
      maxlength: 40,
      half: true,
      autocomplete: 'off',
      hint: masked ? t('cases.forms.keptNumber', { text: masked }) : undefined,
      ...options,
    });
  return [
    number('phone', claimant?.phone && maskPhone(claimant.phone), { inputmode: 'tel' }),
    number('idNumber', claimant?.idNumber && maskIdNumber(claimant.idNumber), {}),
    ...(claimant?.phone || claimant?.idNumber
      ? [tickField('clearNumbers', t('cases.forms.clearNumbers'), values)]
      : []),
  ];
}

function storedValues(claimant: Claimant | undefined, primaryType: ClaimType): Posted {
  if (!claimant) return { type1: primaryType };
  const yuan = (fen: number | null): string => (fen === null ? '' : formatYuan(fen));
  const lines = (claimant.claims ?? []).flatMap((claim, index) => [
    [`type${index + 1}`, claim.type],
    [`claimed${index + 1}`, yuan(claim.claimedFen)],
    [`verified${index + 1}`, yuan(claim.verifiedFen)],
    [`agreed${index + 1}`, yuan(claim.agreedFen)],
    [`above${index + 1}`, exceedsClaim(claim) ? 'yes' : ''],
  ]);
  const { name, gender, migrant, overRetirementAge } = claimant;
  return {
    name,
    gender: gender ?? '',
    migrant: migrant === null ? '' : migrant ? 'yes' : 'no',
    overRetirementAge: overRetirementAge ? 'yes' : '',
    ...(Object.fromEntries(lines) as Posted),
  };
}
