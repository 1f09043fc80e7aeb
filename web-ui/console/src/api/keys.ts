import type { Query } from './http';

/** What the live stream says has changed; the second part of every query key of a tenant after its name. */
export type Collection =
  | 'overview'
  | 'clusters'
  | 'global-namespaces'
  | 'global-services'
  | 'traffic-routes'
  | 'revisions'
  | 'inventory'
  | 'tokens'
  | 'search'
  /** What the hub thinks of something not written yet: the stream says nothing about it. */
  | 'drafts'
  | 'me';

/** The one place where query keys are made: `['t', tenant, collection, …]`. */
export const keys = {
  tenant: (tenant: string) => ['t', tenant] as const,
  all: (tenant: string, collection: Collection) => ['t', tenant, collection] as const,
  list: (tenant: string, collection: Collection, query: Query = {}, scope = '') =>
    ['t', tenant, collection, 'list', scope, query] as const,
  one: (tenant: string, collection: Collection, ...name: readonly string[]) =>
    ['t', tenant, collection, 'one', ...name] as const,
};
