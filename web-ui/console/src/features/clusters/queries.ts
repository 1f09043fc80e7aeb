import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, must, mustTagged } from '~/api/client';
import type { Query } from '~/api/http';
import { keys } from '~/api/keys';
import type { Cluster, Page, Schemas } from '~/api/types';

function text(value: Query[string]): string | undefined {
  return value === undefined ? undefined : String(value);
}

export function clustersOptions(tenant: string, query: Query) {
  return queryOptions({
    queryKey: keys.list(tenant, 'clusters', query),
    queryFn: ({ signal }): Promise<Page<Cluster>> =>
      must(
        api.GET('/api/v1/tenants/{tenant}/clusters', {
          params: {
            path: { tenant },
            query: { q: text(query.q), sort: text(query.sort), limit: text(query.limit), continue: text(query.continue), fieldSelector: text(query.fieldSelector) },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function clusterOptions(tenant: string, name: string) {
  return queryOptions({
    queryKey: keys.one(tenant, 'clusters', name),
    queryFn: ({ signal }) => mustTagged(api.GET('/api/v1/tenants/{tenant}/clusters/{name}', { params: { path: { tenant, name } }, signal })),
  });
}

/** What the description leaves open and the hub says all the same. */
export type Bundle = Schemas['ClusterBundle'] & {
  sent?: { version: string; position: number };
  applied?: { version: string; position: number };
  live?: { version: string; position: number };
  liveReason?: string;
  drift?: Readonly<Record<string, string>>;
  answers?: readonly string[];
  calls?: readonly string[];
};

export function bundleOptions(tenant: string, name: string) {
  return queryOptions({
    queryKey: keys.one(tenant, 'clusters', name, 'bundle'),
    queryFn: async ({ signal }): Promise<Bundle> => must(api.GET('/api/v1/tenants/{tenant}/clusters/{name}/bundle', { params: { path: { tenant, name } }, signal })),
  });
}

/** One object as its agent gets it. */
export interface ClusterObject {
  key: string;
  layer: string;
  object: Readonly<Record<string, unknown>>;
}

export function objectsOptions(tenant: string, name: string, query: Query) {
  return queryOptions({
    queryKey: keys.one(tenant, 'clusters', name, 'objects', JSON.stringify(query)),
    queryFn: async ({ signal }): Promise<Page<ClusterObject>> => {
      const read = await must(
        api.GET('/api/v1/tenants/{tenant}/clusters/{name}/objects', {
          params: { path: { tenant, name }, query: { limit: text(query.limit), continue: text(query.continue) } },
          signal,
        }),
      );
      return { items: read.items as unknown as ClusterObject[], continue: read.continue };
    },
    placeholderData: keepPreviousData,
  });
}

const LOOK_MILLIS = 2_000;

/** How far the joining is; asked again by itself until it is ready, as refused attempts make no event. */
export function onboardingOptions(tenant: string, name: string) {
  return queryOptions({
    queryKey: keys.one(tenant, 'clusters', name, 'onboarding'),
    queryFn: ({ signal }) => must(api.GET('/api/v1/tenants/{tenant}/clusters/{name}/onboarding', { params: { path: { tenant, name } }, signal })),
    refetchInterval: (query) => (query.state.data?.phase === 'Ready' || query.state.data?.phase === 'Revoked' ? false : LOOK_MILLIS),
  });
}

export type InventoryService = Schemas['InventoryService'];

export function servicesOfOptions(tenant: string, query: Query) {
  return queryOptions({
    queryKey: keys.list(tenant, 'inventory', query, 'services'),
    queryFn: async ({ signal }): Promise<Page<InventoryService>> => {
      const read = await must(
        api.GET('/api/v1/tenants/{tenant}/inventory/{kind}', {
          params: {
            path: { tenant, kind: 'services' },
            query: { q: text(query.q), cluster: text(query.cluster), sort: text(query.sort), limit: text(query.limit), continue: text(query.continue) },
          },
          signal,
        }),
      );
      return read as Page<InventoryService>;
    },
    placeholderData: keepPreviousData,
  });
}
