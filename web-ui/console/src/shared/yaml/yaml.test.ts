import { describe, expect, it } from 'vitest';
import { readYaml, toYaml } from './yaml';

describe('YAML of a person', () => {
  it('is read, and every pointer finds its place', () => {
    const text = 'spec:\n  domain: shop\n  members:\n    - a: 1\n    - b: 2\n';
    const read = readYaml(text);

    const at = (pointer: string) => {
      const range = read.rangeOf(pointer);
      return range === undefined ? undefined : text.slice(range.from, range.to);
    };

    expect(read.value).toEqual({ spec: { domain: 'shop', members: [{ a: 1 }, { b: 2 }] } });
    expect(at('/spec/domain')).toBe('shop');
    expect(at('/spec/members/1/b')).toBe('2');
  });

  it('marks the nearest place for what is missing', () => {
    const text = 'spec:\n  domain: shop\n';

    const range = readYaml(text).rangeOf('/spec/mtls');

    expect(range && text.slice(range.from, range.to)).toContain('spec');
  });

  it('that is broken tells where, and is no value', () => {
    const read = readYaml('a: [1, 2\nb: 3\n');

    expect(read.value).toBeUndefined();
    expect(read.troubles.length).toBeGreaterThan(0);
    expect(read.troubles[0]?.from).toBeLessThanOrEqual(15);
  });

  it('that multiplies itself is refused quickly', () => {
    const levels = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${Array.from({ length: 9 }, () => `*l${n}`).join(', ')}]`);
    const start = performance.now();

    const read = readYaml(`l0: &l0 [x, x, x, x, x, x, x, x, x]\n${levels.join('\n')}\n`);

    expect(read.value).toBeUndefined();
    expect(read.troubles[0]?.message).toContain('aliases');
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('of more than half a megabyte is refused', () => {
    expect(readYaml('a'.repeat(600_000)).troubles[0]?.message).toContain('600000');
  });

  it('comes back as it was written', () => {
    const value = { metadata: { name: 'a' }, spec: { text: 'yes', on: 'no', number: '012', lines: 'a\nb\n', emoji: '🛒' } };

    expect(readYaml(toYaml(value)).value).toEqual(value);
  });
});
