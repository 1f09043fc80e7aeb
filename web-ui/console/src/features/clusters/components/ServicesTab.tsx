import { useQuery } from '@tanstack/react-query';
import { AppLink, useTenant } from '~/app/navigate';
import { useListSearch } from '~/shared/hooks/use-list-search';
import { Ago } from '~/shared/ui/AsOf';
import { DataTable, type Column } from '~/shared/ui/DataTable';
import { Empty } from '~/shared/ui/states';
import { servicesOfOptions, type InventoryService } from '../queries';

const COLUMNS: readonly Column<InventoryService>[] = [
  { key: 'name', title: 'Service', sort: 'name', isHeader: true, cell: (row) => row.name },
  { key: 'namespace', title: 'Namespace', sort: 'namespace', cell: (row) => row.namespace },
  { key: 'ports', title: 'Ports', cell: (row) => row.ports.map((port) => `${port.number}${port.name === '' ? '' : ` ${port.name}`}`).join(', ') || '–' },
  { key: 'changed', title: 'Changed', sort: 'changedAt', cell: (row) => <Ago at={row.changedAt} /> },
];

const keyOf = (row: InventoryService) => `${row.namespace}/${row.name}`;

/** The services that its agent reports. */
export function ServicesTab({ cluster }: { cluster: string }) {
  const tenant = useTenant();
  const search = useListSearch({ sort: 'name', fixed: { cluster } });
  const query = useQuery(servicesOfOptions(tenant, search.query));
  return (
    <DataTable
      id="cluster-services"
      noun="Services"
      columns={COLUMNS}
      query={query}
      search={search}
      rowKey={keyOf}
      rowLabel={keyOf}
      searchLabel="Find by name"
      isDimmed={(row) => row.stale}
      actions={
        <AppLink to="inventory/services" search={{ cluster }}>
          In the inventory
        </AppLink>
      }
      empty={<Empty title="No services reported">The agent reports what it sees once it is connected.</Empty>}
    />
  );
}
