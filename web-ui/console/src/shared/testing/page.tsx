import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, createMemoryHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { type RenderResult, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { type RoleName, readSession } from '~/api/session-state';

// Machines under load are slow; a test that fails still ends.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 60_000 });

/** What a made-up hub answers: by method and path, without the query. */
export type Answers = Readonly<Record<string, unknown>>;

function answer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

/** Renders a part of a page as a person with a role sees it, in the tenant `demo`. Whatever is not answered is not found. */
export async function renderPart(part: ReactNode, answers: Answers = {}, role: RoleName = 'admin'): Promise<RenderResult> {
  const session = {
    authenticated: true,
    user: { name: 'ada', displayName: 'Ada' },
    tenants: [{ name: 'demo', roles: [role] }],
    csrf: { headerName: 'X-CSRF-TOKEN', token: 't' },
    issuer: { kind: 'embedded' },
    demo: true,
  };
  vi.stubGlobal('fetch', (input: Request | string) => {
    if (typeof input === 'string') return Promise.resolve(answer(session));
    const found = answers[`${input.method} ${new URL(input.url).pathname.replace('/api/v1/tenants/demo/', '')}`];
    return Promise.resolve(found === undefined ? answer({ title: 'Not Found', status: 404 }, 404) : answer(found));
  });
  await readSession();
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: '/t/$tenant/$', component: () => part });
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory({ initialEntries: ['/t/demo/page'] }) });
  await router.load();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
}
