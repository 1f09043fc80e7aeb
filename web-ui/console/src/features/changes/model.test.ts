import { describe, expect, it } from 'vitest';
import { summary } from '~/shared/changes/words';
import { changedSince, undoWords } from './model';

const ROUTE = { key: 'TrafficRoute/shop/cart', effect: 'updated' as const };
const GNS = { key: 'GlobalNamespace//shop', effect: 'created' as const };
const CLUSTER = { key: 'Cluster//east', effect: 'deleted' as const };

describe('a change', () => {
  it('is told in a line', () => {
    expect(summary([GNS, ROUTE])).toBe('Global namespace shop created, Route cart in shop changed');
    expect(summary([GNS, ROUTE, CLUSTER, ROUTE, ROUTE])).toContain('Cluster east deleted and 2 more');
    expect(summary([])).toBe('Nothing that is still known');
  });

  it('says what taking it back does', () => {
    expect([GNS, ROUTE, CLUSTER].map(undoWords)).toEqual([
      'Global namespace shop is deleted',
      'Route cart in shop is as it was before',
      'Cluster east is there again',
    ]);
  });

  it('names what was changed since', () => {
    expect(
      changedSince([
        { pointer: '', value: '"TrafficRoute/shop/cart"', message: 'was changed in revision 9' },
        { pointer: '', message: 'something else' },
        { pointer: '', value: 'GlobalNamespace//shop', message: 'was deleted since' },
      ]),
    ).toEqual(['Route cart in shop was changed in revision 9', 'something else', 'Global namespace shop was deleted since']);
  });
});
