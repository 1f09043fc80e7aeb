import type { ClusterDiff, DryRun, ObjectDiff } from '~/api/types';

/** What a change would do, in numbers. */
export interface Extent {
  clusters: number;
  added: number;
  changed: number;
  removed: number;
  findings: number;
}

export function extent(clusters: readonly ClusterDiff[]): Extent {
  const objects = clusters.flatMap((each) => each.objects);
  const having = (change: ObjectDiff['change']) => objects.filter((object) => object.change === change).length;
  return {
    clusters: clusters.filter((each) => each.objects.length > 0).length,
    added: having('added'),
    changed: having('changed'),
    removed: having('removed'),
    findings: clusters.reduce((sum, each) => sum + each.findings.length, 0),
  };
}

export function extentWords(of: Extent): string {
  const parts = [
    of.added > 0 ? `${String(of.added)} added` : '',
    of.changed > 0 ? `${String(of.changed)} changed` : '',
    of.removed > 0 ? `${String(of.removed)} removed` : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'No object of any cluster changes.';
  const clusters = of.clusters === 1 ? '1 cluster' : `${String(of.clusters)} clusters`;
  return `${parts.join(', ')} in ${clusters}.`;
}

/** Whether the hub would store anything at all. */
export function changesNothing(dryRun: DryRun): boolean {
  return dryRun.clusters.length === 0 && dryRun.resources.every((each) => each.effect === 'unchanged');
}

export interface KindCount {
  kind: string;
  count: number;
}

/** How many objects of which kind, most first. */
export function byKind(kinds: readonly string[]): KindCount[] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts.entries()]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
}
