import type { Translate } from '../shared/language.ts';
import type { Tabs, Tag, Tone } from '../web/view-model.ts';
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
