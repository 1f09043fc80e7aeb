import { type Json, type Path, equal, isObject, pointerOf, present } from './json';
import type { Edit } from './draft';

/**
 * Two people changed the same version of a document. Which fields differ, and who changed them: what only one of them
 * touched can be taken over, what both changed to different values is a person's decision.
 */

export type Changed = 'mine' | 'theirs' | 'alike' | 'both';

export interface Difference {
  path: Path;
  pointer: string;
  changed: Changed;
  base: Json | undefined;
  mine: Json | undefined;
  theirs: Json | undefined;
}

export type Choice = 'mine' | 'theirs';

export function differences(base: unknown, mine: unknown, theirs: unknown, path: Path = []): Difference[] {
  if (equal(base, mine) && equal(base, theirs)) return [];
  const inner = membersOf(base, mine, theirs);
  if (inner !== null) {
    return inner.flatMap((step) =>
      differences(member(base, step), member(mine, step), member(theirs, step), [...path, step]),
    );
  }
  const changed: Changed = equal(mine, theirs)
    ? 'alike'
    : equal(base, theirs)
      ? 'mine'
      : equal(base, mine)
        ? 'theirs'
        : 'both';
  return [
    {
      path,
      pointer: pointerOf(path),
      changed,
      base: base as Json | undefined,
      mine: mine as Json | undefined,
      theirs: theirs as Json | undefined,
    },
  ];
}

/** Steps into three values of one shape; null when they must be compared whole. Lists only while none grew or shrank. */
function membersOf(base: unknown, mine: unknown, theirs: unknown): (string | number)[] | null {
  if (isObject(mine) && isObject(theirs) && (isObject(base) || base === undefined)) {
    const names = [...present(isObject(base) ? base : {}), ...present(mine), ...present(theirs)];
    return [...new Set(names)];
  }
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
    const same = base.length === mine.length && mine.length === theirs.length;
    return same ? base.map((_, index) => index) : null;
  }
  return null;
}

function member(value: unknown, step: string | number): unknown {
  if (Array.isArray(value) && typeof step === 'number') return value[step];
  return isObject(value) && typeof step === 'string' ? value[step] : undefined;
}

/** What is proposed: theirs where only they changed it, else mine. */
export function proposed(difference: Difference): Choice {
  return difference.changed === 'theirs' ? 'theirs' : 'mine';
}

/** The edits that make of my draft what was chosen: mine stays as it stands, theirs is put in. */
export function takingTheirs(all: readonly Difference[], choice: (difference: Difference) => Choice): Edit[] {
  return all
    .filter((difference) => choice(difference) === 'theirs' && difference.changed !== 'alike')
    .map((difference) => ({ path: difference.path, value: difference.theirs }));
}

export function undecided(all: readonly Difference[], chosen: Readonly<Record<string, Choice>>): Difference[] {
  return all.filter((difference) => difference.changed === 'both' && chosen[difference.pointer] === undefined);
}
