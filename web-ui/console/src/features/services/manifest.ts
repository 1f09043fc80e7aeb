import type { FeatureManifest } from '~/app/manifest';
import { pathTo } from '~/app/navigate';

const UP = [{ label: 'Global services', to: 'services' }];

export const manifest: FeatureManifest = {
  id: 'services',
  nav: [{ group: 'Inventory', label: 'Global services', path: 'services', order: 30, shortcut: 's' }],
  routes: [
    { path: 'services', page: () => import('./pages/ServicesPage'), title: () => 'Global services' },
    {
      path: 'services/$gns/$name',
      page: () => import('./pages/ServicePage'),
      title: ({ name }) => name ?? '',
      crumbs: () => UP,
    },
  ],
  places: {
    GlobalService: ({ name, globalNamespace }) =>
      globalNamespace === undefined ? undefined : { label: name, to: pathTo('services', globalNamespace, name) },
  },
};
