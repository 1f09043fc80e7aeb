import type { Violation } from '~/api/problem';
import { keyWords, parseKey } from '~/shared/changes/key';
import type { Change } from '~/shared/changes/words';

/** What taking a change back does to each of its resources. */
export function undoWords(change: Pick<Change, 'key' | 'effect'>): string {
  const what = keyWords(parseKey(change.key));
  switch (change.effect) {
    case 'created':
      return `${what} is deleted`;
    case 'updated':
      return `${what} is as it was before`;
    case 'deleted':
      return `${what} is there again`;
  }
}

/** The resources that were changed again since, as the hub names them when it refuses a revert. */
export function changedSince(violations: readonly Violation[]): string[] {
  return violations.map((violation) => {
    const key = unquoted(violation.value);
    return key === '' ? violation.message : `${keyWords(parseKey(key))} ${violation.message}`;
  });
}

/** The hub tells values as JSON. */
function unquoted(value: unknown): string {
  if (typeof value !== 'string') return '';
  try {
    const read: unknown = JSON.parse(value);
    return typeof read === 'string' ? read : value;
  } catch {
    return value;
  }
}
