import type { FeatureManifest } from '~/app/manifest';

export const manifest: FeatureManifest = {
  id: 'changes',
  nav: [{ group: 'Configure', label: 'Changes', path: 'changes', order: 20, shortcut: 'h' }],
  routes: [
    { path: 'changes', page: () => import('./pages/ChangesPage'), title: () => 'Changes' },
    {
      path: 'changes/$number',
      page: () => import('./pages/ChangePage'),
      title: ({ number }) => `Change ${number ?? ''}`,
      crumbs: () => [{ label: 'Changes', to: 'changes' }],
    },
  ],
};
