import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, must } from './client';
import { tenantPath } from './http';
import { ApiProblem } from './problem';
import { readSession, sessionState } from './session-state';

const SESSION = {
  authenticated: true,
  user: { name: 'ada', displayName: 'Ada' },
  tenants: [{ name: 'demo', roles: ['admin'] }],
  csrf: { headerName: 'X-CSRF-TOKEN', token: 'first' },
  issuer: { kind: 'embedded' },
  demo: true,
};

function problem(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', ...headers } });
}

describe('requests to the hub', () => {
  let asked: Request[];
  let answers: ((request: Request) => Response)[];
  let session: object;

  beforeEach(async () => {
    asked = [];
    answers = [];
    session = SESSION;
    vi.stubGlobal('fetch', (input: Request | string) => {
      if (typeof input === 'string') return Promise.resolve(Response.json(session));
      asked.push(input);
      const answer = answers.shift();
      return answer === undefined ? Promise.reject(new TypeError('refused')) : Promise.resolve(answer(input));
    });
    await readSession();
  });

  afterEach(() => vi.unstubAllGlobals());

  const read = () => must(api.GET('/api/v1/tenants/{tenant}/clusters', { params: { path: { tenant: 'demo' }, query: { q: '', limit: '20' } }, baseUrl: 'http://console.test' }));
  const revoke = () =>
    must(api.POST('/api/v1/tenants/{tenant}/clusters/{name}/revoke', { params: { path: { tenant: 'demo', name: 'a' } }, body: {}, baseUrl: 'http://console.test' }));

  it('carry the CSRF token when they write, and only then', async () => {
    answers.push(() => Response.json({ items: [], total: 0 }), () => Response.json({}));

    await read();
    await revoke();

    expect(asked.map((request) => request.headers.get('X-CSRF-TOKEN'))).toEqual([null, 'first']);
  });

  it('leave out empty parameters', async () => {
    answers.push(() => Response.json({ items: [], total: 0 }));

    await read();

    expect(asked[0]?.url).toBe('http://console.test/api/v1/tenants/demo/clusters?limit=20');
  });

  it('are sent once more with a new token when the old one was refused', async () => {
    session = { ...SESSION, csrf: { headerName: 'X-CSRF-TOKEN', token: 'second' } };
    answers.push(
      () => problem(403, { type: 'https://weft.io/problems/csrf', title: 'Forbidden', status: 403 }),
      () => Response.json({}),
    );

    await revoke();

    expect(asked.map((request) => request.headers.get('X-CSRF-TOKEN'))).toEqual(['first', 'second']);
  });

  it('throw the problem with every violation and the request id', async () => {
    answers.push(() => problem(422, { title: 'Unprocessable', status: 422, detail: 'no', violations: [{ pointer: '/spec/domain', message: 'is no domain', expected: 'a DNS name' }, 'odd'] }, { 'X-Request-Id': 'r1' }));

    const thrown = await revoke().catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(ApiProblem);
    expect(thrown).toMatchObject({ status: 422, requestId: 'r1', violations: [{ pointer: '/spec/domain', message: 'is no domain' }] });
  });

  it('say that the server is unreachable when there is no answer, and for 503 with when to ask again', async () => {
    expect(await read().catch((error: unknown) => error)).toMatchObject({ status: 0, unreachable: true });

    answers.push(() => problem(503, { title: 'Service Unavailable', status: 503 }, { 'Retry-After': '7' }));

    expect(await read().catch((error: unknown) => error)).toMatchObject({ unreachable: true, retryAfter: 7 });
  });

  it('tell that the session is over, and that it is not when somebody logged in again', async () => {
    answers.push(() => problem(401, { type: 'https://weft.io/problems/session-expired', title: 'Unauthorized', status: 401 }));
    await read().catch(() => undefined);
    expect(sessionState().phase).toBe('over');

    await readSession();

    expect(sessionState().phase).toBe('open');
  });

  it('make a problem even of an answer that is no problem document', async () => {
    answers.push(() => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } }));

    expect(await read().catch((error: unknown) => error)).toMatchObject({ status: 502, unreachable: true });
  });
});

it('names of others cannot leave their place in a path', () => {
  expect(tenantPath('demo', 'clusters', '../../x?y')).toBe('/api/v1/tenants/demo/clusters/..%2F..%2Fx%3Fy');
});
