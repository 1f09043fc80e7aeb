import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AppLink, pathTo, useTenant } from '~/app/navigate';
import { type GlobalService, globalServicesQuery } from '~/shared/changes/global-services';
import { useListSearch } from '~/shared/hooks/use-list-search';
import { type Column, DataTable } from '~/shared/ui/DataTable';
import { Empty } from '~/shared/ui/states';

const COLUMNS: readonly Column<GlobalService>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: 'name',
    isHeader: true,
    cell: (service) => <AppLink to={pathTo('services', service.globalNamespace, service.name)}>{service.host}</AppLink>,
  },
  { key: 'clusters', title: 'Clusters', sort: 'clusters', cell: (service) => service.clusters.map((each) => each.cluster).join(', ') },
  { key: 'versions', title: 'Versions', cell: (service) => service.versions.join(', ') || '–' },
  { key: 'instances', title: 'Instances', sort: 'instances', numeric: true, cell: (service) => service.instances },
  {
    key: 'route',
    title: 'Route',
    cell: (service) =>
      service.route === null ? '–' : <AppLink to={pathTo('routes', service.globalNamespace, service.route)}>{service.route}</AppLink>,
  },
];

/** The services that answer under the domain. */
export function Services({ globalNamespace }: { globalNamespace: string }) {
  const tenant = useTenant();
  const search = useListSearch({ sort: 'name', fixed: { globalNamespace } });
  const query = useQuery({ ...globalServicesQuery(tenant, search.query), placeholderData: keepPreviousData });
  return (
    <DataTable
      id="global-namespace-services"
      noun="services"
      columns={COLUMNS}
      query={query}
      search={search}
      rowKey={(service) => service.name}
      rowLabel={(service) => service.host}
      searchLabel="Find by name"
      empty={<Empty title="No service is caught">The rules of membership catch no service now. The tab Members shows what each of them does.</Empty>}
    />
  );
}
