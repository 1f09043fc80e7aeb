import { describe, expect, it } from 'vitest';
import { editable, edited, moved, parse, unknownMembers, write } from './draft';

const TEXT = `# who may call the cart
apiVersion: weft.io/v1
kind: TrafficRoute
spec:
  target: cart # without the domain
  rules:
    - split:
        - version: v1
          weight: 90
        - version: v2
          weight: 10
`;

describe('a draft', () => {
  it('keeps comments and order when a field is edited', () => {
    const text = edited(TEXT, [{ path: ['spec', 'target'], value: 'basket' }]);
    expect(text).toBe(TEXT.replace('target: cart', 'target: basket'));
  });

  it('keeps everything else when items of a list are edited', () => {
    const text = edited(TEXT, [
      { path: ['spec', 'rules', 0, 'split', 0, 'weight'], value: 75 },
      { path: ['spec', 'rules', 0, 'split', 1, 'weight'], value: 25 },
    ]);
    expect(text).toBe(TEXT.replace('90', '75').replace('10', '25'));
  });

  it('makes what is missing on the way', () => {
    const text = edited('kind: TrafficRoute\n', [
      { path: ['spec', 'rules', 0, 'retries', 'attempts'], value: 2 },
      { path: ['spec', 'rules', 0, 'matches', 0, 'method'], value: 'GET' },
    ]);
    expect(parse(text).document).toEqual({
      kind: 'TrafficRoute',
      spec: { rules: [{ retries: { attempts: 2 }, matches: [{ method: 'GET' }] }] },
    });
    expect(text).toContain('    - retries:\n');
  });

  it('quotes a text that would be read as something else', () => {
    const text = edited(TEXT, [{ path: ['spec', 'rules', 0, 'split', 0, 'version'], value: '10' }]);
    expect(text).toContain('version: "10"');
    const document = parse(text).document;
    expect(document).toMatchObject({ spec: { rules: [{ split: [{ version: '10' }, { version: 'v2' }] }] } });
  });

  it('takes fields away', () => {
    const text = edited(TEXT, [{ path: ['spec', 'rules', 0, 'split', 0, 'version'], value: undefined }]);
    expect(text).not.toContain('version: v1');
    expect(edited(TEXT, [{ path: ['spec', 'nothing', 'here'], value: undefined }])).toBe(TEXT);
  });

  it('is left alone while it cannot be read', () => {
    const broken = 'spec: [unclosed\n';
    expect(edited(broken, [{ path: ['spec'], value: 1 }])).toBe(broken);
    const parsed = parse(broken);
    expect(parsed.readable).toBe(false);
    expect(parsed.errors[0]?.line).toBeGreaterThan(0);
  });

  it('is not a resource when it is a list or a text', () => {
    expect(parse('- a\n').errors[0]?.message).toContain('is not an object');
    expect(parse('').document).toEqual({});
  });

  it('refuses aliases that unfold without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n`;
    expect(parse(bomb).readable).toBe(false);
  });

  it('is a resource without what the hub decides', () => {
    const resource = {
      apiVersion: 'weft.io/v1',
      kind: 'TrafficRoute',
      metadata: { name: 'cart', globalNamespace: 'shop', labels: { a: 'b' }, generation: 3, revision: 9, createdBy: 'x' },
      spec: { target: 'cart' },
      status: { conditions: [] },
    };
    expect(write(editable(resource))).toBe(
      'apiVersion: weft.io/v1\nkind: TrafficRoute\nmetadata:\n  name: cart\n  globalNamespace: shop\n  labels:\n    a: b\nspec:\n  target: cart\n',
    );
  });

  it('tells which members are not known', () => {
    expect(unknownMembers({ a: 1, b: 2 }, ['spec'], ['a'])).toEqual([['spec', 'b']]);
  });

  it('moves items', () => {
    expect(moved(['list'], ['a', 'b', 'c'], 2, 0)).toEqual([{ path: ['list'], value: ['c', 'a', 'b'] }]);
    expect(moved(['list'], ['a'], 0, -1)).toEqual([]);
  });
});
