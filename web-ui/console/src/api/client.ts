import createClient from 'openapi-fetch';
import { weftFetch } from './http';
import type { paths } from './schema';

/**
 * The hub's API with the types of its own description (`npm run api` makes them from `openapi.json`). Whatever is no success
 * is thrown as an {@link ApiProblem}, so `data` is there: `const { data } = await api.GET(…)`, then {@link must}.
 */
export const api = createClient<paths>({
  fetch: weftFetch,
  querySerializer: (query) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
      if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
    }
    return parameters.toString();
  },
});

/** The data of an answer; errors were thrown before. */
export async function must<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** The data and the ETag, which is the generation to write against. */
export async function mustTagged<T>(answer: Promise<{ data?: T; response: Response }>): Promise<{ data: T; etag: string | undefined }> {
  const { data, response } = await answer;
  return { data: data as T, etag: response.headers.get('ETag') ?? undefined };
}

/** A new key for a write: sent again with the same key, it is done once. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}
