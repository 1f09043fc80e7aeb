// The made-up world behind the mock server: one per scenario and test. Plain data; the API over it is in api.mjs.

/** A seeded sequence in [0, 1): the same world every time. */
export function sequence(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const SCENARIOS = ['small', 'empty', 'degraded', 'many', 'no-permission', 'slow', 'offline', 'failing'];

const SHOP = ['cart', 'catalog', 'checkout', 'frontend', 'payments', 'recommendations', 'search', 'shipping', 'users', 'reviews', 'inventory', 'mailer'];
const CLUSTERS = [
  ['aws-eu-1', 'AWS', 'eu-west-1', 'Frankfurt one'],
  ['aws-us-1', 'AWS', 'us-east-1', ''],
  ['gcp-eu-1', 'GCP', 'europe-west4', '<b>Not bold</b> 🛒'],
];
const HOUR = 3_600_000;

function ago(millis) {
  return new Date(Date.now() - millis).toISOString();
}

function condition(type, holds, reason, message) {
  return { type, status: holds ? 'True' : 'False', reason, message, time: ago(2 * HOUR) };
}

export function cluster(world, name, { provider = '', region = '', displayName = '', phase = 'Ready', labels = {} } = {}) {
  const connected = !['Waiting', 'Disconnected', 'Revoked'].includes(phase);
  const dialled = phase !== 'Waiting';
  return {
    apiVersion: 'weft.io/v1',
    kind: 'Cluster',
    metadata: { name, labels: {}, annotations: {}, generation: 1, revision: ++world.revision, createdAt: ago(30 * HOUR), updatedAt: ago(2 * HOUR), createdBy: 'user:ada' },
    spec: { displayName, labels: { env: 'prod', 'weft.io/simulated': 'true', ...labels }, provider, region, network: region, meshKind: 'Istio' },
    status: {
      observedGeneration: 1,
      conditions: [condition('Accepted', true, 'Valid', ''), condition('Applied', phase === 'Ready', 'EveryCluster', '1 of 1 clusters.')],
      phase,
      connected,
      ...(dialled && {
        lastSeen: connected ? ago(3_000) : ago(5 * HOUR),
        agentVersion: '0.1.0',
        mesh: { kind: 'istio', version: '1.27.3' },
        nodes: 3,
        services: SHOP.length,
        namespaces: 6,
        certificateExpiresAt: new Date(Date.now() + 20 * HOUR).toISOString(),
        capabilities: ['dns-capture', 'sidecars', 'east-west-gateway', 'live'],
        liveness: connected ? 'connected' : 'lost',
        simulated: true,
      }),
    },
  };
}

function inventory(world, name, region, services, next) {
  const stale = world.clusters.get(name)?.status.connected === false;
  const row = { cluster: name, stale, changedAt: ago(HOUR) };
  for (const ns of ['shop', 'web', 'payments', 'istio-system', 'kube-system', 'default']) {
    world.inventory.namespaces.push({ ...row, name: ns, labels: { 'kubernetes.io/metadata.name': ns }, injection: ns === 'shop' || ns === 'web' ? 'enabled' : '' });
  }
  for (let node = 1; node <= 3; node++) {
    world.inventory.nodes.push({
      ...row,
      name: `${name}-node-${node}`,
      labels: { 'weft.io/simulated': 'true', 'topology.kubernetes.io/zone': `${region}-${'abc'[node - 1]}` },
      ready: !(world.scenario === 'degraded' && node === 2),
      region,
      zone: `${region}-${'abc'[node - 1]}`,
      kubeletVersion: 'v1.33.4',
    });
  }
  world.inventory.gateways.push({ ...row, namespace: 'istio-system', name: 'istio-eastwestgateway', selector: { istio: 'eastwestgateway' }, addresses: [{ address: `203.0.113.${world.clusters.size}`, port: 15443 }] });
  world.inventory.meshes.push({ ...row, mesh: 'istio', version: '1.27.3', network: region, trustDomain: 'cluster.local', rootNamespace: 'istio-system', dnsCapture: true, revisions: ['default'], kubernetesVersion: 'v1.33.4' });
  for (const service of services) {
    const ns = service.startsWith('payments') ? 'payments' : service === 'frontend' ? 'web' : 'shop';
    world.inventory.services.push({
      ...row,
      namespace: ns,
      name: service,
      labels: { app: service, team: next() < 0.2 ? '<script>alert(1)</script>' : 'shop' },
      selector: { app: service },
      ports: [{ number: 8080, name: 'http', protocol: 'PORT_PROTOCOL_HTTP', targetPort: 8080 }],
      headless: false,
    });
    for (const version of service === 'cart' ? ['v1', 'v2'] : ['v1']) {
      world.inventory.versions.push({ ...row, namespace: ns, service, version, workloadKind: 'Deployment', workload: `${service}-${version}`, serviceAccounts: [service], meshed: true, ready: 2, desired: 2, locality: `${region}/${region}-a` });
      for (let pod = 0; pod < 2; pod++) {
        world.inventory.instances.push({ ...row, namespace: ns, name: `${service}-${version}-${pod}`, node: `${name}-node-${pod + 1}`, address: `10.0.${pod}.${world.inventory.instances.length % 250}`, ready: true, phase: 'Running', labels: { app: service, version }, serviceAccount: service, meshed: true, workloadKind: 'Deployment', workload: `${service}-${version}`, started: ago(9 * HOUR) });
      }
    }
  }
}

function globalNamespace(world) {
  return {
    apiVersion: 'weft.io/v1',
    kind: 'GlobalNamespace',
    metadata: { name: 'shop', labels: {}, annotations: {}, generation: 2, revision: ++world.revision, createdAt: ago(20 * HOUR), updatedAt: ago(3 * HOUR), createdBy: 'user:ada' },
    spec: { displayName: 'Online shop', domain: 'shop.global', members: [{ namespaceSelector: [{ op: 'Exact', value: 'shop' }] }], mtls: 'Strict', color: '#0066cc' },
  };
}

function trafficRoute(world) {
  return {
    apiVersion: 'weft.io/v1',
    kind: 'TrafficRoute',
    metadata: { name: 'cart', globalNamespace: 'shop', labels: {}, annotations: {}, generation: 1, revision: ++world.revision, createdAt: ago(6 * HOUR), updatedAt: ago(6 * HOUR), createdBy: 'user:ed' },
    spec: { target: 'cart', rules: [{ name: 'canary', split: [{ version: 'v1', weight: 90 }, { version: 'v2', weight: 10 }] }] },
  };
}

function revisions(world) {
  const all = [
    ...[...world.clusters.values()].map((each) => [`Cluster//${each.metadata.name}`, each]),
    ...[...world.globalNamespaces.values()].map((each) => [`GlobalNamespace//${each.metadata.name}`, each]),
    ...[...world.trafficRoutes.values()].map((each) => [`TrafficRoute/${each.metadata.globalNamespace}/${each.metadata.name}`, each]),
  ];
  world.revisions = all.map(([key, after], index) => ({
    revision: index + 1,
    position: (index + 1) * 3,
    at: ago((all.length - index) * HOUR),
    by: index % 2 === 0 ? 'user:ada' : 'user:ed',
    resources: [key],
    changes: [{ key, effect: 'created', after }],
  }));
  world.revision = all.length;
}

/** What a scenario starts with. */
export function makeWorld(scenario) {
  const next = sequence(7);
  const world = {
    scenario,
    revision: 0,
    clusters: new Map(),
    globalNamespaces: new Map(),
    trafficRoutes: new Map(),
    inventory: { services: [], nodes: [], gateways: [], namespaces: [], versions: [], instances: [], meshes: [] },
    revisions: [],
    tokens: [],
    joinTokens: new Map(),
    problems: [],
    listeners: new Set(),
    position: 100,
    sessionOver: false,
    delay: scenario === 'slow' ? 1_500 : 0,
    roles: scenario === 'no-permission' ? ['viewer'] : ['admin'],
  };
  if (scenario === 'empty') return world;
  const many = scenario === 'many';
  const clusters = many ? Array.from({ length: 14 }, (_, n) => [`prod-${String(n + 1).padStart(2, '0')}`, n % 3 === 0 ? 'GCP' : 'AWS', n % 2 === 0 ? 'eu-west-1' : 'us-east-1', '']) : CLUSTERS;
  for (const [name, provider, region, displayName] of clusters) {
    const phase = scenario !== 'degraded' ? 'Ready' : name === 'gcp-eu-1' ? 'Disconnected' : name === 'aws-us-1' ? 'Degraded' : 'Ready';
    world.clusters.set(name, cluster(world, name, { provider, region, displayName, phase }));
    const services = many ? Array.from({ length: 715 }, (_, n) => `service-${String(n).padStart(4, '0')}`) : SHOP;
    inventory(world, name, region, services, next);
    world.clusters.get(name).status.services = services.length;
  }
  if (scenario === 'degraded') {
    world.clusters.set('azure-new', cluster(world, 'azure-new', { provider: 'Azure', region: 'westeurope', phase: 'Waiting' }));
    world.joinTokens.set('azure-new', { issued: 1, used: 0, expiresAt: new Date(Date.now() + HOUR / 2).toISOString(), since: Date.now() - 4 * 60_000, never: true });
    world.problems = [
      { severity: 'error', code: 'disconnected', title: 'gcp-eu-1 is disconnected', detail: 'Last seen 5 hours ago. Its traffic stays as it is; changes wait.', cluster: 'gcp-eu-1' },
      { severity: 'warning', code: 'refused', title: 'aws-us-1 refused 2 objects', detail: 'VirtualService shop/weft-cart: admission webhook "validate.<b>policy</b>.example" denied the request', cluster: 'aws-us-1' },
      { severity: 'warning', code: 'unsupported', title: 'Route cart has a version that aws-us-1 does not run', detail: 'cart v2 has no instances in aws-us-1.', resource: { kind: 'TrafficRoute', name: 'cart', globalNamespace: 'shop' } },
      { severity: 'info', code: 'certificate', title: 'The certificate of aws-eu-1 was renewed late', detail: 'With 2 h left of 24 h.', cluster: 'aws-eu-1' },
    ];
  }
  world.globalNamespaces.set('shop', globalNamespace(world));
  world.trafficRoutes.set('shop/cart', trafficRoute(world));
  world.tokens = [{ id: 'k3f9', name: 'ci', role: 'editor', createdAt: ago(200 * HOUR), createdBy: 'user:ada', lastUsedAt: ago(HOUR) }];
  revisions(world);
  return world;
}

/** Told to every stream of this world. */
export function emit(world, event, data) {
  world.position++;
  for (const listener of world.listeners) listener(event, data, world.position);
}
