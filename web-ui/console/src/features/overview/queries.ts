import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import { keys } from '~/api/keys';

export function overviewOptions(tenant: string) {
  return queryOptions({
    queryKey: keys.one(tenant, 'overview'),
    queryFn: ({ signal }) => must(api.GET('/api/v1/tenants/{tenant}/overview', { params: { path: { tenant } }, signal })),
  });
}

/** The first few by name. */
export function someClustersOptions(tenant: string, limit: number) {
  const query = { limit: String(limit), sort: 'name' };
  return queryOptions({
    queryKey: keys.list(tenant, 'clusters', query),
    queryFn: ({ signal }) => must(api.GET('/api/v1/tenants/{tenant}/clusters', { params: { path: { tenant }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}
