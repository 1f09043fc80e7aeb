import type { FeatureManifest } from '~/app/manifest';

export const manifest: FeatureManifest = {
  id: 'inventory',
  nav: [
    { group: 'Inventory', label: 'Services in clusters', path: 'inventory/services', order: 40, shortcut: 'i' },
    { group: 'Inventory', label: 'Nodes', path: 'inventory/nodes', order: 50, shortcut: 'd' },
    { group: 'Inventory', label: 'Gateways', path: 'inventory/gateways', order: 60, shortcut: 'w' },
    { group: 'Inventory', label: 'Namespaces', path: 'inventory/namespaces', order: 70, shortcut: 'm' },
  ],
  routes: [{ path: 'inventory/$kind', page: () => import('./pages/InventoryPage'), title: (params) => params.kind ?? 'Inventory' }],
  places: {
    Service: (thing) => ({ label: thing.name, to: 'inventory/services', search: { q: thing.name, cluster: thing.cluster, row: `${thing.cluster ?? ''}/${thing.namespace ?? ''}/${thing.name}` } }),
    Node: (thing) => ({ label: thing.name, to: 'inventory/nodes', search: { q: thing.name, row: `${thing.cluster ?? ''}/${thing.name}` } }),
    Gateway: (thing) => ({ label: thing.name, to: 'inventory/gateways', search: { q: thing.name, row: `${thing.cluster ?? ''}/${thing.namespace ?? ''}/${thing.name}` } }),
  },
};
