import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, must } from '~/api/client';
import { type Collection, keys } from '~/api/keys';
import type { DryRun, Page, Schemas } from '~/api/types';
import { type JsonObject, objectOf, textOf } from '~/shared/resources/json';
import { readResource } from './documents';
import { type ResourceKey, keyPath, keyText } from './key';

export type Revision = Schemas['Revision'];
export type RevisionStatus = Schemas['RevisionStatus'];
export type Version = Schemas['Version'];

/** An object as the agent of a cluster gets it. */
export interface ClusterObject {
  key: string;
  object: JsonObject;
}

const COLLECTIONS: Readonly<Record<string, Collection>> = {
  Cluster: 'clusters',
  GlobalNamespace: 'global-namespaces',
  TrafficRoute: 'traffic-routes',
};

export function collectionOf(key: ResourceKey): Collection {
  return COLLECTIONS[key.kind] ?? 'search';
}

export interface RevisionQuestion {
  q: string;
  resource: string | undefined;
  limit: number;
  continue: string | undefined;
  /** Only those that a connected cluster does not have yet. */
  underWay?: boolean;
  /** Only those that are not older. */
  hours?: number;
}

const HOUR_MILLIS = 3_600_000;

export const revisionsQuery = (tenant: string, question: RevisionQuestion) =>
  queryOptions({
    queryKey: keys.list(tenant, 'revisions', { ...question }),
    queryFn: async ({ signal }): Promise<Page<Revision>> => {
      const { underWay, hours, limit, ...rest } = question;
      const since = hours === undefined ? undefined : new Date(Date.now() - hours * HOUR_MILLIS).toISOString();
      const query = { ...rest, limit: String(limit), since, underWay: underWay === true ? 'true' : undefined };
      return must(api.GET('/api/v1/tenants/{tenant}/revisions', { params: { path: { tenant }, query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const revisionQuery = (tenant: string, revision: number) =>
  queryOptions({
    queryKey: keys.one(tenant, 'revisions', String(revision)),
    queryFn: ({ signal }) =>
      must(api.GET('/api/v1/tenants/{tenant}/revisions/{number}', { params: { path: { tenant, number: String(revision) } }, signal })),
  });

export const historyQuery = (tenant: string, key: ResourceKey) =>
  queryOptions({
    queryKey: keys.one(tenant, 'revisions', 'history', keyText(key)),
    queryFn: async ({ signal }): Promise<Page<Version>> => {
      const path = keyPath(tenant, key, 'history') as '/api/v1/tenants/{tenant}/clusters/{name}/history';
      return must(api.GET(path, { params: { path: { tenant, name: key.name }, query: { limit: '100' } }, signal }));
    },
  });

export const resourceQuery = (tenant: string, key: ResourceKey) =>
  queryOptions({
    queryKey: keys.one(tenant, collectionOf(key), keyText(key)),
    queryFn: ({ signal }) => readResource(tenant, key, signal),
  });

const MOST_PAGES = 20;

/** Everything that one cluster should have. Asked for page by page; beyond the last one it says so. */
export const clusterObjectsQuery = (tenant: string, cluster: string) =>
  queryOptions({
    queryKey: keys.one(tenant, 'clusters', 'objects', cluster),
    queryFn: async ({ signal }) => {
      const items: ClusterObject[] = [];
      let next: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const params = { path: { tenant, name: cluster }, query: { limit: '500', continue: next } };
        const read = await must(api.GET('/api/v1/tenants/{tenant}/clusters/{name}/objects', { params, signal }));
        items.push(...(read.items as unknown as ClusterObject[]));
        next = read.continue;
        if (next === undefined) break;
      }
      return { items, complete: next === undefined };
    },
  });

/** Why an object is there, as its annotations tell. */
export function annotation(object: JsonObject, name: 'resource' | 'global-namespace' | 'revision'): string {
  return textOf(objectOf(objectOf(object.metadata).annotations)[`weft.io/${name}`]);
}

const REVERT = '/api/v1/tenants/{tenant}/revisions/{number}/revert';

function reverting(tenant: string, revision: number, force: boolean) {
  return { path: { tenant, number: String(revision) }, query: { force: force ? 'true' : undefined } };
}

export async function tryRevert(tenant: string, revision: number, force: boolean, signal: AbortSignal): Promise<DryRun> {
  const { path, query } = reverting(tenant, revision, force);
  const answer = await must(api.POST(REVERT, { params: { path, query: { ...query, dryRun: 'true' } }, signal }));
  return answer as unknown as DryRun;
}

export async function revert(tenant: string, revision: number, force: boolean, idempotencyKey: string): Promise<number> {
  const params = { ...reverting(tenant, revision, force), header: { 'Idempotency-Key': idempotencyKey } };
  return (await must(api.POST(REVERT, { params }))).revision;
}
