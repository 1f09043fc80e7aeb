import type { FeatureManifest } from '~/app/manifest';
import { pathTo } from '~/app/navigate';

const UP = [{ label: 'Routes', to: 'routes' }];

export const manifest: FeatureManifest = {
  id: 'routes',
  nav: [{ group: 'Configure', label: 'Routes', path: 'routes', order: 10, shortcut: 'r' }],
  routes: [
    { path: 'routes', page: () => import('./pages/RoutesPage'), title: () => 'Routes' },
    { path: 'routes/create', page: () => import('./pages/CreateRoutePage'), title: () => 'Create a route', crumbs: () => UP },
    {
      path: 'routes/$gns/$name',
      page: () => import('./pages/RoutePage'),
      title: ({ name }) => `Route ${name ?? ''}`,
      crumbs: () => UP,
    },
  ],
  places: {
    TrafficRoute: ({ name, globalNamespace }) =>
      globalNamespace === undefined ? undefined : { label: name, to: pathTo('routes', globalNamespace, name) },
  },
  commands: [{ label: 'Create a route', to: 'routes/create', needs: 'edit' }],
};
