import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type AnyRoute,
  redirect,
} from '@tanstack/react-router';
import { ErrorState, Loading, NotFound } from '~/shared/ui/states';
import { featureRoutes } from './features';
import { SessionGate } from './session/SessionGate';
import { Elsewhere } from './Elsewhere';
import { TenantFrame } from './TenantFrame';
import { Home } from './Home';

/** Everything behind `?` is text: what looks like a number in a search field is still text. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

const root = createRootRoute({
  component: () => (
    <SessionGate>
      <Outlet />
    </SessionGate>
  ),
  notFoundComponent: () => <NotFound what="This page" back={<a href="/">Go to the start</a>} />,
});

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

/** Where a log-in in another window ends: it tells the others, and closes. */
const renewed = createRoute({
  getParentRoute: () => root,
  path: '/session-renewed',
  component: lazyRouteComponent(() => import('./session/SessionRenewed')),
});

const tenant = createRoute({ getParentRoute: () => root, path: '/t/$tenant', component: TenantFrame });

const tenantHome = createRoute({
  getParentRoute: () => tenant,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ href: `/t/${encodeURIComponent((params as { tenant: string }).tenant)}/overview`, replace: true });
  },
});

/** A static part wins over a parameter, so `clusters/onboard` is no cluster's name. */
const pages = featureRoutes.map((each) =>
  createRoute({
    getParentRoute: () => tenant,
    path: each.path,
    component: lazyRouteComponent(each.page),
    pendingComponent: () => <Loading lines={8} />,
    notFoundComponent: () => <NotFound what="This page" />,
  }),
);

/** Within the frame: who mistypes an address keeps the navigation. */
const elsewhere = createRoute({ getParentRoute: () => tenant, path: '$', component: Elsewhere });

export const router = createRouter({
  routeTree: root.addChildren([home, renewed, tenant.addChildren([tenantHome, ...pages, elsewhere] as AnyRoute[])] as AnyRoute[]) as AnyRoute,
  parseSearch,
  stringifySearch,
  defaultPreload: false,
  defaultPendingMs: 200,
  defaultPendingMinMs: 0,
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  defaultNotFoundComponent: () => <NotFound what="This page" />,
});
