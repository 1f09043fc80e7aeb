import { queryOptions } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import type { Query } from '~/api/http';
import { keys } from '~/api/keys';
import type { Page } from '~/api/types';
import type { ResourceDocument } from '~/shared/changes/documents';

export type Route = ResourceDocument;

/** A page of the routes of one global namespace, or of all. */
export const routesQuery = (tenant: string, globalNamespace: string | undefined, query: Query) =>
  queryOptions({
    queryKey: keys.list(tenant, 'traffic-routes', query, globalNamespace),
    queryFn: async ({ signal }): Promise<Page<Route>> => {
      const page = { ...query, limit: String(query.limit ?? 20) } as never;
      const answer =
        globalNamespace === undefined
          ? await must(api.GET('/api/v1/tenants/{tenant}/traffic-routes', { params: { path: { tenant }, query: page }, signal }))
          : await must(
              api.GET('/api/v1/tenants/{tenant}/global-namespaces/{gns}/traffic-routes', {
                params: { path: { tenant, gns: globalNamespace }, query: page },
                signal,
              }),
            );
      return answer as unknown as Page<Route>;
    },
  });
