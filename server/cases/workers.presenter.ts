import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';
import type { Cell, Link, Row, Table } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';
import { seenName } from './privacy.rules.ts';
import { revealPath } from './reveal.presenter.ts';

type Claimant = CasePage['claimants'][number];

/** The workers `shown` and what each asks for, as far as this reader may know them; the sums are those of all. */
export function workersTable(page: CasePage, t: Translate, shown = page.claimants): Table {
  return {
    caption: t('cases.page.workersTitle'),
    captionHidden: true,
    columns: [
      { label: t('cases.page.worker') },
      { label: t('cases.page.contact') },
      { label: t('cases.page.claim') },
      { label: t('cases.page.claimedFen'), look: 'number' },
      { label: t('cases.page.verifiedFen'), look: 'number' },
      { label: t('cases.page.agreedFen'), look: 'number' },
    ],
    rows: shown.flatMap((claimant) => workerRows(claimant, page, t)),
    foot: page.claimants.length > 1 ? sumCells(page, t) : undefined,
    empty: { title: t('cases.page.noWorkers') },
  };
}

function sumCells({ disputeCase, claimants }: CasePage, t: Translate): Cell[] {
  const { claimedFen, verifiedFen, agreedFen } = disputeCase;
  const sums = [claimedFen, verifiedFen, agreedFen].map((fen) => ({
    text: fen === null ? t('common.none') : formatYuan(fen),
  }));
  return [{ text: t('group.list.sums', { count: claimants.length }) }, { text: '' }, { text: '' }, ...sums];
}

/** A row for each claim of a worker; one without claims has a row too. */
function workerRows(claimant: Claimant, page: CasePage, t: Translate): Row[] {
  const number = page.claimants.indexOf(claimant) + 1;
  const name = seenName(claimant.name, page.privacy) ?? t('cases.page.hiddenWorker', { number });
  const claims = claimant.claims ?? [];
  const first: Cell[] = [
    {
      text: name,
      secondary: workerNotes(claimant, t),
      button: claimsButton(claimant, name, page, t),
      seldom: splitOffLink(claimant, name, page, t),
    },
    contactCell(claimant, page, t),
  ];
  const none = { text: t('common.none') };
  if (claims.length === 0) return [{ cells: [...first, none, none, none, none] }];
  return claims.map((claim, row) => ({
    cells: [
      ...(row === 0 ? first : [{ text: name }, { text: '' }]),
      { text: t(`cases.types.${claim.type}`) },
      ...[claim.claimedFen, claim.verifiedFen, claim.agreedFen].map((fen) =>
        fen === null ? none : { text: formatYuan(fen) },
      ),
    ],
  }));
}

/** The way to a worker's amounts, named by whether the mediator has entered any. */
function claimsButton(
  { id, claims = [] }: Claimant,
  name: string,
  { actions, privacy, disputeCase }: CasePage,
  t: Translate,
): Link | undefined {
  if (!actions.has('recordClaims') || privacy !== 'open') return undefined;
  const entered = claims.some(({ verifiedFen, agreedFen }) => verifiedFen !== null || agreedFen !== null);
  return {
    label: t(entered ? 'cases.page.changeAmounts' : 'cases.page.enterAmounts'),
    href: `/cases/${disputeCase.id}/claimants/${id}`,
    context: name,
  };
}

/** The way to a case of their own, as long as there are others. */
function splitOffLink(
  { id }: Claimant,
  name: string,
  { actions, privacy, disputeCase, claimants }: CasePage,
  t: Translate,
): Link | undefined {
  if (!actions.has('splitOff') || privacy !== 'open' || claimants.length < 2) return undefined;
  const href = `/cases/${disputeCase.id}/claimants/${id}/split-off`;
  return { label: t('cases.actions.splitOff'), href, context: name };
}

function workerNotes(claimant: Claimant, t: Translate): string {
  return [
    claimant.gender && t(`cases.genders.${claimant.gender}`),
    claimant.representative && t('group.representative'),
    claimant.migrant === true && t('cases.page.migrant'),
    claimant.overRetirementAge && t('cases.page.overRetirementAge'),
  ]
    .filter(Boolean)
    .join(t('common.comma'));
}

/** The phone masked, and the way to see it; a reader who may not see names sees neither. */
function contactCell(claimant: Claimant, { privacy, disputeCase }: CasePage, t: Translate): Cell {
  if (privacy === 'hidden') return { text: t('cases.page.afterTakeOver') };
  const phone = claimant.phone && maskPhone(claimant.phone);
  const idNumber = privacy === 'call' ? null : claimant.idNumber && maskIdNumber(claimant.idNumber);
  const text = phone ?? t('common.none');
  const revealable = privacy !== 'masked' && (phone || idNumber);
  return {
    text: revealable ? t('cases.page.reveal', { text: phone ?? idNumber ?? '' }) : text,
    href: revealable ? revealPath({ caseId: disputeCase.id, part: 'claimant', id: claimant.id }) : undefined,
    secondary: phone && idNumber ? idNumber : undefined,
  };
}
