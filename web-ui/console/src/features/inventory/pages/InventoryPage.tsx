import { useQuery } from '@tanstack/react-query';
import { AppLink, usePathParams, useTenant } from '~/app/navigate';
import { useListSearch } from '~/shared/hooks/use-list-search';
import { DataTable } from '~/shared/ui/DataTable';
import { PageFrame } from '~/shared/ui/PageFrame';
import { Empty, NotFound } from '~/shared/ui/states';
import { COLUMNS } from '../columns';
import { RowSummary } from '../RowSummary';
import { isKind, KINDS, rowKey, type InventoryKind } from '../kinds';
import { clusterNamesOptions, inventoryOptions } from '../queries';

const WORDS: Readonly<Record<InventoryKind, { title: string; lead: string }>> = {
  services: { title: 'Services in clusters', lead: 'Every Kubernetes service that an agent reports, whether it belongs to a global namespace or not.' },
  nodes: { title: 'Nodes', lead: 'The machines of all clusters, as their agents report them.' },
  gateways: { title: 'Gateways', lead: 'The east-west gateways through which other clusters reach services.' },
  namespaces: { title: 'Namespaces', lead: 'The Kubernetes namespaces of all clusters; member rules of global namespaces choose among them.' },
};

export default function InventoryPage() {
  const kind = usePathParams().kind;
  if (!isKind(kind)) {
    return (
      <PageFrame title="Inventory">
        <NotFound
          what={`An inventory of ${kind ?? ''}`}
          back={KINDS.map((each) => (
            <AppLink key={each} to={`inventory/${each}`}>
              {WORDS[each].title}
            </AppLink>
          ))}
        />
      </PageFrame>
    );
  }
  return <KindPage key={kind} kind={kind} />;
}

function KindPage({ kind }: { kind: InventoryKind }) {
  const tenant = useTenant();
  const namespaced = kind === 'services' || kind === 'gateways';
  const search = useListSearch({ sort: 'name', filters: namespaced ? ['cluster', 'namespace'] : ['cluster'] });
  const query = useQuery(inventoryOptions(tenant, kind, search.query));
  const clusters = useQuery(clusterNamesOptions(tenant)).data ?? [];
  const { title, lead } = WORDS[kind];
  const filters = [
    { name: 'cluster', label: 'Cluster', options: clusters.map((name) => ({ value: name, label: name })) },
    ...(namespaced && search.filters.namespace !== undefined ? [{ name: 'namespace', label: 'Namespace', options: [{ value: search.filters.namespace, label: search.filters.namespace }] }] : []),
  ];
  return (
    <PageFrame title={title} lead={lead}>
      <DataTable
        id={`inventory-${kind}`}
        noun={title}
        columns={COLUMNS[kind]}
        query={query}
        search={search}
        rowKey={rowKey}
        rowLabel={rowKey}
        drawerTitle={(row) => row.name}
        drawer={(row) => <RowSummary key={rowKey(row)} kind={kind} row={row} />}
        filters={filters}
        searchLabel="Find by name"
        isDimmed={(row) => row.stale}
        empty={
          <Empty title={`No ${kind} known`} action={<AppLink to="clusters">See the clusters</AppLink>}>
            Agents report what their clusters have, within seconds after they joined.
          </Empty>
        }
      />
    </PageFrame>
  );
}
