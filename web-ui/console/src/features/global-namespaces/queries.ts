import { queryOptions } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import type { Query } from '~/api/http';
import { keys } from '~/api/keys';
import type { Page, Schemas } from '~/api/types';
import type { ResourceDocument } from '~/shared/changes/documents';
import type { JsonObject } from '~/shared/resources/json';

export type Preview = Schemas['GlobalNamespacePreview'];

export const globalNamespacesQuery = (tenant: string, query: Query) =>
  queryOptions({
    queryKey: keys.list(tenant, 'global-namespaces', query),
    queryFn: async ({ signal }): Promise<Page<ResourceDocument>> => {
      const params = { path: { tenant }, query: { ...query, limit: String(query.limit ?? 20) } as never };
      const page = await must(api.GET('/api/v1/tenants/{tenant}/global-namespaces', { params, signal }));
      return page as unknown as Page<ResourceDocument>;
    },
  });

/** What a global namespace would catch, while it is being written. */
export const previewQuery = (tenant: string, document: JsonObject) =>
  queryOptions({
    queryKey: keys.one(tenant, 'global-services', 'preview', JSON.stringify(document)),
    queryFn: ({ signal }) =>
      must(api.POST('/api/v1/tenants/{tenant}/global-namespaces/preview', { params: { path: { tenant } }, body: document as never, signal })),
    retry: false,
    gcTime: 60_000,
  });
