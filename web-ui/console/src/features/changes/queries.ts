import { queryOptions } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import { keys } from '~/api/keys';
import type { Page } from '~/api/types';
import type { Revision } from '~/shared/changes/queries';

export interface RevisionQuestion {
  q: string;
  resource: string | undefined;
  limit: number;
  continue: string | undefined;
}

export const revisionsQuery = (tenant: string, question: RevisionQuestion) =>
  queryOptions({
    queryKey: keys.list(tenant, 'revisions', { ...question }),
    queryFn: async ({ signal }): Promise<Page<Revision>> => {
      const query = { ...question, limit: String(question.limit) };
      return must(api.GET('/api/v1/tenants/{tenant}/revisions', { params: { path: { tenant }, query }, signal }));
    },
  });
