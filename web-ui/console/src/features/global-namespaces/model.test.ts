import { describe, expect, it } from 'vitest';
import { edited, parse, write } from '~/shared/resources/draft';
import type { JsonObject } from '~/shared/resources/json';
import {
  begun,
  domainTrouble,
  globalNamespaceForm,
  nameFor,
  nameTrouble,
  newGlobalNamespace,
  ruleAlone,
  ruleWords,
  selectorEdit,
} from './model';
import { type SelectorForm, fresh, selectorForm, selectorJson } from './selector';

function round(form: SelectorForm): SelectorForm {
  return selectorForm(selectorJson(form));
}

describe('selectors', () => {
  it('come back as they were chosen', () => {
    const forms: SelectorForm[] = [
      { mode: 'all' },
      { mode: 'names', names: ['shop'] },
      { mode: 'names', names: ['shop', 'web'] },
      { mode: 'patterns', patterns: [{ op: 'Prefix', value: 'team-' }, { op: 'Suffix', value: '-prod' }] },
      { mode: 'patterns', patterns: [{ op: 'Regex', value: 'a.*' }] },
      {
        mode: 'labels',
        labels: [
          { key: 'env', operator: 'Is', values: ['prod'] },
          { key: 'tier', operator: 'In', values: ['a', 'b'] },
          { key: 'legacy', operator: 'DoesNotExist', values: [] },
        ],
      },
    ];
    for (const form of forms) expect(round(form)).toEqual(form);
  });

  it('read what the hub writes', () => {
    expect(selectorForm({ matchLabels: { env: 'prod' } })).toEqual({
      mode: 'labels',
      labels: [{ key: 'env', operator: 'Is', values: ['prod'] }],
    });
    expect(selectorForm([{ field: 'name', op: 'Regex', value: '(shop|web)' }])).toEqual({ mode: 'names', names: ['shop', 'web'] });
    expect(selectorForm(undefined)).toEqual({ mode: 'all' });
  });

  it('hold names that are being chosen', () => {
    expect(selectorJson(fresh('names'))).toEqual([{ field: 'name', op: 'Regex', value: '' }]);
  });

  it('keep members that no form knows', () => {
    const old = { matchLabels: { a: 'b' }, region: 'eu' };
    expect(selectorJson({ mode: 'labels', labels: [{ key: 'x', operator: 'Is', values: ['y'] }] }, old)).toEqual({
      region: 'eu',
      matchLabels: { x: 'y' },
    });
  });
});

const SHOP: JsonObject = {
  apiVersion: 'weft.io/v1',
  kind: 'GlobalNamespace',
  metadata: { name: 'shop', annotations: { owner: 'team-a' } },
  spec: {
    domain: 'shop.example',
    members: [
      { clusterSelector: { matchLabels: { provider: 'AWS' } }, namespaceSelector: [{ field: 'name', op: 'Exact', value: 'shop' }] },
      { namespaceSelector: {}, priority: 3 },
    ],
    mtls: 'Strict',
    trustDomain: 'x',
  },
};

describe('the form of a global namespace', () => {
  it('shows the document, and says what it does not show', () => {
    const form = globalNamespaceForm(SHOP);
    expect(form).toMatchObject({ name: 'shop', domain: 'shop.example' });
    expect(form.members.map(ruleWords)).toEqual([
      'all services, of namespaces shop, of clusters with provider=AWS',
      'all services, of all namespaces, of all clusters',
    ]);
    expect(form.notShown).toEqual(['/metadata/annotations', '/spec/trustDomain', '/spec/members/1/priority']);
  });

  it('edits one selector and nothing else', () => {
    const edit = selectorEdit(SHOP, 1, 'serviceSelector', { mode: 'names', names: ['cart', 'web'] });
    const after = parse(edited(write(SHOP), [edit])).document;
    expect(after).toEqual({
      ...SHOP,
      spec: {
        ...(SHOP.spec as JsonObject),
        members: [
          (SHOP.spec as JsonObject & { members: JsonObject[] }).members[0],
          { namespaceSelector: {}, priority: 3, serviceSelector: [{ field: 'name', op: 'Regex', value: 'cart|web' }] },
        ],
      },
    });
  });

  it('leaves out a selector of all clusters, but never that of namespaces', () => {
    const text = edited(write(SHOP), [
      selectorEdit(SHOP, 0, 'clusterSelector', { mode: 'all' }),
      selectorEdit(SHOP, 0, 'namespaceSelector', { mode: 'all' }),
    ]);
    expect(parse(text).document).toHaveProperty('spec.members', [{ namespaceSelector: {} }, { namespaceSelector: {}, priority: 3 }]);
  });

  it('asks the hub only for rules that are begun', () => {
    expect(begun(newGlobalNamespace())).toHaveProperty('spec.members', []);
    expect(begun(SHOP)).toHaveProperty('spec.members.length', 2);
    expect(ruleAlone(SHOP, 1)).toHaveProperty('spec.members', [{ namespaceSelector: {}, priority: 3 }]);
  });

  it('says early what is wrong with a name or domain', () => {
    expect(nameTrouble('shop', ['web'])).toBe('');
    expect(nameTrouble('shop', ['shop'])).toContain('already');
    expect(nameTrouble('Shop', [])).toContain('Lower-case');
    expect(domainTrouble('shop.example')).toBe('');
    for (const wrong of ['shop', 'shop..x', 'svc.cluster.local', '-a.b']) expect(domainTrouble(wrong)).not.toBe('');
    expect(nameFor('shop.example')).toBe('shop');
  });
});
