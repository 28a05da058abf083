import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { choiceField, textField } from '../web/fields.ts';
import { typed, withErrors, type FormState } from '../web/form-view.ts';
import type { Field, FormView, Row, Table } from '../web/view-model.ts';
import { ATTACHMENT_ACCEPT, ATTACHMENT_KINDS } from './attachment.rules.ts';
import type { CaseFiles } from './attachments.service.ts';
import { paperKey, signedPaper } from './forms.rules.ts';
import { backToCase } from './documents.presenter.ts';

/** The papers of which a file can be the signed copy, by what names them; a record by its day too. */
function paperNames(papers: CaseFiles['papers'], t: Translate): Map<string, string> {
  return new Map(
    papers.map(({ form, session }) => [
      paperKey(form, session?.id ?? null),
      [t(`documents.forms.${form}`), session?.startsAt].filter(Boolean).join(' '),
    ]),
  );
}

/** The page on which it is said of which paper a file is the signed copy. */
export function presentTie(
  { caseId, papers }: CaseFiles,
  file: CaseFiles['attachments'][number],
  { values, errors }: FormState,
  key: string,
  t: Translate,
) {
  const stored = signedPaper(file);
  const names = paperNames(papers, t);
  // A paper that makes no sense any more stays the one that the file belongs to.
  if (stored !== null && !names.has(stored)) names.set(stored, t(`documents.forms.${file.form!}`));
  const late = errors.some(({ sentence }) => sentence === 'errors.stale');
  // Sent once more as it stands, a late form changes nothing; what was chosen before is told beside it.
  const chosen = names.get(typed({ values, errors }, 'paper')) ?? t('common.none');
  const title = t('documents.tie.title', { name: file.fileName });
  const list = `/cases/${caseId}/attachments`;
  const form: FormView = {
    action: `${list}/${file.id}/paper`,
    method: 'post',
    idempotencyKey: key,
    fields: [
      choiceField(
        ...(['select', 'paper', t('documents.attachments.paper'), [...names.keys()]] as const),
        (one) => names.get(one)!,
        late ? { paper: stored } : { paper: stored, ...values },
        { emptyText: t('common.none'), hint: late ? t('documents.tie.late', { chosen }) : undefined },
      ),
      {
        kind: 'hidden',
        name: 'shown',
        value: late ? (stored ?? '') : typed({ values: { shown: stored, ...values }, errors }, 'shown'),
      },
    ],
    submit: { label: t('documents.tie.submit') },
    cancel: { label: t('common.cancel'), href: list },
  };
  return {
    title,
    header: {
      title,
      back: { label: t('documents.attachments.list'), href: list },
      lead: t('documents.tie.lead'),
    },
    form: withErrors(form, errors, t),
  };
}

/** The files of a case, and the form for another one. */
export function presentAttachments(files: CaseFiles, state: FormState, key: string, t: Translate) {
  const { caseId, name } = files;
  const title = t('documents.attachments.title', { name });
  return {
    title,
    header: { title, back: backToCase(caseId, t), lead: t('documents.attachments.lead') },
    table: attachmentTable(caseId, files.attachments, t),
    form: withErrors(uploadForm(files, state, key, t), state.errors, t),
  };
}

/** What was kept, by whom and when; what is void says why. */
export function attachmentTable(caseId: string, attachments: CaseFiles['attachments'], t: Translate): Table {
  return {
    caption: t('documents.attachments.list'),
    captionHidden: true,
    columns: [
      { label: t('documents.attachments.file') },
      { label: t('documents.attachments.kind') },
      { label: t('documents.attachments.size'), look: 'number' },
      { label: t('documents.attachments.uploaded') },
      { label: t('documents.attachments.state') },
    ],
    rows: attachments.map((attachment) => attachmentRow(caseId, attachment, t)),
    empty: { title: t('documents.attachments.none') },
  };
}

function attachmentRow(caseId: string, file: CaseFiles['attachments'][number], t: Translate): Row {
  const address = `/cases/${caseId}/attachments/${file.id}`;
  const isVoid = file.voidedAt !== null;
  return {
    cells: [
      { text: file.fileName, href: address, secondary: file.note ?? undefined },
      {
        text: t(`documents.kinds.${file.kind}`),
        secondary: file.form
          ? t('documents.tie.of', { paper: t(`documents.forms.${file.form}`) })
          : undefined,
        seldom: isVoid
          ? undefined
          : { label: t('documents.tie.action'), href: `${address}/paper`, context: file.fileName },
      },
      { text: sizeText(file.byteLength) },
      { text: wallClock(file.uploadedAt), secondary: file.uploadedBy?.displayName },
      {
        text: '',
        tag: isVoid
          ? { text: t('documents.void.tag'), tone: 'bad' }
          : { text: t('documents.attachments.kept'), tone: 'good' },
        secondary: file.voidReason ?? undefined,
        button: isVoid
          ? undefined
          : { label: t('documents.void.action'), href: `${address}/void`, context: file.fileName },
      },
    ],
  };
}

/** A size as people read it; a small file counts as 1 KB. */
function sizeText(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return kilobytes < 1024 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

function uploadForm(
  { caseId, papers, payments }: CaseFiles,
  { values }: FormState,
  key: string,
  t: Translate,
): FormView {
  const link = (name: 'paper' | 'paymentId', texts: Map<string, string>): Field[] =>
    texts.size === 0
      ? []
      : [
          choiceField(
            'select',
            name,
            t(`documents.attachments.${name}`),
            [...texts.keys()],
            (id) => texts.get(id)!,
            values,
            { emptyText: t('common.none'), half: true },
          ),
        ];
  return {
    action: `/cases/${caseId}/attachments`,
    method: 'post',
    multipart: true,
    idempotencyKey: key,
    fields: [
      {
        kind: 'file',
        name: 'file',
        label: t('documents.attachments.choose'),
        hint: t('documents.attachments.hint'),
        accept: ATTACHMENT_ACCEPT,
        required: true,
      },
      choiceField(
        'select',
        'kind',
        t('documents.attachments.kind'),
        ATTACHMENT_KINDS,
        (code) => t(`documents.kinds.${code}`),
        values,
        { emptyText: t('common.choose'), required: true, half: true },
      ),
      textField('note', t('documents.attachments.note'), values, { maxlength: 500, half: true }),
      ...link('paper', paperNames(papers, t)),
      ...link(
        'paymentId',
        new Map(payments.map(({ id, paidOn, amountFen }) => [id, `${paidOn} ${formatYuan(amountFen)}`])),
      ),
    ],
    submit: { label: t('documents.attachments.submit') },
    cancel: { label: t('common.cancel'), href: `/cases/${caseId}#papers` },
  };
}
