import type { FeatureManifest } from '~/app/manifest';
import { pathTo } from '~/app/navigate';

export const manifest: FeatureManifest = {
  id: 'clusters',
  nav: [{ group: 'Inventory', label: 'Clusters', path: 'clusters', order: 10, shortcut: 'c' }],
  routes: [
    { path: 'clusters', page: () => import('./pages/ClustersPage'), title: () => 'Clusters' },
    { path: 'clusters/onboard', page: () => import('./pages/OnboardPage'), title: () => 'Onboard a cluster' },
    { path: 'clusters/$name', page: () => import('./pages/ClusterPage'), title: (params) => params.name ?? '' },
  ],
  places: {
    Cluster: (thing) => ({ label: thing.name, to: pathTo('clusters', thing.name) }),
  },
  commands: [{ label: 'Onboard a cluster', to: 'clusters/onboard', needs: 'enrol' }],
};
