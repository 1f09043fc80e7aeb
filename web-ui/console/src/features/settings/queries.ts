import { queryOptions } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import { keys } from '~/api/keys';
import type { Schemas } from '~/api/types';

export type Token = Schemas['Token'];

export function tokensOptions(tenant: string, enabled: boolean) {
  return queryOptions({
    queryKey: keys.all(tenant, 'tokens'),
    queryFn: ({ signal }) => must(api.GET('/api/v1/tenants/{tenant}/tokens', { params: { path: { tenant } }, signal })),
    enabled,
  });
}
