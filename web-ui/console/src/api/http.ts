import { problemOf, unreachable } from './problem';
import { csrf, renewCsrf, sessionIsOver } from './session-state';

/** Parameters of a query; what is undefined or empty is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** `/api/v1/tenants/{tenant}/a/b`, each part escaped. */
export function tenantPath(tenant: string, ...parts: readonly string[]): string {
  return ['/api/v1/tenants', encodeURIComponent(tenant), ...parts.map(encodeURIComponent)].join('/');
}

function withCsrf(request: Request): Request {
  if (request.method === 'GET' || request.method === 'HEAD') return request;
  const { headerName, token } = csrf();
  if (token !== '') request.headers.set(headerName, token);
  return request;
}

async function fetchOnce(request: Request): Promise<Response> {
  try {
    // Not the function kept from start: tests put another in its place.
    return await globalThis.fetch(withCsrf(request));
  } catch (thrown) {
    if (request.signal.aborted) throw thrown;
    throw unreachable(thrown);
  }
}

/**
 * Fetches, and throws an {@link ApiProblem} for whatever is no success. A write refused for its CSRF token is sent once more
 * with a new one; an answer that the session is over opens the dialog for it.
 */
export async function weftFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetchOnce(request);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 403 && problem.kind.includes('csrf') && (await renewCsrf())) {
    const second = await fetchOnce(again);
    if (second.ok) return second;
    throw await problemOf(second);
  }
  if (problem.sessionOver) sessionIsOver();
  throw problem;
}

/** A write to the edge itself, which the hub's description does not have. */
export async function post<T>(path: string, body?: unknown): Promise<T> {
  const response = await weftFetch(
    new Request(new URL(path, location.origin), {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
    }),
  );
  return (await response.json()) as T;
}
