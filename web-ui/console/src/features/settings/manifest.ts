import type { FeatureManifest } from '~/app/manifest';

export const manifest: FeatureManifest = {
  id: 'settings',
  nav: [{ group: 'Administer', label: 'Settings', path: 'settings', order: 100, shortcut: 't' }],
  routes: [{ path: 'settings', page: () => import('./pages/SettingsPage'), title: () => 'Settings' }],
  commands: [{ label: 'Make an API token', to: 'settings', needs: 'tokens' }],
};
