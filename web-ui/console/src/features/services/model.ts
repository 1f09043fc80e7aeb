import type { GlobalService, GlobalServiceDetail, GlobalServicePlace } from '~/shared/changes/global-services';
import type { Tone } from '~/shared/ui/StatusLabel';

export interface ServiceState {
  word: string;
  tone: Tone;
  why: string;
}

/** In one word whether the name can be called, and from where. */
export function serviceState(service: GlobalService): ServiceState {
  const left = service.findings.filter((finding) => finding.type !== 'Warning').map((finding) => finding.message);
  if (service.instances === 0) return { word: 'No instances', tone: 'danger', why: 'No cluster has a ready instance in the mesh.' };
  if (left.length > 0) return { word: 'Has problems', tone: 'warning', why: left.join(' ') };
  const silent = service.clusters.filter((each) => !each.answered && each.instances > 0).map((each) => each.cluster);
  if (silent.length > 0) return { word: 'Partly', tone: 'warning', why: `Other clusters cannot call it yet in ${silent.join(', ')}.` };
  return { word: 'Answered', tone: 'ok', why: 'Every cluster that has it answers the name.' };
}

export function portWords(ports: GlobalService['ports']): string {
  return ports.map((port) => `${String(port.number)} ${port.protocol}`).join(', ');
}

export interface VersionRow {
  version: string;
  cluster: string;
  namespace: string;
  ready: number;
  meshed: boolean;
  locality: string;
  serviceAccounts: string;
}

/** Every version in every cluster, by version. */
export function versionRows(places: readonly GlobalServicePlace[]): VersionRow[] {
  return places
    .flatMap((place) =>
      place.versions.map((version) => ({
        version: version.version,
        cluster: place.cluster,
        namespace: place.namespace,
        ready: version.ready,
        meshed: version.meshed,
        locality: version.locality,
        serviceAccounts: version.serviceAccounts.join(', '),
      })),
    )
    .sort((a, b) => a.version.localeCompare(b.version) || a.cluster.localeCompare(b.cluster));
}

/** Names under which it can be called, and what each means. */
export function namesOf(service: GlobalServiceDetail): { name: string; meaning: string }[] {
  const own = service.places.map((place) => ({
    name: `${service.name}.${place.namespace}.svc.cluster.local`,
    meaning: `only inside ${place.cluster}, as Kubernetes has it; Weft does not change it`,
  }));
  const address = service.address === undefined ? [] : [{ name: service.address, meaning: 'its virtual address, the same in every member cluster' }];
  return [{ name: service.host, meaning: `from every member: ${service.callers.join(', ') || 'no cluster yet'}` }, ...address, ...merged(own)];
}

function merged(names: readonly { name: string; meaning: string }[]): { name: string; meaning: string }[] {
  const byName = new Map<string, string[]>();
  for (const { name, meaning } of names) byName.set(name, [...(byName.get(name) ?? []), meaning]);
  return [...byName.entries()].map(([name, meanings]) => ({ name, meaning: meanings.join('; ') }));
}
