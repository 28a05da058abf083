import { withoutNumbers } from '../cases/privacy.rules.ts';

/** How a value that is personal data stands in an audit entry. */
type Masks = Record<string, (text: string) => string>;

/**
 * What an audit entry keeps of a change: for every value of `after` that changed, what it was and what it is;
 * personal data is masked after it was compared.
 */
export function changesOf(
  before: object,
  after: object,
  masks: Masks = {},
): Record<string, { before: unknown; after: unknown }> {
  const was = before as Record<string, unknown>;
  const shown = (name: string, value: unknown): unknown =>
    typeof value === 'string' && masks[name] ? masks[name](value) : (value ?? null);
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, value]) => JSON.stringify(was[name] ?? null) !== JSON.stringify(value ?? null))
      .map(([name, value]) => [name, { before: shown(name, was[name]), after: shown(name, value) }]),
  );
}

/** What the audit keeps of a text that may hold names and numbers: that it changed. */
export const unsaid = (): string => '…';

/** A text as it was typed into a form that showed the stored one without its numbers: left as shown, the stored one. */
export function kept<Typed extends string | null>(typed: Typed, stored: string | null): Typed | string {
  const plain = (text: string): string => text.replace(/\r\n/g, '\n');
  return typed && stored && plain(typed) === plain(withoutNumbers(stored)) ? stored : typed;
}
