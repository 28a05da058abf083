import { alarmsAmong, findHits, type RoutingSettings } from '../case-routing/routing.rules.ts';
import { Unacceptable } from '../shared/errors.ts';
import { isDanger, type Risk } from './mediation.rules.ts';

/** What somebody wrote of a talk, and the risk that they saw in it. */
export interface Noted {
  note: string | null;
  risk: Risk | null;
  /** They read their words again: there is no danger. */
  noDanger: boolean;
}

/** The words of danger in a note, as routing reads a complaint; empty when there are none. */
export function dangerWordsIn(note: string, settings: RoutingSettings): string {
  const danger = alarmsAmong(findHits(note, settings, [])).find(({ key }) => key.endsWith('.danger'));
  return String(danger?.values['words'] ?? '');
}

/** @throws Unacceptable where the note speaks of danger and nobody has said whether there is any */
export function checkDanger({ note, risk, noDanger }: Noted, settings: RoutingSettings): void {
  if (isDanger(risk) || noDanger) return;
  const words = dangerWordsIn(note ?? '', settings);
  if (words !== '') throw new Unacceptable('mediation.errors.danger', { words }, 'risk');
}
