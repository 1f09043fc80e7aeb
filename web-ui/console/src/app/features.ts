import type { Command, FeatureManifest, FeatureRoute, NavEntry, NavGroup, Place, Thing } from './manifest';

/** A folder with a `manifest.ts` is a feature; nothing else registers it. */
const found = import.meta.glob<{ manifest: FeatureManifest }>('../features/*/manifest.ts', { eager: true });

export const features: readonly FeatureManifest[] = Object.values(found).map((each) => each.manifest);

export const featureRoutes: readonly FeatureRoute[] = features.flatMap((feature) => feature.routes);

export const commands: readonly Command[] = features.flatMap((feature) => feature.commands ?? []);

const GROUPS: readonly NavGroup[] = ['Overview', 'Inventory', 'Configure', 'Administer'];

export const navigation: readonly { group: NavGroup; entries: readonly NavEntry[] }[] = GROUPS.map((group) => ({
  group,
  entries: features
    .flatMap((feature) => feature.nav ?? [])
    .filter((entry) => entry.group === group)
    .sort((a, b) => a.order - b.order),
})).filter((each) => each.entries.length > 0);

/** The page of a thing, where one exists. */
export function placeOf(thing: Thing): Place | undefined {
  for (const feature of features) {
    const place = feature.places?.[thing.kind]?.(thing);
    if (place !== undefined) return place;
  }
  return undefined;
}
