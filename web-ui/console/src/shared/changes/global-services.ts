import { queryOptions } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import type { Query } from '~/api/http';
import { keys } from '~/api/keys';
import type { Page, Schemas } from '~/api/types';

/** One name over all clusters: `cart.shop.example`. */
export type GlobalService = Schemas['GlobalService'];
export type GlobalServiceDetail = Schemas['GlobalServiceDetail'];
export type GlobalServicePlace = Schemas['GlobalServicePlace'];

export const globalServicesQuery = (tenant: string, query: Query) =>
  queryOptions({
    queryKey: keys.list(tenant, 'global-services', query),
    queryFn: async ({ signal }): Promise<Page<GlobalService>> =>
      must(api.GET('/api/v1/tenants/{tenant}/global-services', { params: { path: { tenant }, query: query as never }, signal })),
  });

export const globalServiceQuery = (tenant: string, gns: string, name: string) =>
  queryOptions({
    queryKey: keys.one(tenant, 'global-services', gns, name),
    queryFn: ({ signal }) =>
      must(api.GET('/api/v1/tenants/{tenant}/global-services/{gns}/{name}', { params: { path: { tenant, gns, name } }, signal })),
  });
