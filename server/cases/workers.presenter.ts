import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';
import type { Cell, Row, Table } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';
import { seenName } from './privacy.rules.ts';

/** The workers and what each asks for, as far as this reader may know them. */
export function workersTable(page: CasePage, t: Translate): Table {
  const { claimants, privacy, actions, disputeCase } = page;
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
    rows: claimants.flatMap((claimant, index): Row[] => {
      const name = seenName(claimant.name, privacy) ?? t('cases.page.hiddenWorker', { number: index + 1 });
      const href =
        actions.has('recordClaims') && privacy === 'open'
          ? `/cases/${disputeCase.id}/claimants/${claimant.id}`
          : undefined;
      const claims = claimant.claims ?? [];
      const worker: Cell = { text: name, href, secondary: workerNotes(claimant, t) };
      const amounts = (claim: (typeof claims)[number]): Cell[] =>
        [claim.claimedFen, claim.verifiedFen, claim.agreedFen].map((fen) => ({
          text: fen === null ? t('common.none') : formatYuan(fen),
        }));
      const contact = contactCell(claimant, page, t);
      if (claims.length === 0)
        return [
          {
            cells: [
              worker,
              contact,
              { text: t('common.none') },
              ...Array.from({ length: 3 }, () => ({ text: t('common.none') })),
            ],
          },
        ];
      return claims.map((claim, row) => ({
        cells: [
          row === 0 ? worker : { text: name },
          row === 0 ? contact : { text: '' },
          { text: t(`cases.types.${claim.type}`) },
          ...amounts(claim),
        ],
      }));
    }),
    empty: { title: t('cases.page.noWorkers') },
  };
}

function workerNotes(claimant: CasePage['claimants'][number], t: Translate): string {
  return [
    claimant.gender && t(`cases.genders.${claimant.gender}`),
    claimant.migrant === true && t('cases.page.migrant'),
    claimant.overRetirementAge && t('cases.page.overRetirementAge'),
  ]
    .filter(Boolean)
    .join(t('common.comma'));
}

/** The phone masked, and the way to see it; a reader who may not see names sees neither. */
function contactCell(
  claimant: CasePage['claimants'][number],
  { privacy, disputeCase }: CasePage,
  t: Translate,
): Cell {
  if (privacy === 'hidden') return { text: t('cases.page.afterTakeOver') };
  const phone = claimant.phone && maskPhone(claimant.phone);
  const idNumber = claimant.idNumber && maskIdNumber(claimant.idNumber);
  const text = phone ?? t('common.none');
  const revealable = privacy === 'open' && (phone || idNumber);
  return {
    text: revealable ? t('cases.page.reveal', { text: phone ?? idNumber ?? '' }) : text,
    href: revealable ? `/cases/${disputeCase.id}/claimants/${claimant.id}/reveals` : undefined,
    secondary: phone && idNumber ? idNumber : undefined,
  };
}
