import type { Schemas } from '~/api/types';
import { keyWords, parseKey } from './key';

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
