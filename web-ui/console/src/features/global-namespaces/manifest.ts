import type { FeatureManifest } from '~/app/manifest';
import { pathTo } from '~/app/navigate';

const UP = [{ label: 'Global namespaces', to: 'global-namespaces' }];

export const manifest: FeatureManifest = {
  id: 'global-namespaces',
  nav: [{ group: 'Inventory', label: 'Global namespaces', path: 'global-namespaces', order: 20, shortcut: 'n' }],
  routes: [
    { path: 'global-namespaces', page: () => import('./pages/GlobalNamespacesPage'), title: () => 'Global namespaces' },
    {
      path: 'global-namespaces/create',
      page: () => import('./pages/CreatePage'),
      title: () => 'Create a global namespace',
      crumbs: () => UP,
    },
    {
      path: 'global-namespaces/$name',
      page: () => import('./pages/GlobalNamespacePage'),
      title: ({ name }) => `Global namespace ${name ?? ''}`,
      crumbs: () => UP,
    },
  ],
  places: { GlobalNamespace: ({ name }) => ({ label: name, to: pathTo('global-namespaces', name) }) },
  commands: [{ label: 'Create a global namespace', to: 'global-namespaces/create', needs: 'edit' }],
};
