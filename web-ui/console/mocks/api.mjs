// The hub's API over a made-up world: enough for the console to be looked at and tested.
import { parseAllDocuments } from 'yaml';
import { deliveryClusters, setOut } from './delivery.mjs';
import { changedSince, check, collisions } from './judge.mjs';
import { cluster as newCluster, emit } from './world.mjs';

const problem = (status, title, detail, violations) => ({ status, body: { title, status, detail, ...(violations && { violations }) } });
const NOT_FOUND = problem(404, 'Not Found', 'There is nothing here for this caller.');
const ok = (body, headers, status = 200) => ({ status, body, headers });

function read(request) {
  const documents = parseAllDocuments(request.text).map((each) => each.toJS());
  return documents.flat().filter((each) => each !== null);
}

/** Filters by `q`, sorts by a field path, and cuts a page. */
export function page(rows, query, { text, sorts, standard }) {
  const q = (query.get('q') ?? '').toLowerCase();
  const limit = Number(query.get('limit') ?? 50);
  const sort = query.get('sort') ?? standard;
  const by = sorts[sort.replace(/^-/, '')] ?? sorts[standard.replace(/^-/, '')];
  const sign = sort.startsWith('-') ? -1 : 1;
  const found = rows.filter((row) => q === '' || text(row).toLowerCase().includes(q));
  const key = (row) => by(row) ?? '';
  found.sort((a, b) => sign * (typeof key(a) === 'number' ? key(a) - key(b) : String(key(a)).localeCompare(String(key(b)))) || text(a).localeCompare(text(b)));
  const from = Number(query.get('continue') ?? 0);
  const items = found.slice(from, from + limit);
  return { items, total: found.length, ...(from + limit < found.length && { continue: String(from + limit) }) };
}

const nameSorts = {
  name: (row) => row.metadata.name,
  createdAt: (row) => row.metadata.createdAt,
  updatedAt: (row) => row.metadata.updatedAt,
  revision: (row) => row.metadata.revision,
  phase: (row) => row.status?.phase,
  domain: (row) => row.spec?.domain,
};
const resourceText = (row) => `${row.metadata.name} ${row.metadata.globalNamespace ?? ''} ${row.spec?.displayName ?? ''} ${row.spec?.domain ?? ''} ${row.spec?.target ?? ''}`;

function selects(selector, name) {
  if (!Array.isArray(selector)) return selector === undefined || Object.keys(selector.matchLabels ?? {}).length === 0;
  return selector.every(({ op = 'Exact', value }) => (op === 'Prefix' ? name.startsWith(value) : op === 'Suffix' ? name.endsWith(value) : op === 'Regex' ? new RegExp(`^(?:${value})$`).test(name) : name === value));
}

function membersOf(world, gns) {
  const found = [];
  for (const service of world.inventory.services) {
    const caught = (gns.spec?.members ?? []).some((rule) => selects(rule.clusterSelector, service.cluster) && selects(rule.namespaceSelector, service.namespace) && selects(rule.serviceSelector, service.name));
    if (caught) found.push(service);
  }
  return found;
}

export function globalServices(world) {
  const found = new Map();
  for (const gns of world.globalNamespaces.values()) {
    for (const service of membersOf(world, gns)) {
      const key = `${gns.metadata.name}/${service.name}`;
      const versions = world.inventory.versions.filter((each) => each.cluster === service.cluster && each.service === service.name && each.namespace === service.namespace);
      const entry = found.get(key) ?? {
        globalNamespace: gns.metadata.name,
        name: service.name,
        host: `${service.name}.${gns.spec.domain}`,
        address: '240.0.0.1',
        clusters: [],
        versions: [],
        instances: 0,
        ports: [{ number: 8080, name: 'http', protocol: 'HTTP' }],
        route: [...world.trafficRoutes.values()].find((route) => route.metadata.globalNamespace === gns.metadata.name && route.spec.target === service.name)?.metadata.name ?? null,
        findings: [],
      };
      const instances = versions.reduce((sum, each) => sum + each.ready, 0);
      entry.clusters.push({ cluster: service.cluster, namespace: service.namespace, instances, versions: versions.map((each) => each.version), answered: !service.stale });
      entry.versions = [...new Set([...entry.versions, ...versions.map((each) => each.version)])];
      entry.instances += instances;
      found.set(key, entry);
    }
  }
  return [...found.values()];
}

function withStatus(world, resource) {
  if (resource.kind === 'Cluster') return resource;
  const clusters = deliveryClusters(world, resource.metadata.revision);
  const base = {
    observedGeneration: resource.metadata.generation,
    conditions: [
      { type: 'Accepted', status: 'True', reason: 'Valid', message: '', time: resource.metadata.updatedAt },
      { type: 'Released', status: 'True', reason: 'Immediate', message: '', time: resource.metadata.updatedAt },
      { type: 'Applied', status: clusters.every((each) => each.state === 'applied') ? 'True' : 'False', reason: 'SomeClustersWait', message: `${clusters.filter((each) => each.state === 'applied').length} of ${clusters.length} clusters.`, time: resource.metadata.updatedAt },
      { type: 'Live', status: 'False', reason: 'SomeClustersWait', message: `0 of ${clusters.length} clusters.`, time: resource.metadata.updatedAt },
    ],
    problems: world.problems.filter(({ resource: of }) => of?.kind === resource.kind && of.name === resource.metadata.name).length,
    clusters,
  };
  if (resource.kind !== 'GlobalNamespace') return { ...resource, status: base };
  const members = membersOf(world, resource);
  return {
    ...resource,
    status: {
      ...base,
      members: {
        clusters: new Set(members.map((each) => each.cluster)).size,
        namespaces: new Set(members.map((each) => `${each.cluster}/${each.namespace}`)).size,
        services: new Set(members.map((each) => each.name)).size,
      },
    },
  };
}

const KINDS = {
  clusters: { kind: 'Cluster', store: 'clusters' },
  'global-namespaces': { kind: 'GlobalNamespace', store: 'globalNamespaces' },
  'traffic-routes': { kind: 'TrafficRoute', store: 'trafficRoutes' },
};

function storeKey(resource) {
  return resource.metadata.globalNamespace === undefined ? resource.metadata.name : `${resource.metadata.globalNamespace}/${resource.metadata.name}`;
}

export function resourceKey(resource) {
  return `${resource.kind}/${resource.metadata.globalNamespace ?? ''}/${resource.metadata.name}`;
}

function objectsOf(world, resource, clusterName) {
  const name = resource.metadata.name;
  if (resource.kind === 'Cluster') return [];
  if (resource.kind === 'TrafficRoute') {
    return [
      {
        key: `networking.istio.io/v1|VirtualService|shop|weft-${resource.spec.target}.shop.global`,
        object: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: `weft-${resource.spec.target}.shop.global`, namespace: 'shop', annotations: { 'weft.io/global-namespace': resource.metadata.globalNamespace, 'weft.io/resource': resourceKey(resource) } }, spec: { hosts: [`${resource.spec.target}.shop.global`], http: (resource.spec.rules ?? []).map((rule) => ({ name: rule.name ?? '', route: (rule.split ?? []).map((part) => ({ destination: { host: `${resource.spec.target}.shop.global`, subset: part.version ?? part.cluster ?? '' }, weight: part.weight })) })) } },
      },
    ];
  }
  return [...new Map(membersOf(world, resource).map((each) => [each.name, each])).values()].map((service) => ({
    key: `networking.istio.io/v1|ServiceEntry|istio-system|weft-${service.name}.${resource.spec.domain}`,
    object: { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: `weft-${service.name}.${resource.spec.domain}`, namespace: 'istio-system', annotations: { 'weft.io/global-namespace': name, 'weft.io/resource': resourceKey(resource), 'weft.io/cluster': clusterName } }, spec: { hosts: [`${service.name}.${resource.spec.domain}`], addresses: ['240.0.0.1'], location: 'MESH_INTERNAL', ports: [{ number: 8080, name: 'http', protocol: 'HTTP' }], resolution: 'STATIC' } },
  }));
}

function dryRun(world, changes) {
  return {
    dryRun: true,
    position: world.position,
    revision: world.revision,
    resources: changes.map(({ before, after }) => ({ key: resourceKey(after ?? before), effect: after === undefined ? 'deleted' : before === undefined ? 'created' : 'configured', ...(after && { resource: after }) })),
    clusters: [...world.clusters.keys()].map((name) => {
      const objects = changes.flatMap(({ before, after }) => {
        const was = new Map(before === undefined ? [] : objectsOf(world, before, name).map((each) => [each.key, each.object]));
        const will = new Map(after === undefined ? [] : objectsOf(world, after, name).map((each) => [each.key, each.object]));
        return [...new Set([...was.keys(), ...will.keys()])].flatMap((key) => {
          const [a, b] = [was.get(key), will.get(key)];
          if (JSON.stringify(a) === JSON.stringify(b)) return [];
          return [{ change: a === undefined ? 'added' : b === undefined ? 'removed' : 'changed', object: key, ...(a && { before: a }), ...(b && { after: b }) }];
        });
      });
      return { cluster: name, objects, findings: [] };
    }).filter((each) => each.objects.length > 0),
  };
}

function commit(world, changes, by = 'user:ada') {
  world.revision++;
  const now = new Date().toISOString();
  const entries = changes.map(({ before, after }) => ({ key: resourceKey(after ?? before), effect: after === undefined ? 'deleted' : before === undefined ? 'created' : 'updated', ...(before && { before }), ...(after && { after }) }));
  for (const { before, after } of changes) {
    const store = world[KINDS[Object.keys(KINDS).find((plural) => KINDS[plural].kind === (after ?? before).kind)].store];
    if (after === undefined) store.delete(storeKey(before));
    else store.set(storeKey(after), { ...after, metadata: { ...after.metadata, revision: world.revision, updatedAt: now } });
  }
  world.revisions.push({ revision: world.revision, position: world.position + 1, at: now, by, resources: entries.map((each) => each.key), changes: entries });
  setOut(world, world.revision);
  emit(world, 'change', { type: 'changed', put: entries.filter((each) => each.effect !== 'deleted').map((each) => each.key), deleted: entries.filter((each) => each.effect === 'deleted').map((each) => each.key), memberships: [] });
}

function prepared(world, kind, document, name, gns, before) {
  const now = new Date().toISOString();
  const base = {
    apiVersion: 'weft.io/v1',
    kind,
    metadata: { ...document.metadata, name, ...(gns && { globalNamespace: gns }), labels: document.metadata?.labels ?? {}, annotations: document.metadata?.annotations ?? {}, generation: (before?.metadata.generation ?? 0) + 1, revision: world.revision + 1, createdAt: before?.metadata.createdAt ?? now, updatedAt: now, createdBy: before?.metadata.createdBy ?? 'user:ada' },
    spec: document.spec ?? {},
  };
  if (kind === 'Cluster') {
    const made = newCluster({ revision: 0 }, name, { phase: 'Waiting' });
    base.status = before?.status ?? made.status;
  }
  return base;
}

function writable(world) {
  return world.roles.some((role) => role === 'admin' || role === 'editor' || role === 'operator');
}

function write(world, request, kind, store, name, gns) {
  if (!writable(world)) return problem(403, 'Forbidden', 'The role viewer may not change resources.');
  const key = gns === undefined ? name : `${gns}/${name}`;
  const before = store.get(key);
  // A test is somebody else by this header.
  const by = `user:${request.headers['x-mock-user'] ?? 'ada'}`;
  const tag = request.headers['if-match'];
  if (tag !== undefined && tag !== `"${before?.metadata.generation}"`) return problem(412, 'Precondition Failed', `The resource has generation ${before?.metadata.generation ?? 'none'} (expected: ${tag}); somebody else changed it.`);
  if (request.headers['if-none-match'] === '*' && before !== undefined) return problem(412, 'Precondition Failed', `${name} exists already.`);
  if (request.method === 'DELETE') {
    if (before === undefined) return NOT_FOUND;
    if (kind === 'GlobalNamespace' && request.query.get('cascade') === 'true') {
      const within = [...world.trafficRoutes.values()].filter((each) => each.metadata.globalNamespace === name);
      const going = [...within, before].map((each) => ({ before: each }));
      if (request.query.get('dryRun') === 'true') return ok(dryRun(world, going));
      commit(world, going, by);
      return ok({ kind, name, revision: world.revision });
    }
    const inTheWay = collisions(world, { before });
    if (inTheWay.length > 0) return problem(409, 'Conflict', 'It collides with what is there already; nothing was stored.', inTheWay);
    if (request.query.get('dryRun') === 'true') return ok(dryRun(world, [{ before }]));
    commit(world, [{ before }], by);
    return ok({ kind, name, revision: world.revision });
  }
  let documents;
  try {
    documents = read(request);
  } catch (thrown) {
    return problem(400, 'Bad Request', 'What was sent cannot be read.', [{ pointer: '', message: String(thrown.message), expected: 'YAML or JSON' }]);
  }
  const after = prepared(world, kind, documents[0] ?? {}, name, gns, before);
  const violations = check(after);
  if (violations.length > 0) return problem(422, 'Unprocessable Content', 'What was sent is not valid; nothing was stored.', violations);
  const inTheWay = collisions(world, { before, after });
  if (inTheWay.length > 0) return problem(409, 'Conflict', 'It collides with what is there already; nothing was stored.', inTheWay);
  if (request.query.get('dryRun') === 'true') return ok(dryRun(world, [{ before, after }]));
  commit(world, [{ before, after }], by);
  const stored = store.get(key);
  return ok(withStatus(world, stored), { ETag: `"${stored.metadata.generation}"` }, before === undefined ? 201 : 200);
}

function resources(world, request, parts) {
  const inGns = parts[0] === 'global-namespaces' && parts[2] === 'traffic-routes';
  const [plural, name, more] = inGns ? parts.slice(2) : parts;
  const known = KINDS[plural];
  if (known === undefined || more !== undefined) return undefined;
  const store = world[known.store];
  const gns = inGns ? parts[1] : undefined;
  if (name === undefined) {
    const rows = [...store.values()].filter((each) => gns === undefined || each.metadata.globalNamespace === gns).map((each) => withStatus(world, each)).filter((each) => fieldSelected(each, request.query));
    return ok(page(rows, request.query, { text: resourceText, sorts: nameSorts, standard: 'name' }));
  }
  if (request.method !== 'GET') return write(world, request, known.kind, store, name, gns);
  const found = store.get(gns === undefined ? name : `${gns}/${name}`);
  return found === undefined ? NOT_FOUND : ok(withStatus(world, found), { ETag: `"${found.metadata.generation}"` });
}

function fieldSelected(row, query) {
  const selector = query.get('fieldSelector');
  if (!selector) return true;
  return selector.split(',').every((term) => {
    const [, path, not, value] = /^([^!=]+)(!?)==?(.*)$/.exec(term) ?? [];
    const found = path?.split('.').reduce((at, part) => at?.[part], row);
    return (String(found ?? '') === value) === (not === '');
  });
}

function overview(world) {
  const byPhase = {};
  for (const each of world.clusters.values()) byPhase[each.status.phase] = (byPhase[each.status.phase] ?? 0) + 1;
  return {
    clusters: { total: world.clusters.size, byPhase },
    globalNamespaces: { total: world.globalNamespaces.size, withProblems: [...world.globalNamespaces.values()].filter((each) => withStatus(world, each).status.problems > 0).length },
    services: { total: world.inventory.services.length, global: globalServices(world).length },
    routes: { total: world.trafficRoutes.size },
    changes: { last24h: world.revisions.filter((each) => Date.parse(each.at) > Date.now() - 86_400_000).length, notLive: underWay(world).length },
    problems: world.problems,
    start: { clusterJoined: [...world.clusters.values()].some((each) => each.status.phase !== 'Waiting'), globalNamespaceCreated: world.globalNamespaces.size > 0, routeCreated: world.trafficRoutes.size > 0 },
  };
}

const STEPS = [
  ['token', 'Join token made', 'A token for one agent, good for one hour.'],
  ['dialled', 'Agent reached the hub', 'The agent opened a connection and showed its token.'],
  ['identity', 'Identity issued', 'The agent has its certificate.'],
  ['inventory', 'Inventory arrived', 'Services, nodes and the mesh are known.'],
  ['configuration', 'Configuration applied', 'Everything the cluster should have is there.'],
  ['ready', 'Ready', 'The cluster takes part.'],
];

/** How far a cluster is: a made-up agent comes four seconds after its token, and needs some for each step. */
function onboarding(world, name) {
  const cluster = world.clusters.get(name);
  if (cluster === undefined) return NOT_FOUND;
  const token = world.joinTokens.get(name);
  const seconds = token === undefined ? 0 : (Date.now() - token.since) / 1_000;
  const done = cluster.status.phase !== 'Waiting' && token?.follow !== true ? STEPS.length : token === undefined ? 0 : token.never ? 1 : Math.min(STEPS.length, Math.max(1, Math.floor(seconds / 2)));
  const phases = ['Waiting', 'Waiting', 'Connected', 'Connected', 'Syncing', 'Syncing', 'Ready'];
  if (token !== undefined && !token.never && phases[done] !== cluster.status.phase && (token.follow = true)) {
    const made = newCluster({ revision: 0 }, name, { phase: phases[done] });
    world.clusters.set(name, { ...cluster, status: made.status });
    if (done >= 2) token.used = 1;
    emit(world, 'progress', { cluster: name });
  }
  const diagnosis = token?.never
    ? [{ code: 'never-dialled', title: 'No agent has dialled in 4 minutes', detail: 'Either the manifest was not applied, or the cluster cannot reach the hub at 203.0.113.9:8443.', command: `kubectl --namespace weft-system get pods,events` }]
    : [];
  return ok({
    cluster: name,
    phase: world.clusters.get(name).status.phase,
    tokens: { issued: token?.issued ?? 0, used: token?.used ?? 0, ...(token && { expiresAt: token.expiresAt }) },
    steps: STEPS.map(([id, title, detail], index) => ({ id, title, detail, state: index < done ? 'done' : index === done ? 'now' : 'waiting', ...(index < done && { at: new Date().toISOString() }) })),
    diagnosis,
  });
}

const MANIFEST = (name, token) => `apiVersion: v1
kind: Namespace
metadata:
  name: weft-system
---
apiVersion: v1
kind: Secret
metadata:
  name: weft-join
  namespace: weft-system
stringData:
  token: "${token}"
  ca.crt: |
    -----BEGIN CERTIFICATE-----
    c2ltdWxhdGVk
    -----END CERTIFICATE-----
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: weft-agent
  namespace: weft-system
spec:
  template:
    spec:
      containers:
        - name: agent
          image: "weft/cluster-agent:0.1.0"
          env:
            - name: WEFT_HUB_ADDRESS
              value: "203.0.113.9:8443"
            - name: WEFT_CLUSTER
              value: "${name}"
`;

function clusterParts(world, request, name, what) {
  const found = world.clusters.get(name);
  if (found === undefined) return NOT_FOUND;
  if (what === 'onboarding') return onboarding(world, name);
  if (what === 'join-token') {
    if (!writable(world)) return problem(403, 'Forbidden', 'The role viewer may not enrol clusters.');
    const token = `weftjoin_demo_${name}_${'x'.repeat(43)}`;
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    world.joinTokens.set(name, { issued: (world.joinTokens.get(name)?.issued ?? 0) + 1, used: 0, expiresAt, since: Date.now(), never: name.startsWith('never') });
    return ok({ cluster: name, token, expiresAt }, {}, 201);
  }
  if (what === 'manifest') return { status: request.method === 'POST' ? 201 : 200, text: MANIFEST(name, request.query.get('token') ?? 'weftjoin_…') };
  if (what === 'revoke') {
    found.status = { ...found.status, phase: 'Revoked', connected: false };
    emit(world, 'progress', { cluster: name });
    return ok({ cluster: name, revokedAt: new Date().toISOString() });
  }
  const items = [...world.globalNamespaces.values(), ...world.trafficRoutes.values()].flatMap((each) => objectsOf(world, each, name)).map((each) => ({ key: each.key, layer: each.key.includes('VirtualService') ? 'send' : 'receive', rank: 1, hash: '5f1c09aa77b1', object: each.object }));
  if (what === 'objects') return ok({ version: '5f1c09aa77b1c2d3', items });
  if (what === 'bundle') {
    const own = deliveryClusters(world).find((each) => each.cluster === name);
    return ok({
      cluster: name,
      version: '5f1c09aa77b1c2d3',
      position: 42,
      incarnation: 1,
      objects: items.length,
      connected: found.status.connected,
      since: new Date(Date.now() - 7_200_000).toISOString(),
      liveness: found.status.liveness ?? 'connected',
      sent: { version: '5f1c09aa77b1c2d3', position: 42 },
      applied: { version: '5f1c09aa77b1c2d3', position: 42 },
      liveReason: 'The simulated mesh has no proxies to ask.',
      refusals: own?.refusals ?? {},
      drift: world.scenario === 'degraded' && name === 'aws-us-1' ? { 'networking.istio.io/v1|ServiceEntry|istio-system|weft-shop-cart': 'kubectl-edit took over .spec.ports' } : {},
      answers: ['cart.shop.global', 'catalog.shop.global'],
      calls: ['cart.shop.global'],
      findings: world.scenario === 'degraded' ? [{ type: 'Warning', resource: 'TrafficRoute/shop/cart', reason: 'VersionAbsent', message: 'v2 has no instances here', cluster: name }] : [],
    });
  }
  if (what === 'release-brake') return ok({});
  return undefined;
}

const inventoryText = (row) => `${row.name ?? row.service ?? ''} ${row.namespace ?? ''} ${row.cluster}`;
const inventorySorts = { name: (row) => row.name ?? row.service, namespace: (row) => row.namespace, cluster: (row) => row.cluster, changedAt: (row) => row.changedAt, region: (row) => row.region };

function revisionView(world, each, whole) {
  const clusters = deliveryClusters(world, each.revision);
  const order = ['accepted', 'released', 'sent', 'applied', 'live'];
  const refused = clusters.filter((one) => one.state === 'refused').length;
  return {
    ...each,
    changes: whole ? each.changes : each.changes.map(({ key, effect }) => ({ key, effect })),
    state: refused > 0 ? 'refused' : order[Math.min(...clusters.map((one) => order.indexOf(one.state)), 3)],
    clusterCounts: { total: clusters.length, applied: clusters.filter((one) => one.state === 'applied').length, live: 0, refused },
    ...(whole && { clusters }),
  };
}

/** The resource of a key as it is now. */
function present(world, key) {
  const [kind, gns, name] = key.split('/');
  const plural = Object.keys(KINDS).find((each) => KINDS[each].kind === kind);
  return world[KINDS[plural].store].get(gns === '' ? name : `${gns}/${name}`);
}

/** Every version of a resource, newest first. */
function history(world, parts) {
  const inGns = parts.length === 5;
  const key = inGns ? `TrafficRoute/${parts[1]}/${parts[3]}` : `${KINDS[parts[0]]?.kind}//${parts[1]}`;
  const items = world.revisions
    .flatMap((each) => each.changes.filter((change) => change.key === key).map((change) => ({ revision: each.revision, at: each.at, by: each.by, generation: change.after?.metadata.generation ?? 0, document: change.after ?? null })))
    .reverse();
  return items.length === 0 ? NOT_FOUND : ok({ items });
}

/** A made-up fleet has everything at once, but for the last two changes where something is wrong. */
function underWay(world) {
  return world.scenario === 'degraded' ? world.revisions.slice(-2) : [];
}

function revisionRoutes(world, request, parts) {
  if (parts[1] === undefined) {
    const resource = request.query.get('resource');
    const since = Date.parse(request.query.get('since') ?? '') || 0;
    const pending = request.query.get('underWay') === 'true' ? underWay(world) : world.revisions;
    const rows = pending.filter((each) => (!resource || each.resources.includes(resource)) && Date.parse(each.at) > since).map((each) => revisionView(world, each, false));
    return ok(page(rows, request.query, { text: (row) => `${row.resources.join(' ')} ${row.by}`, sorts: { revision: (row) => row.revision }, standard: '-revision' }));
  }
  const found = world.revisions.find((each) => String(each.revision) === parts[1]);
  if (found === undefined) return NOT_FOUND;
  if (parts[2] === undefined) return ok(revisionView(world, found, true));
  const since = request.query.get('force') === 'true' ? [] : changedSince(world, found);
  if (since.length > 0) return problem(409, 'Conflict', 'Some of it was changed again since; nothing was stored.', since);
  const changes = found.changes.map(({ key, before }) => ({ before: present(world, key), after: before })).filter((each) => each.before ?? each.after);
  if (request.query.get('dryRun') === 'true') return ok(dryRun(world, changes));
  commit(world, changes);
  return ok({ revision: world.revision, resources: changes.map((each) => ({ key: resourceKey(each.after ?? each.before), effect: each.after ? 'configured' : 'deleted' })) });
}

function preview(world, request) {
  const draft = read(request)[0] ?? {};
  const members = membersOf(world, draft);
  const clusters = [...world.clusters.keys()].flatMap((name) => {
    const own = members.filter((each) => each.cluster === name);
    if (own.length === 0) return [];
    const namespaces = [...new Set(own.map((each) => each.namespace))].map((ns) => ({ name: ns, services: own.filter((each) => each.namespace === ns).map((each) => each.name) }));
    return [{ cluster: name, services: own.length, namespaces }];
  });
  const taken = [...world.globalNamespaces.values()].find((each) => each.spec.domain === draft.spec?.domain && each.metadata.name !== draft.metadata?.name);
  return ok({ services: new Set(members.map((each) => each.name)).size, clusters, conflicts: taken === undefined ? [] : [{ pointer: '/spec/domain', message: `the domain is that of ${taken.metadata.name}`, expected: 'a domain of its own', resource: { kind: 'GlobalNamespace', name: taken.metadata.name } }], violations: [] });
}

function search(world, q) {
  const hits = [
    ...[...world.clusters.values()].map((each) => ({ kind: 'Cluster', name: each.metadata.name, detail: each.status.phase })),
    ...[...world.globalNamespaces.values()].map((each) => ({ kind: 'GlobalNamespace', name: each.metadata.name, detail: each.spec.domain })),
    ...[...world.trafficRoutes.values()].map((each) => ({ kind: 'TrafficRoute', name: each.metadata.name, globalNamespace: each.metadata.globalNamespace, detail: `to ${each.spec.target}` })),
    ...globalServices(world).map((each) => ({ kind: 'GlobalService', name: each.name, globalNamespace: each.globalNamespace, detail: each.host })),
    ...world.inventory.services.map((each) => ({ kind: 'Service', name: each.name, cluster: each.cluster, namespace: each.namespace, detail: '' })),
    ...world.inventory.nodes.map((each) => ({ kind: 'Node', name: each.name, cluster: each.cluster, detail: each.zone })),
    ...world.inventory.gateways.map((each) => ({ kind: 'Gateway', name: each.name, cluster: each.cluster, namespace: each.namespace, detail: '' })),
  ];
  return { items: hits.filter((hit) => `${hit.name} ${hit.detail}`.toLowerCase().includes(q.toLowerCase())).slice(0, 20) };
}

function tokens(world, request, id) {
  if (request.method === 'GET') return ok({ items: world.tokens });
  if (!world.roles.includes('admin')) return problem(403, 'Forbidden', 'Only an administrator may manage tokens.');
  if (request.method === 'DELETE') {
    world.tokens = world.tokens.filter((each) => each.id !== id);
    return ok({}, {}, 204);
  }
  const { name, role, expiresAt } = read(request)[0] ?? {};
  if (!name) return problem(422, 'Unprocessable Content', 'What was sent is not valid; nothing was stored.', [{ pointer: '/name', message: 'is missing', expected: '1 to 200 characters' }]);
  const made = { id: `t${world.tokens.length + 1}`, name, role, createdAt: new Date().toISOString(), createdBy: 'user:ada', ...(expiresAt && { expiresAt }) };
  world.tokens = [...world.tokens, made];
  return ok({ ...made, token: `weft_${made.id}_${'s'.repeat(43)}` }, {}, 201);
}

function applyDocuments(world, request, dry) {
  const changes = read(request).map((document) => {
    const plural = Object.keys(KINDS).find((each) => KINDS[each].kind === document.kind);
    const store = world[KINDS[plural]?.store];
    const before = store?.get(storeKey(document));
    return { before, after: prepared(world, document.kind, document, document.metadata?.name, document.metadata?.globalNamespace, before) };
  });
  const violations = changes.flatMap(({ after }, index) => check(after).map((each) => ({ ...each, pointer: `/${index}${each.pointer}` })));
  if (violations.length > 0) return problem(422, 'Unprocessable Content', 'What was sent is not valid; nothing was stored.', violations);
  if (dry) return ok(dryRun(world, changes));
  commit(world, changes);
  return ok({ revision: world.revision, resources: changes.map(({ before, after }) => ({ key: resourceKey(after), effect: before ? 'configured' : 'created' })) });
}

/** One request of the API: `{status, body, headers}` or `{status, text}`. */
export function answer(world, request) {
  if (request.path === '/api/v1/me') return ok({ subject: 'user:ada', kind: 'user', platformAdministrator: false, tenants: [{ name: 'demo', roles: world.roles }] });
  const [tenant, ...parts] = request.path.slice('/api/v1/tenants/'.length).split('/').map(decodeURIComponent);
  if (tenant !== 'demo') return tenant === 'other' ? answer(OTHER, { ...request, path: request.path.replace('/tenants/other', '/tenants/demo') }) : NOT_FOUND;
  const [first, second, third] = parts;
  if (first === 'overview') return ok(overview(world));
  if (first === 'search') return ok(search(world, request.query.get('q') ?? ''));
  if (first === 'tokens') return tokens(world, request, second);
  if (first === 'revisions') return revisionRoutes(world, request, parts);
  if (first === 'apply' || first === 'diff') return applyDocuments(world, request, first === 'diff' || request.query.get('dryRun') === 'true');
  if (first === 'inventory') {
    const rows = world.inventory[second];
    if (rows === undefined) return NOT_FOUND;
    const fits = rows.filter((row) => ['cluster', 'namespace'].every((field) => !request.query.get(field) || row[field] === request.query.get(field)));
    return ok(page(fits, request.query, { text: inventoryText, sorts: inventorySorts, standard: 'name' }));
  }
  if (first === 'global-services') {
    const rows = globalServices(world);
    if (second !== undefined) {
      const found = rows.find((row) => row.globalNamespace === second && row.name === third);
      if (found === undefined) return NOT_FOUND;
      const places = found.clusters.map((each) => ({ cluster: each.cluster, namespace: each.namespace, served: true, connected: each.answered, liveness: each.answered ? 'connected' : 'lost', network: 'default', labels: {}, gateway: ['203.0.113.1:15443'], ports: found.ports, versions: each.versions.map((version) => ({ version, ready: 2, meshed: true, locality: 'eu/eu-a', serviceAccounts: [found.name] })) }));
      return ok({ ...found, places, callers: found.clusters.map((each) => each.cluster) });
    }
    const fits = rows.filter((row) => (!request.query.get('globalNamespace') || row.globalNamespace === request.query.get('globalNamespace')) && (!request.query.get('cluster') || row.clusters.some((each) => each.cluster === request.query.get('cluster'))));
    return ok(page(fits, request.query, { text: (row) => `${row.name} ${row.host}`, sorts: { name: (row) => row.name, globalNamespace: (row) => row.globalNamespace, instances: (row) => row.instances, clusters: (row) => row.clusters.length }, standard: 'name' }));
  }
  if (first === 'global-namespaces' && second === 'preview' && request.method === 'POST') return preview(world, request);
  if (first === 'clusters' && third !== undefined && third !== 'history') return clusterParts(world, request, second, third) ?? NOT_FOUND;
  if (parts.at(-1) === 'history') return history(world, parts);
  return resources(world, request, parts) ?? NOT_FOUND;
}

const OTHER = {
  scenario: 'other',
  revision: 0,
  position: 1,
  clusters: new Map(),
  globalNamespaces: new Map(),
  trafficRoutes: new Map(),
  inventory: { services: [], nodes: [], gateways: [], namespaces: [], versions: [], instances: [], meshes: [] },
  revisions: [],
  tokens: [],
  joinTokens: new Map(),
  problems: [],
  listeners: new Set(),
  roles: ['viewer'],
};
