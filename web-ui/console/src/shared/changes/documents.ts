import { api } from '~/api/client';
import type { ClusterState, Condition, DryRun, Metadata, Page } from '~/api/types';
import type { JsonObject } from '~/shared/resources/json';
import { type ResourceKey, keyPath } from './key';

/**
 * Resources of any kind as documents. While one is written it may be anything, so the types that the hub's description
 * gives a finished one do not hold of it.
 */
export interface ResourceDocument {
  metadata: Metadata & { name: string };
  spec: JsonObject;
  status?: {
    conditions?: readonly Condition[];
    clusters?: readonly ClusterState[];
    members?: { clusters: number; namespaces: number; services: number };
  };
}

interface Options {
  params?: { query?: Record<string, string | number | undefined>; header?: Record<string, string> };
  body?: unknown;
  signal?: AbortSignal;
}

type Call = (path: string, options: Options) => Promise<{ data?: unknown }>;

const untyped = api as unknown as Readonly<Record<'GET' | 'PUT' | 'DELETE', Call>>;

async function data<T>(answer: Promise<{ data?: unknown }>): Promise<T> {
  return (await answer).data as T;
}

export function readResource(tenant: string, key: ResourceKey, signal: AbortSignal): Promise<ResourceDocument> {
  return data(untyped.GET(keyPath(tenant, key), { signal }));
}

/** Every page of a list, one after the other. */
export async function readAll(path: string, signal: AbortSignal): Promise<ResourceDocument[]> {
  const items: ResourceDocument[] = [];
  let next: string | undefined;
  do {
    const page: Page<ResourceDocument> = await data(untyped.GET(path, { params: { query: { limit: 500, continue: next } }, signal }));
    items.push(...page.items);
    next = page.continue;
  } while (next !== undefined);
  return items;
}

/** What a write must find: this generation, or nothing. */
export type Expected = { generation: number } | 'absent';

function precondition(expected: Expected): Record<string, string> {
  return expected === 'absent' ? { 'If-None-Match': '*' } : { 'If-Match': `"${String(expected.generation)}"` };
}

export interface Put {
  key: ResourceKey;
  document: JsonObject;
  expected: Expected;
}

export function tryPut(tenant: string, { key, document, expected }: Put, signal: AbortSignal): Promise<DryRun> {
  const params = { query: { dryRun: 'true' }, header: precondition(expected) };
  return data(untyped.PUT(keyPath(tenant, key), { params, body: document, signal }));
}

/** With the same idempotency key it is stored once, however often it is sent. */
export function put(tenant: string, { key, document, expected }: Put, idempotencyKey: string): Promise<ResourceDocument> {
  const header = { ...precondition(expected), 'Idempotency-Key': idempotencyKey };
  return data(untyped.PUT(keyPath(tenant, key), { params: { header }, body: document }));
}

/** What else goes: with `cascade` everything that is in it, in the same change. */
export interface Deletion {
  cascade?: 'true';
}

export function tryDelete(tenant: string, key: ResourceKey, how: Deletion, signal: AbortSignal): Promise<DryRun> {
  return data(untyped.DELETE(keyPath(tenant, key), { params: { query: { ...how, dryRun: 'true' } }, signal }));
}

export function remove(tenant: string, key: ResourceKey, how: Deletion, generation: number): Promise<{ revision: number }> {
  return data(untyped.DELETE(keyPath(tenant, key), { params: { query: { ...how }, header: precondition({ generation }) } }));
}
