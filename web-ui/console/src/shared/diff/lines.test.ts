import { describe, expect, it } from 'vitest';
import { countChanges, diffLines, hunks } from './lines';

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('line diff', () => {
  it('tells one changed line among equal ones', () => {
    const lines = diffLines('a\nb\nc\n', 'a\nx\nc\n');

    expect(lines.map((line) => `${line.kind[0]}${line.text}`)).toEqual(['sa', 'rb', 'ax', 'sc']);
  });

  it('tells everything as added where there was nothing', () => {
    expect(diffLines('', 'a\nb\n')).toEqual([
      { kind: 'added', text: 'a', after: 1 },
      { kind: 'added', text: 'b', after: 2 },
    ]);
  });

  it('leaves out what is far from a change, and says how much', () => {
    const before = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n');
    const found = hunks(diffLines(before, before.replace('line 15', 'other')), 2);

    expect(found.map((hunk) => ('skipped' in hunk ? -hunk.skipped : hunk.lines.length))).toEqual([-13, 6, -12]);
  });

  it('rebuilds both texts from the lines, for any two texts', () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    const next = random(seed);
    for (let round = 0; round < 300; round++) {
      const text = () => Array.from({ length: Math.floor(next() * 12) }, () => 'abcd'[Math.floor(next() * 4)]).join('\n');
      const [before, after] = [text(), text()];

      const lines = diffLines(before, after);

      const side = (kind: 'added' | 'removed') => lines.filter((line) => line.kind !== kind).map((line) => line.text).join('\n');
      expect(side('added'), `seed ${seed}`).toBe(before);
      expect(side('removed'), `seed ${seed}`).toBe(after);
      expect(countChanges(lines).added - countChanges(lines).removed, `seed ${seed}`).toBe(lines.filter((l) => l.after).length - lines.filter((l) => l.before).length);
    }
  });
});
