/** The rules of routing by which a case is urgent for whoever has it, not only for whoever routed it. */
export const ALARMS = ['danger', 'petition'] as const;
export type Alarm = (typeof ALARMS)[number];

/** Whether a rule of routing sounds an alarm. */
export function isAlarm(rule: string | undefined): rule is Alarm {
  return ALARMS.some((alarm) => alarm === rule);
}

/** The alarm of a case that went by a rule of routing; a closed case sounds none. */
export function alarmOf(rule: string | undefined, state: string): Alarm | null {
  return state !== 'closed' && isAlarm(rule) ? rule : null;
}
