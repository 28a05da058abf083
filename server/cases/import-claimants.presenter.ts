import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';
import { areaField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { FormView, Notice, Row, Table } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';
import { becomesMajor } from './groups.presenter.ts';
import { readClaimantList, type ClaimantLine, type ClaimantList } from './claimant-list.rules.ts';

/** The address at which a list of people is pasted. */
export const importPath = (caseId: string): string => `/cases/${caseId}/claimants/import`;

/** The page of a list of people: the text or file to begin with; with a text, what would be taken and what not. */
export function presentClaimantImport(page: CasePage, state: FormState, key: string, t: Translate) {
  const { disputeCase, claimants } = page;
  const title = t('group.import.title');
  const text = typeof state.values['text'] === 'string' ? state.values['text'] : '';
  const list = text.trim() === '' ? null : readClaimantList(text, claimants);
  const back = { label: disputeCase.number ?? disputeCase.title, href: `/cases/${disputeCase.id}` };
  return {
    title,
    header: { title, back, lead: t('group.import.lead') },
    ...(list && presentPreview(list, page, text, key, t)),
    listTitle: t(list ? 'group.import.correct' : 'group.import.list'),
    form: withErrors(listForm(disputeCase.id, state, t), state.errors, t),
  };
}

function listForm(caseId: string, { values }: FormState, t: Translate): FormView {
  return {
    action: `${importPath(caseId)}/preview`,
    method: 'post',
    multipart: true,
    fields: [
      areaField('text', t('group.import.text'), values, { rows: 12, hint: t('group.import.textHint') }),
      {
        kind: 'file',
        name: 'file',
        label: t('group.import.file'),
        hint: t('group.import.fileHint'),
        accept: '.xlsx,.csv',
      },
    ],
    submit: { label: t('group.import.look') },
    cancel: { label: t('common.cancel'), href: `/cases/${caseId}` },
  };
}

function presentPreview(list: ClaimantList, page: CasePage, text: string, key: string, t: Translate) {
  const { disputeCase } = page;
  const taken = list.lines.filter(({ faults }) => faults.length === 0);
  const major = becomesMajor(page, taken.length, t);
  const faulty = list.lines.filter(({ faults }) => faults.length > 0);
  const confirmation: FormView = {
    action: importPath(disputeCase.id),
    method: 'post',
    version: disputeCase.version,
    idempotencyKey: key,
    fields: [{ kind: 'hidden', name: 'text', id: 'confirmedText', value: text }],
    submit: { label: t('group.import.confirm', { count: taken.length }) },
  };
  return {
    summary: summaryOf(list, taken, faulty.length, t),
    major: major ? { tone: 'info', text: major } : null,
    faulty: faulty.length > 0 ? faultyTable(faulty, t) : null,
    taken: taken.length > 0 ? { table: takenTable(taken, t), confirmation } : null,
  };
}

function summaryOf(
  { lines, unused }: ClaimantList,
  taken: ClaimantLine[],
  faulty: number,
  t: Translate,
): Notice {
  return {
    tone: faulty > 0 || taken.length === 0 ? 'warn' : 'good',
    text: t('group.import.found', { lines: lines.length, taken: taken.length, faulty }),
    lines: [
      t('group.import.sums', {
        claimed: sumOf(
          taken.map(({ claimedFen }) => claimedFen),
          t,
        ),
        agreed: sumOf(
          taken.map(({ agreedFen }) => agreedFen),
          t,
        ),
      }),
      ...(unused.length > 0 ? [t('group.import.unused', { headers: unused.join(t('common.comma')) })] : []),
    ],
  };
}

function sumOf(amounts: (number | null)[], t: Translate): string {
  const known = amounts.filter((fen) => fen !== null);
  if (known.length === 0) return t('group.import.noAmount');
  const sum = known.reduce((total, fen) => total + fen, 0);
  return t('cases.page.yuan', { amount: formatYuan(sum) });
}

function faultyTable(lines: ClaimantLine[], t: Translate): Table {
  return {
    caption: t('group.import.faulty'),
    captionHidden: true,
    columns: [
      { label: t('group.import.line'), look: 'number' },
      { label: t('cases.page.worker') },
      { label: t('group.import.faults'), look: 'wide' },
    ],
    rows: lines.map(({ row, name, faults }) => ({
      cells: [
        { text: String(row) },
        { text: name || t('common.none') },
        { text: faults.map(({ sentence, values }) => t(sentence, values)).join(' ') },
      ],
    })),
    empty: { title: '' },
  };
}

function takenTable(lines: ClaimantLine[], t: Translate): Table {
  return {
    caption: t('group.import.taken'),
    captionHidden: true,
    columns: [
      { label: t('cases.page.worker') },
      { label: t('cases.forms.idNumber') },
      { label: t('cases.forms.phone') },
      { label: t('cases.page.claimedFen'), look: 'number' },
      { label: t('cases.page.agreedFen'), look: 'number' },
    ],
    rows: lines.map((line) => takenRow(line, t)),
    empty: { title: '' },
  };
}

function takenRow({ name, idNumber, phone, gender, birthDate, ...line }: ClaimantLine, t: Translate): Row {
  const none = t('common.none');
  const amount = (fen: number | null): string => (fen === null ? none : formatYuan(fen));
  const leftOut = line.leftOut.join(t('common.comma'));
  return {
    cells: [
      { text: name, secondary: leftOut === '' ? undefined : t('group.import.leftOut', { text: leftOut }) },
      {
        text: idNumber ? maskIdNumber(idNumber) : none,
        secondary:
          [gender && t(`cases.genders.${gender}`), birthDate].filter(Boolean).join(t('common.comma')) ||
          undefined,
      },
      { text: phone ? maskPhone(phone) : none },
      { text: amount(line.claimedFen) },
      { text: amount(line.agreedFen) },
    ],
  };
}
