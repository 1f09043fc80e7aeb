import { describe, expect, it } from 'vitest';
import { readYaml } from '~/shared/yaml/yaml';
import { deliverySteps } from './components/Delivery';
import { installWays } from './install';
import { readLabels, writeLabels } from './labels';
import { clusterView, fieldSelector } from './model';

describe('labels', () => {
  it('come back as they were written, sorted', () => {
    const text = 'team=shop\nenv=prod\nexample.com/tier=';

    const { labels, mistakes } = readLabels(text);

    expect(mistakes).toEqual([]);
    expect(labels).toEqual({ team: 'shop', env: 'prod', 'example.com/tier': '' });
    expect(writeLabels(labels)).toBe('env=prod\nexample.com/tier=\nteam=shop');
  });

  it('tell every mistake with its line', () => {
    const { mistakes } = readLabels('env\n-x=1\nok=<b>\na=1\na=2');

    expect(mistakes.map((each) => each.slice(0, 6))).toEqual(['line 1', 'line 2', 'line 3', 'line 5']);
  });
});

describe('a cluster', () => {
  it('that never dialled has no numbers instead of zeros', () => {
    const view = clusterView({
      apiVersion: 'weft.io/v1',
      kind: 'Cluster',
      metadata: { name: 'a', generation: 1, revision: 1, createdAt: '2026-11-21T10:00:00Z', updatedAt: '2026-11-21T10:00:00Z', createdBy: 'user:ada' },
      spec: {},
      status: { observedGeneration: 1, conditions: [], phase: 'Waiting', phaseDetail: '', connected: false, nodes: 0, services: 0, namespaces: 0, capabilities: [], liveness: 'connected', simulated: false },
    });

    expect([view.nodes, view.services, view.known]).toEqual([undefined, undefined, false]);
    expect(view.meaning).toContain('ever dialled in');
  });

  it('is asked for by phase and provider in one selector', () => {
    expect(fieldSelector({ phase: 'Ready', provider: 'AWS' })).toBe('status.phase=Ready,spec.provider=AWS');
    expect(fieldSelector({})).toBeUndefined();
  });
});

describe('delivery', () => {
  const bundle = { cluster: 'a', version: 'new', position: 2, objects: 3, connected: true, liveness: 'connected' as const, refusals: {}, findings: [] };

  it('is as far as the newest bundle is, not as any before it', () => {
    const steps = deliverySteps({ ...bundle, sent: { version: 'new', position: 2 }, applied: { version: 'old', position: 1 } });

    expect(steps.map((step) => step.variant)).toEqual(['success', 'success', 'pending', 'pending']);
  });

  it('is refused in part when anything was refused, even if the rest was applied', () => {
    const steps = deliverySteps({ ...bundle, applied: { version: 'new', position: 2 }, refusals: { x: 'no' } });

    expect(steps[2]).toMatchObject({ title: 'Refused in part', variant: 'danger' });
  });
});

describe('ways to install', () => {
  const place = { origin: 'http://127.0.0.1:8080', tenant: 'demo', cluster: 'edge-1', joinToken: 'weftjoin_demo_edge-1_x' };
  const manifest = [
    'kind: Secret\nstringData:\n  token: t\n  ca.crt: |\n    -----BEGIN CERTIFICATE-----\n    abc\n    -----END CERTIFICATE-----\n',
    'kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: weft/agent:1\n          env:\n            - {name: WEFT_HUB_ADDRESS, value: "hub:8443"}\n',
  ].join('---\n');

  it('make the chart’s values out of the hub’s manifest', () => {
    const { values } = installWays(place, manifest);

    expect(readYaml(values ?? '').value).toEqual({
      tenant: 'demo',
      cluster: 'edge-1',
      hubAddress: 'hub:8443',
      joinToken: place.joinToken,
      agentImage: 'weft/agent:1',
      hubCa: '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n',
    });
  });

  it('offer no values rather than wrong ones when the manifest is another', () => {
    expect(installWays(place, 'kind: ConfigMap\n').values).toBeUndefined();
  });
});
