import type { Violation } from '~/api/problem';

/** Values that say nothing, as JSON. */
const NOTHING = ['', '""', 'null', '[]', '{}'];

/** `name: value message (expected: …)`, as everywhere in Weft. */
export function sentence(violation: Violation): string {
  const value = typeof violation.value === 'string' && !NOTHING.includes(violation.value) ? `${violation.value} ` : '';
  const expected = violation.expected ? ` (expected: ${violation.expected})` : '';
  return `${value}${violation.message}${expected}`;
}

/** Those of exactly this field. */
export function of(violations: readonly Violation[], pointer: string): Violation[] {
  return violations.filter((violation) => violation.pointer === pointer);
}

/** Those of this field and of all in it. */
export function within(violations: readonly Violation[], pointer: string): Violation[] {
  return violations.filter(
    (violation) => violation.pointer === pointer || violation.pointer.startsWith(`${pointer}/`),
  );
}

/**
 * Those that none of the given fields shows: they stand in a list of their own, so that nothing the hub said is lost.
 * A field shows what is said of itself, and of members of its own that have no field.
 */
export function withoutField(violations: readonly Violation[], fields: ReadonlySet<string>): Violation[] {
  return violations.filter((violation) => !fields.has(nearest(violation.pointer, fields)));
}

/** The nearest of the fields that a pointer belongs to: itself or an ancestor. Empty when there is none. */
export function nearest(pointer: string, fields: ReadonlySet<string>): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    if (fields.has(at)) return at;
  }
  return '';
}
