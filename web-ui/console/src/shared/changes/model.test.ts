import { describe, expect, it } from 'vitest';
import type { ClusterDiff } from '~/api/types';
import { byKind, changesNothing, extent, extentWords } from './diffs';
import { globalNamespaceKey, keyPage, keyPath, keyText, keyWords, objectWords, parseKey, routeKey } from './key';
import { byUrgency, settled, stateTone, stepStates, tally, tallyWords } from './progress';

describe('keys', () => {
  it('round-trip, and lead to the API and to their page', () => {
    const route = routeKey('shop', 'cart');
    expect(parseKey(keyText(route))).toEqual(route);
    expect(keyPath('demo', route, 'history')).toBe('/api/v1/tenants/demo/global-namespaces/shop/traffic-routes/cart/history');
    expect(keyPath('demo', globalNamespaceKey('shop'))).toBe('/api/v1/tenants/demo/global-namespaces/shop');
    expect(keyPage(route)).toBe('routes/shop/cart');
    expect(keyPage(parseKey('Cluster//east'))).toBe('clusters/east');
    expect(keyPage(parseKey('Other//x'))).toBeUndefined();
    expect(keyWords(route)).toBe('Route cart in shop');
  });

  it('of objects are told in words', () => {
    expect(objectWords('networking.istio.io/v1|VirtualService|shop|weft-cart')).toBe('VirtualService shop/weft-cart');
    expect(objectWords('something else')).toBe('something else');
  });
});

describe('progress', () => {
  it('has passed what lies before its state', () => {
    expect(stepStates('sent')).toEqual({ accepted: 'done', released: 'done', sent: 'done', applied: 'now', live: 'waiting' });
    expect(stepStates('live')).toEqual({ accepted: 'done', released: 'done', sent: 'done', applied: 'done', live: 'done' });
  });

  it('is not said to be under way where a reason keeps it', () => {
    expect(stepStates('applied', true).live).toBe('waiting');
    expect(stepStates('applied').live).toBe('now');
  });

  it('stops where the cluster refused', () => {
    expect(stepStates('refused')).toEqual({ accepted: 'done', released: 'done', sent: 'done', applied: 'failed', live: 'waiting' });
    expect(stateTone('refused')).toBe('danger');
  });

  it('is counted over clusters, the urgent first', () => {
    const clusters = [
      { cluster: 'b', state: 'live' as const, connected: true, refusals: {} },
      { cluster: 'c', state: 'refused' as const, connected: true, refusals: {} },
      { cluster: 'a', state: 'sent' as const, connected: true, refusals: {} },
    ];
    expect(tallyWords(tally(clusters))).toBe('applied in 1 of 3, live in 1, refused in 1');
    expect(byUrgency(clusters).map((each) => each.cluster)).toEqual(['c', 'a', 'b']);
    expect(settled(clusters)).toBe(false);
    expect(tallyWords(tally([]))).toBe('no clusters yet');
  });
});

const DIFFS: ClusterDiff[] = [
  { cluster: 'a', objects: [{ change: 'added', object: 'x|A|n|1' }, { change: 'changed', object: 'x|B|n|2' }], findings: [] },
  { cluster: 'b', objects: [{ change: 'removed', object: 'x|A|n|1' }], findings: [] },
  { cluster: 'c', objects: [], findings: [{ type: 'Warning', resource: 'r', reason: 'R', message: 'm' }] },
];

describe('a dry run', () => {
  it('is told in numbers', () => {
    expect(extentWords(extent(DIFFS))).toBe('1 added, 1 changed, 1 removed in 2 clusters.');
    expect(extent(DIFFS).findings).toBe(1);
    expect(extentWords(extent([]))).toBe('No object of any cluster changes.');
  });

  it('tells when nothing would be stored', () => {
    const unchanged = { dryRun: true as const, position: 1, revision: 1, resources: [{ key: 'k', effect: 'unchanged' as const }], clusters: [] };
    expect(changesNothing(unchanged)).toBe(true);
    expect(changesNothing({ ...unchanged, clusters: DIFFS })).toBe(false);
  });

  it('counts objects by kind', () => {
    expect(byKind(['B', 'A', 'B'])).toEqual([{ kind: 'B', count: 2 }, { kind: 'A', count: 1 }]);
  });
});
