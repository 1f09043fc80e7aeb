import { queryOptions } from '@tanstack/react-query';
import { tenantPath } from '~/api/http';
import { keys } from '~/api/keys';
import { readAll } from './documents';

/** Names to choose from: of clusters or global namespaces. */
export const namesQuery = (tenant: string, collection: 'clusters' | 'global-namespaces') =>
  queryOptions({
    queryKey: keys.list(tenant, collection, {}, 'names'),
    queryFn: ({ signal }) => readAll(tenantPath(tenant, collection), signal),
    select: (all) => all.map((each) => each.metadata.name),
  });

/** The routes of one global namespace: at most one for each of its services. */
export const routesOfQuery = (tenant: string, globalNamespace: string) =>
  queryOptions({
    queryKey: keys.list(tenant, 'traffic-routes', {}, globalNamespace),
    queryFn: ({ signal }) => readAll(tenantPath(tenant, 'global-namespaces', globalNamespace, 'traffic-routes'), signal),
  });
