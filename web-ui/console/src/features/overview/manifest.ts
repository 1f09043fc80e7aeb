import type { FeatureManifest } from '~/app/manifest';

export const manifest: FeatureManifest = {
  id: 'overview',
  nav: [{ group: 'Overview', label: 'Overview', path: 'overview', order: 0, shortcut: 'o' }],
  routes: [{ path: 'overview', page: () => import('./pages/OverviewPage'), title: () => 'Overview' }],
};
