import { useQuery } from '@tanstack/react-query';
import { AppLink, pathTo, useGo, useLinkProps, useTenant } from '~/app/navigate';
import type { Cluster } from '~/api/types';
import { count } from '~/shared/format/numbers';
import { useListSearch } from '~/shared/hooks/use-list-search';
import { ActionButton } from '~/shared/ui/ActionButton';
import { Ago } from '~/shared/ui/AsOf';
import { DataTable, type Column } from '~/shared/ui/DataTable';
import { PageFrame } from '~/shared/ui/PageFrame';
import { Empty } from '~/shared/ui/states';
import { ClusterSummary } from '../components/ClusterSummary';
import { PHASES } from '~/shared/clusters/phase';
import { PhaseLabel, SimulatedLabel } from '~/shared/clusters/PhaseLabel';
import { clusterView, fieldSelector, PROVIDER_CHOICES, providerWord } from '../model';
import { clustersOptions } from '../queries';
import '../clusters.css';

function number(value: number | undefined): string {
  return value === undefined ? '–' : count(value);
}

const COLUMNS: readonly Column<Cluster>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: 'name',
    isHeader: true,
    width: 20,
    cell: (row) => {
      const view = clusterView(row);
      return (
        <div className="weft-name">
          <AppLink to={pathTo('clusters', view.name)}>{view.name}</AppLink>
          {view.displayName !== '' && <span className="weft-sub">{view.displayName}</span>}
        </div>
      );
    },
  },
  {
    key: 'phase',
    title: 'Status',
    cell: (row) => {
      const view = clusterView(row);
      return (
        <span className="weft-status-cell">
          <PhaseLabel phase={view.phase} meaning={view.meaning} />
          {view.simulated && <SimulatedLabel />}
        </span>
      );
    },
  },
  { key: 'provider', title: 'Provider', cell: (row) => providerWord(clusterView(row).provider) || '–' },
  { key: 'region', title: 'Region', cell: (row) => clusterView(row).region || '–' },
  { key: 'mesh', title: 'Mesh', cell: (row) => clusterView(row).mesh || '–' },
  { key: 'kubernetes', title: 'Kubernetes', hiddenAtFirst: true, cell: (row) => clusterView(row).kubernetes || '–' },
  { key: 'agent', title: 'Agent', hiddenAtFirst: true, cell: (row) => clusterView(row).agentVersion || '–' },
  { key: 'nodes', title: 'Nodes', numeric: true, cell: (row) => number(clusterView(row).nodes) },
  { key: 'services', title: 'Services', numeric: true, cell: (row) => number(clusterView(row).services) },
  { key: 'namespaces', title: 'Namespaces', numeric: true, hiddenAtFirst: true, cell: (row) => number(clusterView(row).namespaces) },
  {
    key: 'seen',
    title: 'Last seen',
    cell: (row) => {
      const view = clusterView(row);
      return view.connected ? 'now' : <Ago at={view.lastSeen} none="never" />;
    },
  },
  { key: 'certificate', title: 'Certificate ends', hiddenAtFirst: true, cell: (row) => <Ago at={clusterView(row).certificateExpiresAt} /> },
  { key: 'created', title: 'Added', sort: 'createdAt', hiddenAtFirst: true, cell: (row) => <Ago at={row.metadata?.createdAt} /> },
];

const FILTERS = [
  { name: 'phase', label: 'Status', options: PHASES.map((phase) => ({ value: phase, label: phase })) },
  { name: 'provider', label: 'Provider', options: PROVIDER_CHOICES.map((provider) => ({ value: provider, label: providerWord(provider) })) },
];

const keyOf = (row: Cluster) => row.metadata?.name ?? '';

export default function ClustersPage() {
  const tenant = useTenant();
  const search = useListSearch({ sort: 'name', filters: ['phase', 'provider'] });
  const { phase, provider, ...asked } = search.query;
  const query = useQuery(clustersOptions(tenant, { ...asked, fieldSelector: fieldSelector({ phase: phase as string | undefined, provider: provider as string | undefined }) }));
  const link = useLinkProps();
  const go = useGo();
  const onboard = (
    <ActionButton needs="enrol" variant="primary" component="a" {...link('clusters/onboard')}>
      Onboard a cluster
    </ActionButton>
  );
  return (
    <PageFrame title="Clusters" lead="Kubernetes clusters with a mesh, each joined by an agent that dials out to Weft." actions={onboard}>
      <DataTable
        id="clusters"
        noun="Clusters"
        columns={COLUMNS}
        query={query}
        search={search}
        rowKey={keyOf}
        rowLabel={keyOf}
        filters={FILTERS}
        searchLabel="Find by name"
        isDimmed={(row) => clusterView(row).phase === 'Disconnected' || clusterView(row).phase === 'Revoked'}
        drawer={(row) => <ClusterSummary cluster={row} />}
        empty={
          <Empty
            title="No cluster yet"
            action={
              <ActionButton needs="enrol" onClick={() => go('clusters/onboard')}>
                Onboard a cluster
              </ActionButton>
            }
          >
            Give a cluster a name, apply one manifest in it, and watch it join. Nothing in it is changed until you say so.
          </Empty>
        }
      />
    </PageFrame>
  );
}
