import { dayOf, wallClock, type CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import type { Link, Table, Tone } from '../web/view-model.ts';
import type { SessionState } from '../mediation/mediation.rules.ts';
import type { CasePage } from './case-page.queries.ts';

const TONES: Record<SessionState, Tone> = { planned: 'info', held: 'good', cancelled: 'neutral' };

/** The sessions of a case, the next one first: when, where, who, and what was said as `seen` by the reader. */
export function sessionTable(
  page: CasePage,
  today: CalendarDay,
  t: Translate,
  seen: (text: string) => string,
): Table {
  return {
    caption: t('mediation.sessions'),
    captionHidden: true,
    columns: [
      { label: t('mediation.sessionOn') },
      { label: t('mediation.place') },
      { label: t('mediation.attendees'), look: 'wide' },
      { label: t('mediation.sessionState') },
    ],
    rows: page.sessions.map((session) => ({
      cells: [
        {
          text: `${wallClock(session.startsAt)}–${wallClock(session.endsAt).slice(-5)}`,
          secondary: carriedFrom(page, session, t),
        },
        { text: session.place ?? session.room?.name ?? '' },
        {
          text: seen(session.attendees),
          secondary: session.minutes ? seen(session.minutes) : undefined,
        },
        {
          text: '',
          tag: {
            text: t(`mediation.sessionStates.${session.state}`),
            tone: TONES[session.state],
          },
          button: nextStep(page, session, today, t),
        },
      ],
    })),
    empty: { title: t('mediation.noSessions') },
  };
}

/** The case in which it was held before a worker was split off. */
function carriedFrom(
  { linkedCases }: CasePage,
  { fromCaseId }: CasePage['sessions'][number],
  t: Translate,
): string | undefined {
  const from = fromCaseId && linkedCases.get(fromCaseId);
  return from ? t('group.carried', { case: from }) : undefined;
}

/** Before it begins a session can be called off, afterwards its minutes are written. */
function nextStep(
  { disputeCase, actions }: CasePage,
  { id, state, startsAt }: CasePage['sessions'][number],
  today: CalendarDay,
  t: Translate,
): Link | undefined {
  if (state !== 'planned') return undefined;
  const step = dayOf(startsAt) <= today ? 'recordSession' : 'cancelSession';
  if (!actions.has(step)) return undefined;
  const noun = step === 'recordSession' ? 'minutes' : 'cancellation';
  return {
    label: t(`cases.actions.${step}`),
    href: `/cases/${disputeCase.id}/sessions/${id}/${noun}`,
    context: wallClock(startsAt),
  };
}
