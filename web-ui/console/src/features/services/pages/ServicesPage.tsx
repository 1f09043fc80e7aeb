import { Label, LabelGroup } from '@patternfly/react-core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AppLink, pathTo, useTenant } from '~/app/navigate';
import { type GlobalService, globalServicesQuery } from '~/shared/changes/global-services';
import { namesQuery } from '~/shared/changes/lists';
import { useListSearch } from '~/shared/hooks/use-list-search';
import { type Column, DataTable } from '~/shared/ui/DataTable';
import { PageFrame } from '~/shared/ui/PageFrame';
import { Empty } from '~/shared/ui/states';
import { StatusLabel } from '~/shared/ui/StatusLabel';
import { ServiceSummary } from '../components/ServiceSummary';
import { portWords, serviceState } from '../model';

function pageOf(service: GlobalService): string {
  return pathTo('services', service.globalNamespace, service.name);
}

const COLUMNS: readonly Column<GlobalService>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: 'name',
    isHeader: true,
    cell: (service) => <AppLink to={pageOf(service)}>{service.host}</AppLink>,
  },
  {
    key: 'gns',
    title: 'Global namespace',
    sort: 'globalNamespace',
    cell: (service) => <AppLink to={pathTo('global-namespaces', service.globalNamespace)}>{service.globalNamespace}</AppLink>,
  },
  {
    key: 'clusters',
    title: 'Clusters',
    sort: 'clusters',
    cell: (service) => (
      <LabelGroup numLabels={3} isCompact aria-label={`Clusters of ${service.host}`}>
        {service.clusters.map((each) => (
          <Label key={`${each.cluster}/${each.namespace}`} isCompact variant="outline">
            {each.cluster}
          </Label>
        ))}
      </LabelGroup>
    ),
  },
  { key: 'versions', title: 'Versions', cell: (service) => service.versions.join(', ') || '–' },
  { key: 'instances', title: 'Instances', sort: 'instances', numeric: true, cell: (service) => service.instances },
  { key: 'ports', title: 'Ports', hiddenAtFirst: true, cell: (service) => portWords(service.ports) },
  {
    key: 'route',
    title: 'Route',
    cell: (service) =>
      service.route === null ? '–' : <AppLink to={pathTo('routes', service.globalNamespace, service.route)}>{service.route}</AppLink>,
  },
  {
    key: 'state',
    title: 'State',
    cell: (service) => {
      const { word, tone, why } = serviceState(service);
      return (
        <StatusLabel tone={tone} title={why}>
          {word}
        </StatusLabel>
      );
    },
  },
];

export default function ServicesPage() {
  const tenant = useTenant();
  const search = useListSearch({ sort: 'name', filters: ['globalNamespace', 'cluster'] });
  const query = useQuery({ ...globalServicesQuery(tenant, search.query), placeholderData: keepPreviousData });
  const names = useQuery(namesQuery(tenant, 'global-namespaces'));
  const clusters = useQuery(namesQuery(tenant, 'clusters'));
  const options = (values: readonly string[] | undefined) => (values ?? []).map((value) => ({ value, label: value }));
  return (
    <PageFrame title="Global services" lead="One name for the same service in every member cluster.">
      <DataTable
        id="global-services"
        noun="global services"
        columns={COLUMNS}
        query={query}
        search={search}
        rowKey={pageOf}
        rowLabel={(service) => service.host}
        searchLabel="Find by name"
        filters={[
          { name: 'globalNamespace', label: 'Global namespace', options: options(names.data) },
          { name: 'cluster', label: 'Cluster', options: options(clusters.data) },
        ]}
        drawerTitle={(service) => service.host}
        drawer={(service) => <ServiceSummary service={service} />}
        isDimmed={(service) => service.instances === 0}
        empty={
          <Empty title="No global services yet" action={<AppLink to="global-namespaces">Go to the global namespaces</AppLink>}>
            A global namespace makes them: every service of its members gets one name under its domain.
          </Empty>
        }
      />
    </PageFrame>
  );
}
