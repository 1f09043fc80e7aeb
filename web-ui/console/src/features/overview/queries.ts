import { queryOptions } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import { keys } from '~/api/keys';

export function overviewOptions(tenant: string) {
  return queryOptions({
    queryKey: keys.one(tenant, 'overview'),
    queryFn: ({ signal }) => must(api.GET('/api/v1/tenants/{tenant}/overview', { params: { path: { tenant } }, signal })),
  });
}
