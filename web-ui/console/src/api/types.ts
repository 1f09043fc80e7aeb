import type { components } from './schema';

/** The documents of the hub's API, by the names they have in its description. */
export type Schemas = components['schemas'];

export type Metadata = Schemas['Metadata'];
export type Condition = Schemas['Condition'];
export type ClusterState = Schemas['ClusterState'];
export type ChangeState = Schemas['ChangeState'];
export type Finding = Schemas['Finding'];
export type ClusterDiff = Schemas['ClusterDiff'];
export type ObjectDiff = Schemas['ObjectChange'];
export type DryRun = Schemas['DryRun'];
export type Cluster = Schemas['Cluster'];
export type GlobalNamespace = Schemas['GlobalNamespace'];
export type TrafficRoute = Schemas['TrafficRoute'];

/** A page of any list. */
export interface Page<T> {
  items: readonly T[];
  /** How many there are over all pages with these filters; absent where the server does not count. */
  total?: number;
  continue?: string;
  /** Clusters whose part of the answer is old or missing. */
  unanswered?: readonly { cluster: string; lastSeen?: string }[];
}
