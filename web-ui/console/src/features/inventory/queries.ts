import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import type { Query } from '~/api/http';
import { keys } from '~/api/keys';
import type { Page } from '~/api/types';
import type { InventoryKind, Row } from './kinds';

function text(value: Query[string]): string | undefined {
  return value === undefined ? undefined : String(value);
}

export function inventoryOptions<K extends InventoryKind>(tenant: string, kind: K, query: Query) {
  return queryOptions({
    queryKey: keys.list(tenant, 'inventory', query, kind),
    queryFn: async ({ signal }): Promise<Page<Row>> => {
      const read = await must(
        api.GET('/api/v1/tenants/{tenant}/inventory/{kind}', {
          params: {
            path: { tenant, kind },
            query: { q: text(query.q), cluster: text(query.cluster), namespace: text(query.namespace), sort: text(query.sort), limit: text(query.limit), continue: text(query.continue) },
          },
          signal,
        }),
      );
      return read as Page<Row>;
    },
    placeholderData: keepPreviousData,
  });
}

/** Choices for the filter: the clusters of the tenant, as far as a person would choose from a list. */
export function clusterNamesOptions(tenant: string) {
  return queryOptions({
    queryKey: keys.list(tenant, 'clusters', { names: true }),
    queryFn: async ({ signal }) => {
      const read = await must(api.GET('/api/v1/tenants/{tenant}/clusters', { params: { path: { tenant }, query: { limit: '200', sort: 'name' } }, signal }));
      return read.items.map((each) => each.metadata?.name ?? '');
    },
  });
}

/** The versions and instances behind one service of one cluster. */
export function behindOptions(tenant: string, kind: 'versions' | 'instances', cluster: string, namespace: string, q: string) {
  return queryOptions({
    queryKey: keys.list(tenant, 'inventory', { cluster, namespace, q }, kind),
    queryFn: async ({ signal }): Promise<Page<Row>> => {
      const read = await must(
        api.GET('/api/v1/tenants/{tenant}/inventory/{kind}', { params: { path: { tenant, kind }, query: { cluster, namespace, q, limit: '100' } }, signal }),
      );
      return read as Page<Row>;
    },
  });
}
