// How far changes come in the made-up clusters: sent after a moment, applied after another, never live, as simulated.
import { emit } from './world.mjs';

const SENT_AFTER = 600;
const APPLIED_AFTER = 1_800;

/** What became of a revision in each cluster; without one, of everything that is old. */
export function deliveryClusters(world, revision) {
  const age = revision === undefined ? Infinity : Date.now() - (world.committed?.get(revision) ?? 0);
  return [...world.clusters.values()]
    .filter((each) => each.status.phase !== 'Waiting')
    .map((each) => oneCluster(each, age));
}

function oneCluster({ metadata, status }, age) {
  const base = { cluster: metadata.name, connected: status.connected, version: '5f1c09aa77b1', refusals: {} };
  if (!status.connected) return { ...base, state: 'released', reason: 'the agent is not connected' };
  if (age < SENT_AFTER) return { ...base, state: 'released' };
  if (age < APPLIED_AFTER) return { ...base, state: 'sent' };
  if (status.phase === 'Degraded') {
    const why = 'admission webhook "validate.<b>policy</b>.example" denied the request';
    return { ...base, state: 'refused', reason: 'objects were refused', refusals: { 'networking.istio.io/v1|VirtualService|shop|weft-cart.shop.global': why } };
  }
  return { ...base, state: 'applied', reason: 'The cluster is simulated: no proxies run in it that could be asked.' };
}

/** A new revision sets out; the streams hear of each step. */
export function setOut(world, revision) {
  world.committed ??= new Map();
  world.committed.set(revision, Date.now());
  for (const wait of [SENT_AFTER, APPLIED_AFTER]) {
    setTimeout(() => {
      for (const name of world.clusters.keys()) emit(world, 'progress', { cluster: name });
    }, wait + 50).unref();
  }
}
