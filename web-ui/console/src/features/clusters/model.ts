import type { Cluster } from '~/api/types';
import type { Phase } from '~/shared/clusters/phase';

const MEANINGS: Readonly<Record<Phase, string>> = {
  Waiting: 'No agent of this cluster has ever dialled in.',
  Connected: 'The agent is connected; its inventory is on the way.',
  Syncing: 'What the cluster should have is not all applied yet.',
  Ready: 'Connected, and has everything it should have.',
  Degraded: 'Something was refused, changed by others, or is held back.',
  Disconnected: 'Its agent is not connected. Its traffic stays as it is; changes wait.',
  Revoked: 'Its identity was revoked: the agent can no longer connect.',
};

/** What the hub says of the phase, or what it means. */
export function phaseMeaning(status: Cluster['status']): string {
  if (status === undefined) return '';
  return status.phaseDetail || MEANINGS[status.phase];
}

export interface ClusterView {
  name: string;
  displayName: string;
  description: string;
  provider: string;
  region: string;
  network: string;
  labels: Readonly<Record<string, string>>;
  phase: Phase | undefined;
  meaning: string;
  simulated: boolean;
  connected: boolean;
  lastSeen: string | undefined;
  agentVersion: string;
  mesh: string;
  kubernetes: string;
  nodes: number | undefined;
  services: number | undefined;
  namespaces: number | undefined;
  certificateExpiresAt: string | undefined;
  capabilities: readonly string[];
  /** Its agent has reported at least once. */
  known: boolean;
}

/** A cluster as the pages show it; absent texts are empty. */
export function clusterView(cluster: Cluster): ClusterView {
  const { metadata, spec = {}, status } = cluster;
  const known = status?.lastSeen !== undefined;
  return {
    name: metadata?.name ?? '',
    displayName: spec.displayName ?? '',
    description: spec.description ?? '',
    provider: spec.provider ?? '',
    region: spec.region ?? '',
    network: spec.network ?? '',
    labels: spec.labels ?? {},
    phase: status?.phase,
    meaning: phaseMeaning(status),
    simulated: status?.simulated ?? false,
    connected: status?.connected ?? false,
    lastSeen: status?.lastSeen,
    agentVersion: status?.agentVersion ?? '',
    mesh: status?.mesh === undefined ? '' : `${status.mesh.kind} ${status.mesh.version}`.trim(),
    kubernetes: status?.kubernetesVersion ?? '',
    nodes: known ? status?.nodes : undefined,
    services: known ? status?.services : undefined,
    namespaces: known ? status?.namespaces : undefined,
    certificateExpiresAt: status?.certificateExpiresAt,
    capabilities: status?.capabilities ?? [],
    known,
  };
}

/** The names that providers have in the console; others are shown as they stand. */
const PROVIDERS: Readonly<Record<string, string>> = { aws: 'AWS', gcp: 'Google Cloud', azure: 'Azure', onpremises: 'On premises' };

export function providerWord(provider: string): string {
  return PROVIDERS[provider.toLowerCase()] ?? provider;
}

export const PROVIDER_CHOICES: readonly string[] = ['AWS', 'GCP', 'Azure', 'OnPremises'];

/** The API's field selector for the filters of the list. */
export function fieldSelector(filters: Readonly<Record<string, string | undefined>>): string | undefined {
  const terms = [
    ['status.phase', filters.phase],
    ['spec.provider', filters.provider],
  ].flatMap(([field, value]) => (value === undefined ? [] : [`${field}=${value}`]));
  return terms.length === 0 ? undefined : terms.join(',');
}

const CAPABILITIES: Readonly<Record<string, string>> = {
  'dns-capture': 'Sidecars answer names of global services',
  sidecars: 'Proxies are injected beside workloads',
  'east-west-gateway': 'Other clusters reach its services through a gateway',
  live: 'The hub can see when every proxy has a change in force',
};

export function capabilityMeaning(capability: string): string {
  return CAPABILITIES[capability] ?? '';
}
