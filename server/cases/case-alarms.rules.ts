import { basisOf } from '../case-routing/decision.rules.ts';
import type { Risk } from '../mediation/mediation.rules.ts';

/** What makes a case urgent for whoever has it, not only for whoever routed it; the most urgent first. */
export const ALARMS = ['danger', 'groupIncident', 'petition'] as const;
export type Alarm = (typeof ALARMS)[number];

/** The risks that somebody heard of, and what they sound. */
export const RISK_ALARMS: Partial<Record<Risk, Alarm>> = {
  violence: 'danger',
  groupIncident: 'groupIncident',
};

/** Something that sounds an alarm or ends it: when it was, and when it was written down. */
export interface AlarmFact {
  at: Date;
  writtenAt: Date;
  alarms: readonly Alarm[];
  /** Whoever has the case found that the risk is gone. */
  calm: boolean;
}

/** An alarm, and when it was last written down. */
export interface Sounding {
  alarm: Alarm;
  at: Date;
}

/** What a routing sounds by all rules that held. */
export function ofRouting(decision: { rule: string; inputs: unknown; at: Date }): AlarmFact {
  const held = [decision.rule, ...basisOf(decision).besides.map(({ ruleCode }) => ruleCode)];
  const alarms = ALARMS.filter((alarm) => held.includes(alarm));
  return { at: decision.at, writtenAt: decision.at, alarms, calm: false };
}

/** What a risk sounds that was heard; that there is none is calm only from whoever has the case (`calms`). */
export function ofRisk(risk: Risk | null, at: Date, writtenAt: Date, calms: boolean): AlarmFact {
  const alarm = risk && RISK_ALARMS[risk];
  return { at, writtenAt, alarms: alarm ? [alarm] : [], calm: calms && risk === 'none' };
}

/**
 * The alarms that still sound, the most urgent first: those that no calm ended. It ends what was heard and written down
 * before it; what is entered later for an earlier time ends nothing that came after that time.
 */
export function soundingAlarms(facts: readonly AlarmFact[]): Sounding[] {
  const calms = facts.filter(({ calm }) => calm);
  const lasting = facts.filter(
    ({ at, writtenAt }) => !calms.some((calm) => calm.at >= at && calm.writtenAt >= writtenAt),
  );
  return ALARMS.flatMap((alarm) => {
    const written = lasting
      .filter(({ alarms }) => alarms.includes(alarm))
      .map((fact) => Number(fact.writtenAt));
    return written.length > 0 ? [{ alarm, at: new Date(Math.max(...written)) }] : [];
  });
}
