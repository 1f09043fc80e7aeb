import { describe, expect, it } from 'vitest';
import { differences, proposed, takingTheirs, undecided } from './merge';
import { edited, parse, write } from './draft';

const BASE = { spec: { target: 'cart', rules: [{ name: 'all', timeout: '5s' }], description: 'one' } };

function changes(mine: unknown, theirs: unknown): Record<string, string> {
  return Object.fromEntries(differences(BASE, mine, theirs).map((d) => [d.pointer, d.changed]));
}

describe('two drafts of one version', () => {
  it('tell who changed what', () => {
    const mine = { spec: { ...BASE.spec, description: 'mine', rules: [{ name: 'all', timeout: '9s' }] } };
    const theirs = { spec: { ...BASE.spec, description: 'theirs', rules: [{ name: 'every', timeout: '5s' }] } };
    expect(changes(mine, theirs)).toEqual({
      '/spec/description': 'both',
      '/spec/rules/0/timeout': 'mine',
      '/spec/rules/0/name': 'theirs',
    });
  });

  it('do not differ where both did the same', () => {
    const same = { spec: { ...BASE.spec, description: 'two' } };
    expect(changes(same, same)).toEqual({ '/spec/description': 'alike' });
    expect(differences(BASE, BASE, BASE)).toEqual([]);
  });

  it('compare lists whole once one grew', () => {
    const mine = { spec: { ...BASE.spec, rules: [...BASE.spec.rules, { name: 'new' }] } };
    const theirs = { spec: { ...BASE.spec, rules: [{ name: 'every', timeout: '5s' }] } };
    expect(changes(mine, theirs)).toEqual({ '/spec/rules': 'both' });
  });

  it('merge to what both wanted, comments of mine included', () => {
    const mine = `# mine\n${write({ spec: { ...BASE.spec, rules: [{ name: 'all', timeout: '9s' }] } })}`;
    const theirs = { spec: { target: 'cart', rules: [{ name: 'all', timeout: '5s' }] } };
    const all = differences(BASE, parse(mine).document, theirs);
    expect(undecided(all, {})).toEqual([]);
    const merged = edited(mine, takingTheirs(all, proposed));
    expect(merged).toMatch(/^# mine\n/);
    expect(parse(merged).document).toEqual({ spec: { target: 'cart', rules: [{ name: 'all', timeout: '9s' }] } });
  });

  it('wait for a decision where both changed a field', () => {
    const all = differences({ a: 1 }, { a: 2 }, { a: 3 });
    expect(undecided(all, {})).toHaveLength(1);
    expect(undecided(all, { '/a': 'theirs' })).toEqual([]);
  });
});
