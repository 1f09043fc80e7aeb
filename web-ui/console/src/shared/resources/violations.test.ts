import { describe, expect, it } from 'vitest';
import { nearest, of, sentence, within, withoutField } from './violations';

const ALL = [
  { pointer: '/spec/domain', value: '"x"', message: 'is not a domain', expected: 'shop.example' },
  { pointer: '/spec/members/1/namespaceSelector/0/value', value: null, message: 'is missing', expected: 'a name' },
  { pointer: '/spec/members/10', message: 'catches nothing', expected: '' },
  { pointer: '/spec/colour', value: '1', message: 'is an unknown field', expected: 'color' },
];

describe('violations', () => {
  it('belong to the field that they point to', () => {
    expect(of(ALL, '/spec/domain')).toHaveLength(1);
    expect(within(ALL, '/spec/members/1').map((v) => v.message)).toEqual(['is missing']);
  });

  it('without a field of their own are told apart', () => {
    const fields = new Set(['/spec/domain', '/spec/members/1/namespaceSelector']);
    expect(nearest('/spec/members/1/namespaceSelector/0/value', fields)).toBe('/spec/members/1/namespaceSelector');
    expect(withoutField(ALL, fields).map((v) => v.pointer)).toEqual(['/spec/members/10', '/spec/colour']);
  });

  it('say what is the matter and what would be right', () => {
    expect(ALL.map(sentence)).toEqual([
      '"x" is not a domain (expected: shop.example)',
      'is missing (expected: a name)',
      'catches nothing',
      '1 is an unknown field (expected: color)',
    ]);
  });
});
