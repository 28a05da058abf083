import type { WageFinding, WageReport } from '../../models/wage-checks.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan, groupDigits } from '../shared/money.ts';
import type { Tabs, Tag, Tone } from '../web/view-model.ts';
import { reportedPayState } from './reports.rules.ts';
import type { CheckState, PayState } from './wage-checks.rules.ts';

const STATE_TONES: Record<CheckState, Tone> = {
  ...{ open: 'neutral', reported: 'info', contradicted: 'bad', notDue: 'info' },
  ...{ fine: 'good', arrears: 'bad', rectifying: 'warn', leftOut: 'neutral' },
};

/** A check as it is read, as far as its state is said. */
interface Stated {
  state: CheckState;
  leftOutReason?: string | null;
}

/** The state of a check in words; an open one is 未报 where an informant owes a report, else 未检查. */
export function stateTag({ state, leftOutReason }: Stated, reportDue: boolean, t: Translate): Tag {
  const tone = STATE_TONES[state];
  if (state === 'open' && reportDue) return { text: t('wage-checks.states.notReported'), tone: 'warn' };
  if (state === 'leftOut' && leftOutReason)
    return {
      text: t('wage-checks.leftOutFor', { reason: t(`wage-checks.leftOutReasons.${leftOutReason}`) }),
      tone,
    };
  return { text: t(`wage-checks.states.${state}`), tone };
}

/** The state in one or two characters, as a cell of the board has it. */
export function shortStateTag(state: CheckState, t: Translate): Tag {
  return { text: t(`wage-checks.short.${state}`), tone: STATE_TONES[state] };
}

const PAY_TONES: Record<PayState, Tone> = { paid: 'good', partly: 'bad', unpaid: 'bad', notDue: 'info' };

export function payStateTag(state: PayState, t: Translate): Tag {
  return { text: t(`wage-checks.payStates.${state}`), tone: PAY_TONES[state] };
}

/** The tabs above the pages of the round. */
export function roundTabs(current: 'list' | 'board', month: string | null, t: Translate): Tabs {
  const query = month ? `?month=${month}` : '';
  return {
    label: t('wage-checks.tabs.label'),
    tabs: [
      { label: t('wage-checks.tabs.list'), href: `/wage-checks${query}`, current: current === 'list' },
      { label: t('wage-checks.tabs.board'), href: '/wage-checks/board', current: current === 'board' },
    ],
  };
}

/** What a report or a finding says beyond the payment, each with what it is called; nothing where nothing is said. */
export function signLines(of: WageReport | WageFinding, t: Translate): [string, string][] {
  const word = (name: string): string => t(`wage-checks.fields.${name}`);
  const yesNo = (value: boolean): string => t(value ? 'common.yes' : 'common.no');
  const lines: [string, string][] = [];
  if (of.arrearsFen > 0 || of.arrearsPeople > 0)
    lines.push([
      t('wage-checks.arrears'),
      t('wage-checks.arrearsOf', {
        people: groupDigits(of.arrearsPeople),
        amount: formatYuan(of.arrearsFen),
        since: of.arrearsSince ?? t('common.unknown'),
      }),
    ]);
  if (of.deferredUntil) lines.push([word('deferredUntil'), of.deferredUntil]);
  if (of.deferralConsent !== null) lines.push([word('deferralConsent'), yesNo(of.deferralConsent)]);
  if (of.belowMinimum !== null) lines.push([word('belowMinimum'), yesNo(of.belowMinimum)]);
  if (of.leaversUnpaid)
    lines.push([
      word('leaversUnpaid'),
      t('wage-checks.leaversSince', { count: of.leaversUnpaid, day: of.leaversUnpaidSince ?? '' }),
    ]);
  if (of.risks.length > 0)
    lines.push([
      t('wage-checks.risksTitle'),
      of.risks.map((sign) => t(`wage-checks.risks.${sign}`)).join(t('common.comma')),
    ]);
  return lines;
}

/** The same as sentences. */
export function signTexts(of: WageReport | WageFinding, t: Translate): string[] {
  return signLines(of, t).map(([label, text]) => t('common.labelled', { label, text }));
}

/** What a time line says of a report: who gave it (an informant by `code`, where the reader may know it), and its figures. */
export function reportWords(report: WageReport, code: string | null, t: Translate) {
  const { source, openKey, payDueOn, reportedOn } = report;
  const figures = t('wage-checks.page.reportLine', {
    headcount: groupDigits(report.headcount),
    paid: groupDigits(report.paidPeople),
    unpaid: groupDigits(report.unpaidPeople),
    amount: formatYuan(report.arrearsFen),
  });
  return {
    who: code ?? t(source === 'employer' ? 'wage-checks.page.employer' : 'wage-checks.page.someInformant'),
    state: t(`wage-checks.payStates.${reportedPayState(report, payDueOn, reportedOn)}`),
    lines: [figures, ...(openKey === null ? [t('wage-checks.page.correctedLater')] : [])],
  };
}
