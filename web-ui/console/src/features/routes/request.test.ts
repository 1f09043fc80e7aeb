import { describe, expect, it } from 'vitest';
import { headersOf, textHolds, verdict } from './request';
import { routeForm } from './model';

const FORM = routeForm({
  spec: {
    target: 'cart',
    rules: [
      { name: 'beta', matches: [{ headers: [{ name: 'X-Beta', value: 'yes' }] }, { queryParams: [{ name: 'beta', value: '1' }] }] },
      { name: 'writes', matches: [{ method: 'POST', path: { op: 'Prefix', value: '/api' } }] },
      { name: 'numbers', matches: [{ path: { op: 'Regex', value: '/item/[0-9]+' } }] },
    ],
  },
});

function ruleFor(method: string, path: string, headers = ''): string | null {
  const { rule } = verdict(FORM, { method, path, headers: headersOf(headers) });
  return rule === null ? null : (FORM.rules[rule]?.name ?? '');
}

describe('a request', () => {
  it('takes the first rule that holds', () => {
    expect(ruleFor('GET', '/x', 'x-beta: yes')).toBe('beta');
    expect(ruleFor('POST', '/api/x?beta=1')).toBe('beta');
    expect(ruleFor('POST', '/api/x')).toBe('writes');
    expect(ruleFor('GET', '/item/42?color=red')).toBe('numbers');
  });

  it('takes the default when none holds', () => {
    expect(ruleFor('GET', '/item/42a')).toBeNull();
    expect(verdict(FORM, { method: 'GET', path: '/', headers: [] }).answers.map((a) => a.why)).toEqual([
      'header X-Beta does not fit; query beta does not fit',
      'method, path does not fit',
      'path does not fit',
    ]);
  });

  it('is not called certain past an expression that the browser reads otherwise', () => {
    const form = routeForm({
      spec: { rules: [{ matches: [{ path: { op: 'Regex', value: '/\\pL+' } }] }, { name: 'rest' }] },
    });
    expect(verdict(form, { method: 'GET', path: '/a', headers: [] })).toMatchObject({ rule: 1, certain: false });
  });

  it('fits expressions as a whole, and never one that could run without end', () => {
    expect(textHolds({ op: 'Regex', value: 'a|b' }, 'ab')).toBe('no');
    expect(textHolds({ op: 'Regex', value: '(?i)anna' }, 'ANNA')).toBe('yes');
    expect(textHolds({ op: 'Regex', value: '(a+)+' }, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')).toBe('unknown');
    expect(textHolds({ op: 'Regex', value: '(' }, '(')).toBe('unknown');
  });
});
