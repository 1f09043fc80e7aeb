import { queryOptions } from '@tanstack/react-query';
import { tenantPath } from '~/api/http';
import { keys } from '~/api/keys';
import type { Page } from '~/api/types';
import { type ResourceDocument, readAll } from '~/shared/changes/documents';

export type Route = ResourceDocument;

/** What to show of the routes of a tenant. */
export interface RouteQuestion {
  globalNamespace: string | undefined;
  q: string;
  sort: string;
}

/**
 * Routes of one global namespace or of all. The hub lists them by global namespace, so those of all are gathered; there
 * is at most one for each global service.
 */
export const routesQuery = (tenant: string, question: RouteQuestion) =>
  queryOptions({
    queryKey: keys.list(tenant, 'traffic-routes', { ...question }),
    queryFn: async ({ signal }): Promise<Page<Route>> => {
      const names =
        question.globalNamespace === undefined ? await globalNamespaces(tenant, signal) : [question.globalNamespace];
      const lists = await Promise.all(names.map((name) => routesOf(tenant, name, signal)));
      const items = arranged(lists.flat(), question);
      return { items, total: items.length };
    },
  });

async function globalNamespaces(tenant: string, signal: AbortSignal): Promise<string[]> {
  const found = await readAll(tenantPath(tenant, 'global-namespaces'), signal);
  return found.map((each) => each.metadata.name);
}

function routesOf(tenant: string, globalNamespace: string, signal: AbortSignal): Promise<Route[]> {
  return readAll(tenantPath(tenant, 'global-namespaces', globalNamespace, 'traffic-routes'), signal);
}

/** Filtered and sorted as the hub would. */
export function arranged(routes: readonly Route[], { q, sort }: Pick<RouteQuestion, 'q' | 'sort'>): Route[] {
  const wanted = q.toLowerCase();
  const descending = sort.startsWith('-');
  const field = descending ? sort.slice(1) : sort;
  const keyOf = (route: Route) => sortKey(route, field);
  return routes
    .filter((route) => searched(route).some((text) => text.toLowerCase().includes(wanted)))
    .toSorted((a, b) => (descending ? -1 : 1) * (keyOf(a).localeCompare(keyOf(b)) || nameOf(a).localeCompare(nameOf(b))));
}

function nameOf(route: Route): string {
  return `${route.metadata.name}/${route.metadata.globalNamespace ?? ''}`;
}

function searched(route: Route): string[] {
  const target = route.spec.target;
  return [route.metadata.name, route.metadata.globalNamespace ?? '', typeof target === 'string' ? target : ''];
}

function sortKey(route: Route, field: string): string {
  if (field === 'updatedAt') return route.metadata.updatedAt ?? '';
  if (field === 'globalNamespace') return route.metadata.globalNamespace ?? '';
  return route.metadata.name;
}
