/**
 * The state diagram of the README, drawn from the table of the lifecycle. `node --import tsx
 * test/support/lifecycle-diagram.ts` writes it there; the tests say when that is due.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../config/root.ts';
import { CASE_ACTIONS, LIFECYCLE, type Transition } from '../../server/cases/lifecycle.rules.ts';
import { translator } from '../../server/web/language.ts';

export const README = join(projectRoot, 'README.md');
const DIAGRAM = /```mermaid\n[\s\S]*?```\n/;

/** Every change of state as an arrow with the actions that make it. */
export function lifecycleDiagram(): string {
  const say = translator('en');
  const arrows = new Map<string, string[]>([['[*] --> awaitingRouting', [say('cases.events.register')]]]);
  for (const action of CASE_ACTIONS) {
    const { from, to }: Transition = LIFECYCLE[action];
    for (const state of from) {
      const arrow = `${state} --> ${to ?? state}`;
      if (to && to !== state)
        arrows.set(arrow, [...(arrows.get(arrow) ?? []), say(`cases.events.${action}`)]);
    }
  }
  const names = [...new Set(CASE_ACTIONS.flatMap((action) => LIFECYCLE[action].from))].map(
    (state) => `  ${state}: ${say(`cases.states.${state}`)}`,
  );
  const lines = [...arrows].map(([arrow, actions]) => `  ${arrow}: ${actions.join(' / ')}`);
  return ['```mermaid', 'stateDiagram-v2', ...names, ...lines, '  closed --> [*]', '```', ''].join('\n');
}

/** The README with the diagram of today's table. */
export function readmeWithDiagram(): string {
  return readFileSync(README, 'utf8').replace(DIAGRAM, lifecycleDiagram());
}

if (process.argv[1] === import.meta.filename) writeFileSync(README, readmeWithDiagram());
