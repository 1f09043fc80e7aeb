import { queryOptions } from '@tanstack/react-query';
import { api, must } from './client';
import { keys } from './keys';
import type { Schemas } from './types';

export type Hit = Schemas['SearchHit'];

export function searchOptions(tenant: string, q: string) {
  return queryOptions({
    queryKey: keys.list(tenant, 'search', { q }),
    queryFn: ({ signal }) => must(api.GET('/api/v1/tenants/{tenant}/search', { params: { path: { tenant }, query: { q, limit: '20' } }, signal })),
    enabled: q !== '',
    staleTime: 10_000,
  });
}
