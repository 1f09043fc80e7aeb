import { describe, expect, it } from 'vitest';
import type { GlobalServiceDetail, GlobalServicePlace } from '~/shared/changes/global-services';
import { namesOf, portWords, serviceState, versionRows } from './model';

function place(cluster: string, versions: [string, number][]): GlobalServicePlace {
  return {
    cluster,
    namespace: 'shop',
    served: true,
    connected: true,
    liveness: 'connected',
    network: cluster,
    labels: {},
    gateway: [],
    ports: [],
    versions: versions.map(([version, ready]) => ({ version, ready, meshed: true, locality: '', serviceAccounts: ['cart'] })),
  };
}

const CART: GlobalServiceDetail = {
  globalNamespace: 'shop',
  name: 'cart',
  host: 'cart.shop.example',
  address: '240.10.0.1',
  clusters: [
    { cluster: 'east', namespace: 'shop', instances: 2, versions: ['v1'], answered: true },
    { cluster: 'west', namespace: 'shop', instances: 1, versions: ['v2'], answered: true },
  ],
  versions: ['v1', 'v2'],
  instances: 3,
  ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
  route: null,
  findings: [],
  places: [place('west', [['v2', 1]]), place('east', [['v2', 1], ['v1', 1]])],
  callers: ['east', 'west'],
};

describe('a global service', () => {
  it('is answered when every cluster that has it answers', () => {
    expect(serviceState(CART).word).toBe('Answered');
  });

  it('says where it cannot be called yet', () => {
    const clusters = CART.clusters.map((each) => ({ ...each, answered: each.cluster === 'east' }));
    expect(serviceState({ ...CART, clusters })).toMatchObject({ word: 'Partly', why: 'Other clusters cannot call it yet in west.' });
  });

  it('has a problem when something of it is left out, and worse without instances', () => {
    const findings = [{ type: 'Conflicted' as const, resource: 'GlobalNamespace//shop', reason: 'PortsDiffer', message: 'Ports differ.' }];
    expect(serviceState({ ...CART, findings })).toMatchObject({ word: 'Has problems', why: 'Ports differ.' });
    expect(serviceState({ ...CART, findings, instances: 0 }).word).toBe('No instances');
  });

  it('is listed by version and cluster', () => {
    expect(versionRows(CART.places).map((row) => `${row.version} ${row.cluster}`)).toEqual(['v1 east', 'v2 east', 'v2 west']);
    expect(portWords(CART.ports)).toBe('80 HTTP');
  });

  it('has one name everywhere, and its own in each cluster', () => {
    expect(namesOf(CART).map((each) => each.name)).toEqual(['cart.shop.example', '240.10.0.1', 'cart.shop.svc.cluster.local']);
    expect(namesOf(CART)[2]?.meaning).toContain('west');
    expect(namesOf(CART)[2]?.meaning).toContain('east');
  });
});
