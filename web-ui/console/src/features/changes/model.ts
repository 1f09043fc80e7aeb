import type { Violation } from '~/api/problem';
import type { Schemas } from '~/api/types';
import { keyWords, parseKey } from '~/shared/changes/key';

export type Change = Schemas['Change'];

const EFFECTS: Readonly<Record<Change['effect'], string>> = { created: 'created', updated: 'changed', deleted: 'deleted' };

/** `Route cart in shop created` */
export function changeWords(change: Pick<Change, 'key' | 'effect'>): string {
  return `${keyWords(parseKey(change.key))} ${EFFECTS[change.effect]}`;
}

const SHOWN = 3;

/** All that a change did, as far as it fits in a line. */
export function summary(changes: readonly Pick<Change, 'key' | 'effect'>[]): string {
  if (changes.length === 0) return 'Nothing that is still known';
  const shown = changes.slice(0, SHOWN).map(changeWords).join(', ');
  return changes.length > SHOWN ? `${shown} and ${String(changes.length - SHOWN)} more` : shown;
}

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
