import { AppLink, pathTo } from '~/app/navigate';
import { Ago } from '~/shared/ui/AsOf';
import type { Column } from '~/shared/ui/DataTable';
import { Labels } from '~/shared/ui/Labels';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { injectionText, portText, type InventoryKind, type Row } from './kinds';

const CLUSTER: Column<Row> = { key: 'cluster', title: 'Cluster', sort: 'cluster', cell: (row) => <AppLink to={pathTo('clusters', row.cluster)}>{row.cluster}</AppLink> };
const NAMESPACE: Column<Row> = { key: 'namespace', title: 'Namespace', sort: 'namespace', cell: (row) => row.namespace ?? '–' };
const LABELS: Column<Row> = { key: 'labels', title: 'Labels', hiddenAtFirst: true, cell: (row) => <Labels labels={row.labels ?? {}} most={3} /> };
const CHANGED: Column<Row> = {
  key: 'changed',
  title: 'Changed',
  sort: 'changedAt',
  cell: (row) => (row.stale ? <StatusLabel tone="disconnected">Old</StatusLabel> : <Ago at={row.changedAt} />),
};

function name(title: string): Column<Row> {
  return { key: 'name', title, sort: 'name', isHeader: true, width: 25, cell: (row) => row.name ?? '–' };
}

/** What each kind shows. */
export const COLUMNS: Readonly<Record<InventoryKind, readonly Column<Row>[]>> = {
  services: [name('Service'), NAMESPACE, CLUSTER, { key: 'ports', title: 'Ports', cell: (row) => (row.ports ?? []).map(portText).join(', ') || '–' }, LABELS, CHANGED],
  nodes: [
    name('Node'),
    CLUSTER,
    { key: 'ready', title: 'Status', cell: (row) => (row.ready === true ? <StatusLabel tone="ok">Ready</StatusLabel> : <StatusLabel tone="danger">Not ready</StatusLabel>) },
    { key: 'zone', title: 'Zone', cell: (row) => row.zone || '–' },
    { key: 'region', title: 'Region', hiddenAtFirst: true, cell: (row) => row.region || '–' },
    { key: 'kubelet', title: 'Kubelet', cell: (row) => row.kubeletVersion || '–' },
    LABELS,
    CHANGED,
  ],
  gateways: [
    name('Gateway'),
    NAMESPACE,
    CLUSTER,
    { key: 'addresses', title: 'Addresses', cell: (row) => (row.addresses ?? []).map((each) => `${each.address}:${each.port}`).join(', ') || 'none yet' },
    CHANGED,
  ],
  namespaces: [name('Namespace'), CLUSTER, { key: 'injection', title: 'Proxies injected', cell: (row) => injectionText(row.injection) }, LABELS, CHANGED],
};
