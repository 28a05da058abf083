import { paperPath } from '../documents/paths.rules.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, choiceField, textField } from '../web/fields.ts';
import type { Link, SummaryList, SummaryRow } from '../web/view-model.ts';
import type { ActionFields } from './case-form.controller.ts';
import type { CasePage } from './case-page.queries.ts';
import { isRepresented, REPORT_WAYS } from './groups.rules.ts';
import { seenName, seenText } from './privacy.rules.ts';

/** What representatives may do unless the workers say otherwise; case files are in Chinese (办案规则 63). */
const USUAL_POWERS =
  '代为陈述事实、提交证据、参加调解、收受文书。变更或者放弃请求、承认对方的请求、进行和解、撤回申请，须经被代表的劳动者同意。';

/** What a collective case has and still lacks, and who does it; null for every other case, and a closed one that has nothing. */
export function groupPanel(page: CasePage, t: Translate): SummaryList | null {
  const { disputeCase, group } = page;
  if (!disputeCase.collective || (isClosed(page) && group === null)) return null;
  return { rows: [representativesRow(page, t), countyRow(page, t)] };
}

const isClosed = ({ disputeCase }: CasePage): boolean => disputeCase.state === 'closed';

function representativesRow(page: CasePage, t: Translate): SummaryRow {
  const { claimants, privacy, group, actions, disputeCase } = page;
  const elected = claimants.filter(({ representative }) => representative);
  const names = elected.flatMap(({ name }) => seenName(name, privacy) ?? []);
  const complete = isRepresented(elected.length);
  const powers = group?.powers ? [seenText(group.powers, page)] : [];
  return {
    key: t('group.panel.representatives'),
    value: t(elected.length > 0 ? 'group.panel.elected' : 'group.panel.notElected', {
      count: elected.length,
    }),
    lines: [
      ...(names.length > 0 ? [names.join(t('common.comma'))] : []),
      ...(elected.length > 0 ? powers : []),
      ...(complete || isClosed(page) ? [] : [t('group.panel.mayElect')]),
    ],
    actions: [
      ...(actions.has('electRepresentatives')
        ? [
            {
              label: t(elected.length > 0 ? 'group.panel.electAnew' : 'cases.actions.electRepresentatives'),
              href: `/cases/${disputeCase.id}/representatives`,
            },
          ]
        : []),
      ...paperLink(page, 'representatives', t),
    ],
  };
}

function countyRow(page: CasePage, t: Translate): SummaryRow {
  const { group, actions, disputeCase } = page;
  const { reportedOn = null, reportedTo = null, reportedBy = null } = group ?? {};
  const sent = reportedOn && reportedTo && reportedBy;
  return {
    key: t('group.panel.county'),
    value: sent ? t('group.panel.reported', { day: reportedOn }) : t('group.panel.notReported'),
    tag: sent || isClosed(page) ? undefined : { text: t('group.panel.open'), tone: 'info' },
    lines: sent
      ? [t('group.panel.reportedTo', { to: seenText(reportedTo, page), way: t(`group.ways.${reportedBy}`) })]
      : isClosed(page)
        ? []
        : [t('group.panel.mustReport')],
    actions: [
      ...paperLink(page, 'countyReport', t),
      ...(actions.has('reportToCounty')
        ? [
            {
              label: t(sent ? 'group.panel.reportAgain' : 'cases.actions.reportToCounty'),
              href: `/cases/${disputeCase.id}/county-report`,
            },
          ]
        : []),
    ],
  };
}

/** The paper, for who may see papers. */
function paperLink(
  { privacy, disputeCase }: CasePage,
  form: 'representatives' | 'countyReport',
  t: Translate,
): Link[] {
  if (privacy !== 'open') return [];
  return [{ label: t(`documents.forms.${form}`), href: paperPath(disputeCase.id, form, null) }];
}

/** That so many more workers make a case major, which then goes to the town; undefined where they do not. */
export function becomesMajor(page: CasePage, joining: number, t: Translate): string | undefined {
  const { disputeCase, claimants, groupWorkers } = page;
  const workers = Math.max(disputeCase.workers, claimants.length + joining);
  const goesUp = !disputeCase.collective && levelBelowTown(disputeCase.level) && workers >= groupWorkers;
  return goesUp ? t('group.becomesMajor', { workers }) : undefined;
}

const levelBelowTown = (level: CasePage['disputeCase']['level']): boolean =>
  level !== null && level !== 'town';

/** The workers to tick, and what those who are elected may do. */
export function electionFields({ claimants, group }: CasePage, values: Posted, t: Translate): ActionFields {
  const typed = Object.keys(values).length > 0;
  const ticked = new Set<unknown>(
    typed
      ? [values['representatives'] ?? []].flat()
      : claimants.filter(({ representative }) => representative).map(({ id }) => id),
  );
  return {
    lead: t('group.election.lead'),
    fields: [
      {
        kind: 'checkboxes',
        name: 'representatives',
        label: t('group.election.who'),
        hint: t('group.election.whoHint'),
        search: t('group.election.search'),
        inline: true,
        options: claimants.map(({ id, name }, index) => ({
          value: id,
          text: `${index + 1} ${name}`,
          selected: ticked.has(id),
        })),
      },
      areaField(
        'powers',
        t('group.election.powers'),
        { powers: group?.powers ?? USUAL_POWERS, ...values },
        {
          rows: 4,
          maxlength: 1000,
          required: true,
          hint: t('group.election.powersHint'),
        },
      ),
    ],
  };
}

/** When the county was told, whom, and how. */
export function countyReportFields(
  { group, county }: CasePage,
  values: Posted,
  today: string,
  t: Translate,
): ActionFields {
  const shown: Posted = { reportedOn: today, reportedTo: group?.reportedTo ?? county, ...values };
  return {
    lead: t('group.report.lead'),
    fields: [
      textField('reportedOn', t('group.report.on'), shown, { kind: 'date', required: true }),
      textField('reportedTo', t('group.report.to'), shown, {
        maxlength: 100,
        required: true,
        hint: t('group.report.toHint'),
      }),
      choiceField(
        'radio',
        'reportedBy',
        t('group.report.by'),
        REPORT_WAYS,
        (way) => t(`group.ways.${way}`),
        shown,
        { required: true, inline: true },
      ),
    ],
  };
}
