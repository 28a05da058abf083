import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, choiceField } from '../web/fields.ts';
import { newFormKey, withErrors, type FormState } from '../web/form-view.ts';
import type { Action, FormView, Link, Notice } from '../web/view-model.ts';
import type { WholeFile } from './case-file.service.ts';
import { COPY_OUTPUTS, COPY_REASONS, FILE_OUTPUTS } from './copies.rules.ts';
import type { OpenPaper } from './documents.service.ts';
import { FORMS } from './forms.rules.ts';
import type { Missing } from './paper-fields.rules.ts';
import { missingInWords } from './missing.rules.ts';
import { footOf } from './paper-foot.rules.ts';
import { printed, type Block, type Paper } from './paper.rules.ts';
import { paperPath } from './paths.rules.ts';

const NOTHING_TYPED: FormState = { values: {}, errors: [] };

/** One document as its page says it: what to do with it, and the sheet itself. */
export function presentPaper(
  open: OpenPaper,
  t: Translate,
  { numbers, copy = NOTHING_TYPED }: { numbers: 'masked' | 'full'; copy?: FormState },
) {
  const { disputeCase, form, session, frozen, missing } = open;
  const { id: caseId } = disputeCase;
  const address = (deed: 'docx' | 'copies'): string => paperPath(caseId, form, session?.id ?? null, deed);
  return {
    title: t(`documents.forms.${form}`),
    back: backToCase(caseId, t),
    notices: [stateNotice(open, t), missingNotice(missing, t)].filter((notice) => notice !== null),
    missing: { rows: missingInWords(open, t) },
    actions: [
      { label: t('documents.word'), href: address('docx') },
      ...finalAction(open, t),
      ...(frozen?.by
        ? [{ label: t('documents.void.action'), href: `/cases/${caseId}/finals/${frozen.id}/void` }]
        : []),
    ],
    copyForm: copyForm(address('copies'), COPY_OUTPUTS, copy, t),
    papers: [sheet(open.paper, frozen, numbers)],
  };
}

/** The whole case file: index and papers, each on pages of its own. */
export function presentWholeFile(
  { disputeCase, papers }: WholeFile,
  t: Translate,
  { numbers, copy = NOTHING_TYPED }: { numbers: 'masked' | 'full'; copy?: FormState },
) {
  const { id: caseId } = disputeCase;
  const lacking = papers.filter(({ missing }) => missing.length > 0);
  const notice: Notice = {
    tone: 'warn',
    text: t('documents.missing.inFile'),
    lines: lacking.map(({ form }) => t(`documents.forms.${form}`)),
  };
  return {
    title: t('documents.file.title'),
    back: backToCase(caseId, t),
    notices: lacking.length > 0 ? [notice] : [],
    missing: { rows: [] },
    actions: [{ label: t('documents.file.zip'), href: `/cases/${caseId}/file.zip` }],
    copyForm: copyForm(`/cases/${caseId}/file/copies`, FILE_OUTPUTS, copy, t),
    papers: papers.map(({ paper, frozen, copies }) => {
      const shown = sheet(paper, frozen, numbers);
      return { ...shown, foot: [...shown.foot, ...copies.map(signedFoot)] };
    }),
  };
}

/** The name under which a document is saved. */
export function fileNameOf({ paper: { title, number }, session }: OpenPaper): string {
  return `${[number, title, session?.startsAt.slice(0, 10)].filter(Boolean).join('-')}.docx`;
}

/** A document as text, and what stands at its foot. */
export function sheetAndFoot(
  { paper, frozen }: OpenPaper,
  numbers: 'masked' | 'full',
): [paper: Paper<string>, foot: string[]] {
  return [printed(paper, numbers), footOf(paper, frozen)];
}

/** A sheet as it is printed. */
function sheet(paper: Paper, frozen: OpenPaper['frozen'], numbers: 'masked' | 'full') {
  const { title, organisation, number, blocks } = printed(paper, numbers);
  return { title, organisation, number, blocks: blocks.map(viewOf), foot: footOf(paper, frozen) };
}

/** What lies behind a paper in the file: its signed copy, by name and digest. */
function signedFoot({ fileName, sha256 }: WholeFile['papers'][number]['copies'][number]): string {
  return `签字件：${fileName}（SHA-256：${sha256}）`;
}

/** A block as the view prints it: cells know how far they reach. */
function viewOf(block: Block<string>) {
  if ('grid' in block)
    return {
      grid: block.grid.map((row) =>
        row.map(({ label, value, wide }) => ({ label, value, span: wide || row.length === 1 ? 3 : 1 })),
      ),
    };
  if ('table' in block) {
    const { columns, rows, foot } = block.table;
    const cells = (texts: string[]) => texts.map((text, index) => ({ text, look: columns[index]!.look }));
    return { table: { columns, rows: rows.map(cells), foot: foot && cells(foot) } };
  }
  return block;
}

function stateNotice({ form, frozen }: OpenPaper, t: Translate): Notice {
  if (!frozen)
    return {
      tone: 'info',
      text: t(FORMS[form].bySignature ? 'documents.notFinal.bySignature' : 'documents.notFinal.byButton'),
    };
  const { on, by, sha256 } = frozen;
  return {
    tone: 'good',
    text: by ? t('documents.final.by', { day: on, who: by }) : t('documents.final.bySignature', { day: on }),
    lines: [t('documents.final.checksum', { sha256 })],
  };
}

function missingNotice(missing: Missing[], t: Translate): Notice | null {
  return missing.length > 0 ? { tone: 'warn', text: t('documents.missing.lead') } : null;
}

function finalAction({ disputeCase, form, session, sha256, frozen }: OpenPaper, t: Translate): Action[] {
  if (frozen || FORMS[form].bySignature) return [];
  return [
    {
      label: t('documents.makeFinal'),
      post: paperPath(disputeCase.id, form, session?.id ?? null, 'final'),
      idempotencyKey: newFormKey(),
      hidden: [{ name: 'shown', value: sha256 }],
    },
  ];
}

/** Asks why a copy in full is wanted, and as what. */
function copyForm(
  action: string,
  outputs: readonly string[],
  { values, errors }: FormState,
  t: Translate,
): FormView {
  const choice = (name: 'reason' | 'output', codes: readonly string[], shown: Posted) =>
    choiceField(
      'radio',
      name,
      t(`documents.copy.${name}`),
      codes,
      (code) => t(name === 'reason' ? `cases.reasons.${code}` : `documents.copy.${code}`),
      shown,
      {
        required: true,
        inline: true,
      },
    );
  const form: FormView = {
    action,
    method: 'post',
    fields: [
      choice('reason', COPY_REASONS, values),
      choice('output', outputs, { output: outputs[0], ...values }),
    ],
    submit: { label: t('documents.copy.submit'), look: 'plain' },
  };
  return withErrors(form, errors, t);
}

/** Asks why a final version or a file is declared void. */
export function presentVoiding(
  { caseId, name, action }: { caseId: string; name: string; action: string },
  { values, errors }: FormState,
  key: string,
  t: Translate,
) {
  const title = t('documents.void.title', { name });
  const form: FormView = {
    action,
    method: 'post',
    idempotencyKey: key,
    fields: [
      areaField('reason', t('cases.forms.reason'), values, { rows: 2, maxlength: 500, required: true }),
    ],
    submit: { label: t('documents.void.action'), look: 'danger' },
    cancel: { label: t('common.cancel'), href: `/cases/${caseId}#papers` },
  };
  return {
    title,
    header: { title, back: backToCase(caseId, t), lead: t('documents.void.lead') },
    form: withErrors(form, errors, t),
  };
}

export function backToCase(caseId: string, t: Translate): Link {
  return { label: t('documents.backToCase'), href: `/cases/${caseId}#papers` };
}
