import type { PapersOfCase } from '../documents/case-file.service.ts';
import { copiesOf } from '../documents/forms.rules.ts';
import { paperPath, particularsPath } from '../documents/paths.rules.ts';
import { dayOf } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import type { Action, Cell, Row, Table, Tag } from '../web/view-model.ts';

/** The papers of a case: what it must or can have now, what they lack, what is final, and the files beside them. */
export function presentPapers(papers: PapersOfCase | null, t: Translate) {
  if (papers === null) return null;
  const { caseId } = papers.data;
  const at = `/cases/${caseId}`;
  const actions: Action[] = [
    { label: t('documents.attachments.add'), href: `${at}/attachments` },
    {
      label: t('documents.particulars.enter'),
      href: particularsPath({ caseId, subject: 'case', id: caseId }),
    },
    { label: t('documents.file.print'), href: `${at}/file` },
    { label: t('documents.file.zip'), href: `${at}/file.zip` },
  ];
  const files = fileTable(papers, t);
  return { list: paperTable(papers, t), files: files.rows.length > 0 ? files : null, actions };
}

function paperTable({ data, papers, attachments }: PapersOfCase, t: Translate): Table {
  return {
    caption: t('documents.title'),
    captionHidden: true,
    columns: [
      { label: t('documents.paper'), look: 'wide' },
      { label: t('documents.standing') },
      { label: t('documents.lacks'), look: 'wide' },
      { label: t('documents.signedCopies') },
    ],
    rows: papers.map(({ form, session, standing, missing, final }): Row => {
      const fields = [...new Set(missing.map(({ field }) => t(`documents.fields.${field}`)))];
      return {
        cells: [
          {
            text: t(`documents.forms.${form}`),
            href: paperPath(data.caseId, form, session?.id ?? null),
            secondary: session?.startsAt,
          },
          { text: '', tag: final ? FINAL(t) : standingTag(standing, t) },
          { text: fields.length > 0 ? fields.join(t('common.comma')) : t('common.none') },
          signedCell(data.caseId, copiesOf(attachments, form, session?.id ?? null), t),
        ],
      };
    }),
    empty: { title: t('documents.none') },
  };
}

/** The first signed copy of a paper, and how many there are. */
function signedCell(caseId: string, copies: PapersOfCase['attachments'], t: Translate): Cell {
  const [first] = copies;
  if (!first) return { text: t('common.none') };
  return {
    text: first.fileName,
    href: `/cases/${caseId}/attachments/${first.id}`,
    secondary: copies.length > 1 ? t('documents.signedCount', { count: copies.length }) : undefined,
  };
}

const FINAL = (t: Translate): Tag => ({ text: t('documents.standings.final'), tone: 'good' });

function standingTag(standing: 'due' | 'possible', t: Translate): Tag {
  return { text: t(`documents.standings.${standing}`), tone: standing === 'due' ? 'info' : 'neutral' };
}

/** The files that are not void. */
function fileTable({ data, attachments }: PapersOfCase, t: Translate): Table {
  return {
    caption: t('documents.attachments.list'),
    columns: [
      { label: t('documents.attachments.file') },
      { label: t('documents.attachments.kind') },
      { label: t('documents.attachments.uploaded') },
    ],
    rows: attachments
      .filter(({ voidedAt }) => voidedAt === null)
      .map(({ id, fileName, kind, form, uploadedAt }) => ({
        cells: [
          { text: fileName, href: `/cases/${data.caseId}/attachments/${id}` },
          {
            text: t(`documents.kinds.${kind}`),
            secondary: form ? t('documents.tie.of', { paper: t(`documents.forms.${form}`) }) : undefined,
          },
          { text: dayOf(uploadedAt) },
        ],
      })),
    empty: { title: t('documents.attachments.none') },
  };
}
